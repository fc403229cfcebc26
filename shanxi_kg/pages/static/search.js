/**
 * The search of the static portal. The words of the address's `q` go to the index of their language (Chinese where they
 * hold a Chinese character), and what is found leads to the pages of the language that this page is in.
 */

const MOST = 40;

/** Return the language whose index knows the words. */
export function languageOf(/** @type {string} */ words) {
  return /\p{Script=Han}/u.test(words) ? "zh" : "en";
}

/** Return how well a title fits the words: 0 it is them, 1 it begins with them, 2 it holds them, 3 it does not. */
export function rankOf(/** @type {string} */ title, /** @type {string} */ words) {
  const [held, wanted] = [title, words].map((text) => text.normalize("NFKC").toLowerCase());
  if (held === wanted) return 0;
  if (held.startsWith(wanted)) return wanted.length * 2 > held.length ? 1 : 2;
  return held.includes(wanted) ? 2 : 3;
}

/** Make an element with a text, or with children. */
function element(name, content, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...[content].flat());
  return made;
}

/** Return the list item of a result: a link that leads there, and the kind of what it leads to. */
function item(found) {
  const link = element("a", found.meta.title, { href: `.${found.raw_url}` });
  return element("li", [link, " ", element("span", found.meta.kind, { className: "muted" })]);
}

/** Return the index of a language. Pagefind cuts words as the page's language asks, which need not be that of the words. */
async function open(/** @type {string} */ top, /** @type {string} */ language) {
  const pagefind = await import(new URL(`${top}${language}/pagefind.js`, document.baseURI).href);
  const page = document.documentElement;
  const own = page.lang;
  page.lang = language;
  pagefind.init();
  page.lang = own;
  return pagefind;
}

async function search(place, words) {
  const { index, found: heading, none } = place.dataset;
  const pagefind = await open(index, languageOf(words));
  const found = await pagefind.search(words);
  const shown = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
  shown.sort((one, other) => rankOf(one.meta.title, words) - rankOf(other.meta.title, words));
  place.replaceChildren(
    element("p", shown.length ? [`${found.results.length} ${heading} `, element("q", words)] : none),
    element("ol", shown.map(item), { className: "hits" }),
  );
}

const words = new URLSearchParams(location.search).get("q")?.trim() ?? "";
const place = document.getElementById("results");
for (const input of document.querySelectorAll("input[name=q]")) input.value = words;
if (place && words) await search(place, words);
