/**
 * Completion in the editor from our own vocabulary: classes, properties and prefixes, found by CURIE, by local name or by a
 * word of their label, English or Chinese. Nothing is asked from outside.
 *
 * @typedef {{iri: string, en: string, zh: string | null, definition: string | null}} VocabularyTerm
 * @typedef {{prefixes: Record<string, string>, classes: VocabularyTerm[], properties: VocabularyTerm[],
 *   places: import("./parameters.js").Place[]}} Vocabulary
 */
import { curie, localName } from "./terms.js";

const MOST = 100;

/**
 * Return the terms that complete what was typed: those whose IRI begins with it, then those with it in name or label.
 *
 * @param {VocabularyTerm[]} terms
 * @param {string} typed an IRI's beginning (a CURIE resolved), or a bare word
 * @returns {VocabularyTerm[]}
 */
export function matching(terms, typed) {
  const text = typed.replace(/^</, "");
  const begins = terms.filter(({ iri }) => iri.startsWith(text));
  const [, namespace, word] = /^(.*[/#])?(.*)$/.exec(text);
  const needle = word.toLowerCase();
  const holds = needle ? terms.filter((term) => inNamespace(term, namespace) && says(term, needle)) : [];
  return [...new Set([...begins, ...holds])].slice(0, MOST);
}

function inNamespace({ iri }, namespace) {
  return !namespace || iri.startsWith(namespace);
}

function says({ iri, en, zh }, needle) {
  return [localName(iri), en, zh ?? ""].some((text) => text.toLowerCase().includes(needle));
}

/** Return the prefixes as YASQE writes them: `sx: <https://…#>`. @param {Record<string, string>} prefixes */
export function prefixLines(prefixes) {
  return Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
}

/**
 * Replace YASQE's completers, which ask the network, by ours.
 *
 * @param {any} Yasqe
 * @param {Vocabulary} vocabulary
 * @param {string} language
 */
export function complete(Yasqe, vocabulary, language) {
  const { prefixes, classes, properties } = vocabulary;
  const terms = new Map([...classes, ...properties].map((term) => [term.iri, term]));
  const fork = (kind, candidates) =>
    Yasqe.forkAutocompleter(kind, {
      name: `own-${kind}`,
      bulk: false,
      get: (_, token) => matching(candidates, token.autocompletionString ?? "").map(({ iri }) => iri),
      postProcessSuggestion: (yasqe, _, iri) => writeTerm(iri, { ...prefixes, ...yasqe.getPrefixesFromQuery() }),
      postprocessHints: (yasqe, hints) => hints.map((hint) => explained(yasqe, hint, terms, prefixes, language)),
    });
  Yasqe.defaults.autocompleters = ["variables"];
  const lines = prefixLines(prefixes);
  Yasqe.forkAutocompleter("prefixes", { name: "prefixes", persistenceId: null, get: lines });
  fork("class", classes);
  fork("property", properties);
}

function writeTerm(iri, prefixes) {
  return curie(iri, prefixes) ?? `<${iri}>`;
}

/** Give a hint the label of its term beside it, and, when it is taken, declare its prefix where the query lacks it. */
function explained(yasqe, hint, terms, prefixes, language) {
  const iri = hint.text.startsWith("<")
    ? hint.text.slice(1, -1)
    : resolve(hint.text, { ...prefixes, ...yasqe.getPrefixesFromQuery() });
  const term = terms.get(iri);
  const label = (language === "zh" && term?.zh) || term?.en || "";
  const render = (item) => {
    const beside = document.createElement("span");
    beside.className = "hint-label";
    beside.textContent = label;
    item.append(hint.text, beside);
    item.title = term?.definition ?? "";
  };
  const take = (editor, all, taken) => {
    editor.replaceRange(taken.text, taken.from ?? all.from, taken.to ?? all.to, "complete");
    const prefix = taken.text.startsWith("<") ? "" : taken.text.split(":")[0];
    if (prefix && !(prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
  };
  return { ...hint, render, hint: take };
}

function resolve(name, prefixes) {
  const [prefix, local] = name.split(":");
  return prefixes[prefix] + local;
}
