"""Changes in words and as JSON: `Changes` go in, text comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import zip_longest

from shanxi_kg.changes.model import Changes, DocumentChanges, EntityChange, FactChange, FieldChange, StatedFact, Words
from shanxi_kg.namespaces import ID

_COUNTED = {
    "added": "added",
    "withdrawn": "withdrawn",
    "changed": "changed in value",
    "evidence": "changed in evidence only",
}
LONGEST_QUOTE = 100


def to_text(changes: Changes) -> str:
    """Write what changed, a line a fact: + added, - withdrawn, ~ changed in value, = changed in evidence only."""
    lines = [line for document in changes.documents for line in _document(document)]
    lines += [line for entity in changes.entities for line in _entity(entity)]
    total = ", ".join(f"{number} {_COUNTED[name]}" for name, number in changes.counts.items() if number)
    return "".join(f"{line}\n" for line in (*lines, f"facts: {total}" if total else "facts: no difference"))


def to_json(changes: Changes) -> str:
    """Write what changed as a JSON object: counts, documents with their facts, and entities."""
    record = {
        "old": changes.old,
        "new": changes.new,
        "counts": changes.counts,
        "documents": [_document_record(document) for document in changes.documents],
        "entities": [{"iri": one.iri, "label": one.label, "fields": _field_records(one)} for one in changes.entities],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


WRITERS: Mapping[str, Callable[[Changes], str]] = {"json": to_json, "text": to_text}


def _document(document: DocumentChanges) -> Iterator[str]:
    yield document.document + ("" if document.state == "changed" else f" ({document.state})")
    yield from (f"  {_changed(change)}" for change in document.fields)
    for sign, facts in (("+", document.added), ("-", document.withdrawn)):
        yield from (f"  {sign} {_headline(fact)}: {_quoted(fact.evidence)}" for fact in facts)
    for change in document.changed:
        yield f"  ~ {_headline(change.new)}"
        yield from (f"      {_changed(field)}" for field in change.fields)
        if change.old.evidence.quote != change.new.evidence.quote:
            yield f"      evidence: {_requoted(change)}"
    moved = [change for change in document.evidence if change.is_moved]
    for change in document.evidence:
        if not change.is_moved:
            yield f"  = {_headline(change.new)}: {_requoted(change)}"
    if moved:
        yield f"  = {len(moved)} fact{'' if len(moved) == 1 else 's'}: the same words at another place of the text"


def _entity(entity: EntityChange) -> Iterator[str]:
    yield f"{entity.label} ({entity.iri.removeprefix(ID)})"
    yield from (f"  {_changed(change)}" for change in entity.fields)


def _headline(fact: StatedFact) -> str:
    return f"{fact.kind} {fact.label}"


def _changed(change: FieldChange) -> str:
    if change.field == "sha256":
        return "the text was changed"
    gone = "; ".join(value for value in change.old if value not in change.new)
    come = "; ".join(value for value in change.new if value not in change.old)
    return f"{change.field}: {gone or 'nothing'} -> {come or 'nothing'}"


def _requoted(change: FactChange) -> str:
    """Return the old and the new words of the first span that differs: the evidence, or what the text adds to it."""
    spans = zip_longest((change.old.evidence, *change.old.claims), (change.new.evidence, *change.new.claims))
    old, new = next((one, other) for one, other in spans if not one or not other or one.quote != other.quote)
    start = _shortly_before(_one_line(old), _one_line(new)) if old and new else 0
    return f"{_quoted(old, start)} -> {_quoted(new, start)}"


def _shortly_before(old: str, new: str) -> int:
    """Return an index shortly before the first difference of two lines."""
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    return max(0, same - LONGEST_QUOTE // 3)


def _quoted(words: Words | None, start: int = 0) -> str:
    """Return words in quotation marks, without those before `start`, and cut where they are long."""
    if words is None:
        return "nothing"
    line = _one_line(words)
    whole = line if len(line) <= LONGEST_QUOTE or start == 0 else f"… {line[start:].partition(' ')[2]}"
    return f'"{whole}"' if len(whole) <= LONGEST_QUOTE else f'"{whole[:LONGEST_QUOTE].rsplit(" ", 1)[0]} …"'


def _one_line(words: Words) -> str:
    return " ".join(words.quote.split())


def _document_record(document: DocumentChanges) -> dict[str, object]:
    return {
        "document": document.document,
        "state": document.state,
        "fields": _field_records(document),
        "added": [_fact_record(fact) for fact in document.added],
        "withdrawn": [_fact_record(fact) for fact in document.withdrawn],
        "changed": [_change_record(change) for change in document.changed],
        "evidence": [_change_record(change) for change in document.evidence],
    }


def _change_record(change: FactChange) -> dict[str, object]:
    return {
        **_fact_record(change.new),
        "was": change.old.iri,
        "fields": _field_records(change),
        "evidence": {"old": asdict(change.old.evidence), "new": asdict(change.new.evidence)},
        "claims": {"old": _spans(change.old.claims), "new": _spans(change.new.claims)},
    }


def _fact_record(fact: StatedFact) -> dict[str, object]:
    return {"fact": fact.iri, "kind": fact.kind, "label": fact.label, "evidence": asdict(fact.evidence)}


def _spans(spans: Iterable[Words]) -> list[dict[str, object]]:
    return [asdict(span) for span in spans]


def _field_records(changed: DocumentChanges | FactChange | EntityChange) -> list[dict[str, object]]:
    return [{"field": one.field, "old": list(one.old), "new": list(one.new)} for one in changed.fields]
