/**
 * The workbench: YASGUI with our completion, views and examples, over the endpoint that the page names. The page holds
 * its settings as JSON; without JavaScript it says how to ask by other means.
 *
 * @typedef {{language: string, home: string, endpoint: string | null, dump: string | null, worker: string | null,
 *   completion: string, queries: string}} Settings URLs relative to the page; an endpoint, or a worker and a dump
 */
import Yasgui from "@zazuko/yasgui";
import { markView, nameParts } from "./accessible.js";
import { complete } from "./completion.js";
import { contextOf } from "./context.js";
import { element } from "./elements.js";
import { asking, httpEndpoint, localEndpoint, routeFetch } from "./endpoint.js";
import { drawExamples } from "./examples.js";
import { readHeader } from "./header.js";
import { labelsFrom } from "./labels.js";
import { registerViews } from "./plugins.js";
import { onlyQuery, shareLink } from "./share.js";
import { wordsIn } from "./words.js";

const FIRST = `SELECT ?kind (COUNT(?fact) AS ?facts)
WHERE {
  ?fact a sx:Fact, ?class .
  ?class rdfs:subClassOf sx:Fact ; skos:prefLabel ?kind .
  FILTER (LANG(?kind) = "en")
}
GROUP BY ?kind
ORDER BY DESC(?facts)`;

/** Return the URL of something on the site, whole. @param {string} path relative to the page */
function absolute(path) {
  return new URL(path, document.baseURI).href;
}

/** Return the endpoint of the page and its URL. @param {Settings} settings */
function endpointOf({ endpoint, worker, dump }) {
  if (endpoint) return { url: absolute(endpoint), endpoint: httpEndpoint(absolute(endpoint)) };
  const url = absolute("in-this-page");
  const local = localEndpoint({ worker: absolute(worker), dump: absolute(dump) });
  routeFetch(url, local);
  return { url, endpoint: local };
}

async function json(path) {
  const response = await fetch(absolute(path));
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response.json();
}

/** Return the first query that a new reader sees, with the prefixes that it uses. */
function firstQuery(prefixes) {
  const used = ["rdfs", "skos", "sx"].map((prefix) => `PREFIX ${prefix}: <${prefixes[prefix]}>`);
  return ["#+ view: bar", ...used, FIRST].join("\n");
}

function openYasgui(place, { url, persistence, query, tabName }) {
  const requestConfig = { endpoint: url, method: "POST", headers: {}, args: [], namedGraphs: [], defaultGraphs: [] };
  return new Yasgui(place, {
    persistenceId: persistence,
    requestConfig,
    tabName,
    autofocus: false,
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [] },
    populateFromUrl: (tab) => onlyQuery(tab, requestConfig),
    yasqe: { ...Yasgui.Yasqe.defaults, value: query, editorHeight: "280px" },
    yasr: { ...Yasgui.Yasr.defaults, defaultPlugin: "table", maxPersistentResponseSize: 0 },
  });
}

/** Ask a stored query in its own tab, which is opened once. */
function askIn(yasgui, { name, view }, text) {
  const known = Object.values(yasgui._tabs).find((tab) => tab.getName() === name);
  const tab = known ?? yasgui.addTab(true, { name, yasqe: { value: text } });
  yasgui.selectTabId(tab.getId());
  tab.setQuery(text);
  setTimeout(() => skipHeader(tab.getYasqe()));
  tab.getYasr().selectPlugin(view);
  tab.query().catch(() => {});
}

/** Scroll to where the query begins, below its header. */
function skipHeader(yasqe) {
  const lines = yasqe.getValue().split("\n");
  const first = lines.findIndex((line) => !line.startsWith("#"));
  yasqe.refresh();
  yasqe.scrollTo(0, yasqe.heightAtLine(Math.max(first, 0), "local"));
}

function watchTabs(yasgui, words) {
  const names = () => Object.values(yasgui._tabs).forEach((tab) => nameParts(tab, words));
  const views = () => Object.values(yasgui._tabs).forEach((tab) => tab.getYasr() && markView(tab.getYasr(), words));
  const refresh = () => (names(), views(), Object.values(yasgui._tabs).forEach(listen));
  const heard = new WeakSet();
  const listen = (tab) => {
    const yasr = tab.getYasr();
    if (!yasr || heard.has(yasr)) return;
    heard.add(yasr);
    yasr.on("drawn", () => setTimeout(views));
    yasr.on("change", views);
  };
  for (const event of ["tabSelect", "tabChange", "queryResponse"]) yasgui.on(event, () => setTimeout(refresh));
  refresh();
}

/** Start the workbench in its place on the page. @param {HTMLElement} place @param {Settings} settings */
export async function start(place, settings) {
  const { language, home } = settings;
  const words = wordsIn(language);
  const [vocabulary, queries] = await Promise.all([json(settings.completion), json(settings.queries)]);
  const { url, endpoint } = endpointOf(settings);
  const labels = labelsFrom(asking(endpoint), language);
  let yasgui = null;
  const contextOfPane = (yasr) => {
    const tab = Object.values(yasgui?._tabs ?? {}).find((each) => each.getYasr() === yasr);
    const { columns } = readHeader(tab?.getQuery() ?? "");
    return contextOf({ language, home, prefixes: vocabulary.prefixes, columns, labels });
  };
  complete(Yasgui.Yasqe, vocabulary, language);
  registerViews(Yasgui.Yasr, contextOfPane, language);
  Yasgui.Tab.prototype.getShareableLink = function () {
    const view = this.getYasr()?.getSelectedPluginName() ?? "table";
    return shareLink(location.href, { query: this.getQuery(), view, title: this.getName() });
  };
  const ask = (query, text) => askIn(yasgui, { name: query.question[language], view: query.view }, text);
  drawExamples(place.querySelector("[data-examples]"), queries, { places: vocabulary.places, words, language, ask });
  const query = firstQuery(vocabulary.prefixes);
  const persistence = `shanxi-kg ${absolute(settings.completion)}`;
  yasgui = openYasgui(place.querySelector("[data-editor]"), { url, persistence, query, tabName: words("query") });
  const add = element(
    "button",
    { type: "button", class: "new-query", onclick: () => yasgui.addTab(true) },
    words("newQuery"),
  );
  place.querySelector("[data-editor]").prepend(add);
  watchTabs(yasgui, words);
  addEventListener("hashchange", () => location.hash.includes("query=") && location.reload());
  place.dataset.ready = "";
}

const place = document.querySelector("[data-workbench]");
if (place) await start(/** @type {HTMLElement} */ (place), JSON.parse(place.querySelector("script").textContent));
