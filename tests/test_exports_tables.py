"""CSV tables: a CSVW reader takes them without a complaint, and they hold the rows of the stored queries."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW, TableGroup

from shanxi_kg import queries
from shanxi_kg.errors import UsageError
from shanxi_kg.exports import FORMS, TABLES, Selection, export
from shanxi_kg.queries import stored_query
from shanxi_kg.resources import folder
from shanxi_kg.solutions import Solutions, text
from shanxi_kg.store import Store

NAMES = ["documents", *TABLES.values()]


@pytest.fixture(params=[True, False], ids=["whole", "reduced"])
def unpacked(request: pytest.FixtureRequest, small_graph: Path, tmp_path: Path) -> Path:
    return unpack(export(small_graph, FORMS["csvw"], Selection(quotes=request.param)), tmp_path)


def unpack(content: bytes, to: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(to)
    return to


def test_a_csvw_reader_finds_the_bundle_valid(unpacked: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = CSVW(str(unpacked / "csv-metadata.json"), validate=True)
        assert read.is_valid, read.warnings
    assert read.warnings == []


def test_its_keys_and_references_hold(unpacked: Path) -> None:
    group = TableGroup.from_file(unpacked / "csv-metadata.json")
    group.check_referential_integrity(strict=True)
    assert [str(table.url) for table in group.tables] == [f"{name}.csv" for name in NAMES]
    for table in group.tables:
        assert table.check_primary_key(), table.url


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_rows_of_its_stored_query(
    small_graph: Path, small_store: Store, tmp_path: Path, name: str
) -> None:
    unpack(export(small_graph, FORMS["csvw"]), tmp_path)
    group = TableGroup.from_file(tmp_path / "csv-metadata.json")
    table = next(table for table in group.tables if str(table.url) == f"{name}.csv")
    answer = queries.run(small_store, stored_query(name))
    assert isinstance(answer, Solutions)
    read = [["" if cell is None else written(cell) for cell in row.values()] for row in table]
    assert read == [[text(term) for term in row] for row in answer.rows]


def written(cell: Any) -> str:
    return cell.unsplit() if hasattr(cell, "unsplit") else str(cell)


def test_columns_are_described_in_both_languages(small_graph: Path, tmp_path: Path) -> None:
    unpack(export(small_graph, FORMS["csvw"]), tmp_path)
    metadata = json.loads((tmp_path / "csv-metadata.json").read_text("utf-8"))
    columns = {
        column["name"]: column
        for table in metadata["tables"]
        if table["url"] == "indicators.csv"
        for column in table["tableSchema"]["columns"]
    }
    assert columns["value"]["datatype"] == "decimal"
    assert columns["start"]["datatype"] == "integer"
    assert columns["fact"]["datatype"] == "anyURI"
    assert columns["area"]["titles"] == {"en": ["area"], "zh": ["地区"]}
    assert columns["area"]["dc:description"][0]["@language"] == "en"


def test_one_kind_gives_one_table_and_its_documents() -> None:
    with zipfile.ZipFile(io.BytesIO(export(folder("graph"), FORMS["csvw"], Selection(kind="post")))) as archive:
        assert archive.namelist() == ["csv-metadata.json", "documents.csv", "posts.csv"]


def test_one_document_gives_its_rows_alone(small_graph: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(export(small_graph, FORMS["csvw"], Selection(document="hubei")))) as archive:
        rows = {
            name: archive.read(name).decode().splitlines()[1:]
            for name in archive.namelist()
            if name != "csv-metadata.json"
        }
    assert {name: len(found) for name, found in rows.items() if found} == {
        "documents.csv": 1, "indicators.csv": 1, "regulations.csv": 1,
    }  # fmt: skip
    assert all("/id/document/hubei" in row for found in rows.values() for row in found)


def test_what_is_no_table_is_refused(small_graph: Path) -> None:
    with pytest.raises(UsageError, match="--format csvw: holds the facts alone"):
        export(small_graph, FORMS["csvw"], Selection(with_ontology=True))
