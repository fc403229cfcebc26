/**
 * Labels of IRIs in the reader's language, asked from the endpoint once for each IRI.
 *
 * @typedef {Map<string, {text: string, language: string}>} Labels by IRI
 */
import { readSolutions } from "./solutions.js";
import { writeIRI } from "./terms.js";

const CHUNK = 200;
const MOST = 2000;

/** Return the query for the labels of IRIs. @param {string[]} iris */
export function labelQuery(iris) {
  return `PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?iri ?label WHERE {
  VALUES ?iri { ${iris.map(writeIRI).join(" ")} }
  ?iri skos:prefLabel|dcterms:title|rdfs:label ?label
}`;
}

/** Say how well a label suits a language: 0 best. */
function rank(label, language) {
  return [language, "en", undefined].indexOf(label["xml:lang"]) + 1 || 9;
}

/**
 * Return the best label of each IRI: in the language, else in English, else without one; of several the first by code.
 *
 * @param {import("./solutions.js").Solutions} solutions with `iri` and `label`
 * @param {string} language
 * @returns {Labels}
 */
export function bestLabels({ rows }, language) {
  const order = (one, other) =>
    rank(one.label, language) - rank(other.label, language) || (one.label.value < other.label.value ? -1 : 1);
  const best = new Map();
  for (const row of [...rows].sort(order))
    if (!best.has(row.iri.value))
      best.set(row.iri.value, { text: row.label.value, language: row.label["xml:lang"] ?? "" });
  return best;
}

/**
 * Return a function from IRIs to their labels. Where the endpoint fails there are none: the table shows what it has.
 *
 * @param {(query: string) => Promise<any>} ask runs a query and gives its JSON
 * @param {string} language
 */
export function labelsFrom(ask, language) {
  const known = new Map();
  const asked = new Set();
  return async (/** @type {string[]} */ iris) => {
    const wanted = iris.filter((iri) => !asked.has(iri)).slice(0, MOST);
    wanted.forEach((iri) => asked.add(iri));
    for (let start = 0; start < wanted.length; start += CHUNK) {
      const answer = await ask(labelQuery(wanted.slice(start, start + CHUNK))).catch(() => null);
      const solutions = readSolutions(answer);
      if (solutions) bestLabels(solutions, language).forEach((label, iri) => known.set(iri, label));
    }
    return known;
  };
}
