import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, commonName, graphElements } from "../src/graph.js";
import { isNetwork, networkOf } from "../src/network.js";
import { id, solutions } from "./rows.js";

const NAME = "https://w3id.org/shanxi-kg/id/";

test("an agreement of two is a link between them, one of three a thing of its own", () => {
  const rows = ["a", "b"].map((place) => [id("agreement/1"), id(`place/${place}`), place, "trade"]);
  const more = ["a", "b", "c"].map((place) => [id("agreement/2"), id(`place/${place}`), place, "water"]);
  const network = networkOf(solutions("agreement partyIRI party subject", ...rows, ...more));
  assert.deepEqual(
    network.things.map(({ label, kind }) => [label, kind]),
    [
      ["a", "place"],
      ["b", "place"],
      ["c", "place"],
      ["water", "agreement"],
    ],
  );
  assert.deepEqual(
    network.links.map(({ source, target, label }) => [source.slice(NAME.length), target.slice(NAME.length), label]),
    [
      ["place/a", "place/b", "trade"],
      ["agreement/2", "place/a", "party"],
      ["agreement/2", "place/b", "party"],
      ["agreement/2", "place/c", "party"],
    ],
  );
});

test("a body without a parent stands alone, and the same link twice is one", () => {
  const row = [id("organization/office"), "Office", id("organization/bureau"), "Bureau"];
  const network = networkOf(
    solutions("agency name parentIRI parent", row, row, [id("organization/alone"), "Alone", null, null]),
  );
  assert.deepEqual(
    network.things.map(({ label }) => label),
    ["Office", "Bureau", "Alone"],
  );
  assert.deepEqual(network.links, [
    { source: `${NAME}organization/office`, target: `${NAME}organization/bureau`, label: "part of" },
  ]);
});

test("triples are a network, their literals are not in it", () => {
  const triples = solutions(
    "subject predicate object",
    [id("a/1"), id("p/knows"), id("a/2")],
    [id("a/1"), id("p/age"), "7"],
  );
  const network = networkOf(triples);
  assert.deepEqual(
    network.things.map(({ label }) => label),
    ["1", "2"],
  );
  assert.deepEqual(
    network.links.map(({ label }) => label),
    ["knows"],
  );
});

test("rows with one column of things are no network", () => {
  assert.equal(isNetwork(solutions("document fact kind", [id("document/1"), id("fact/1"), "post"])), false);
});

test("a network too large is cut to whole links", () => {
  const rows = ["a", "b", "c"].map((name) => [id(`organization/${name}`), id("organization/top")]);
  const whole = networkOf(solutions("unitIRI parentIRI", ...rows));
  const { things, links } = bounded(whole, 2);
  assert.deepEqual([things.length, links.length], [3, 2]);
  assert.equal(graphElements(bounded(whole, 2)).length, 5);
  assert.equal(commonName(whole), "part of");
});
