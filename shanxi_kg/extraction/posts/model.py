"""The value that reading posts gives for the unit that a person serves."""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.facts import Area, Body, Judgement


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the last token of its words, how it was found, and for a unit inside a body its own name and that body.

    `group` are the tokens of a group in a body whose name is part of the role ('its leading Party members' group').
    """

    organization: Body | Area
    last: int
    judgement: Judgement | None = None
    inner: tuple[int, int] | None = None
    parent: Body | None = None
    group: tuple[int, int] | None = None
