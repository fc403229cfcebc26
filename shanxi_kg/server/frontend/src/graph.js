/** Things and links as a picture, and as a list for those who do not see it. */
import { element } from "./elements.js";
import { isNetwork, networkOf } from "./network.js";
import { irisOf } from "./solutions.js";
import { currentTheme, onThemeChange } from "./theme.js";
import { kindIn } from "./words.js";

const LIMIT = 600;
const QUIET = 24;

/** A graph needs two columns of IRIs. */
export const canDraw = isNetwork;

/** Return the style sheet of the picture. @param {import("./theme.js").Theme} theme @param {string[]} kinds */
export function graphStyle(theme, kinds) {
  const label = { label: "data(label)", color: theme.ink, "font-family": theme.font, "text-wrap": "wrap" };
  const halo = { "text-background-color": theme.paper, "text-background-opacity": 0.85, "text-background-padding": 2 };
  return [
    {
      selector: "node",
      style: {
        ...label,
        ...halo,
        width: 18,
        height: 18,
        "font-size": 12,
        "min-zoomed-font-size": 7,
        "text-max-width": 130,
        "text-valign": "bottom",
        "text-margin-y": 4,
      },
    },
    ...kinds.map((kind, index) => ({
      selector: `node[kind="${kind}"]`,
      style: { "background-color": theme.series[index % theme.series.length] },
    })),
    {
      selector: "edge",
      style: {
        ...label,
        ...halo,
        width: 1.5,
        color: theme.muted,
        "font-size": 10,
        "text-max-width": 110,
        "line-color": theme.muted,
        "curve-style": "bezier",
        "target-arrow-shape": "triangle",
        "target-arrow-color": theme.muted,
        "arrow-scale": 0.8,
      },
    },
    { selector: "node.hub", style: { width: 26, height: 26, "font-size": 26, "text-max-width": 260 } },
    {
      selector: "node.told",
      style: { "min-zoomed-font-size": 0, "font-size": 26, "text-max-width": 260, "z-index": 9 },
    },
    { selector: "edge.plain", style: { "target-arrow-shape": "none" } },
    { selector: "edge.unnamed", style: { label: "" } },
  ];
}

/** Return the one name that all links have, or undefined; said once, it need not stand at each of them. */
export function commonName(/** @type {import("./network.js").Network} */ { links }) {
  const names = new Set(links.map(({ label }) => label));
  return names.size === 1 ? [...names][0] : undefined;
}

/** Return the elements of the picture; links are named where their names differ and are few enough to be read. */
export function graphElements(/** @type {import("./network.js").Network} */ network) {
  const { things, links, directed } = network;
  const quiet = commonName(network) !== undefined || links.length > QUIET;
  const classes = [quiet && "unnamed", !directed && "plain"].filter(Boolean).join(" ");
  const hubs = hubsOf(network);
  const nodes = things.map(({ id, label, kind }) => ({
    data: { id, label, kind },
    classes: hubs.has(id) ? "hub" : "",
  }));
  const edges = links.map(({ source, target, label }, index) => ({
    data: { id: `link ${index}`, source, target, label },
    classes,
  }));
  return [...nodes, ...edges];
}

/** Return the things whose names are large enough to be read in a picture of many: those with the most links. */
function hubsOf({ things, links }) {
  if (things.length < QUIET) return new Set();
  const counts = new Map();
  for (const end of links.flatMap(({ source, target }) => [source, target]))
    counts.set(end, (counts.get(end) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 2).map(([id]) => id));
}

/** Return as much of a network as a picture can hold. */
export function bounded({ things, links, directed }, limit = LIMIT) {
  const kept = links.slice(0, limit);
  const linked = new Set(kept.flatMap(({ source, target }) => [source, target]));
  const all = links.length <= limit && things.length <= limit;
  return { things: all ? things : things.filter(({ id }) => linked.has(id)), links: kept, directed };
}

/** Draw the picture and the list. */
export async function draw(place, solutions, context) {
  const { words } = context;
  const { openNetwork } = await import("./cytoscape.js");
  const labels = await context.labels(irisOf(solutions));
  const whole = networkOf(solutions, labels);
  const network = bounded(whole);
  const kinds = [...new Set(network.things.map(({ kind }) => kind))].sort();
  const area = element("div", { class: "chart network", role: "img", "aria-label": sizeOf(whole, network, words) });
  const controls = element("div", { class: "view-controls" });
  place.append(controls, area, legend(kinds, context), list(network, context));
  const style = () => graphStyle(currentTheme(), kinds);
  const picture = openNetwork(area, graphElements(network), style(), (id) => location.assign(context.href(id)));
  const button = (key, sign) =>
    element(
      "button",
      { type: "button", class: "sign", "aria-label": words(key), title: words(key), onclick: () => picture[key]() },
      sign,
    );
  controls.append(
    element("span", { class: "muted", role: "status" }, sizeOf(whole, network, words)),
    element("span", {}, button("larger", "+"), button("smaller", "−"), button("whole", "⤢")),
  );
  const unwatch = onThemeChange(() => (picture.restyle(style()), recolour(place)));
  recolour(place);
  return { close: () => (unwatch(), picture.close()) };
}

function sizeOf(whole, network, words) {
  const name = commonName(network);
  const note = network.links.length < whole.links.length ? `; ${words("tooMany", network.links.length)}` : "";
  return words("nodesEdges", whole.things.length, whole.links.length) + (name ? ` (${name})` : "") + note;
}

/** Say which colour is which kind, where there are several. */
function legend(kinds, { language }) {
  const entries = kinds.map((kind) => element("li", {}, element("span", { class: "swatch" }), kindIn(kind, language)));
  return element("ul", { class: "legend", hidden: kinds.length < 2 }, ...entries);
}

function recolour(place) {
  const { series } = currentTheme();
  place
    .querySelectorAll(".swatch")
    .forEach((swatch, index) => (swatch.style.background = series[index % series.length]));
}

function list({ things, links }, { href, words }) {
  const named = new Map(things.map(({ id, label }) => [id, label]));
  const to = (id) => element("a", { href: href(id) }, named.get(id));
  const items = links.map(({ source, target, label }) => element("li", {}, to(source), ` — ${label} — `, to(target)));
  return element("details", {}, element("summary", {}, words("asList")), element("ul", {}, ...items));
}
