"""Rows of a stored query in the forms of the API: Solutions go in, text (or an Excel workbook's bytes) comes out.

`rows` is plain JSON for programs that know no RDF: objects, numbers as numbers where JSON can hold them,
IRIs and dates as strings, null where a variable is unbound. The others are the forms of SPARQL 1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.solutions import Solutions, Term, Value, text, to_csv, to_json, to_tsv, value

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class NotInXMLError(ValueError):
    """XML cannot hold a character of an answer."""


def to_rows(solutions: Solutions) -> str:
    """Write a JSON object with the columns and a list of rows, an object each."""
    rows = [
        {variable: _json(term) for variable, term in zip(solutions.variables, row, strict=True)}
        for row in solutions.rows
    ]
    return json.dumps({"columns": solutions.variables, "rows": rows}, ensure_ascii=False)


def _json(term: Term | None) -> str | int | float | bool | None:
    plain: Value = value(term)
    if isinstance(plain, Decimal):
        return int(plain) if plain == plain.to_integral_value() else float(plain)
    return plain if plain is None or isinstance(plain, bool | int | float | str) else plain.isoformat()


def to_xml(solutions: Solutions) -> str:
    """Write SPARQL Query Results XML; NotInXMLError where a character of the rows cannot stand there."""
    head = "".join(f"<variable name={quoteattr(variable)}/>" for variable in solutions.variables)
    rows = "\n".join(f"<result>{_bindings(solutions.variables, row)}</result>" for row in solutions.rows)
    written = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        f"<head>{head}</head>\n<results>\n{rows}\n</results>\n</sparql>\n"
    )
    refuse_not_in_xml(written)
    return written


def refuse_not_in_xml(written: str) -> None:
    """Raise NotInXMLError where a text has a character that XML 1.0 cannot hold, escaped or not."""
    if _NOT_IN_XML.search(written):
        raise NotInXMLError


def _bindings(variables: tuple[str, ...], row: tuple[Term | None, ...]) -> str:
    return "".join(
        f"<binding name={quoteattr(variable)}>{_xml_term(term)}</binding>"
        for variable, term in zip(variables, row, strict=True)
        if term is not None
    )


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if not isinstance(term, Literal):
        return f"<bnode>{escape(str(term).removeprefix('_:'))}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{escape(term.value)}</literal>"
    datatype = "" if term.datatype.value == _XSD_STRING else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{datatype}>{escape(term.value)}</literal>"


WRITERS: Mapping[str, Callable[[Solutions], str]] = {
    "csv": to_csv,
    "json": to_json,
    "rows": to_rows,
    "tsv": to_tsv,
    "xml": to_xml,
}


def to_xlsx(name: str, solutions: Solutions) -> bytes:
    """Write an Excel workbook of one sheet: numbers as numbers, all else as text, never a formula or a link."""
    import io
    from datetime import UTC, datetime

    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": name, "created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same bytes every day
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, solutions.variables, book.add_format({"bold": True}))
        for number, row in enumerate(solutions.rows, 1):
            for column, term in enumerate(row):
                _write_cell(sheet, number, column, term)
    return buffer.getvalue()


def _write_cell(sheet: Any, number: int, column: int, term: Term | None) -> None:
    plain = None if isinstance(term, Triple) else value(term)
    if isinstance(plain, int | Decimal) and not isinstance(plain, bool):
        sheet.write_number(number, column, float(plain))
    elif term is not None:
        sheet.write_string(number, column, text(term)[:32767])
