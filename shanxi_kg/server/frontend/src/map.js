/** Rows on a map: how many concern an area, or the value that is told of it. */
import { areaOn, CITIES, PROVINCES, tiles } from "./areas.js";
import { labelOf, measureColumns, placeColumn, placeKey } from "./columns.js";
import { element, select } from "./elements.js";
import { nameOf, namingColumns } from "./observations.js";

const PLACE = "https://w3id.org/shanxi-kg/id/place/";
const MAPS = ["cities", "provinces"];

/** A map needs a column of places, of which one at least stands on one of the maps. */
export function canDraw(/** @type {import("./solutions.js").Solutions} */ solutions) {
  return MAPS.some((map) => keysOn(map, solutions).length > 0);
}

function keysOn(map, solutions) {
  const column = placeColumn(solutions);
  if (!column) return [];
  return solutions.rows.map((row) => areaOn(map, placeKey(row[column]) ?? "")).filter(Boolean);
}

/** Return the maps that have rows, the fuller one first. @param {import("./solutions.js").Solutions} solutions */
export function mapsOf(solutions) {
  const counts = MAPS.map((map) => [map, keysOn(map, solutions).length]).filter(([, count]) => count);
  return counts.sort((one, other) => other[1] - one[1]).map(([map]) => map);
}

/**
 * Return the measures that can be shown, by name: the number of rows first, then each indicator with its unit and time.
 *
 * @param {import("./solutions.js").Solutions} solutions
 * @returns {Map<string, import("./solutions.js").Row[]>} the rows of each
 */
export function measuresOf(solutions) {
  const measures = new Map([["", solutions.rows]]);
  const [column] = measureColumns(solutions);
  const { what, area, period } = namingColumns(solutions);
  for (const row of column ? solutions.rows : []) {
    const parts = column === "value" ? nameOf(row, [what === area ? "" : what, "unit", period]) : column;
    measures.set(parts || column, [...(measures.get(parts || column) ?? []), row]);
  }
  return measures;
}

/**
 * Return the value, or values where documents differ, of each area of a map.
 *
 * @param {import("./solutions.js").Solutions} solutions
 * @param {{map: "cities" | "provinces", measure: string}} choice an empty measure counts the rows
 * @returns {Map<string, {values: number[], label: string}>} by key
 */
export function mapModel(solutions, { map, measure }) {
  const column = placeColumn(solutions);
  const [number] = measureColumns(solutions);
  const areas = new Map();
  for (const row of measuresOf(solutions).get(measure) ?? []) {
    const key = areaOn(map, placeKey(row[column]) ?? "");
    const exact = key === placeKey(row[column]);
    if (!key || (measure && !exact)) continue;
    const held = areas.get(key) ?? { values: [], label: "" };
    const values = measure ? [...held.values, Number(row[number].value)] : [(held.values[0] ?? 0) + 1];
    areas.set(key, { values, label: exact ? labelOf(row, column) : held.label });
  }
  return areas;
}

/** Return the chart's option for ECharts. `label` names an area by its key. */
export function mapOption(areas, { theme, width, map, label, words, language }) {
  const data = [...areas].map(([name, { values }]) => ({ name, value: values[0], values }));
  const numbers = data.map(({ value }) => value);
  const [least, most] = [Math.min(...numbers, 0), Math.max(...numbers, 1)];
  const narrow = width < 560;
  const text = ({ name }) => (map === "cities" ? label(name) : narrow ? name.slice(3) : label(name).replace(" ", "\n"));
  const said = ({ name, data: area }) =>
    `${label(name)}: ${area?.values?.join(" | ") ?? "–"}${new Set(area?.values).size > 1 ? ` (${words("differ")})` : ""}`;
  const height = map === "cities" ? Math.min(620, width * 1.45) : Math.min(680, width * 0.95);
  const option = {
    tooltip: { trigger: "item", formatter: said, renderMode: "richText", confine: true },
    visualMap: {
      min: least,
      max: most,
      calculable: false,
      orient: "horizontal",
      left: 8,
      bottom: 4,
      itemHeight: 110,
      text: [String(most), String(least)],
      textStyle: { color: theme.muted },
      inRange: { color: theme.scale },
    },
    series: [
      {
        type: "map",
        map,
        data,
        roam: false,
        selectedMode: false,
        showLegendSymbol: false,
        layoutCenter: ["50%", (height - 44) / 2],
        layoutSize: Math.min(width, height - 48),
        aspectScale: map === "cities" ? 0.79 : 1,
        label: {
          show: true,
          formatter: text,
          color: theme.ink,
          fontSize: narrow ? 10 : language === "zh" ? 13 : 11,
          textBorderColor: theme.paper,
          textBorderWidth: 3,
        },
        labelLayout: { hideOverlap: map === "cities" },
        itemStyle: { areaColor: theme.sunken, borderColor: theme.paper },
        emphasis: { label: { color: theme.ink }, itemStyle: { areaColor: theme.series[4] } },
      },
    ],
  };
  return { option, height };
}

/** Draw the map, with a choice of the map and of the measure. */
export async function draw(place, solutions, context) {
  const { words } = context;
  const [{ openChart, registerMap }, { cities }] = await Promise.all([import("./charts.js"), import("./shapes.js")]);
  registerMap("cities", cities());
  registerMap("provinces", tiles());
  const names = await areaNames(context);
  const maps = mapsOf(solutions);
  const measures = [...measuresOf(solutions).keys()];
  const state = { map: maps[0], measure: measures.at(measures.length > 1 ? 1 : 0) };
  const area = element("figure", { class: "chart map", role: "img" });
  const chart = openChart(area);
  const show = (change) => {
    Object.assign(state, change);
    const areas = mapModel(solutions, state);
    const label = (key) => names(key) ?? areas.get(key)?.label ?? key;
    area.setAttribute(
      "aria-label",
      [...areas].map(([key, { values }]) => `${label(key)}: ${values.join(" | ")}`).join("; "),
    );
    chart.show((page) => mapOption(areas, { ...page, map: state.map, label, words, language: context.language }));
  };
  place.append(
    element(
      "div",
      { class: "view-controls" },
      ...(maps.length > 1
        ? [
            select(
              words("mapOf"),
              maps.map((map) => [map, words(map)]),
              state.map,
              (map) => show({ map }),
            ),
          ]
        : []),
      ...(measures.length > 1
        ? [
            select(
              words("measure"),
              measures.map((name) => [name, name || words("rowsHere")]),
              state.measure,
              (measure) => show({ measure }),
            ),
          ]
        : []),
    ),
    area,
    element("p", { class: "muted" }, words("schematic")),
  );
  show({});
  return chart;
}

/** Return a function from keys to names in the reader's language, for all areas of both maps. */
async function areaNames(context) {
  const labels = await context.labels([...CITIES, ...PROVINCES].map((key) => PLACE + key));
  return (key) =>
    labels.get(PLACE + key)?.text.replace(/(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$/, "");
}
