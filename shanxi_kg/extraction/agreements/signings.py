"""Reading 'A signed an agreement with B', 'an agreement was signed by A and B', 'A, which signed one with B'."""

from __future__ import annotations

from dataclasses import replace

from shanxi_kg.extraction.agreements.antecedents import owner_before, pointed, subject_before
from shanxi_kg.extraction.agreements.parties import RELATIVE, Named, listed
from shanxi_kg.extraction.agreements.sites import (
    FINITE,
    Frame,
    Site,
    before_mark,
    before_verb,
    behind,
    split_at_comma,
    subject_range,
    widened,
)

MEETING = frozenset({"join", "follow", "meet", "host", "welcome", "receive", "visit"})


def read_signed(site: Site) -> Frame | None:
    """Read 'A signed an agreement with B', 'an agreement was signed by A and B', 'A, which signed …'."""
    if site.verb is None:
        return None
    by = _agent(site)
    if by is not None:
        signers = site.listed(by + 1) or pointed(site.context, site.read, (by, min(by + 7, len(site.tokens))))
        lead = behind(site, min(site.verb, site.noun), frozenset({"with"}))
    else:
        signers, lead = _subject(site)
    found = Frame(site.noun, site.verb, signers, lead)
    if by is None and len(found.everyone) < 2:
        found = replace(
            found, signers=found.signers or before_verb(site, site.verb), partners=lead or before_mark(site)
        )
    if len(found.everyone) < 2:
        found = _inverted(site, found)
    found = _from_context(site, found)
    return _of_next_sentence(site, found)


def _agent(site: Site) -> int | None:
    """Return the 'by' behind a participle, which opens the list of those who sign."""
    verb = site.tokens[site.verb or 0]
    below = {site.tokens[c].dep for c in site.sentence.children[verb.i]}
    if verb.tag not in {"VBN", "VBD", "NN"} or (verb.tag == "VBD" and "nsubj" in below and "agent" not in below):
        return None
    later = [t.i for t in site.tokens[verb.i + 1 :] if t.text.lower() == "by" and not _opens_date(site, t.i)]
    return next((i for i in later if site.tokens[min(i + 1, len(site.tokens) - 1)].tag != "VBG"), None)


def _opens_date(site: Site, i: int) -> bool:
    following = site.tokens[i + 1 : i + 3]
    return any(d.start <= t.start < d.end for d in site.read.dates for t in following)


def _subject(site: Site) -> tuple[tuple[Named, ...], tuple[tuple[int, tuple[Named, ...]], ...]]:
    """Return who signs, as the subject of the verb or of the verbs that it hangs on, and the lists of partners."""
    verb = site.verb or 0
    lead = behind(site, min(verb, site.noun), frozenset({"with"}))
    fronted = _fronted(site)
    if fronted:
        return fronted[1], ((0, fronted[0]), *lead)
    span = subject_range(site.sentence, verb)
    if span is None:
        return (), lead
    if site.tokens[span[1] - 1].tag in RELATIVE:
        return _antecedent(site, span[1] - 1, is_alone=not lead), lead
    signers = widened(site, span, verb)
    joined = _joined(site)
    return (signers or pointed(site.context, site.read, span)) + joined, lead


def _fronted(site: Site) -> tuple[tuple[Named, ...], tuple[Named, ...]] | None:
    """Split 'With B, A signed …' at the comma before the subject."""
    if site.word(0) != "with" or site.verb is None:
        return None
    return split_at_comma(site, 1, site.verb)


def _joined(site: Site) -> tuple[Named, ...]:
    """Return whom a signer joins or meets: 'A joined B and C in signing …', 'A met B and signed …'."""
    for ancestor in (site.verb or 0, *site.sentence.ancestors(site.verb or 0)):
        if ancestor == site.verb and site.tokens[ancestor].lemma == "join" and site.tokens[site.noun].dep == "pobj":
            return site.listed(ancestor + 1, site.noun)  # 'A joined B in a pact'
        if site.tokens[ancestor].lemma in MEETING and ancestor < (site.verb or 0):
            return site.listed(ancestor + 1 + (site.word(ancestor + 1) == "by"), site.verb)
    return ()


def _antecedent(site: Site, relative: int, *, is_alone: bool) -> tuple[Named, ...]:
    """Return the party right before a relative clause: 'A, which signed …'; all of a list that signs with nobody."""
    first = relative
    while first > 0 and site.tokens[first - 1].tag not in FINITE and relative - first < 40:
        first -= 1
    named = site.listed(first, relative)
    return named if is_alone or site.word(relative - 2) in {"both", "all", "each", "two", "three"} else named[-1:]


def _inverted(site: Site, frame: Frame) -> Frame:
    """Read 'Signing the agreement were A and B' and 'Among those with whom A has signed agreements are B and C'."""
    copula = next((t.i for t in site.tokens if t.i > max(site.noun, site.verb or 0) and t.lemma == "be"), None)
    named = site.listed(copula + 1) if copula is not None and site.tokens[copula].tag in FINITE else ()
    if not named:
        return frame
    if frame.signers:
        return replace(frame, partners=(*frame.partners, (copula or 0, named)))
    return replace(frame, signers=named)


def _from_context(site: Site, frame: Frame) -> Frame:
    """Take the subject of the sentence before as signer of a passive that names partners alone."""
    is_passive = any(site.tokens[c].dep == "auxpass" for c in site.sentence.children[site.verb or 0])
    if frame.signers or not frame.partners or not is_passive:
        return frame
    owners = [c for c in site.sentence.children[site.noun] if site.word(c) in {"our", "its", "their"}]
    if owners:
        return replace(frame, signers=owner_before(site.context, site.read, owners[0]))
    return replace(frame, signers=subject_before(site.context, site.read))


def _of_next_sentence(site: Site, frame: Frame) -> Frame:
    """Take the list that the next sentence gives where this one only counts ('nine provinces … The nine are …')."""
    following = site.context.reading.sentences[site.read.number + 1 : site.read.number + 2]
    counts = {int(q.value) for q in site.read.quantities if q.unit is None and q.value > 1}
    if not following or not counts:
        return frame
    tokens = following[0].sentence.tokens
    verb = next((t.i for t in tokens if t.lemma in {"be", "include", "comprise"} or t.text == ":"), None)
    if site.tokens[-1].text == ":":
        verb = -1
    named = listed(site.context, following[0], verb + 1, len(tokens)) if verb is not None else ()
    known = {party.key for party in frame.everyone}
    if len(named) not in counts:
        return frame
    return replace(frame, signers=(*frame.signers, *(n for n in named if n.key not in known)))
