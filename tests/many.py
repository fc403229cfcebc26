"""Graph folders of any number of facts: the seed's documents over and over, each under a name of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from shanxi_kg.folders import DOCUMENTS, SOURCES
from shanxi_kg.resources import folder

FACTS_OF_THE_SEED = 37


def many_facts(top: Path, facts: int) -> Path:
    """Write a graph folder with at least so many facts, and return it."""
    seed = folder("graph")
    text = (seed / DOCUMENTS / "001.ttl").read_text("utf-8")
    for name in (DOCUMENTS, SOURCES):
        (top / name).mkdir(parents=True)
    for number in range(-(-facts // FACTS_OF_THE_SEED)):
        copy = f"copy-{number:05}"
        (top / DOCUMENTS / f"{copy}.ttl").write_text(text.replace("/001", f"/{copy}"), "utf-8")
        shutil.copy(seed / SOURCES / "001.txt", top / SOURCES / f"{copy}.txt")
    return top


def one_fact(top: Path) -> Path:
    """Write a graph folder with one fact, as an export of one kind gives it, and return it."""
    from shanxi_kg.exports import SYNTAXES, Selection, export

    (top / DOCUMENTS).mkdir(parents=True)
    content = export(folder("graph"), SYNTAXES["turtle"], Selection(kind="regulation"))
    (top / DOCUMENTS / "001.ttl").write_bytes(content)
    return top
