"""The values of the gazetteer: areas, known bodies, and their mentions in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An area. `key` is CN, ISO 3166-2 (provincial) or GB/T 2260; `level` is country, province, prefecture, county."""

    key: str
    name: str
    name_zh: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A public body. `parent` is the key of the body it belongs to, `area` the key of its jurisdiction or seat."""

    key: str
    name: str
    name_zh: str
    parent: str | None
    area: str | None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name of an area in a text, `surface == text[start:end]`; `keys` are the areas it can mean, likeliest first."""

    start: int
    end: int
    surface: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A name of a known body in a text, `surface == text[start:end]`."""

    start: int
    end: int
    surface: str
    key: str
