/**
 * Solutions as a table: labels instead of IRIs, linked to their pages, the IRIs and the columns behind on demand.
 *
 * @typedef {import("./solutions.js").Solutions} Solutions
 * @typedef {import("./context.js").Context} Context
 */
import { iriColumnOf, textOf } from "./columns.js";
import { checkbox, element } from "./elements.js";
import { irisOf } from "./solutions.js";
import { isIRI, isNumber } from "./terms.js";

const LIMIT = 1000;

/** Any solutions can be a table. */
export const canDraw = () => true;

/**
 * Return the columns that a table shows: those of the query's header, where it has them, else all that are no companion
 * of another column.
 *
 * @param {Solutions} solutions
 * @param {{columns: string[], every?: boolean}} choice
 */
export function shownColumns({ variables }, { columns, every = false }) {
  if (every) return variables;
  const headed = columns.filter((name) => variables.includes(name));
  if (headed.length) return headed;
  const companions = new Set(variables.map((name) => iriColumnOf(name, variables)));
  return variables.filter((name) => !companions.has(name) || !name.endsWith("IRI"));
}

/** Return the rows in the order of a column, numbers as numbers; unbound cells come last. */
export function sorted(rows, variable, descending) {
  const filled = rows.filter((row) => row[variable]);
  const compare = filled.every((row) => isNumber(row[variable]))
    ? (one, other) => Number(one[variable].value) - Number(other[variable].value)
    : (one, other) => (one[variable].value < other[variable].value ? -1 : 1);
  filled.sort(compare);
  return [...(descending ? filled.reverse() : filled), ...rows.filter((row) => !row[variable])];
}

/** Draw the table. @param {HTMLElement} place @param {Solutions} solutions @param {Context} context */
export async function draw(place, solutions, context) {
  const state = { every: false, iris: false, variable: "", descending: false, labels: new Map() };
  const area = element("div", {
    class: "table results-table",
    tabindex: "0",
    role: "region",
    "aria-label": context.words("results"),
  });
  const refresh = () => area.replaceChildren(table(solutions, context, state, refresh));
  place.append(controls(solutions, context, state, refresh), area);
  refresh();
  state.labels = await context.labels(irisOf(solutions));
  refresh();
}

function controls(solutions, context, state, refresh) {
  const { words } = context;
  const count = solutions.rows.length;
  const note = count > LIMIT ? `; ${words("shown", LIMIT)}` : "";
  const choose = (key) => (on) => (Object.assign(state, { [key]: on }), refresh());
  return element(
    "div",
    { class: "view-controls" },
    element("span", { class: "muted", role: "status" }, count ? words("rows", count) + note : words("nothing")),
    checkbox(words("columns"), false, choose("every")),
    checkbox(words("iris"), false, choose("iris")),
  );
}

function table(solutions, context, state, refresh) {
  const names = shownColumns(solutions, { columns: context.columns, every: state.every });
  const rows = state.variable ? sorted(solutions.rows, state.variable, state.descending) : solutions.rows;
  const heads = names.map((name) => head(name, solutions, context, state, refresh));
  const body = rows
    .slice(0, LIMIT)
    .map((row) => element("tr", {}, ...names.map((name) => cell(row, name, context, state))));
  return element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body));
}

function head(name, { rows }, context, state, refresh) {
  const sort = () => {
    state.descending = state.variable === name && !state.descending;
    state.variable = name;
    refresh();
    document.querySelector(`[data-sort="${name}"]`)?.focus();
  };
  const order = state.variable === name ? (state.descending ? "descending" : "ascending") : null;
  const mark = { ascending: " ↑", descending: " ↓" }[order] ?? "";
  const button = element(
    "button",
    { type: "button", "data-sort": name, title: context.words("sort", name), onclick: sort },
    name + mark,
  );
  const number = rows.some((row) => isNumber(row[name])) && "number";
  return element("th", { scope: "col", class: number, "aria-sort": order }, button);
}

function cell(row, name, context, state) {
  const term = row[name];
  if (!term) return element("td");
  const iri = isIRI(term) ? term : row[iriColumnOf(name, Object.keys(row))];
  const text = state.iris && isIRI(term) ? context.short(term.value) : textOf(row, name, state.labels);
  const content = isIRI(iri) ? element("a", { href: context.href(iri.value), title: iri.value }, text) : text;
  const below =
    state.iris && isIRI(iri) && iri !== term ? [element("span", { class: "iri" }, context.short(iri.value))] : [];
  return element("td", { class: isNumber(term) && "number", lang: term["xml:lang"] }, content, ...below);
}
