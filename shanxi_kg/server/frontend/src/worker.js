/** The web worker of `localEndpoint`: loads a dump into Oxigraph once, then answers queries by their numbers. */
import init, { Store } from "oxigraph/web.js";

const DUMPS = { nq: "application/n-quads", nt: "application/n-triples", ttl: "text/turtle", trig: "application/trig" };
const RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
/** The default graph is the merge of all, as on the server. */
const MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }";

let store = null;

async function load(/** @type {string} */ dump) {
  await init({ module_or_path: new URL("workbench-oxigraph.wasm", import.meta.url) });
  const response = await fetch(dump);
  if (!response.ok) throw new Error(`${dump}: ${response.status} ${response.statusText}`);
  const made = new Store();
  made.load(await response.text(), { format: DUMPS[new URL(dump).pathname.split(".").at(-1)] });
  made.update(MERGE);
  return made;
}

/** Answer a query as JSON where solutions or a truth value are accepted, else as N-Triples. */
async function answer({ query, accept }) {
  const type = accept.includes("sparql-results") ? RESULTS : TRIPLES;
  const body = (await store).query(query, { results_format: type });
  return { status: 200, type, body };
}

self.onmessage = async ({ data }) => {
  if (data.dump) store = load(data.dump);
  if (!data.id) return;
  const failed = (error) => ({ status: 400, type: "text/plain", body: String(error.message ?? error) });
  self.postMessage({ id: data.id, ...(await answer(data).catch(failed)) });
};
