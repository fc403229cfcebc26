"""Turtle in and out: files to triples, and triples to the one canonical layout that our files have.

Terms are pyoxigraph's value objects (`NamedNode`, `Literal`, `Triple`), which keep every literal's lexical form; no
store is involved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from shanxi_kg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import Triple


_Key = tuple[int, str, str, str]
"""A term to sort by: its kind (IRI, blank node, literal), its value, and a literal's language and datatype."""

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def parse_file(path: Path) -> list[Triple]:
    """Read a Turtle file into triples, in the order of the file; OntologyError names the line where it is broken."""
    try:
        return [quad.triple for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise OntologyError(f"{path}:{error.lineno}:{error.offset}: {error.msg}; mend the file") from error
    except OSError as error:
        raise OntologyError(
            f"{path}: cannot be read: {error.strerror}; check that it exists and is readable"
        ) from error


def serialize(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Write triples in the canonical layout: the same set of triples always gives the same text.

    Subjects, predicates and objects are sorted by their IRIs and lexical forms, `a` first; each predicate and each
    further object has its own line; only prefixes that are used are declared, sorted; lexical forms stay as they are.

    >>> from pyoxigraph import Triple
    >>> label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    >>> names = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    >>> print(serialize([Triple(NamedNode("http://example.org/x"), label, Literal("x", language="en"))], names), end="")
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    <http://example.org/x>
        rdfs:label "x"@en .
    """
    writer = _Writer({namespace: prefix for prefix, namespace in prefixes.items()})
    subjects: dict[_Key, dict[str, set[_Key]]] = {}
    for subject, predicate, value in triples:
        subjects.setdefault(_key(subject), {}).setdefault(predicate.value, set()).add(_key(value))
    blocks = [writer.block(subject, subjects[subject]) for subject in sorted(subjects)]
    used = sorted((prefix, namespace) for namespace, prefix in writer.prefixes.items() if prefix in writer.used)
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in used)
    return "\n".join([head, *blocks] if head else blocks)


def _key(term: NamedNode | BlankNode | Literal | Triple) -> _Key:
    if isinstance(term, NamedNode):
        return (0, term.value, "", "")
    if isinstance(term, Literal):
        language = term.language
        return (2, term.value, language, "") if language else (2, term.value, "", term.datatype.value)
    if isinstance(term, BlankNode):
        return (1, term.value, "", "")
    raise ValueError(
        f"{term}: a triple inside a triple cannot be written as RDF 1.1 Turtle; write it as triples of its own"
    )


class _Writer:
    """Writes one text; remembers the names it has made and the prefixes that they use."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.used: set[str] = set()
        self._names: dict[str, str] = {}

    def block(self, subject: _Key, values: dict[str, set[_Key]]) -> str:
        """Return the lines of one subject."""
        lines = []
        for predicate in sorted(values, key=lambda iri: (iri != _TYPE, iri)):
            objects = ",\n        ".join(self.term(value) for value in sorted(values[predicate]))
            lines.append(f"    {self.predicate(predicate)} {objects}")
        return self.term(subject) + "\n" + " ;\n".join(lines) + " .\n"

    def term(self, key: _Key) -> str:
        """Return a term as it is written as subject or object."""
        kind, value, language, datatype = key
        if kind == 0:
            return self.name(value)
        if kind == 1:
            return f"_:{value}"
        quoted = f'"{_TO_ESCAPE.sub(_escaped, value)}"'
        if language:
            return f"{quoted}@{language}"
        return quoted if datatype == _STRING else f"{quoted}^^{self.name(datatype)}"

    def predicate(self, iri: str) -> str:
        """Return a predicate, `a` for rdf:type."""
        return "a" if iri == _TYPE else self.name(iri)

    def name(self, iri: str) -> str:
        """Return an IRI with its prefix where it has one, else in angle brackets."""
        known = self._names.get(iri)
        if known is None:
            known = self._names[iri] = self._named(iri)
        return known

    def _named(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.prefixes.get(iri[:cut])
        if prefix is None or not _LOCAL_NAME.fullmatch(iri, cut):
            return f"<{iri}>"
        self.used.add(prefix)
        return f"{prefix}:{iri[cut:]}"


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
