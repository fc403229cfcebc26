"""Stored queries: `.rq` files with a `#+` header become values, parameters become terms, and a store answers them.

A parameter's terms stand in the query's one `VALUES` row that names all of them, in the order of the header; a run
replaces that row and nothing else, by terms that the library serialises. The file itself holds the defaults, so that
it runs as it is in any SPARQL editor. UNDEF means 'any'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from shanxi_kg import headers
from shanxi_kg.errors import ParameterError, QueryError, UsageError
from shanxi_kg.namespaces import SKOS, SX, XSD, mint
from shanxi_kg.resources import folder as data_folder
from shanxi_kg.store import Answer, Store

VIEWS = ("table", "bar", "line", "map", "graph")
"""What an answer can be shown as; the header of a query names the one that suits it."""

_VALUES = re.compile(r"^([ \t]*)VALUES[ \t]*\(((?:[ \t]*\?\w+)+)[ \t]*\)[ \t]*\{.*\}[ \t]*$", re.MULTILINE)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?:/[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a stored query. Without a default it may be left out and then means 'any', unless `required`."""

    name: str
    type: str
    description: str
    default: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question with its text. `columns` are the variables that a narrow table shows; empty means all.

    `view` is the one of VIEWS that suits the answer. `pages` is the pattern of the things, such as documents, that the
    answer goes through in its order: its rows are sorted by the variables of the pattern first.
    """

    name: str
    summary: str
    text: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    view: str = "table"
    pages: str = ""


def stored_queries(folder: Path | None = None) -> tuple[StoredQuery, ...]:
    """Return all stored queries of a folder (that of the package unless told otherwise), sorted by name."""
    top = folder or data_folder("queries")
    return tuple(read_query(path) for path in sorted(top.glob("*.rq")))


def stored_query(name: str, folder: Path | None = None) -> StoredQuery:
    """Return one stored query by its name; UsageError names those that there are if there is none."""
    top = folder or data_folder("queries")
    names = sorted(path.stem for path in top.glob("*.rq"))
    if name in names:
        return read_query(top / f"{name}.rq")
    raise UsageError(f"query {name}: no such stored query; there are: {', '.join(names)}")


def read_query(path: Path) -> StoredQuery:
    """Read a `.rq` file; QueryError where it cannot be read or its header is broken."""
    try:
        return parse_query(path.stem, path.read_text("utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8 at byte {error.start}; save the query as UTF-8") from error
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error.strerror}; check the path") from error


def parse_query(name: str, text: str, where: str | None = None) -> StoredQuery:
    r"""Read the text of a query; a query without a `#+` header is one without parameters.

    >>> parse_query("ask", "#+ summary: Is there anything?\nASK { ?s ?p ?o }").summary
    'Is there anything?'
    """
    header = headers.parse(text, where or name)
    query = StoredQuery(
        name=name,
        summary=headers.string(header, "summary"),
        text=text,
        description=headers.string(header, "description"),
        tags=headers.strings(header, "tags"),
        parameters=tuple(_parameter(entry, where or name) for entry in headers.entries(header, "parameters")),
        columns=headers.strings(header, "columns"),
        view=_view(header, where or name),
        pages=headers.string(header, "pages"),
    )
    if query.parameters:
        _values_row(query)
    return query


def _view(header: headers.Header, where: str) -> str:
    view = headers.string(header, "view") or VIEWS[0]
    if view in VIEWS:
        return view
    raise QueryError(f"{where}: view {view!r}: must be one of {', '.join(VIEWS)}; mend the header")


def _parameter(entry: Mapping[str, str], where: str) -> Parameter:
    name, kind = entry.get("name", ""), entry.get("type", "")
    if not name or kind not in TYPES:
        raise QueryError(
            f"{where}: parameter {name or '?'}: its type must be one of {', '.join(TYPES)}; mend the header"
        )
    required = entry.get("required", "false") == "true"
    return Parameter(name, kind, entry.get("description", ""), entry.get("default"), required)


def run(store: Store, query: StoredQuery, given: Mapping[str, str] | None = None) -> Answer:
    """Answer a stored query with these values of its parameters; ParameterError names one that does not fit."""
    return store.query(bind(store, query, given or {}), query.name)


def bind(store: Store, query: StoredQuery, given: Mapping[str, str]) -> str:
    """Return the query's text with its row of parameters filled in; place names are looked up in the store.

    Raises ParameterError where a parameter is unknown, missing, or a value is not of its type.
    """
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            known = f"it has {', '.join(names)}" if names else "it has none"
            raise ParameterError(query.name, name, f"the query has no such parameter; {known}")
    if not names:
        return query.text
    terms = " ".join(_term(store, query, parameter, given) for parameter in query.parameters)
    row = _values_row(query)
    filled = f"{row[1]}VALUES ({' '.join('?' + name for name in names)}) {{ ({terms}) }}"
    return query.text[: row.start()] + filled + query.text[row.end() :]


def _values_row(query: StoredQuery) -> re.Match[str]:
    names = ["?" + parameter.name for parameter in query.parameters]
    for row in _VALUES.finditer(query.text):
        if row[2].split() == names:
            return row
    raise QueryError(f"query {query.name}: has no line `VALUES ({' '.join(names)}) {{ … }}`; write one below WHERE")


def _term(store: Store, query: StoredQuery, parameter: Parameter, given: Mapping[str, str]) -> str:
    value = given.get(parameter.name, parameter.default)
    if value is None and parameter.required:
        raise ParameterError(query.name, parameter.name, f"is missing; give it as {parameter.name}=<{parameter.type}>")
    if value is None:
        return "UNDEF"
    expected, convert = TYPES[parameter.type]
    try:
        return str(convert(store, value.strip()))
    except ValueError as error:
        reason = f" ({error})" if str(error) else ""
        problem = f"{value!r} is no {parameter.type}{reason}; expected is {expected}"
        raise ParameterError(query.name, parameter.name, problem) from error


def _iri(_: Store, value: str) -> NamedNode:
    return NamedNode(value.removeprefix("<").removesuffix(">"))


def _string(_: Store, value: str) -> Literal:
    return Literal(value)


def _integer(_: Store, value: str) -> Literal:
    return Literal(_matching(_INTEGER, value), datatype=XSD["integer"])


def _decimal(_: Store, value: str) -> Literal:
    return Literal(_matching(_DECIMAL, value), datatype=XSD["decimal"])


def _date(_: Store, value: str) -> Literal:
    return Literal(date.fromisoformat(_matching(_DAY, value)).isoformat(), datatype=XSD["date"])


def _period(_: Store, value: str) -> Literal:
    return Literal(_matching(_PERIOD, value))


def _matching(pattern: re.Pattern[str], value: str) -> str:
    if pattern.fullmatch(value):
        return value
    raise ValueError


def _place(store: Store, value: str) -> NamedNode:
    """Return the IRI of a place by IRI, by key ('CN-SX', '140100') or by one of its names, preferred names first."""
    if ":" in value:
        return _iri(store, value)
    by_key = mint("place", value)
    if store.query(f"ASK {{ {by_key} a {SX['AdministrativeDivision']} }}"):
        return by_key
    found = _places_called(store, value) or _places_written(value)
    if len(found) == 1:
        return found[0]
    raise ValueError("several have that name: " + ", ".join(map(str, found)) if found else "no such place is known")


def _places_written(name: str) -> list[NamedNode]:
    """Return the place that a name in another case or with 'province', 'county' and the like stands for."""
    from shanxi_kg.gazetteer import load_gazetteer  # reads its files, which a plain name does without

    gazetteer = load_gazetteer()
    key = gazetteer.resolve_area(name) or gazetteer.resolve_area(name.title())
    return [mint("place", key)] if key else []


def _places_called(store: Store, name: str) -> list[NamedNode]:
    labels = " ".join(str(Literal(name, language=language)) for language in ("en", "zh"))
    for properties in (f"{SKOS['prefLabel']}", f"{SKOS['altLabel']}|{SKOS['hiddenLabel']}"):
        solutions = store.select(
            f"SELECT DISTINCT ?place {{ VALUES ?label {{ {labels} }} ?place {properties} ?label ;"
            f" a {SX['AdministrativeDivision']} }} ORDER BY ?place"
        )
        if solutions.rows:
            return [row[0] for row in solutions.rows if isinstance(row[0], NamedNode)]
    return []


TYPES: Mapping[str, tuple[str, Callable[[Store, str], NamedNode | Literal]]] = {
    "date": ("a day such as 2021-07-01", _date),
    "decimal": ("a number such as 4.3", _decimal),
    "integer": ("a whole number such as 2021", _integer),
    "iri": ("an absolute IRI such as https://w3id.org/shanxi-kg/id/place/CN-SX", _iri),
    "period": ("a year, month, day or interval such as 2021, 2021-07 or 2021-01/2021-06", _period),
    "place": ("the name of a place such as Shanxi, its key such as CN-SX or its IRI", _place),
    "string": ("a text", _string),
}
"""What each type of parameter expects, and how a value becomes a term."""
