/** Links to a query: its text, its view and its title in the URL's fragment, and nothing of where it is sent. */

/** Return the link to a query on the page at `url`. @param {string} url @param {{query: string, view: string, title: string}} shared */
export function shareLink(url, { query, view, title }) {
  const parts = { query, outputFormat: view, tabTitle: title };
  const pairs = Object.entries(parts).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${url.split("#")[0]}#${pairs.join("&")}`;
}

/**
 * Return what a link may set of a tab. YASGUI would take the endpoint, headers and more from it, and run the query at once:
 * a stranger's link must not choose where a reader's query goes.
 *
 * @param {any} tab the tab as YASGUI reads it from the link
 * @param {any} requestConfig that of the page
 */
export function onlyQuery(tab, requestConfig) {
  return { ...tab, requestConfig: { ...requestConfig } };
}
