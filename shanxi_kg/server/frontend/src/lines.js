/** Values over time as lines: one line an indicator and area, points at the times that documents state, no guess between. */
import { isPeriod, measureColumns, periodColumn } from "./columns.js";
import { drawMeasured } from "./measured.js";
import { hasMeasures, nameOf, namingColumns, rowsOfUnit, unitsOf } from "./observations.js";

/** Lines need numbers and times. @param {import("./solutions.js").Solutions} solutions */
export function canDraw(solutions) {
  return hasMeasures(solutions) && periodColumn(solutions) !== undefined;
}

/**
 * Return what the lines show. A time at which documents differ has a point for each.
 *
 * @param {import("./solutions.js").Solutions} solutions
 * @param {{unit?: string, labels?: import("./labels.js").Labels}} [choice]
 * @returns {{periods: string[], series: {name: string, points: [string, number][]}[], left: number}}
 */
export function lineModel(solutions, { unit = unitsOf(solutions)[0] ?? "", labels = new Map() } = {}) {
  const period = periodColumn(solutions);
  const [measure] = measureColumns(solutions);
  const { what, area } = namingColumns(solutions);
  const rows = rowsOfUnit(solutions, unit).filter((row) => row[measure]);
  const timed = rows.filter((row) => isPeriod(row[period]?.value));
  const series = new Map();
  for (const row of timed) {
    const name = nameOf(row, [what === period ? undefined : what, area], labels) || measure;
    series.set(name, [...(series.get(name) ?? []), [row[period].value, Number(row[measure].value)]]);
  }
  return {
    periods: [...new Set(timed.map((row) => row[period].value))].sort(),
    series: [...series].map(([name, points]) => ({ name, points: points.sort(byTime) })),
    left: rows.length - timed.length,
  };
}

function byTime(one, other) {
  return one[0] === other[0] ? one[1] - other[1] : one[0] < other[0] ? -1 : 1;
}

/** Return the chart's option for ECharts. */
export function lineOption({ periods, series }, { theme, width, unit }) {
  const legend = Math.min(8, series.length);
  const option = {
    color: theme.series,
    grid: { left: 8, right: 24, top: 24, bottom: 40 + 22 * legend, outerBoundsMode: "same" },
    legend: {
      show: true,
      type: "scroll",
      orient: "vertical",
      left: 8,
      bottom: 0,
      height: 22 * legend,
      textStyle: { width: width - 90, overflow: "truncate" },
    },
    tooltip: { trigger: "item", confine: true },
    xAxis: {
      type: "category",
      data: periods,
      axisLabel: { color: theme.muted },
      axisLine: { lineStyle: { color: theme.line } },
    },
    yAxis: {
      type: "value",
      name: unit,
      nameTextStyle: { color: theme.muted, align: "left" },
      scale: true,
      axisLabel: { color: theme.muted },
      splitLine: { lineStyle: { color: theme.line } },
    },
    series: series.map(({ name, points }) => ({ name, type: "line", data: points, symbolSize: 9, symbol: "circle" })),
  };
  return { option, height: 340 + 22 * legend };
}

/** Draw the lines with a choice of the unit. */
export function draw(place, solutions, context) {
  const note = ({ left }, words) => words("noPeriod", left);
  return drawMeasured({ model: lineModel, option: lineOption, summary, note }, place, solutions, context);
}

/** Return the lines as a sentence, for those who hear the page. */
function summary({ series }) {
  return series.map(({ name, points }) => `${name}: ${points.map((point) => point.join(" ")).join(", ")}`).join("; ");
}
