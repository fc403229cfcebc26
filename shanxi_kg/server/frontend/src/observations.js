/**
 * Rows with numbers, read as observations: what was measured, in which unit, where, when. Values of different units never
 * share an axis, and values that differ between documents stay side by side.
 *
 * @typedef {import("./solutions.js").Solutions} Solutions
 * @typedef {import("./solutions.js").Row} Row
 */
import { measureColumns, periodColumn, textColumns, textOf } from "./columns.js";

/** Columns of text that qualify a value or back it, and so name no bar. */
const ASIDE = new Set(["unit", "status", "certainty", "evidence", "trend", "change"]);
const AREAS = ["areaName", "area", "areaLabel"];

/** Return the text columns that name an observation: the first one, the area, and the time. */
export function namingColumns(/** @type {Solutions} */ solutions) {
  const texts = textColumns(solutions).filter((name) => !ASIDE.has(name));
  const area = AREAS.find((name) => texts.includes(name));
  const period = periodColumn(solutions);
  const what = texts.includes("measure") ? "measure" : texts.find((name) => name !== area && name !== period);
  return { what: what ?? area ?? period, area, period: texts.includes(period) ? period : undefined };
}

/** Return the units of the values, the most frequent first; an empty text stands for a plain count. */
export function unitsOf(/** @type {Solutions} */ { variables, rows }) {
  if (!variables.includes("unit")) return [];
  const counts = new Map();
  for (const row of rows) counts.set(row.unit?.value ?? "", (counts.get(row.unit?.value ?? "") ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([unit]) => unit);
}

/** Return the rows of one unit; all rows where there are no units. @param {Solutions} solutions @param {string} unit */
export function rowsOfUnit(solutions, unit) {
  const split = unitsOf(solutions).length > 0;
  return split ? solutions.rows.filter((row) => (row.unit?.value ?? "") === unit) : solutions.rows;
}

/** Say whether there is a number to draw. @param {Solutions} solutions */
export function hasMeasures(solutions) {
  return measureColumns(solutions).length > 0;
}

/** Return the parts of a row's name that are bound and stated. @param {Row} row */
export function nameOf(row, columns, labels) {
  const parts = columns.filter(Boolean).map((name) => textOf(row, name, labels));
  return [...new Set(parts.filter((part) => part && part !== "not stated"))].join(" · ");
}

/** Say whether a column tells rows apart. @param {Row[]} rows @param {string | undefined} name */
export function varies(rows, name) {
  return Boolean(name) && new Set(rows.map((row) => row[name]?.value)).size > 1;
}
