/** Our views as plugins of YASR, YASGUI's pane of results. A view is a module with `canDraw` and `draw`. */
import { toCSV } from "./csv.js";
import { readSolutions } from "./solutions.js";
import { VIEWS } from "./view.js";
import { wordsIn } from "./words.js";

/** Paths of the views' icons, in a square of 16. */
const ICONS = {
  table: "M1 2h14v12H1zm1.5 4v2.5h4V6zm0 4v2.5h4V10zM8 6v2.5h5.500V6zm0 4v2.500h5.500V10z",
  bar: "M2 2v12h12v-1.500H3.500V2zm3 2v2h5V4zm0 3.500v2h8v-2zM5 11v1h3v-1z",
  line: "M2 2v12h12v-1.500H3.500V2zm3 7.500 3-3 2 2 4-4.500-1-1-3 3.500-2-2-4 4z",
  map: "M8 1a5 5 0 0 0-5 5c0 3.500 5 9 5 9s5-5.500 5-9a5 5 0 0 0-5-5zm0 3a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  graph:
    "M3 1a2 2 0 1 0 1.500 3.300L7 7.300a2 2 0 0 0 0 1.400l-2.500 3A2 2 0 1 0 5.600 12.700l2.500-2.900a2 2 0 0 0 2.700-1H12a2 2 0 1 0 0-1.500h-1.200A2 2 0 0 0 8 6.200L5.600 3.400A2 2 0 0 0 3 1z",
};

/** Return the solutions of what YASR holds; null where it holds none. JSON is read as it came: YASR would fill in `{{…}}`. */
export function solutionsOf(/** @type {any} */ results) {
  if (!results || results.hasError()) return null;
  const text = results.getOriginalResponseAsString();
  return readSolutions(results.getType() === "json" ? JSON.parse(text) : results.getAsJson());
}

/**
 * Register our views, in place of YASR's table.
 *
 * @param {any} Yasr
 * @param {(yasr: any) => import("./context.js").Context} contextOf the context of a pane
 * @param {string} language
 */
export function registerViews(Yasr, contextOf, language) {
  const words = wordsIn(language);
  for (const name of Object.keys(VIEWS)) Yasr.registerPlugin(name, pluginOf(name, contextOf, words));
  Yasr.registerPlugin("response", responseOf(Yasr.plugins.response, words));
  Yasr.prototype.fillFallbackBox = function (drawn) {
    const labels = [this.getSelectedPluginName(), drawn].map((name) => this.plugins[name].label);
    const hidden = this.plugins[drawn].hideFromSelection;
    this.fallbackInfoEl.textContent = hidden ? "" : words("noView", ...labels);
  };
  Yasr.defaults.pluginOrder = [...Object.keys(VIEWS), "response"];
  Yasr.defaults.errorRenderers = [async ({ text }) => errorElement(text)];
}

function pluginOf(name, contextOf, words) {
  const { canDraw, draw } = VIEWS[name];
  return class {
    constructor(yasr) {
      this.yasr = yasr;
      this.label = words(name);
      this.priority = name === "table" ? 10 : 1;
    }

    canHandleResults() {
      const solutions = solutionsOf(this.yasr.results);
      return solutions !== null && canDraw(solutions);
    }

    async draw() {
      this.destroy();
      const place = document.createElement("div");
      place.className = `view view-${name}`;
      this.yasr.resultsEl.append(place);
      this.drawn = await draw(place, solutionsOf(this.yasr.results), contextOf(this.yasr));
    }

    destroy() {
      this.drawn?.close();
      this.drawn = undefined;
    }

    getIcon() {
      return icon(ICONS[name]);
    }

    download(filename = "results") {
      const getData = () => toCSV(solutionsOf(this.yasr.results));
      return { getData, filename: `${filename}.csv`, contentType: "text/csv", title: `${words("download")} (CSV)` };
    }
  };
}

/** Return YASR's view of the raw response under the page's own word for it. */
function responseOf(Response, words) {
  return class extends Response {
    label = words("response");
    helpReference = undefined;
  };
}

function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const shape = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  shape.setAttribute("d", path);
  shape.setAttribute("fill-rule", "evenodd");
  svg.append(shape);
  const holder = document.createElement("div");
  holder.className = "svgImg";
  holder.append(svg);
  return holder;
}

/** Return the message of an error as the endpoint words it: the `detail` of a problem (RFC 9457), else the text. */
export function errorMessage(/** @type {string} */ text) {
  try {
    const body = JSON.parse(text);
    return body.detail ?? text;
  } catch {
    return text;
  }
}

function errorElement(text) {
  const made = document.createElement("p");
  made.setAttribute("role", "alert");
  made.textContent = errorMessage(text);
  return made;
}
