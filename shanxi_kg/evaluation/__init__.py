"""How well a graph holds what a careful reader finds in the same texts; gold facts and a store go in, scores come out.

The graph is asked through the stored queries alone, so that any graph can be scored. *Core* asks that a fact was
found, *full* that every field agrees which the gold gives. Each gold fact is paired with one found fact at most, and
the pairing is the best possible one. Nothing here builds a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from shanxi_kg import queries
from shanxi_kg.errors import QueryError
from shanxi_kg.evaluation.gold import read_gold
from shanxi_kg.evaluation.kinds import KINDS, Kind
from shanxi_kg.evaluation.model import NO_SCORE, Evaluation, GoldDocument, Measures, Miss, Score, Told
from shanxi_kg.evaluation.pairing import best_pairs
from shanxi_kg.namespaces import mint
from shanxi_kg.solutions import Solutions, Term, text
from shanxi_kg.store import Store

__all__ = ["Evaluation", "GoldDocument", "Measures", "Miss", "Score", "Told", "evaluate", "read_gold"]

Row = Mapping[str, str]
_FOUND = Fraction(10)
"""What a pair is worth beside its likeness, so that more pairs go before likelier ones."""


def evaluate(store: Store, gold: Sequence[GoldDocument]) -> Evaluation:
    """Score what a store holds of the gold documents; what it holds of others is not looked at."""
    documents = {mint("document", document.name).value: document for document in gold}
    rows = {kind: _rows(store, KINDS[kind].query, documents) for kind in KINDS}
    scores, misses = {}, []
    for kind in KINDS:
        scores[kind] = NO_SCORE
        for iri, document in documents.items():
            score, wrong = _compare(kind, document, _found(kind, rows[kind].get(iri, ())))
            scores[kind] += score
            misses += wrong
    grounded = [
        _is_grounded(row, documents[iri].text or "")
        for by_document in rows.values()
        for iri, found in by_document.items()
        for row in found
        if documents[iri].text is not None
    ]
    return Evaluation(scores, sum(grounded), len(grounded), tuple(sorted(misses, key=_order)))


def _order(miss: Miss) -> str:
    return miss.document


def _rows(store: Store, query: str, documents: Iterable[str]) -> dict[str, list[Row]]:
    """Return the rows of a stored query by document, those of other documents left out."""
    answer = queries.run(store, queries.stored_query(query))
    if not isinstance(answer, Solutions):
        raise QueryError(f"{query}: is no SELECT query; restore the file")
    by_document: dict[str, list[Row]] = {iri: [] for iri in documents}
    for terms in answer.rows:
        row = _bound(answer.variables, terms)
        by_document.get(row.get("document", ""), []).append(row)
    return by_document


def _bound(variables: tuple[str, ...], terms: tuple[Term | None, ...]) -> Row:
    return {variable: text(term) for variable, term in zip(variables, terms, strict=True) if term is not None}


def _found(kind: str, rows: Sequence[Row]) -> list[Told]:
    """Return the facts of one document: rows of one entity gathered into one fact, and each fact once."""
    compared = KINDS[kind]
    gathered: dict[str, list[Row]] = {}
    for number, row in enumerate(rows):
        entity = row.get(kind) or row.get("name") if compared.many else None
        gathered.setdefault(entity or f"row {number}", []).append(row)
    facts = (_told(kind, compared, several) for several in gathered.values())
    distinct: dict[tuple[tuple[str, ...], ...], Told] = {}
    for fact in facts:
        distinct.setdefault(tuple(fact.texts.get(column, ()) for column in compared.columns), fact)
    return list(distinct.values())


def _told(kind: str, compared: Kind, rows: Sequence[Row]) -> Told:
    first = {column: (rows[0][column],) for column in compared.columns if column in rows[0]}
    many = compared.many
    every = {many: tuple(dict.fromkeys(row[many] for row in rows if many in row))} if many else {}
    return Told(kind, first | every, _span(rows[0]))


def _span(row: Row) -> tuple[int, int] | None:
    start, end = row.get("start", ""), row.get("end", "")
    return (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def _is_grounded(row: Row, text: str) -> bool:
    """Say whether a row's offsets cut exactly its evidence out of the text."""
    start, end = _span(row) or (0, 0)
    return 0 <= start < end <= len(text) and text[start:end] == row.get("evidence")


def _compare(kind: str, document: GoldDocument, found: Sequence[Told]) -> tuple[Score, list[Miss]]:
    """Pair the gold facts of one kind with the found ones; return their score and what is wrong."""
    compared, wanted = KINDS[kind], [fact for fact in document.facts if fact.kind == kind]
    pairs = best_pairs(_worths(compared, wanted, found))
    differing = {(i, j): compared.differing(wanted[i], found[j]) for i, j in pairs.items()}
    score = Score(len(wanted), len(found), len(pairs), sum(not columns for columns in differing.values()))
    return score, list(_misses(document.name, wanted, found, differing))


def _worths(compared: Kind, wanted: Sequence[Told], found: Sequence[Told]) -> dict[tuple[int, int], Fraction]:
    """Return what each possible pair is worth; a pair that is complete is worth one more than one that is not."""
    worths = {}
    for (i, gold), (j, one) in product(enumerate(wanted), enumerate(found)):
        likeness = compared.core(gold, one)
        if likeness:
            worths[i, j] = _FOUND + likeness + (not compared.differing(gold, one))
    return worths


def _misses(
    document: str, wanted: Sequence[Told], found: Sequence[Told], differing: Mapping[tuple[int, int], tuple[str, ...]]
) -> Iterator[Miss]:
    answered, used = {i for i, _ in differing}, {j for _, j in differing}
    yield from (Miss(document, "missed", gold, None) for i, gold in enumerate(wanted) if i not in answered)
    yield from (Miss(document, "spurious", None, one) for j, one in enumerate(found) if j not in used)
    for (i, j), columns in differing.items():
        if columns:
            yield Miss(document, "incomplete", wanted[i], found[j], columns)
