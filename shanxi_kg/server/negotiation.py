"""Content negotiation (RFC 9110, section 12.5.1): an Accept header and what is on offer go in, one offer comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shanxi_kg.server.errors import Problem


@dataclass(frozen=True, slots=True)
class Format:
    """A written form of an answer: its name, the ending of its addresses, and its media types, its own first."""

    name: str
    ending: str
    media_types: tuple[str, ...]

    @property
    def media_type(self) -> str:
        """The media type of its own."""
        return self.media_types[0]


def _by_name(*formats: Format) -> Mapping[str, Format]:
    return {form.name: form for form in formats}


RESULTS = _by_name(
    Format("json", "srj", ("application/sparql-results+json", "application/json")),
    Format("xml", "srx", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Format("csv", "csv", ("text/csv",)),
    Format("tsv", "tsv", ("text/tab-separated-values",)),
)
"""The written forms of solutions and truth values, in the server's order of preference."""

GRAPHS = _by_name(
    Format("turtle", "ttl", ("text/turtle", "application/x-turtle", "text/plain")),
    Format("jsonld", "jsonld", ("application/ld+json", "application/json")),
    Format("ntriples", "nt", ("application/n-triples",)),
    Format("rdfxml", "rdf", ("application/rdf+xml", "application/xml", "text/xml")),
    Format("trig", "trig", ("application/trig",)),
    Format("nquads", "nq", ("application/n-quads",)),
)
"""The written forms of triples, in the server's order of preference."""


def choose(accept: str | None, formats: Sequence[Format]) -> tuple[Format, str]:
    """Return the format and the media type that an Accept header likes best; without one, the first.

    Of equals the first wins. Problem 'not-acceptable', with what there is, where the header wants none of them.
    """
    offers = [(media_type, form) for form in formats for media_type in form.media_types]
    offers.sort(key=lambda offer: offer[0] != offer[1].media_type)  # a format's own media type before its others
    ranges = tuple(_ranges(accept)) if accept and accept.strip() else (("*", "*", 1.0),)
    liked = [(_quality(media_type, ranges), media_type, form) for media_type, form in offers]
    quality, media_type, form = max(liked, key=lambda offer: offer[0])
    if quality <= 0:
        available = ", ".join(form.media_type for form in formats)
        raise Problem("not-acceptable", f"Accept: {accept}: none of it can be served; accept one of {available}")
    return form, media_type


def prefers_html(accept: str | None) -> bool:
    """Say whether somebody would rather have a page than data: a browser would.

    >>> prefers_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), prefers_html("*/*")
    (True, False)
    """
    ranges = tuple(_ranges(accept or ""))
    named = ("text", "html") in {(kind, sub) for kind, sub, _ in ranges}
    return named and _quality("text/html", ranges) >= max(
        (_quality(form.media_type, ranges) for form in (*RESULTS.values(), *GRAPHS.values())), default=0
    )


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    """Yield type, subtype and quality of each media range; what is none is passed over."""
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, sub = media_range.partition("/")
        if slash and kind and sub:
            yield kind, sub, _weight(parameters)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            number = value.strip()
            return min(float(number), 1.0) if number.replace(".", "", 1).isdecimal() and number.isascii() else 0.0
    return 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """Return the quality that the most specific range gives a media type."""
    kind, sub = media_type.split("/")
    for wanted in ((kind, sub), (kind, "*"), ("*", "*")):
        found = [quality for range_kind, range_sub, quality in ranges if (range_kind, range_sub) == wanted]
        if found:
            return max(found)
    return 0.0
