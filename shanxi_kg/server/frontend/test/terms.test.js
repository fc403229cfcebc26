import assert from "node:assert/strict";
import { test } from "node:test";
import { curie, isNumber, localName, writeIRI, writeLiteral } from "../src/terms.js";

const PREFIXES = { sx: "https://w3id.org/shanxi-kg/ontology#", kg: "https://w3id.org/shanxi-kg/", xsd: "http://x/" };

test("the longest namespace makes the CURIE, and a name that is none makes no CURIE", () => {
  assert.equal(curie("https://w3id.org/shanxi-kg/ontology#Fact", PREFIXES), "sx:Fact");
  assert.equal(curie("https://w3id.org/shanxi-kg/id/place/CN-SX", PREFIXES), null);
  assert.equal(curie("https://example.org/a", PREFIXES), null);
});

test("the last part of an IRI is decoded where it can be", () => {
  assert.equal(localName("https://w3id.org/shanxi-kg/id/document/%E5%B1%B1%E8%A5%BF"), "山西");
  assert.equal(localName("https://example.org/%E5"), "%E5");
  assert.equal(localName("http://www.w3.org/ns/org#Post"), "Post");
});

test("what no IRI may hold never reaches a query", () => {
  assert.equal(writeIRI("https://example.org/a"), "<https://example.org/a>");
  for (const text of ["relative", "https://x/> } DROP ALL", "https://x/a b", 'https://x/"'])
    assert.throws(() => writeIRI(text), RangeError);
});

test("a literal is escaped", () => {
  assert.equal(writeLiteral('a " b \\ c\n'), '"a \\" b \\\\ c\\n"');
  assert.equal(writeLiteral("2021", "integer"), '"2021"^^<http://www.w3.org/2001/XMLSchema#integer>');
});

test("a number is told by its datatype, not by its look", () => {
  assert.equal(isNumber({ type: "literal", value: "5" }), false);
  assert.equal(isNumber({ type: "literal", value: "5", datatype: "http://www.w3.org/2001/XMLSchema#decimal" }), true);
});
