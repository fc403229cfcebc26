/**
 * The views on pages with a table of results: `<div data-view="bar" data-results="….json">` beside the table gets the view
 * that the query's header names. The table stays; without JavaScript the page is whole. Results are SPARQL 1.1 Query
 * Results JSON; `data-labels` may name a JSON of labels by IRI, `data-home` the way to the top of the pages.
 */
import { contextOf } from "./context.js";
import { readSolutions } from "./solutions.js";
import { VIEWS } from "./view.js";
import { wordsIn } from "./words.js";

/** Draw the view of an element; where nothing can be drawn it stays empty, and the table says all. */
export async function drawView(/** @type {HTMLElement} */ place) {
  const { view, results, labels, home = "./", columns = "" } = place.dataset;
  const language = document.documentElement.lang || "en";
  const solutions = readSolutions(await json(results));
  const given = Object.entries(labels ? await json(labels) : {});
  const known = new Map(given.map(([iri, text]) => [iri, { text, language: language.slice(0, 2) }]));
  const context = contextOf({
    language,
    home,
    prefixes: {},
    columns: columns.split(" ").filter(Boolean),
    labels: async () => known,
  });
  if (!(view in VIEWS) || !solutions?.rows.length || !VIEWS[view].canDraw(solutions)) return;
  place.classList.add("view", `view-${view}`);
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", wordsIn(language)(view));
  await VIEWS[view].draw(place, solutions, context);
}

async function json(path) {
  const response = await fetch(new URL(path, document.baseURI), {
    headers: { accept: "application/sparql-results+json, application/json" },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response.json();
}

await Promise.all([...document.querySelectorAll("[data-view][data-results]")].map(drawView));
