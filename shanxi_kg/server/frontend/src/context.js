/**
 * What a view needs to know of the page it is drawn in.
 *
 * @typedef {object} Context
 * @property {string} language "en" or "zh"
 * @property {(key: string, ...values: any[]) => string} words the words of the language
 * @property {string[]} columns those that the query's header shows
 * @property {(iri: string) => string} href the link to the page of what an IRI names
 * @property {(iri: string) => string} short the CURIE of an IRI, else the IRI
 * @property {(iris: string[]) => Promise<import("./labels.js").Labels>} labels the labels of IRIs, as far as they have any
 */
import { curie } from "./terms.js";
import { wordsIn } from "./words.js";

const BASE = "https://w3id.org/shanxi-kg/";

/**
 * Return the link to the page of what an IRI names, as the package's own pages make it; other IRIs link to themselves.
 *
 * @param {string} iri
 * @param {string} home the way to the top of the pages, such as "../"
 */
export function link(iri, home) {
  const [name, fragment] = iri.split("#", 2);
  const hash = fragment === undefined ? "" : `#${fragment}`;
  if (name === `${BASE}ontology` || name.startsWith(`${BASE}ontology/`)) return `${home}ontology.html${hash}`;
  if (!name.startsWith(`${BASE}id/`)) return /^https?:/.test(iri) ? iri : "#";
  const path = decodeURIComponent(name.slice(`${BASE}id/`.length));
  return `${home}doc/${path.split("/").map(encodeURIComponent).join("/")}.html${hash}`;
}

/**
 * Return a context.
 *
 * @param {{language: string, home: string, prefixes: Record<string, string>, columns: string[],
 *   labels: Context["labels"]}} page
 * @returns {Context}
 */
export function contextOf({ language, home, prefixes, columns, labels }) {
  return {
    language: language.startsWith("zh") ? "zh" : "en",
    words: wordsIn(language),
    columns,
    href: (iri) => link(iri, home),
    short: (iri) => curie(iri, prefixes) ?? iri,
    labels,
  };
}
