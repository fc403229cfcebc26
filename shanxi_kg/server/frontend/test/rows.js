/** Rows for tests, written short: a text is a literal, `<…>` an IRI, a number a number, null unbound. */
const XSD = "http://www.w3.org/2001/XMLSchema#";

function term(value) {
  if (typeof value === "number") return { type: "literal", value: String(value), datatype: `${XSD}decimal` };
  return value.startsWith("<") ? { type: "uri", value: value.slice(1, -1) } : { type: "literal", value };
}

/** Return solutions. @param {string} variables separated by spaces @param {...any[]} rows */
export function solutions(variables, ...rows) {
  const names = variables.split(" ");
  const bindings = rows.map((row) =>
    Object.fromEntries(row.flatMap((value, index) => (value === null ? [] : [[names[index], term(value)]]))),
  );
  return { variables: names, rows: bindings };
}

/** Return the IRI of a thing of ours, as a row writes it. */
export const id = (/** @type {string} */ path) => `<https://w3id.org/shanxi-kg/id/${path}>`;
