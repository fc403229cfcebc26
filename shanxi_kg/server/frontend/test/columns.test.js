import assert from "node:assert/strict";
import { test } from "node:test";
import { iriColumnOf, labelOf, measureColumns, periodColumn, placeColumn, textOf } from "../src/columns.js";
import { shownColumns, sorted } from "../src/table.js";
import { id, solutions } from "./rows.js";

const INDICATORS = solutions(
  "measure value unit area areaIRI period start end fact",
  ["companies", 109, null, "Shanxi", id("place/CN-SX"), "2021", 3, 9, id("fact/1/a")],
  ["agencies", 28, null, "Taiyuan", id("place/140100"), "not stated", 12, 20, id("fact/1/b")],
);

test("the value is the measure; where words stand in the text is none", () => {
  assert.deepEqual(measureColumns(INDICATORS), ["value"]);
  assert.deepEqual(measureColumns(solutions("kind facts stated", ["post", 2, 1])), ["facts", "stated"]);
  assert.deepEqual(measureColumns(solutions("kind start", ["post", 2])), []);
});

test("times and places are found by name and by what stands in them", () => {
  assert.equal(periodColumn(INDICATORS), "period");
  assert.equal(periodColumn(solutions("period", ["not stated"])), undefined);
  assert.equal(placeColumn(INDICATORS), "areaIRI");
  assert.equal(placeColumn(solutions("partner", [id("organization/a")])), undefined);
});

test("a text links to what it names: by the name of its column, or by the convention of the stored queries", () => {
  assert.equal(iriColumnOf("partyLabel", ["party", "partyIRI"]), "partyIRI");
  assert.equal(iriColumnOf("title", ["document", "regulation", "title"]), "regulation");
  assert.equal(iriColumnOf("evidence", ["evidence", "fact"]), "fact");
  assert.equal(iriColumnOf("kind", ["kind", "fact"]), undefined);
});

test("a cell shows the label in the reader's language of what it names", () => {
  const labels = new Map([
    ["https://w3id.org/shanxi-kg/id/place/140100", { text: "太原市", language: "zh" }],
    ["https://w3id.org/shanxi-kg/id/place/CN-SX", { text: "Shanxi Province", language: "en" }],
  ]);
  assert.equal(textOf(INDICATORS.rows[1], "area", labels), "太原市");
  assert.equal(textOf(INDICATORS.rows[0], "area", labels), "Shanxi");
  assert.equal(labelOf(INDICATORS.rows[0], "areaIRI"), "Shanxi");
  assert.equal(labelOf(INDICATORS.rows[0], "areaIRI", labels), "Shanxi Province");
  assert.equal(labelOf(INDICATORS.rows[0], "fact"), "a");
  assert.equal(textOf(INDICATORS.rows[0], "unit", labels), "");
});

test("a table shows the header's columns, else no companions of others, else all", () => {
  assert.deepEqual(shownColumns(INDICATORS, { columns: ["measure", "gone", "value"] }), ["measure", "value"]);
  assert.deepEqual(shownColumns(INDICATORS, { columns: [] }), [
    "measure",
    "value",
    "unit",
    "area",
    "period",
    "start",
    "end",
    "fact",
  ]);
  assert.deepEqual(shownColumns(INDICATORS, { columns: ["measure"], every: true }), INDICATORS.variables);
});

test("numbers are sorted as numbers, and unbound cells come last both ways", () => {
  const { rows } = solutions("n", [10], [null], [9]);
  const order = (descending) => sorted(rows, "n", descending).map((row) => row.n?.value);
  assert.deepEqual(order(false), ["9", "10", undefined]);
  assert.deepEqual(order(true), ["10", "9", undefined]);
});
