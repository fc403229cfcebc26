"""Records: what is written is read again as an equal value, and nothing but what was listed is ever made."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from small import HUBEI_TEXT, HUNAN_TEXT, small_facts

from shanxi_kg import facts
from shanxi_kg.documents import Document
from shanxi_kg.documents.lines import Span
from shanxi_kg.records import from_json, makers, to_json
from shanxi_kg.validation import Violation

CLASSES = [one for one in vars(facts).values() if getattr(one, "__module__", "") == facts.__name__]
MAKERS = makers([*CLASSES, Document, Span, Violation])


@pytest.mark.parametrize(("name", "text"), [("hunan", HUNAN_TEXT), ("hubei", HUBEI_TEXT)])
def test_a_document_and_its_facts_are_read_as_they_were_written(name: str, text: str) -> None:
    document = Document.from_text(text, name)
    value = (document, small_facts(document))
    again = from_json(to_json(value), MAKERS)
    assert again == value
    assert isinstance(again, tuple)
    assert repr(again) == repr(value)


@given(
    st.text(),
    st.binary(),
    st.decimals(allow_nan=False),
    st.sampled_from([Literal("1.50", datatype=NamedNode("http://example.org/t")), Literal("晋", language="zh"), None]),
)
def test_texts_bytes_numbers_and_terms_are_read_as_they_were_written(
    text: str, content: bytes, number: Decimal, term: Literal | None
) -> None:
    value = (Violation(text, text, text, text, None, term), content, number, True, None, ())
    again = from_json(to_json(value), MAKERS)
    assert repr(again) == repr(value)


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a": 1}', '{"": "Popen", "args": "x"}', '{"": "Evidence", "start": 1}', "[" * 100_000,
     '{"": "Decimal", "value": "x"}', '{"": "NamedNode", "value": "no iri"}', '{"": ["Evidence"]}'],
)  # fmt: skip
def test_what_is_no_record_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="this is no record"):
        from_json(text, MAKERS)
