/**
 * Where queries go: to a SPARQL endpoint over HTTP, or to Oxigraph in a web worker over a dump, where there is no server.
 *
 * @typedef {(query: string, accept: string, signal?: AbortSignal) => Promise<Response>} Endpoint
 */

export const JSON_RESULTS = "application/sparql-results+json";

/** Return an endpoint that a server answers, by SPARQL 1.1 Protocol. @param {string} url @returns {Endpoint} */
export function httpEndpoint(url) {
  return (query, accept, signal) =>
    fetch(url, { method: "POST", headers: { accept }, body: new URLSearchParams({ query }), signal });
}

/**
 * Return an endpoint that answers in the browser itself. The worker starts, and the dump is loaded, at the first query; a
 * query that is called off takes the worker with it, for nothing else stops it.
 *
 * @param {{worker: string, dump: string}} files URLs of the worker's script and of the graph as N-Quads or Turtle
 * @returns {Endpoint}
 */
export function localEndpoint({ worker: script, dump }) {
  let worker = null;
  let number = 0;
  const waiting = new Map();
  const stop = (reason) => {
    worker?.terminate();
    worker = null;
    waiting.forEach(({ reject }) => reject(new Error(reason)));
    waiting.clear();
  };
  const start = () => {
    worker = new Worker(script, { type: "module" });
    worker.onmessage = ({ data }) => settle(waiting, data);
    worker.onerror = (event) => stop(event.message);
    worker.postMessage({ dump });
  };
  return (query, accept, signal) =>
    new Promise((resolve, reject) => {
      if (!worker) start();
      waiting.set(++number, { resolve, reject });
      signal?.addEventListener("abort", () => stop("Aborted"), { once: true });
      worker.postMessage({ id: number, query, accept });
    });
}

function settle(waiting, { id, status, type, body }) {
  waiting.get(id)?.resolve(new Response(body, { status, headers: { "content-type": type } }));
  waiting.delete(id);
}

/** Return a function that runs a query and gives its JSON; it rejects where the endpoint refuses. */
export function asking(/** @type {Endpoint} */ endpoint) {
  return async (/** @type {string} */ query) => {
    const response = await endpoint(query, JSON_RESULTS);
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
}

/**
 * Answer the requests that the page sends to one URL by an endpoint. YASQE knows no endpoint but a URL.
 *
 * @param {string} url
 * @param {Endpoint} endpoint
 */
export function routeFetch(url, endpoint) {
  const direct = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.url !== url) return direct(input, init);
    const query = new URLSearchParams(await request.text()).get("query") ?? "";
    return endpoint(query, request.headers.get("accept") ?? JSON_RESULTS, request.signal);
  };
}
