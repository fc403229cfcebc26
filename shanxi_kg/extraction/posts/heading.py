"""Posts that a verb alone tells of: 'X heads the bureau', 'X, who has run the library since 2015', 'led by X'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from shanxi_kg.extraction.layout import Layout, Named
from shanxi_kg.extraction.phrases import left_edge
from shanxi_kg.extraction.posts.holders import holder_of, is_open_post
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.extraction.posts.units import unit_from
from shanxi_kg.extraction.posts.verbs import SUBJECTS
from shanxi_kg.facts import Body, Certainty, Judgement
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon

HEAD = "head"
PRESENT = frozenset({"VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A person whom the verb at token `verb` makes the holder of a role in a unit."""

    person: Named
    verb: int
    role: str
    unit: Unit


def headings(layout: Layout) -> Iterator[Heading]:
    """Give the posts that the verbs of a sentence tell of."""
    for token in layout.tokens:
        role = role_of(token)
        if role is None or is_open_post(layout, token.i) or _names_role(layout, token.i):
            continue
        passive = layout.word(token.i + 1) == "by" or _agent(layout, token.i) is not None
        person, unit = _passive(layout, token.i) if token.tag == "VBN" and passive else _active(layout, token.i)
        if person and unit and isinstance(unit.organization, Body):
            reading = f"'{token.text}' is read as the role '{role}'."
            judgement = Judgement(Certainty.INFERRED, "role-of-verb", "role", reading)
            yield Heading(person, token.i, role, replace(unit, judgement=judgement))


def role_of(token: Token) -> str | None:
    """Return the role of a verb's subject: its own name ('chair'), or 'head' for 'leads' and 'runs'."""
    if token.pos != "VERB":
        return None
    lexicon = load_lexicon()
    if token.lemma in lexicon["role-making-verb"]:
        return token.lemma
    return HEAD if token.lemma in lexicon["heading-verb"] else None


def _names_role(layout: Layout, verb: int) -> bool:
    """Tell whether the role has a name of its own ('has led the bureau as director')."""
    return any(layout.low[c] == "as" for c in layout.read.sentence.children[verb])


def _active(layout: Layout, verb: int) -> tuple[Named | None, Unit | None]:
    """Read 'X heads the bureau' and 'X, who has led the IP division of the bureau since May'."""
    children = [layout.tokens[c] for c in layout.read.sentence.children[verb]]
    has = any(child.lemma == "have" and child.tag in PRESENT for child in children)
    tag, relative = layout.tokens[verb].tag, any(child.tag == "WP" for child in children)
    if tag not in PRESENT and not (tag == "VBN" and has) and not (tag == "VBD" and relative):
        return None, None
    found = holder_of(layout, verb)
    start = verb + 1 + (layout.word(verb + 1) == "up")
    return (found.persons[0], unit_from(layout, start)) if found else (None, None)


def _agent(layout: Layout, verb: int) -> Named | None:
    """Return the person whom 'by' names: 'headed by X', 'headed since 2019 by X'."""
    agents = [c for c in layout.read.sentence.children[verb] if layout.low[c] == "by" and c > verb]
    return next((person for c in agents if (person := layout.persons.get(c + 1))), None)


def _passive(layout: Layout, verb: int) -> tuple[Named | None, Unit | None]:
    """Read 'the bureau, headed by X', 'the bureau is headed by X' and 'Headed by X, the bureau'."""
    person = _agent(layout, verb) or layout.persons.get(verb + 2)
    if person is None:
        return None, None
    if verb == 0 and layout.word(person.last + 1) == ",":
        return person, unit_from(layout, person.last + 2)
    noun = _headed(layout, verb)
    return (person, unit_from(layout, left_edge(layout.read.sentence, noun))) if noun is not None else (None, None)


def _headed(layout: Layout, verb: int) -> int | None:
    """Return the noun for what is headed: the one that a participle describes, else the subject of the passive."""
    token = layout.tokens[verb]
    if token.dep == "acl":
        return token.head
    subjects = (c for c in layout.read.sentence.children[verb] if layout.tokens[c].dep in SUBJECTS)
    return next(subjects, None)
