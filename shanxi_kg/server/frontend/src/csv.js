/** Solutions as SPARQL 1.1 Query Results CSV: plain values, quoted as RFC 4180 says. */

/** Return the CSV of solutions. @param {import("./solutions.js").Solutions} solutions */
export function toCSV({ variables, rows }) {
  const lines = rows.map((row) => variables.map((name) => field(row[name])));
  return [variables, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function field(term) {
  const text = term?.type === "bnode" ? `_:${term.value}` : (term?.value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
