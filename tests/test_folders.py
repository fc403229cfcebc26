"""Graph folders: what may be replaced, that it is replaced as a whole, and what a kill leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from shanxi_kg.errors import GraphError
from shanxi_kg.folders import published_files, replacing, settled, write_or_link


def write(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A graph folder with one document, its text, a catalogue and decisions."""
    top = tmp_path / "graph"
    for name in ("documents/old.ttl", "sources/old.txt", "quarantine/old.ttl", "catalog.ttl", "decisions.ttl"):
        write(top / name, name)
    return top


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_all_but_the_decisions_is_replaced(graph: Path) -> None:
    with replacing(graph) as new:
        write(new / "documents" / "new.ttl", "new")
    assert files(graph) == {"decisions.ttl": "decisions.ttl", "documents/new.ttl": "new"}
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "graph") as new:
        write(new / "documents" / "new.ttl", "new")
    assert files(tmp_path) == {"a/graph/documents/new.ttl": "new"}


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_the_old_state_stays_where_the_block_raises(graph: Path, error: type[BaseException]) -> None:
    before = files(graph)
    with pytest.raises(error), replacing(graph) as new:  # noqa: PT012 (the block is what is tested)
        write(new / "documents" / "new.ttl", "new")
        raise error
    assert files(graph) == before
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]


@pytest.mark.parametrize(
    "name",
    [
        "thesis.docx",
        "documents/notes.txt",
        "sources/page.html",
        "photos/one.png",
        "documents/deep/er.ttl",
        ".git/config",
    ],
)
def test_a_folder_with_other_files_is_refused_by_the_name_of_one(graph: Path, name: str) -> None:
    write(graph / name)
    before = files(graph)
    with pytest.raises(GraphError, match="no part of a graph folder; give --output"), replacing(graph):
        pass
    assert files(graph) == before


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is a file; give a folder"), replacing(write(tmp_path / "graph")):
        pass


def test_a_text_that_was_never_built_is_not_lost(graph: Path) -> None:
    text = write(graph / "sources" / "fresh.txt")
    with pytest.raises(GraphError, match=r"fresh\.txt: a text that was never built would be lost"), replacing(graph):
        pass
    with replacing(graph, [text]) as new:
        write(new / "documents" / "fresh.ttl")
    assert "documents/fresh.ttl" in files(graph)


def test_a_build_that_was_killed_in_mid_switch_is_undone_by_the_next(graph: Path) -> None:
    graph.rename(graph.parent / ".graph.previous")
    assert settled(graph).name == ".graph.previous"
    assert [path.name for path in published_files(graph)] == ["old.ttl", "decisions.ttl"]
    with replacing(graph) as new:
        write(new / "documents" / "new.ttl")
    assert "decisions.ttl" in files(graph)
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]


def test_what_a_kill_after_the_switch_left_is_removed(graph: Path) -> None:
    write(graph.parent / ".graph.previous" / "documents" / "older.ttl")
    with replacing(graph):
        pass
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]


def test_a_file_that_is_as_it_was_is_linked_and_any_other_is_written(tmp_path: Path) -> None:
    before = write(tmp_path / "before" / "a.ttl", "a")
    (tmp_path / "before" / "link.ttl").symlink_to(before)
    for name, content, links in (("a.ttl", b"a", 2), ("b.ttl", b"b", 1), ("link.ttl", b"a", 1)):
        write_or_link(tmp_path / name, content, tmp_path / "before" / name)
        assert ((tmp_path / name).read_bytes(), (tmp_path / name).lstat().st_nlink) == (content, links)
    write_or_link(tmp_path / "other.ttl", b"other", before)
    assert (before.read_bytes(), (tmp_path / "other.ttl").read_bytes()) == (b"a", b"other")
