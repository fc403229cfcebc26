/** Numbers as bars, one bar a row and measure, lying, so that long names stay readable. */
import { measureColumns } from "./columns.js";
import { drawMeasured } from "./measured.js";
import { hasMeasures, nameOf, namingColumns, rowsOfUnit, unitsOf, varies } from "./observations.js";

const LIMIT = 60;

/** Bars need a column of numbers. */
export const canDraw = hasMeasures;

/**
 * Return what the bars show.
 *
 * @param {import("./solutions.js").Solutions} solutions
 * @param {{unit?: string, labels?: import("./labels.js").Labels}} [choice]
 * @returns {{names: string[], series: {name: string, values: (number | null)[]}[], left: number}}
 */
export function barModel(solutions, { unit = unitsOf(solutions)[0] ?? "", labels = new Map() } = {}) {
  const measures = measureColumns(solutions);
  const { what, area, period } = namingColumns(solutions);
  const rows = rowsOfUnit(solutions, unit);
  const drawn = rows.slice(0, LIMIT);
  const columns = [what, ...[area, period].filter((name) => name !== what && varies(rows, name))];
  return {
    names: drawn.map((row) => nameOf(row, columns, labels)),
    series: measures.map((name) => ({
      name,
      values: drawn.map((row) => (row[name] ? Number(row[name].value) : null)),
    })),
    left: rows.length - drawn.length,
  };
}

/** Return the chart's option for ECharts. */
export function barOption({ names, series }, { theme, width, unit }) {
  const longest = Math.max(...names.map((name) => name.length), 1);
  const room = Math.min(340, width * 0.42, 14 + 7 * longest);
  const lines = Math.ceil((7 * longest) / room);
  const height = Math.max(200, 70 + names.length * (12 + 14 * Math.max(series.length, lines)));
  const axis = { axisLine: { lineStyle: { color: theme.line } }, axisTick: { show: false } };
  const option = {
    color: theme.series,
    grid: { left: 8, right: 56, top: series.length > 1 ? 36 : 12, bottom: 32, outerBounds: { left: 8 } },
    legend: { show: series.length > 1, type: "scroll", left: 8, right: 8, top: 0 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
    xAxis: {
      ...axis,
      type: "value",
      name: unit,
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: { color: theme.muted },
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.muted, hideOverlap: true },
    },
    yAxis: {
      ...axis,
      type: "category",
      inverse: true,
      data: names,
      axisLabel: { color: theme.ink, width: room, overflow: "break", lineHeight: 14, interval: 0 },
    },
    series: series.map(({ name, values }) => ({
      name,
      type: "bar",
      data: values,
      barMaxWidth: 18,
      label: { show: true, position: "right", color: theme.ink },
    })),
  };
  return { option, height };
}

/** Draw the bars with a choice of the unit. */
export function draw(place, solutions, context) {
  const note = ({ names }, words) => words("limited", names.length);
  return drawMeasured({ model: barModel, option: barOption, summary, note }, place, solutions, context);
}

/** Return the bars as a sentence, for those who hear the page. */
function summary({ names, series }) {
  return names.map((name, row) => `${name}: ${series.map(({ values }) => values[row]).join(", ")}`).join("; ");
}
