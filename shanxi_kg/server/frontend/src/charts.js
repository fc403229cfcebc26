/** ECharts, with no more of it than the views draw: a place on the page goes in, a chart that keeps its size comes out. */
import { BarChart, LineChart, MapChart } from "echarts/charts";
import {
  AriaComponent,
  GeoComponent,
  GridComponent,
  LegendComponent,
  LegendScrollComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { currentTheme, onThemeChange } from "./theme.js";

echarts.use([AriaComponent, BarChart, GeoComponent, GridComponent, LegendComponent, LegendScrollComponent, LineChart]);
echarts.use([MapChart, SVGRenderer, TooltipComponent, VisualMapComponent]);

/** Make a map known under a name. @param {string} name @param {any} shapes GeoJSON */
export function registerMap(name, shapes) {
  if (!echarts.getMap(name)) echarts.registerMap(name, shapes);
}

/**
 * Return a chart in a place. `show` takes a function from theme and width to an option and its height, and is called
 * again when the page turns dark or changes its width.
 *
 * @param {HTMLElement} place
 */
export function openChart(place) {
  let chart = null;
  let optionOf = null;
  const redraw = () => {
    const width = place.clientWidth;
    if (!optionOf || !width) return;
    const theme = currentTheme();
    const { option, height } = optionOf({ theme, width });
    place.style.height = `${height}px`;
    chart ??= echarts.init(place, null, { renderer: "svg" });
    chart.resize();
    const text = { color: theme.ink, fontFamily: theme.font };
    chart.setOption({ animation: false, textStyle: text, ...option, ...dressed(option, theme, text) }, true);
  };
  const watch = new ResizeObserver(redraw);
  const unwatch = onThemeChange(redraw);
  watch.observe(place);
  return {
    show: (next) => ((optionOf = next), redraw()),
    close: () => (watch.disconnect(), unwatch(), chart?.dispose()),
  };
}

/** Return tooltip and legend in the page's colours. */
function dressed({ tooltip, legend }, theme, text) {
  const arrows = { pageIconColor: theme.ink, pageIconInactiveColor: theme.line, pageTextStyle: text };
  return {
    tooltip: { backgroundColor: theme.paper, borderColor: theme.line, textStyle: text, ...tooltip },
    legend: legend && { ...arrows, ...legend, textStyle: { ...text, ...legend.textStyle } },
  };
}
