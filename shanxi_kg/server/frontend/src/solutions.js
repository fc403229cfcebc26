/**
 * The solutions of a SELECT query, read from SPARQL 1.1 Query Results JSON.
 *
 * @typedef {import("./terms.js").Term} Term
 * @typedef {Record<string, Term>} Row unbound variables are missing
 * @typedef {{variables: string[], rows: Row[]}} Solutions
 */

/** Read solutions; null where the JSON holds none (the answer to an ASK, say). @returns {Solutions | null} */
export function readSolutions(/** @type {any} */ json) {
  if (!json?.head?.vars || !json?.results?.bindings) return null;
  return { variables: json.head.vars, rows: json.results.bindings };
}

/** Return the distinct texts of a column in their order. @param {Row[]} rows @param {string} variable */
export function distinct(rows, variable) {
  return [...new Set(rows.flatMap((row) => (row[variable] ? [row[variable].value] : [])))];
}

/** Return all IRIs of the solutions, each once, sorted. @param {Solutions} solutions */
export function irisOf(solutions) {
  const iris = solutions.rows.flatMap((row) => Object.values(row).filter((term) => term.type === "uri"));
  return [...new Set(iris.map((term) => term.value))].sort();
}
