"""What a build costs where one text in a thousand has changed, beside a full build of the same texts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from shanxi_kg import pipeline
from shanxi_kg.cache import Cache
from shanxi_kg.validation import accelerator

TEXTS = 1000
LEAST_RATIO = 50
CITIES = (
    "Taiyuan", "Datong", "Yangquan", "Changzhi", "Jincheng", "Shuozhou", "Jinzhong", "Yuncheng", "Xinzhou", "Linfen",
    "Lyuliang",
)  # fmt: skip


def article(number: int) -> str:
    """Return a short article of three facts, no two alike."""
    city = CITIES[number % len(CITIES)]
    return (
        f"{city} counts its patents\n\nUpdated: 2021-06-{number % 28 + 1:02}\n\n"
        f"The number of patents in {city} increased to {number + 1000} in 2020.\n\n"
        f"The {city} Intellectual Property Administration granted subsidies to small companies.\n"
    )


def cpu_seconds(texts: Path, graph: Path, cache: Cache) -> float:
    """Build and return the CPU time that it took in this process."""
    start = time.process_time()
    pipeline.build([texts], graph, cache=cache)
    return time.process_time() - start


@pytest.mark.benchmark
@pytest.mark.slow
def test_a_build_with_one_changed_text_in_a_thousand_is_fifty_times_faster_than_a_full_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound is on what the plain package does; what shacl-rust saves of the full build is printed beside."""
    texts, graph, cache = tmp_path / "texts", tmp_path / "graph", Cache(tmp_path / "cache")
    texts.mkdir()
    for number in range(TEXTS):
        (texts / f"{number:04}.txt").write_text(article(number), "utf-8")
    faster = cpu_seconds(texts, tmp_path / "faster", Cache(tmp_path / "cache of its own"))
    monkeypatch.setattr(accelerator, "is_installed", lambda: False)
    full = cpu_seconds(texts, graph, cache)
    (texts / "0500.txt").write_text(article(500) + "\nA note was added.\n", "utf-8")
    incremental = cpu_seconds(texts, graph, cache)
    print(f"{TEXTS} texts: full {full:.1f} s, with shacl-rust {faster:.1f} s, one changed {incremental:.2f} s")  # noqa: T201
    print(f"ratios {full / incremental:.0f} and {faster / incremental:.0f}")  # noqa: T201
    assert "A note was added." in (graph / "sources" / "0500.txt").read_text("utf-8")
    assert full >= LEAST_RATIO * incremental
