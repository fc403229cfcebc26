import assert from "node:assert/strict";
import { test } from "node:test";
import { areaOn, CITIES, PROVINCES, tiles } from "../src/areas.js";
import { canDraw, mapModel, mapsOf, measuresOf } from "../src/map.js";
import { id, solutions } from "./rows.js";

const ROWS = solutions(
  "measure value unit area areaIRI period",
  ["agencies", 28, "", "Taiyuan", id("place/140100"), "2021"],
  ["agencies", 30, "", "Taiyuan", id("place/140100"), "2021"],
  ["agencies", 4, "", "Qingxu", id("place/140121"), "2021"],
  ["companies", 109, "", "Shanxi", id("place/CN-SX"), "2021"],
);

test("there are eleven cities and thirty-four divisions, each tile in a cell of its own", () => {
  assert.equal(CITIES.length, 11);
  assert.equal(CITIES.at(-1), "141100");
  assert.equal(PROVINCES.length, 34);
  const corners = tiles().features.map(({ geometry }) => geometry.coordinates[0][0].join());
  assert.equal(new Set(corners).size, 34);
});

test("a county of Shanxi lies in its city; places elsewhere are on no map of Shanxi", () => {
  assert.equal(areaOn("cities", "140121"), "140100");
  assert.equal(areaOn("cities", "430100"), undefined);
  assert.equal(areaOn("cities", "CN-SX"), undefined);
  assert.equal(areaOn("provinces", "CN-SX"), "CN-SX");
  assert.equal(areaOn("provinces", "140100"), undefined);
});

test("the fuller map comes first, and without a place on either there is none", () => {
  assert.deepEqual(mapsOf(ROWS), ["cities", "provinces"]);
  assert.equal(canDraw(solutions("areaIRI", [id("place/430100")])), false);
});

test("rows are counted by city, counties with it", () => {
  assert.deepEqual(
    [...mapModel(ROWS, { map: "cities", measure: "" })],
    [["140100", { values: [3], label: "Taiyuan" }]],
  );
});

test("a value is that of the area itself, and differing values stay side by side", () => {
  assert.deepEqual([...measuresOf(ROWS).keys()], ["", "agencies · 2021", "companies · 2021"]);
  const areas = mapModel(ROWS, { map: "cities", measure: "agencies · 2021" });
  assert.deepEqual([...areas], [["140100", { values: [28, 30], label: "Taiyuan" }]]);
});
