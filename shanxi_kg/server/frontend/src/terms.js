/**
 * RDF terms as SPARQL 1.1 Query Results JSON writes them: how they are recognised, shortened and written into a query.
 *
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string}} Term
 */

export const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = new Set(["integer", "decimal", "double", "float", "nonNegativeInteger"].map((name) => XSD + name));
const NOT_IN_IRI = /[\u0000-\u0020<>"{}|\\^`]/;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Say whether a term is an IRI. @param {Term | undefined} term */
export function isIRI(term) {
  return term?.type === "uri";
}

/** Say whether a term is a number. @param {Term | undefined} term */
export function isNumber(term) {
  return NUMERIC.has(term?.datatype ?? "") && Number.isFinite(Number(term.value));
}

/** Return the last part of an IRI, decoded. @param {string} iri */
export function localName(iri) {
  const part = iri.replace(/[/#]$/, "").split(/[/#]/).at(-1);
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Return the CURIE of an IRI, the longest namespace first; null where no prefix fits.
 *
 * @param {string} iri
 * @param {Record<string, string>} prefixes namespaces by prefix
 */
export function curie(iri, prefixes) {
  const fits = Object.entries(prefixes).filter(([, namespace]) => iri.startsWith(namespace));
  const [best] = fits.sort((one, other) => other[1].length - one[1].length);
  const name = best && iri.slice(best[1].length);
  return best && /^[A-Za-z_][\w-]*$/.test(name) ? `${best[0]}:${name}` : null;
}

/** Write an IRI as SPARQL does; throws a RangeError where it is not absolute or holds what no IRI may. */
export function writeIRI(/** @type {string} */ iri) {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(iri) || NOT_IN_IRI.test(iri)) throw new RangeError(iri);
  return `<${iri}>`;
}

/** Write a literal as SPARQL does. @param {string} value @param {string} [datatype] a local name of XML Schema */
export function writeLiteral(value, datatype) {
  const text = value.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character]);
  return datatype ? `"${text}"^^<${XSD}${datatype}>` : `"${text}"`;
}
