/**
 * What the columns of solutions are for, told from their names and terms. The stored queries keep one convention: beside a
 * text `area` there may stand the IRI of what it names, `areaIRI`, and its preferred label, `areaLabel`.
 *
 * @typedef {import("./solutions.js").Solutions} Solutions
 * @typedef {import("./solutions.js").Row} Row
 */
import { isIRI, isNumber, localName } from "./terms.js";

/** Numbers that measure nothing: places in a text, and years, which are times. */
const NO_MEASURE = new Set(["start", "end", "year", "size"]);
const PERIOD = /^\d{4}(-\d\d){0,2}(\/\d{4}(-\d\d){0,2})?$/;
const PERIOD_COLUMNS = ["period", "year", "signed", "issued", "inForce", "attested"];
const PLACE = /\/id\/place\/([^/]+)$/;

const bound = (solutions, variable) => solutions.rows.map((row) => row[variable]).filter(Boolean);

/** Say whether all terms of a column are of a kind, and there is one. */
function all(/** @type {Solutions} */ solutions, variable, isOfKind) {
  const terms = bound(solutions, variable);
  return terms.length > 0 && terms.every(isOfKind);
}

/** Return the columns of IRIs. @param {Solutions} solutions @returns {string[]} */
export function iriColumns(solutions) {
  return solutions.variables.filter((variable) => all(solutions, variable, isIRI));
}

/** Return the columns of numbers that can be drawn; `value` stands for all where there is one. */
export function measureColumns(/** @type {Solutions} */ solutions) {
  const numbers = solutions.variables.filter((name) => !NO_MEASURE.has(name) && all(solutions, name, isNumber));
  return numbers.includes("value") ? ["value"] : numbers;
}

/** Return the column of times, or undefined: a known name with at least one ISO 8601 period in it. */
export function periodColumn(/** @type {Solutions} */ solutions) {
  return PERIOD_COLUMNS.filter((name) => solutions.variables.includes(name)).find((name) =>
    bound(solutions, name).some((term) => PERIOD.test(term.value)),
  );
}

/** Say whether a text is a year, month, day or interval in ISO 8601. */
export function isPeriod(/** @type {string | undefined} */ text) {
  return PERIOD.test(text ?? "");
}

/** Return the key of the place that an IRI is minted for ("140100", "CN-SX"), or undefined. */
export function placeKey(/** @type {import("./terms.js").Term | undefined} */ term) {
  return isIRI(term) ? PLACE.exec(term.value)?.[1] : undefined;
}

/** Return the column whose IRIs are places, or undefined; an area before any other. @param {Solutions} solutions */
export function placeColumn(solutions) {
  const places = iriColumns(solutions).filter((name) => all(solutions, name, placeKey));
  return places.find((name) => name.startsWith("area")) ?? places[0];
}

/** Return the columns of texts that tell rows apart: no IRIs, numbers, labels of others, nor evidence. */
export function textColumns(/** @type {Solutions} */ solutions) {
  return solutions.variables.filter(
    (name) => bound(solutions, name).length > 0 && !all(solutions, name, (term) => isIRI(term) || isNumber(term)),
  );
}

/** Columns of texts whose IRI stands in a column of another name, by the stored queries' convention. */
const NAMED = {
  name: ["agency", "platform", "placeIRI"],
  title: ["regulation", "document"],
  documentTitle: ["document"],
  role: ["post"],
  quote: ["statement"],
  evidence: ["fact"],
};

/** Return the column of IRIs for what a text column names, or undefined. @param {string} name @param {string[]} names */
export function iriColumnOf(name, names) {
  const stem = name.replace(/(Name|Label)$/, "");
  const candidates = [`${stem}IRI`, stem, ...(NAMED[name] ?? [])];
  return candidates.find((candidate) => candidate !== name && names.includes(candidate));
}

/**
 * Return the label of an IRI in a row: the one in the reader's language, else a text beside it, else its last part.
 *
 * @param {Row} row
 * @param {string} variable
 * @param {import("./labels.js").Labels} [labels]
 */
export function labelOf(row, variable, labels = new Map()) {
  const stem = variable.replace(/IRI$/, "");
  const beside = [`${stem}Label`, `${stem}Name`, variable.endsWith("IRI") ? stem : "", "nameLabel", "name"];
  const text = beside.find((name) => row[name]?.type === "literal");
  return labels.get(row[variable].value)?.text ?? (text ? row[text].value : localName(row[variable].value));
}

/**
 * Return the text of a cell: the label of an IRI; a text as the query gives it, in English, else in Chinese where what it
 * names has a Chinese label.
 *
 * @param {Row} row
 * @param {string} variable
 * @param {import("./labels.js").Labels} [labels]
 */
export function textOf(row, variable, labels = new Map()) {
  const term = row[variable];
  if (!term) return "";
  if (isIRI(term)) return labelOf(row, variable, labels);
  const iri = row[iriColumnOf(variable, Object.keys(row))];
  const label = isIRI(iri) ? labels.get(iri.value) : undefined;
  return label?.language === "zh" ? label.text : term.value;
}
