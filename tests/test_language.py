"""Parsing: sentences with offsets that hold in the document, and a pipeline whose weights are the known ones."""

from __future__ import annotations

import pytest

from shanxi_kg import language
from shanxi_kg.documents import Document
from shanxi_kg.errors import OntologyError
from shanxi_kg.language import parse, pipeline, without_brackets

TEXT = """Hebei notes

Updated: 2021-05-04

A first heading

The Hebei Intellectual Property (IP) Office opened a centre (HIPC) in Baoding’s new district. It has “three” halls.

汉字 😀 come before the offsets of this sentence (2021), and after.
"""


def test_every_token_stands_in_the_document_where_it_says() -> None:
    document = Document.from_text(TEXT, "hebei")
    tokens = [token for sentence in parse(document) for token in sentence.tokens]
    assert len(tokens) > 20
    for token in tokens:
        assert document.text[token.start : token.end].translate(language.PLAIN_QUOTES) == token.text


def test_brackets_are_not_parsed_and_a_heading_is_no_sentence() -> None:
    sentences = parse(Document.from_text(TEXT, "hebei"))
    words = [[token.text for token in sentence.tokens] for sentence in sentences]
    assert words[0][:6] == ["The", "Hebei", "Intellectual", "Property", "Office", "opened"]
    assert "HIPC" not in words[0]
    assert {sentence.heading for sentence in sentences} == {"A first heading"}


def test_a_sentence_knows_what_hangs_on_a_token() -> None:
    [sentence] = parse(Document.from_text("The bureau approved two plans for the city.", "one"))
    root = next(token for token in sentence.tokens if token.dep == "ROOT")
    below = [sentence.tokens[i].text for i in sentence.subtree(root.i, without=[])]
    assert below == [token.text for token in sentence.tokens]
    plans = next(token for token in sentence.tokens if token.text == "plans")
    assert list(sentence.ancestors(plans.i)) == [root.i]


def test_taking_brackets_out_keeps_the_offset_of_every_character() -> None:
    text = "a (b) c (d)"
    masked, offsets = without_brackets(text, 0, len(text))
    assert masked == "a c"
    assert [text[offset] for offset in offsets] == list(masked)


def test_weights_with_another_checksum_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "WEIGHTS", {"parser/model": "0000"})
    pipeline.cache_clear()
    with pytest.raises(OntologyError, match=r"parser/model: checksum .* reinstall"):
        pipeline()
    pipeline.cache_clear()


def test_the_stop_of_a_shortened_month_ends_no_sentence() -> None:
    [sentence] = parse(Document.from_text("A treaty was signed on Oct. 16 by Hubei and Hunan.", "case"))
    assert [token.text for token in sentence.tokens[5:7]] == ["Oct", "16"]
