import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, prefixLines } from "../src/completion.js";
import { link } from "../src/context.js";
import { toCSV } from "../src/csv.js";
import { grouped } from "../src/examples.js";
import { readHeader } from "../src/header.js";
import { bestLabels, labelQuery, labelsFrom } from "../src/labels.js";
import { errorMessage } from "../src/plugins.js";
import { onlyQuery, shareLink } from "../src/share.js";
import { kindIn, wordsIn } from "../src/words.js";
import { solutions } from "./rows.js";

const SX = "https://w3id.org/shanxi-kg/ontology#";
const TERMS = [
  { iri: `${SX}Fact`, en: "fact", zh: "事实", definition: null },
  { iri: `${SX}CooperationAgreement`, en: "cooperation agreement", zh: "合作协议", definition: null },
  { iri: "http://www.w3.org/ns/org#Post", en: "Post", zh: null, definition: null },
];

test("the header gives the view and the columns, and nothing of other lists", () => {
  const text =
    "#+ summary: A\n#+ tags:\n#+   - x\n#+ columns:\n#+   - party\n#+   - signed\n#+ view: graph\nSELECT * {}";
  assert.deepEqual(readHeader(text), { view: "graph", columns: ["party", "signed"] });
  assert.deepEqual(readHeader("SELECT * {}"), { view: "table", columns: [] });
});

test("a term is found by the beginning of its IRI, by a word of its name, and in Chinese", () => {
  const found = (typed) => matching(TERMS, typed).map(({ iri }) => iri.split(/[#/]/).at(-1));
  assert.deepEqual(found(`${SX}F`), ["Fact"]);
  assert.deepEqual(found(`${SX}agree`), ["CooperationAgreement"]);
  assert.deepEqual(found("agreement"), ["CooperationAgreement"]);
  assert.deepEqual(found("协议"), ["CooperationAgreement"]);
  assert.deepEqual(found("http://www.w3.org/ns/org#"), ["Post"]);
  assert.deepEqual(prefixLines({ sx: SX }), [`sx: <${SX}>`]);
});

test("links go where the pages are, other IRIs to themselves, and no script is ever one", () => {
  const base = "https://w3id.org/shanxi-kg/";
  assert.equal(link(`${base}id/document/%E5%B1%B1#char=3,9`, "../"), "../doc/document/%E5%B1%B1.html#char=3,9");
  assert.equal(link(`${base}ontology#Fact`, "./"), "./ontology.html#Fact");
  assert.equal(link("http://www.w3.org/ns/org#Post", "./"), "http://www.w3.org/ns/org#Post");
  assert.equal(link("javascript:alert(1)", "./"), "#");
});

test("a share link has the query, its view and title, and nothing else can be set by one", () => {
  const url = shareLink("https://x/sparql#old", { query: "ASK { ?a ?b 'ü & c' }", view: "bar", title: "A b" });
  assert.equal(
    url,
    "https://x/sparql#query=ASK%20%7B%20%3Fa%20%3Fb%20'%C3%BC%20%26%20c'%20%7D&outputFormat=bar&tabTitle=A%20b",
  );
  const hostile = { name: "A", requestConfig: { endpoint: "https://evil.example/", headers: { a: "b" } } };
  assert.deepEqual(onlyQuery(hostile, { endpoint: "https://x/sparql" }), {
    name: "A",
    requestConfig: { endpoint: "https://x/sparql" },
  });
});

test("CSV is that of SPARQL 1.1: plain values, quoted where needed, CRLF", () => {
  assert.equal(
    toCSV(solutions("a b", ['say "hi", all', null], ["山西", 4])),
    'a,b\r\n"say ""hi"", all",\r\n山西,4\r\n',
  );
});

test("the label is the reader's, else English, else any", () => {
  const label = (iri, value, language) => ({
    iri: { type: "uri", value: iri },
    label: { type: "literal", value, ...(language ? { "xml:lang": language } : {}) },
  });
  const rows = [label("a", "Shanxi", "en"), label("a", "山西省", "zh"), label("b", "only", "en"), label("c", "none")];
  assert.deepEqual(Object.fromEntries(bestLabels({ variables: ["iri", "label"], rows }, "zh")), {
    a: { text: "山西省", language: "zh" },
    b: { text: "only", language: "en" },
    c: { text: "none", language: "" },
  });
  assert.equal(bestLabels({ variables: [], rows }, "en").get("a").text, "Shanxi");
  assert.match(labelQuery(["https://x/a"]), /VALUES \?iri \{ <https:\/\/x\/a> \}/);
});

test("labels are asked once, and an endpoint that fails costs the labels alone", async () => {
  const asked = [];
  const labels = labelsFrom(async (query) => (asked.push(query), Promise.reject(new Error("down"))), "en");
  assert.equal((await labels(["https://x/a"])).size, 0);
  await labels(["https://x/a"]);
  assert.equal(asked.length, 1);
});

test("examples stand in groups by topic, in their order", () => {
  const query = (name, en, zh) => ({ name, topic: { en, zh } });
  const queries = [query("b", "Posts", "任职"), query("a", "Bodies", "机构"), query("c", "Posts", "任职")];
  const names = (language) =>
    grouped(queries, language).map(([topic, members]) => [topic, members.map(({ name }) => name)]);
  assert.deepEqual(names("en"), [
    ["Posts", ["b", "c"]],
    ["Bodies", ["a"]],
  ]);
  assert.equal(names("zh")[0][0], "任职");
});

test("an error is shown as the endpoint words it", () => {
  assert.equal(errorMessage('{"title": "No SPARQL", "detail": "query:1:1: not valid"}'), "query:1:1: not valid");
  assert.equal(errorMessage('{"other": 1}'), '{"other": 1}');
  assert.equal(errorMessage("plain"), "plain");
});

test("words are in the page's language, English where it is another, and their braces are filled", () => {
  assert.equal(wordsIn("zh-CN")("rows", 3), "3 行");
  assert.equal(wordsIn("en")("nodesEdges", 2, 1), "2 things, 1 links");
  assert.deepEqual([kindIn("person", "zh"), kindIn("person", "en"), kindIn("x", "zh")], ["人物", "person", "x"]);
});
