"""The one door to the data folders (`ontology`, `queries`, `graph`), from a wheel, an sdist or a checkout."""

from __future__ import annotations

from pathlib import Path

from shanxi_kg.errors import OntologyError

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the data folder `name`: the one of the checkout where there is one, else the one packed into the wheel.

    >>> folder("ontology").is_dir()
    True
    """
    for candidate in (PACKAGE.parent / name, PACKAGE / "_data" / name):
        if candidate.is_dir():
            return candidate
    raise OntologyError(f"{name}/: the data folder is missing; reinstall the package or run from a whole checkout")
