"""A graph folder in other forms, for other tools: folder, form and selection go in, the bytes of one file come out.

What is written is read from the published files, never from the store, so that every literal keeps the form it has
there; it is sorted, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shanxi_kg.errors import UnfitError, UsageError
from shanxi_kg.exports.jsonld import context
from shanxi_kg.exports.quotes import without_quotes
from shanxi_kg.exports.rdf import WRITERS
from shanxi_kg.exports.selection import TABLES, Selection, Statements, construct_query, select, select_from_store
from shanxi_kg.exports.syntaxes import FORMS, SYNTAXES, Form, Syntax, form_of
from shanxi_kg.exports.tables import to_csvw
from shanxi_kg.store import Store

__all__ = [
    "EVERYTHING", "FORMS", "SYNTAXES", "TABLES", "Form", "Selection", "Statements", "Syntax", "compressed",
    "construct_query", "context", "export", "export_all", "export_store", "form_of", "select", "without_quotes",
]  # fmt: skip

EVERYTHING = Selection()


def export(folder: Path, form: Form | Syntax, selection: Selection = EVERYTHING) -> bytes:
    """Write the selected facts of a graph folder in a form.

    Raises GraphError where the folder is none, or where XML cannot hold a character of it, UsageError where the
    selection fits nothing or the form cannot hold it.
    """
    if form.name not in WRITERS:
        return to_csvw(folder, selection)
    return WRITERS[form.name](select(folder, selection))


def export_store(store: Store, form: Form | Syntax, selection: Selection = EVERYTHING) -> bytes:
    """Write what uploads put on a server in a form, with the ontology and the authority files on demand.

    Literals are written as the server gives them. UsageError where anything else but the whole is selected.
    """
    if form.name not in WRITERS or selection not in (EVERYTHING, Selection(with_ontology=True)):
        raise UsageError("--store: a server's graph is exported whole and as one file; build it into a folder for more")
    return WRITERS[form.name](select_from_store(store, selection.with_ontology))


def export_all(folder: Path, selection: Selection = EVERYTHING) -> Iterator[tuple[Form | Syntax, bytes]]:
    """Yield what is selected in every form that can hold it, as `export` writes each; the files are read once."""
    statements = dict(select(folder, selection))
    for form in FORMS.values():
        try:
            content = WRITERS[form.name](statements) if form.name in WRITERS else to_csvw(folder, selection)
        except UnfitError:
            continue
        yield form, content


def compressed(content: bytes) -> bytes:
    """Return content as gzip, without a time or a name in it, so that the same content gives the same bytes."""
    import gzip

    return gzip.compress(content, mtime=0)
