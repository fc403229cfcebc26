/**
 * Parameters of stored queries: what a reader writes into a form becomes terms in the query's own VALUES row, by the same
 * rules as in the package's `queries` module. A value that does not fit throws a ParameterError for its field.
 *
 * @typedef {{name: string, type: string, description: string, default: string | null, required: boolean}} Parameter
 * @typedef {{key: string, iri: string, en: string, zh: string | null}} Place
 */
import { writeIRI, writeLiteral } from "./terms.js";

export class ParameterError extends Error {
  /** @param {string} parameter @param {string} problem */
  constructor(parameter, problem) {
    super(`${parameter}: ${problem}`);
    this.parameter = parameter;
  }
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const PERIOD = /^\d{4}(-\d\d(-\d\d)?)?(\/\d{4}(-\d\d(-\d\d)?)?)?$/;

/** What each type expects, and how a text becomes a term of it; null where it is none. */
export const TYPES = {
  date: { expected: "a day such as 2021-07-01", write: (text) => (isDay(text) ? writeLiteral(text, "date") : null) },
  decimal: { expected: "a number such as 4.3", write: matching(/^[+-]?(\d+(\.\d*)?|\.\d+)$/, "decimal") },
  integer: { expected: "a whole number such as 2021", write: matching(/^[+-]?\d+$/, "integer") },
  iri: { expected: "an absolute IRI", write: writeGivenIRI },
  period: { expected: "a year, month, day or interval such as 2021-01/2021-06", write: matching(PERIOD) },
  place: { expected: "the name of a place such as Shanxi, its key such as CN-SX, or its IRI", write: writePlace },
  string: { expected: "a text", write: (text) => writeLiteral(text) },
};

function matching(pattern, datatype) {
  return (text) => (pattern.test(text) ? writeLiteral(text, datatype) : null);
}

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

function writeGivenIRI(text) {
  try {
    return writeIRI(text.replace(/^<|>$/g, ""));
  } catch {
    return null;
  }
}

function writePlace(text, places) {
  if (text.includes(":")) return writeGivenIRI(text);
  const found = placesCalled(text, places);
  return found.length === 1 ? writeIRI(found[0].iri) : null;
}

/** Return the places of a key, or of a name in English (in any case) or Chinese. @param {string} text @param {Place[]} places */
export function placesCalled(text, places) {
  const name = text.toLowerCase();
  const byKey = places.filter((place) => place.key === text);
  return byKey.length ? byKey : places.filter((place) => place.en.toLowerCase() === name || place.zh === text);
}

/**
 * Return a query's text with these values in its row of parameters. Fields left empty mean 'any', or the default.
 *
 * @param {string} text
 * @param {Parameter[]} parameters
 * @param {Record<string, string>} values
 * @param {Place[]} places
 */
export function bind(text, parameters, values, places) {
  if (!parameters.length) return text;
  const names = parameters.map((parameter) => `?${parameter.name}`).join(" ");
  const terms = parameters.map((parameter) => termOf(parameter, values[parameter.name], places)).join(" ");
  const row = parameters.map((parameter) => `\\?${parameter.name}`).join("[ \\t]+");
  const line = new RegExp(`^([ \\t]*)VALUES[ \\t]*\\([ \\t]*${row}[ \\t]*\\)[ \\t]*\\{.*\\}[ \\t]*$`, "m");
  return text.replace(line, (_, indent) => `${indent}VALUES (${names}) { (${terms}) }`);
}

function termOf(/** @type {Parameter} */ parameter, value, places) {
  const text = (value ?? "").trim() || parameter.default;
  if (!text && parameter.required) throw new ParameterError(parameter.name, "is missing");
  if (!text) return "UNDEF";
  const { expected, write } = TYPES[parameter.type];
  const term = write(text, places);
  if (term !== null) return term;
  throw new ParameterError(parameter.name, `“${text}” is no ${parameter.type}; expected is ${expected}`);
}
