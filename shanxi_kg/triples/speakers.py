"""Who says it: from a speaker's name to an agent, and to the code list of attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanxi_kg.codes import concepts_in, head_concept
from shanxi_kg.facts import Body, Group, Post, Statement
from shanxi_kg.triples import entities
from shanxi_kg.triples.context import Speaker
from shanxi_kg.triples.identity import canonical_body, is_proper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shanxi_kg.facts import Fact
    from shanxi_kg.triples.context import Context, Entity


def speakers_of(facts: Iterable[Fact]) -> dict[str, Speaker]:
    """Return the speakers that the statements and posts of a document tell of, by name."""
    kinds: dict[str, str] = {}
    posts: dict[str, str] = {}
    for content in (fact.content for fact in facts):
        if isinstance(content, Statement):
            kinds.setdefault(content.speaker, content.speaker_is)
        elif isinstance(content, Post):
            kinds[content.person] = "person"
            served = content.organization.name if content.organization else ""
            posts[content.person] = f"{posts.get(content.person, '')} {content.role} {served}".strip()
    return {name: Speaker(kind, posts.get(name, "")) for name, kind in kinds.items()}


def speaker(name: str, kind: str, context: Context) -> Entity:
    """Return the agent of that name: a person, an organization, or else a group of the document."""
    return _AGENTS.get(kind, _group)(name, context)


def attribution(name: str, context: Context) -> tuple[str, Entity | None]:
    """Return the key of the code list `attribution` for a speaker, and the agent; none for a mere document."""
    kind = context.speakers[name].kind if name in context.speakers else _guessed_kind(name, context)
    key = _ATTRIBUTIONS.get(kind, _attribution_of_group)(name, context)
    return key, None if key == "document" else speaker(name, kind, context)


def _guessed_kind(name: str, context: Context) -> str:
    """Return the kind of a speaker that no statement or post of the document tells of."""
    if canonical_body(name).casefold() in context.bodies:
        return "organization"
    if not is_proper(name):
        return "group"
    return "organization" if head_concept(name, "body-kind") else "person"


def _attribution_of_person(name: str, context: Context) -> str:
    posts = context.speakers[name].posts if name in context.speakers else ""
    outside = "speaker" in concepts_in(posts, "attribution") or not posts
    return "speaker" if outside else "official"


def _attribution_of_body(name: str, context: Context) -> str:  # noqa: ARG001 (one shape for all kinds)
    return "speaker" if head_concept(name, "body-kind") == "company" else "official"


def _attribution_of_group(name: str, context: Context) -> str:  # noqa: ARG001 (one shape for all kinds)
    return next(iter(concepts_in(name, "attribution")), "speaker")


def _person(name: str, context: Context) -> Entity:  # noqa: ARG001 (one shape for all kinds)
    return entities.person(name)


def _organization(name: str, context: Context) -> Entity:
    return entities.organization(Body(name), context)


def _group(name: str, context: Context) -> Entity:
    return entities.group(Group(name), context, of_organizations=False)


_AGENTS: dict[str, Callable[[str, Context], Entity]] = {
    "person": _person,
    "organization": _organization,
    "body": _organization,
}
_ATTRIBUTIONS: dict[str, Callable[[str, Context], str]] = {
    "person": _attribution_of_person,
    "organization": _attribution_of_body,
    "body": _attribution_of_body,
}
