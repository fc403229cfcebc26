"""Incremental builds: nothing is read twice, the bytes are those of a full build, and a kill leaves no half state."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from counting import counts, counts_only, text_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import TEXTS, small_facts, write_texts

from shanxi_kg import decisions, exchange, folders, pipeline, software
from shanxi_kg.cache import KEPT_STATES, Cache, open_cache
from shanxi_kg.cli import run
from shanxi_kg.decisions import Stamp, Verdict, deciding
from shanxi_kg.decisions.known import known_facts
from shanxi_kg.documents import Document
from shanxi_kg.facts import Fact
from shanxi_kg.namespaces import mint
from shanxi_kg.settings import Settings

TOP = Path(__file__).resolve().parents[1]
STAMP = Stamp("Zhao Min", "2026-03-02", "Read against its sentence.")


def tree(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


@dataclass(repr=False)
class Reader:
    """An extract function that remembers which documents it was given."""

    read: Callable[[Document], Sequence[Fact]] = small_facts
    names: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return "the name that a cache knows it by"

    def __call__(self, document: Document) -> Sequence[Fact]:
        self.names.append(document.name)
        return self.read(document)

    def since(self) -> list[str]:
        found, self.names = self.names, []
        return found


def results(cache: Cache) -> set[Path]:
    """Return the entries of a cache that are results of documents."""
    return {path for path in cache.folder.rglob("*") if path.is_file() and b'{"": "Result"' in path.read_bytes()}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with the small texts."""
    return write_texts(tmp_path / "texts")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "cache")


def test_what_did_not_change_is_not_read_again(texts: Path, tmp_path: Path, cache: Cache) -> None:
    reader, graph = Reader(), tmp_path / "graph"
    first = pipeline.build([texts], graph, extract=reader, cache=cache)
    before = tree(graph)
    assert reader.since() == ["hubei", "hunan", "zh"]
    assert pipeline.build([texts], graph, extract=reader, cache=cache) == first
    assert reader.since() == []
    assert tree(graph) == before
    (texts / "hubei.txt").write_text(TEXTS["hubei"] + "\nA note.\n", "utf-8")
    pipeline.build([texts], graph, extract=reader, cache=cache)
    assert reader.since() == ["hubei"]


def test_another_graph_folder_profits_too(texts: Path, tmp_path: Path, cache: Cache) -> None:
    reader = Reader()
    pipeline.build([texts], tmp_path / "graph", extract=reader, cache=cache)
    reader.since()
    pipeline.build([texts / "hunan.txt"], tmp_path / "other", extract=reader, cache=cache)
    assert reader.since() == []
    pipeline.build([texts / "hunan.txt"], tmp_path / "full", extract=reader)
    assert tree(tmp_path / "other") == tree(tmp_path / "full")


def test_a_removed_source_takes_its_facts_with_it(texts: Path, tmp_path: Path, cache: Cache) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    (texts / "hunan.txt").unlink()
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    assert not [name for name, content in tree(graph).items() if "hunan" in name or b"Data Rules" in content]


def test_a_decision_makes_only_its_own_document_anew_and_reads_nothing(
    texts: Path, tmp_path: Path, cache: Cache
) -> None:
    reader, graph = Reader(), tmp_path / "graph"
    pipeline.build([texts], graph, extract=reader, cache=cache)
    (fact,) = [one.iri for one in known_facts(graph, mint("document", "hunan")) if one.kind == "post"]
    deciding.decide(graph, Verdict.REJECT, [fact], STAMP)
    before = results(cache)
    reader.since()
    report = pipeline.build([texts], graph, extract=reader, cache=cache)
    assert (reader.since(), report.facts["post"]) == ([], 0)
    assert len(results(cache) - before) == 1
    full = Path(shutil.copytree(graph, tmp_path / "full"))
    pipeline.build([texts], full, extract=small_facts)
    assert tree(graph) == tree(full)


def test_a_merge_makes_only_the_documents_anew_that_name_its_entities(
    texts: Path, tmp_path: Path, cache: Cache
) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    bureau, center = (
        mint("organization", name) for name in ("hunan-data-bureau", "changsha-data-center-of-hunan-data-bureau")
    )
    deciding.merge(graph, bureau, [center], STAMP)
    before = results(cache)
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    assert len(results(cache) - before) == 1
    full = Path(shutil.copytree(graph, tmp_path / "full"))
    report = pipeline.build([texts], full, extract=small_facts)
    assert tree(graph) == tree(full)
    assert len({one.decision for document in report.documents for one in document.applied}) == 1


def test_a_correction_that_brings_in_a_merged_entity_is_not_missed(texts: Path, tmp_path: Path, cache: Cache) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    (fact,) = [one.iri for one in known_facts(graph, mint("document", "hubei")) if one.kind == "regulation"]
    deciding.merge(graph, mint("place", "CN-HN"), [mint("place", "430100")], STAMP)
    deciding.decide(graph, Verdict.CORRECT, [fact], STAMP, {"area": "Changsha"})
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    full = Path(shutil.copytree(graph, tmp_path / "full"))
    pipeline.build([texts], full, extract=small_facts)
    assert tree(graph) == tree(full)


def test_what_is_in_quarantine_is_reported_again_as_it_was(texts: Path, tmp_path: Path, cache: Cache) -> None:
    def careless(document: Document) -> Sequence[Fact]:
        return [Fact(fact.content, type(fact.evidence)(0, 5, "wrong")) for fact in small_facts(document)[:1]]

    first = pipeline.build([texts], tmp_path / "graph", extract=careless, cache=cache)
    before = tree(tmp_path / "graph")
    again = pipeline.build([texts], tmp_path / "graph", extract=careless, cache=cache)
    assert first == again
    assert [document.kept_back for document in again.documents] == [1, 1, 0]
    assert tree(tmp_path / "graph") == before
    assert "quarantine/hubei.ttl" in before


@pytest.mark.parametrize("damage", [b"", b"not a checksum\n{}", None, b"\xff\xfe"])
def test_a_damaged_entry_is_made_again(texts: Path, tmp_path: Path, cache: Cache, damage: bytes | None) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    before = tree(graph)
    for path in (path for path in cache.folder.rglob("*") if path.is_file()):
        path.write_bytes(path.read_bytes()[:-20] if damage is None else damage)
    reader = Reader()
    pipeline.build([texts], graph, extract=reader, cache=cache)
    assert reader.since() == ["hubei", "hunan", "zh"]
    assert tree(graph) == before


def test_an_entry_that_is_whole_but_of_another_kind_is_made_again(texts: Path, tmp_path: Path, cache: Cache) -> None:
    graph = tmp_path / "graph"
    pipeline.build([texts], graph, extract=small_facts, cache=cache)
    before = tree(graph)
    for text in ("null", "[]", '{"": "Popen", "args": "x"}', '{"": "Evidence", "start": 1}', "[" * 100_000):
        for path in results(cache):
            cache.save(path.name, text)
        pipeline.build([texts], graph, extract=small_facts, cache=cache)
        assert tree(graph) == before


def test_work_that_was_done_before_an_interruption_is_not_lost(texts: Path, tmp_path: Path, cache: Cache) -> None:
    reader = Reader(lambda document: _interrupted() if document.name == "zh" else small_facts(document))
    with pytest.raises(KeyboardInterrupt):
        pipeline.build([texts], tmp_path / "graph", extract=reader, cache=cache)
    reader.read = small_facts
    reader.since()
    pipeline.build([texts], tmp_path / "graph", extract=reader, cache=cache)
    assert reader.since() == ["zh"]


def _interrupted() -> Sequence[Fact]:
    raise KeyboardInterrupt


def test_a_source_that_cannot_be_read_is_tried_each_time(texts: Path, tmp_path: Path, cache: Cache) -> None:
    (texts / "binary.txt").write_bytes(b"\x00\x01\x02" * 99)
    for _ in range(2):
        report = pipeline.build([texts], tmp_path / "graph", extract=small_facts, cache=cache)
        assert len(report.failures) == 1


def test_a_cache_keeps_the_work_of_the_last_states_and_nothing_else_is_touched(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    names = [f"{number:064x}" for number in range(KEPT_STATES + 2)]
    for number, name in enumerate(names):
        cache = open_cache(tmp_path, name)
        assert cache is not None
        cache.save("key", "text")
        os.utime(tmp_path / name, (number, number))
    open_cache(tmp_path, names[-1])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["documents", *names[-KEPT_STATES:]])


def test_where_no_cache_can_be_kept_the_build_says_so_and_goes_on(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    arguments = ["build", str(texts / "zh.txt"), "-o", str(tmp_path / "graph"), "--cache", str(tmp_path / "file")]
    assert run(arguments, Settings()) == 0
    assert "no cache can be kept there, so all sources are read" in capsys.readouterr().err


def test_the_cache_is_left_alone_on_demand(texts: Path, tmp_path: Path) -> None:
    arguments = ["build", str(texts / "zh.txt"), "-o", str(tmp_path / "graph")]
    assert run([*arguments, "--no-cache"], Settings(cache=tmp_path / "cache")) == 0
    assert not (tmp_path / "cache").exists()
    assert run(arguments, Settings(cache=tmp_path / "cache")) == 0
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [software.state()]


def test_a_build_in_which_nothing_changed_imports_neither_the_parser_nor_the_validator(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from shanxi_kg.cli import run\n"
        "from shanxi_kg.settings import Settings\n"
        "status = run(sys.argv[1:], Settings(cache=Path('cache')))\n"
        "print(sorted({'spacy', 'rdflib', 'pyshacl', 'numpy', 'trafilatura'} & set(sys.modules)), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "build", "-o", "graph"]
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    loaded = [
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=120)
        for _ in range(2)
    ]
    assert "spacy" in loaded[0].stderr
    assert loaded[1].stderr == "[]\n"
    assert loaded[0].stdout == loaded[1].stdout


def test_what_only_reads_a_graph_is_never_imported_to_make_one() -> None:
    code = "import sys, shanxi_kg.pipeline; print('\\n'.join(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    imported = {name.split(".")[1] for name in done.stdout.split() if name.startswith("shanxi_kg.")}
    assert imported.isdisjoint(software.READERS)


# The property: after any edits, an incremental build gives the bytes of a full one.

NAMES = st.sampled_from(["a", "b", "c", "d"])
TEXT = st.builds(text_of, st.integers(2019, 2021), st.sampled_from(["Tax", "Law", "Data"]), st.integers(1, 3))
EDITS = st.one_of(
    st.tuples(st.just("write"), NAMES, TEXT),
    st.tuples(st.just("remove"), NAMES),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("ontology")),
    st.tuples(st.just("reject"), st.integers(0, 99)),
    st.tuples(st.just("merge"), st.sampled_from([("tax", "law"), ("law", "data"), ("data", "tax")])),
)
READERS = {"0" * 64: counts, "1" * 64: counts_only}


@dataclass
class Story:
    """A folder of texts that is edited and built, over and over."""

    top: Path
    state: str = "0" * 64
    read: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @property
    def texts(self) -> Path:
        return self.top / "texts"

    @property
    def graph(self) -> Path:
        return self.top / "graph"

    def edit(self, what: str, *given: object) -> None:
        getattr(self, f"_{what}")(*given)

    def _write(self, name: str, text: str) -> None:
        (self.texts / f"{name}.txt").write_text(text, "utf-8")

    def _remove(self, name: str) -> None:
        (self.texts / f"{name}.txt").unlink(missing_ok=True)

    def _rename(self, name: str, other: str) -> None:
        if (self.texts / f"{name}.txt").exists():
            (self.texts / f"{name}.txt").replace(self.texts / f"{other}.txt")

    def _ontology(self) -> None:
        self.state = next(state for state in READERS if state != self.state)

    def _reject(self, number: int) -> None:
        facts = known_facts(self.graph) if self.graph.exists() else ()
        if facts:
            deciding.decide(self.graph, Verdict.REJECT, [facts[number % len(facts)].iri], STAMP)

    def _merge(self, names: tuple[str, str]) -> None:
        known = decisions.read_decisions(self.graph) if self.graph.exists() else ()
        if self.graph.exists() and not any(isinstance(one, decisions.Merge) for one in known):
            kept, other = (mint("organization", f"{name}-bureau-cn-hn") for name in names)
            there = {term for fact in known_facts(self.graph) for term in fact.subjects}
            if {kept, other} <= there:
                deciding.merge(self.graph, kept, [other], STAMP)

    def build(self) -> None:
        """Build incrementally, and in full elsewhere with the same decisions; both must give the same bytes."""
        if not any(self.texts.iterdir()):
            return
        reader = Reader(self._reading)
        cache = open_cache(self.top / "cache", self.state)
        incremental = pipeline.build([self.texts], self.graph, extract=reader, cache=cache)
        full = self.top / "full"
        shutil.rmtree(full, ignore_errors=True)
        full.mkdir()
        if (self.graph / "decisions.ttl").exists():
            shutil.copy2(self.graph / "decisions.ttl", full)
        assert pipeline.build([self.texts], full, extract=READERS[self.state]) == incremental
        assert tree(self.graph) == tree(full)

    def _reading(self, document: Document) -> Sequence[Fact]:
        key = (self.state, document.name, document.text)
        self.read[key] += 1
        assert self.read[key] == 1, f"{document.name} was read twice"
        return READERS[self.state](document)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
@given(st.lists(EDITS, min_size=1, max_size=9))
def test_after_any_edits_the_bytes_are_those_of_a_full_build(edits: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as top:
        story = Story(Path(top))
        story.texts.mkdir()
        for name, number in (("a", 1), ("b", 2)):
            story.edit("write", name, text_of(2020, "Tax" if number == 1 else "Law", number))
        story.build()
        for what, *given_values in edits:
            story.edit(str(what), *given_values)
            story.build()


# The kill: whenever a build dies, the folder is the old state or the new one.

KILLS, COLD = 50, 10


@pytest.mark.slow
@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_killed_build_leaves_the_old_state_or_the_new_one(
    tmp_path: Path, in_one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = []
    for number in range(2):
        texts = {f"t{one}": text_of(2020, "Tax", one + number) for one in range(20)}
        sources = write_texts(tmp_path / f"texts{number}", texts)
        pipeline.build([sources], tmp_path / f"whole{number}", extract=counts)
        states.append(tree(tmp_path / f"whole{number}"))
    graph, chance, ends = tmp_path / "graph", random.Random(4), Counter[str]()
    shutil.copytree(tmp_path / "whole0", graph)
    for number in range(KILLS):
        if number == COLD:  # from here on builds find all work in the cache, and soon come to the switch
            whole = min(_seconds(tmp_path, state, in_one_step) for state in (0, 1, 0, 1))
        span = (0, 1.5) if number < COLD else (0.6 * whole, 1.05 * whole)
        before = states.index(tree(folders.settled(graph)))
        child = _building(tmp_path, 1 - before, in_one_step)
        time.sleep(chance.uniform(*span))
        child.kill()
        child.wait()
        found = tree(folders.settled(graph))
        assert found in states, sorted(found)
        done = "after" if states.index(found) != before else "before"
        ends["finished" if child.returncode == 0 else f"killed {done} the switch"] += 1
    assert ends["finished"] <= KILLS - COLD, ends
    assert _building(tmp_path, 1, in_one_step).wait(60) == 0
    assert tree(graph) == states[1]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    print(f"{KILLS} kills: {dict(sorted(ends.items()))}")  # noqa: T201


def _building(top: Path, number: int, in_one_step: bool) -> subprocess.Popen[bytes]:
    """Start a build of one of the two sets of texts; the first ones find the cache empty."""
    script = "import runpy, sys, shanxi_kg.folders\n"
    if not in_one_step:
        script += "shanxi_kg.folders.exchange = lambda one, other: False\n"
    script += "sys.argv = sys.argv[1:]\nrunpy.run_path(sys.argv[0], run_name='__main__')\n"
    command = [sys.executable, "-c", script, TOP / "tests" / "counting.py", top / f"texts{number}", top / "graph",
               top / "cache"]  # fmt: skip
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(TOP)})


def _seconds(top: Path, number: int, in_one_step: bool) -> float:
    start = time.monotonic()
    assert _building(top, number, in_one_step).wait(60) == 0
    return time.monotonic() - start


def test_folders_change_places_in_one_step_where_the_system_can(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    done = exchange.exchange(tmp_path / "one", tmp_path / "other")
    assert done == (sys.platform in {"linux", "darwin"})
    if done:
        assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
    with pytest.raises(FileNotFoundError):
        exchange.exchange(tmp_path / "one", tmp_path / "nothing")
