import assert from "node:assert/strict";
import { test } from "node:test";
import { barModel, barOption } from "../src/bars.js";
import { canDraw as canDrawLines, lineModel } from "../src/lines.js";
import { unitsOf } from "../src/observations.js";
import { solutions } from "./rows.js";

const VALUES = solutions(
  "measure areaName period value unit",
  ["patents", "Shanxi", "2020", 5, ""],
  ["patents", "Shanxi", "2019", 4, ""],
  ["patents", "Taiyuan", "2020", 1150, "yuan"],
  ["patents", "Shanxi", "2020", 6, ""],
  ["patents", "Shanxi", "not stated", 7, ""],
);

test("units never share an axis, and the most frequent comes first", () => {
  assert.deepEqual(unitsOf(VALUES), ["", "yuan"]);
  assert.deepEqual(barModel(VALUES, { unit: "yuan" }).series, [{ name: "value", values: [1150] }]);
});

test("a bar is named by what tells it apart", () => {
  assert.deepEqual(barModel(VALUES), {
    names: ["patents · 2020", "patents · 2019", "patents · 2020", "patents"],
    series: [{ name: "value", values: [5, 4, 6, 7] }],
    left: 0,
  });
});

test("several measures are bars side by side", () => {
  assert.deepEqual(barModel(solutions("kind facts stated", ["post", 2, 1], ["policy", 7, 7])), {
    names: ["post", "policy"],
    series: [
      { name: "facts", values: [2, 7] },
      { name: "stated", values: [1, 7] },
    ],
    left: 0,
  });
});

test("what is too much for bars is counted as left out", () => {
  const many = solutions("kind facts", ...Array.from({ length: 70 }, (_, index) => [`k${index}`, index]));
  assert.equal(barModel(many).left, 10);
});

test("a line has a point for each value, differing ones too, in the order of time; no time, no point", () => {
  assert.deepEqual(lineModel(VALUES), {
    periods: ["2019", "2020"],
    series: [
      {
        name: "patents · Shanxi",
        points: [
          ["2019", 4],
          ["2020", 5],
          ["2020", 6],
        ],
      },
    ],
    left: 1,
  });
});

test("without times there is no line", () => {
  assert.equal(canDrawLines(solutions("kind facts", ["post", 2])), false);
  assert.equal(canDrawLines(VALUES), true);
});

test("names that need several lines on a narrow page get the room for them", () => {
  const theme = { series: [] };
  const height = (width) =>
    barOption({ names: Array(9).fill("word ".repeat(20)), series: [] }, { theme, width, unit: "" }).height;
  assert.ok(height(300) > height(1200));
});
