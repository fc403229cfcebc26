/**
 * The stored queries as examples: a list to choose from, and a form with the parameters of the one that is chosen.
 *
 * @typedef {{name: string, description: string, view: string, text: string, question: Record<string, string>,
 *   topic: Record<string, string>, parameters: import("./parameters.js").Parameter[]}} StoredQuery question and topic by
 *   language
 */
import { element } from "./elements.js";
import { bind, ParameterError } from "./parameters.js";

const INPUTS = { date: "date", integer: "number", decimal: "text", iri: "url" };

/** Return the queries by topic, in their order. @param {StoredQuery[]} queries @param {string} language */
export function grouped(queries, language) {
  const groups = new Map();
  for (const query of queries) {
    const topic = query.topic[language];
    groups.set(topic, [...(groups.get(topic) ?? []), query]);
  }
  return [...groups];
}

/**
 * Draw the list and the form.
 *
 * @param {HTMLElement} place
 * @param {StoredQuery[]} queries
 * @param {{places: import("./parameters.js").Place[], words: (key: string) => string, language: string,
 *   ask: (query: StoredQuery, text: string) => void}} page `ask` hears the query and its text with the values filled in
 */
export function drawExamples(place, queries, page) {
  const form = element("form", { class: "example-form", novalidate: true });
  const options = grouped(queries, page.language).map(([label, members]) =>
    element("optgroup", { label }, ...members.map((query) => option(query, page.language))),
  );
  const choose = (event) =>
    fill(
      form,
      queries.find(({ name }) => name === event.target.value),
      page,
    );
  const list = element(
    "select",
    { onchange: choose },
    element("option", { value: "" }, page.words("pick")),
    ...options,
  );
  place.append(
    element("label", { class: "example-list" }, element("strong", {}, page.words("examples")), list),
    form,
    placeNames(page),
  );
}

function option({ name, question }, language) {
  return element("option", { value: name }, question[language]);
}

function placeNames({ places, language }) {
  const names = places.map(({ en, zh }) => (language === "zh" && zh ? zh : en));
  return element(
    "datalist",
    { id: "places" },
    ...[...new Set(names)].map((name) => element("option", { value: name })),
  );
}

function fill(form, query, page) {
  if (!query) return form.replaceChildren();
  const problem = element("p", { class: "problem", role: "alert" });
  const fields = query.parameters.map((parameter) => field(parameter, page));
  form.replaceChildren(
    element("p", { class: "muted" }, query.description),
    element("div", { class: "fields" }, ...fields, element("button", { type: "submit" }, page.words("ask"))),
    problem,
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    ask(form, query, problem, page);
  };
}

function field({ name, type, description, default: standard, required }, { words }) {
  const hint = `${name}-hint`;
  const input = element("input", {
    name,
    type: INPUTS[type] ?? "text",
    list: type === "place" && "places",
    placeholder: standard ?? words(required ? "required" : "any"),
    "aria-describedby": hint,
    autocomplete: "off",
  });
  return element(
    "label",
    {},
    element("span", {}, name),
    input,
    element("small", { id: hint, class: "muted" }, description),
  );
}

function ask(form, query, problem, page) {
  const values = Object.fromEntries(new FormData(form));
  try {
    const text = bind(query.text, query.parameters, values, page.places);
    problem.textContent = "";
    page.ask(query, text);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    problem.textContent = error.message;
    form.elements[error.parameter].focus();
  }
}
