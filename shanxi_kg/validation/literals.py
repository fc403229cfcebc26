"""Literals that do not fit their datatype: triples go in, violations come out, wherever the literals stand.

rdflib cannot compare such a literal ("2021-02-30"^^xsd:date), so that no engine should see it; some forms that XML
Schema forbids it takes lightly, so these are held to the grammar here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Literal, Triple

from shanxi_kg.namespaces import SH, XSD, mint
from shanxi_kg.validation.model import Violation

WELL_TYPED = mint("shape", "Literal")
"""The shape of every literal: its lexical form fits its datatype."""

_ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})?"
FORMS = {
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)"),
    "gYear": re.compile(f"-?[0-9]{{4,}}{_ZONE}"),
    "gYearMonth": re.compile(f"-?[0-9]{{4,}}-(?:0[1-9]|1[0-2]){_ZONE}"),
    "integer": re.compile("[+-]?[0-9]+"),
    "nonNegativeInteger": re.compile("[+]?[0-9]+|-0+"),
}
"""The lexical forms of XML Schema 1.1 part 2 that rdflib does not hold a literal to, by datatype."""

_PLAIN = XSD["string"].value


def ill_typed(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples whose object is a literal that does not fit its datatype."""
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and not value.language and not _fits(value.value, value.datatype.value):
            yield triple


def ill_typed_violation(triple: Triple) -> Violation:
    """Return what is wrong with a triple that `ill_typed` found."""
    value, subject = triple.object, getattr(triple.subject, "value", str(triple.subject))
    form, datatype = (value.value, value.datatype.value) if isinstance(value, Literal) else (str(value), "")
    return Violation(
        fact=subject,
        shape=WELL_TYPED.value,
        message=f"The literal {form!r} must be one of the datatype <{datatype}>.",
        focus=subject,
        path=triple.predicate.value,
        value=value if isinstance(value, Literal) else None,
        component=SH["DatatypeConstraintComponent"].value,
    )


@lru_cache(maxsize=100_000)
def _fits(form: str, datatype: str) -> bool:
    if datatype == _PLAIN:
        return True
    import rdflib  # slow to load

    pattern = FORMS.get(datatype.removeprefix(XSD.iri))
    if pattern is not None:
        return pattern.fullmatch(form) is not None
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # such a literal is a violation, not a log line
    return not rdflib.Literal(form, datatype=rdflib.URIRef(datatype), normalize=False).ill_typed
