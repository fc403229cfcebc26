/**
 * Rows as things and the links between them. Which columns make a link is told by their names; an agreement of two parties
 * is a link between them, one of more is a thing of its own.
 *
 * @typedef {{id: string, label: string, kind: string}} Thing
 * @typedef {{source: string, target: string, label: string}} Link
 * @typedef {{things: Thing[], links: Link[], directed: boolean}} Network agreements bind both ways
 * @typedef {import("./solutions.js").Solutions} Solutions
 */
import { iriColumns, labelOf } from "./columns.js";
import { isIRI, localName } from "./terms.js";

/** From which column a link goes to which, and the column, or the word, that names it. */
const LINKS = [
  ["unitIRI", "parentIRI", "part of"],
  ["agency", "parentIRI", "part of"],
  ["platform", "memberIRI", "has member"],
  ["personIRI", "organizationIRI", "role"],
  ["instrumentIRI", "groupIRI", "for"],
  ["policy", "kindIRI", "protects"],
  ["subject", "object", "predicate"],
];
const NO_THINGS = new Set(["document", "fact", "measureIRI"]);

/** Return the columns of a link, or undefined where the solutions have none. @param {Solutions} solutions */
export function linkColumns(solutions) {
  const iris = iriColumns(solutions).filter((name) => !NO_THINGS.has(name));
  const known = LINKS.find(([source, target]) => iris.includes(source) && solutions.variables.includes(target));
  return known ?? (iris.length > 1 ? [iris[0], iris[1], ""] : undefined);
}

/** Say whether there is anything to link. @param {Solutions} solutions */
export function isNetwork(solutions) {
  return hasParties(solutions) || linkColumns(solutions) !== undefined;
}

function hasParties({ variables }) {
  return variables.includes("agreement") && variables.includes("partyIRI");
}

/**
 * Return the things and links of solutions, each once, in the order of the rows.
 *
 * @param {Solutions} solutions
 * @param {import("./labels.js").Labels} [labels]
 * @returns {Network}
 */
export function networkOf(solutions, labels = new Map()) {
  const network = { things: new Map(), links: new Map() };
  const directed = !hasParties(solutions);
  const add = directed ? addRows : addAgreements;
  add(network, solutions, labels);
  return { things: [...network.things.values()], links: [...network.links.values()], directed };
}

function addThing({ things }, id, label) {
  if (!things.has(id)) things.set(id, { id, label, kind: /\/id\/([^/]+)\//.exec(id)?.[1] ?? "other" });
}

function addLink({ links }, source, target, label) {
  links.set([source, target, label].join("\n"), { source, target, label });
}

function addRows(network, solutions, labels) {
  const [source, target, name] = linkColumns(solutions);
  for (const row of solutions.rows) {
    if (isIRI(row[source])) addThing(network, row[source].value, labelOf(row, source, labels));
    if (isIRI(row[target])) addThing(network, row[target].value, labelOf(row, target, labels));
    if (isIRI(row[source]) && isIRI(row[target]))
      addLink(network, row[source].value, row[target].value, linkName(row, name));
  }
}

function linkName(row, name) {
  if (!row[name]) return name;
  return isIRI(row[name]) ? localName(row[name].value) : row[name].value;
}

function addAgreements(network, { rows }, labels) {
  for (const agreement of new Set(rows.map((row) => row.agreement?.value).filter(Boolean))) {
    const parties = rows.filter((row) => row.agreement?.value === agreement && isIRI(row.partyIRI));
    parties.forEach((row) => addThing(network, row.partyIRI.value, labelOf(row, "partyIRI", labels)));
    const ids = [...new Set(parties.map((row) => row.partyIRI.value))];
    const subject = parties[0]?.subject?.value ?? "agreement";
    if (ids.length === 2) addLink(network, ids[0], ids[1], subject);
    else addThing(network, agreement, subject);
    if (ids.length !== 2) ids.forEach((id) => addLink(network, agreement, id, "party"));
  }
}
