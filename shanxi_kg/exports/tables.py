"""The graph for people without RDF: a ZIP archive with one CSV table a kind of fact and CSVW metadata for all of them.

The rows are those of the stored queries, values bare, as SPARQL's CSV has them. `csv-metadata.json` (W3C Metadata
Vocabulary for Tabular Data) says of each column what it holds, in English and Chinese where the ontology has a term for
it, which columns identify a row, and that each fact's document stands in `documents.csv`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pyoxigraph import Literal, NamedNode

from shanxi_kg import queries
from shanxi_kg.errors import UsageError
from shanxi_kg.exports.quotes import Runs, checksum, cut, cut_iri, is_quote, read_runs
from shanxi_kg.exports.selection import TABLES, Selection, check_kind, document_file
from shanxi_kg.namespaces import RDFS, SKOS, SX, mint
from shanxi_kg.ontology import file_triples
from shanxi_kg.queries import StoredQuery
from shanxi_kg.solutions import Solutions, Term, to_csv
from shanxi_kg.store import open_graph

DOCUMENTS = "documents"
METADATA = "csv-metadata.json"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DATATYPES = {"start": "integer", "end": "integer", "value": "decimal", "change": "decimal"}
_IRIS = {"document", "fact", "language", *TABLES}
_WITHHELD = {"evidence": "evidenceSha256", "quote": "quoteSha256"}
_KEYS = {DOCUMENTS: ["document"], "agreements": ["fact", "partyIRI"], "platforms": ["fact", "memberIRI"]}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def to_csvw(folder: Path, selection: Selection) -> bytes:
    """Write the selected facts of a graph folder as a ZIP archive; the same graph gives the same bytes.

    Raises UsageError for what tables cannot hold, GraphError where the folder is none.
    """
    if selection.query or selection.with_ontology:
        raise UsageError("--format csvw: holds the facts alone, as tables; leave --query and --with-ontology out")
    kinds = [check_kind(selection.kind)] if selection.kind else list(TABLES)
    asked = [queries.stored_query(name) for name in (DOCUMENTS, *(TABLES[kind] for kind in kinds))]
    tables = _answers(folder, selection, asked)
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Shanxi governance knowledge graph",
        "dc:license": {"@id": _LICENCE},
        "tables": [_table(query, tables[query.name]) for query in asked],
    }
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()}
    return _archive({METADATA: json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", **files})


def _answers(folder: Path, selection: Selection, asked: list[StoredQuery]) -> dict[str, Solutions]:
    """Return the selected rows of each query, by its name."""
    store = open_graph(folder)
    tables = {query.name: store.select(query.text, query.name) for query in asked}
    if selection.document:
        document = mint("document", document_file(folder, selection.document).stem)
        tables = {name: _of_document(table, document) for name, table in tables.items()}
    if selection.quotes:
        return tables
    runs = read_runs(folder)
    return {name: _without_quotes(table, runs) for name, table in tables.items()}


def _without_quotes(table: Solutions, runs: Runs) -> Solutions:
    """Return a table with the checksums of its quotes, its other texts and IRIs cut as those of the graph are."""
    variables = tuple(_WITHHELD.get(name, name) for name in table.variables)
    rows = (
        tuple(_cell(name, term, runs) for name, term in zip(table.variables, row, strict=True)) for row in table.rows
    )
    return Solutions(variables, tuple(rows))


def _cell(name: str, term: Term | None, runs: Runs) -> Term | None:
    if isinstance(term, NamedNode):
        return cut_iri(term, runs)
    if not isinstance(term, Literal):
        return term
    if name in _WITHHELD:
        return Literal(checksum(term.value))
    return Literal(cut(term.value)) if is_quote(term.value, runs) else term


def _of_document(table: Solutions, document: NamedNode) -> Solutions:
    column = table.variables.index("document")
    return Solutions(table.variables, tuple(row for row in table.rows if row[column] == document))


def _table(query: StoredQuery, table: Solutions) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(name) for name in table.variables]}
    schema["primaryKey"] = _KEYS.get(query.name, ["fact"])
    if query.name != DOCUMENTS:
        reference = {"resource": f"{DOCUMENTS}.csv", "columnReference": "document"}
        schema["foreignKeys"] = [{"columnReference": "document", "reference": reference}]
    described = f"{query.summary}. {query.description}".strip()
    return {"url": f"{query.name}.csv", "dc:title": query.summary, "dc:description": described, "tableSchema": schema}


def _column(name: str) -> dict[str, Any]:
    """Describe a column: its datatype and, where the ontology has a term of its name, its labels and definitions."""
    column: dict[str, Any] = {"name": name, "titles": {"en": [name]}, "datatype": _datatype(name)}
    labels, definitions = _texts(name, RDFS["label"]), _texts(name, SKOS["definition"])
    if labels:
        column["titles"] = {"en": list(dict.fromkeys((name, labels["en"]))), "zh": [labels["zh"]]}
        column["dc:description"] = [{"@value": definitions[lang], "@language": lang} for lang in sorted(definitions)]
    return column


def _datatype(name: str) -> str:
    if name in _IRIS or name.endswith("IRI"):
        return "anyURI"
    return _DATATYPES.get(name, "string")


def _texts(name: str, predicate: NamedNode) -> dict[str, str]:
    """Return the texts that the ontology has for the property of a column's name, by language."""
    return {
        triple.object.language or "": triple.object.value
        for triple in file_triples("core")
        if triple.subject == SX[name] and triple.predicate == predicate and isinstance(triple.object, Literal)
    }


def _archive(files: Mapping[str, str]) -> bytes:
    """Pack files, all dated as early as the format allows."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, _UNIX, 0o644 << 16
            archive.writestr(entry, text.encode())
    return buffer.getvalue()
