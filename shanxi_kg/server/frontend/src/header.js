/**
 * The `#+` header of a stored query, as far as a page needs it: the view that suits the answer and the columns of a narrow
 * table. The whole header is read by the package's own `headers` module.
 *
 * @typedef {{view: string, columns: string[]}} Header
 */

const LINE = /^#\+ ?( *)(?:- +)?(?:([\w-]+):(?: +(.*))?|(.*))$/;

/** Read the header of a query's text. @param {string} text @returns {Header} */
export function readHeader(text) {
  const header = { view: "table", columns: [] };
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    const [, indent, name, value, item] = LINE.exec(line.trimEnd()) ?? [];
    if (name && !indent) key = name;
    if (name === "view" && !indent && value) header.view = value;
    if (key === "columns" && indent && item) header.columns.push(item);
  }
  return header;
}
