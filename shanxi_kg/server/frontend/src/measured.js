/** A chart of measured values, of one unit at a time: what bars and lines have in common. */
import { element, select } from "./elements.js";
import { unitsOf } from "./observations.js";
import { irisOf } from "./solutions.js";

/**
 * Draw a chart with a choice of the unit.
 *
 * @param {{model: Function, option: Function, summary: Function, note: Function}} kind What the chart shows of solutions,
 *   how it is drawn, what it says to those who hear the page, and what it leaves out, or ""
 */
export async function drawMeasured({ model, option, summary, note }, place, solutions, context) {
  const { words } = context;
  const { openChart } = await import("./charts.js");
  const units = unitsOf(solutions);
  const labels = await context.labels(irisOf(solutions));
  const status = element("span", { class: "muted", role: "status" });
  const area = element("div", { class: "chart", role: "img" });
  const chart = openChart(area);
  const show = (unit) => {
    const shown = model(solutions, { unit, labels });
    status.textContent = shown.left ? note(shown, words) : "";
    area.setAttribute("aria-label", summary(shown));
    chart.show((page) => option(shown, { ...page, unit: units.length ? unit || words("count") : "" }));
  };
  const choices = units.map((unit) => [unit, unit || words("count")]);
  place.append(
    element(
      "div",
      { class: "view-controls" },
      ...(units.length > 1 ? [select(words("unit"), choices, units[0], show)] : []),
      status,
    ),
    area,
  );
  show(units[0] ?? "");
  return chart;
}
