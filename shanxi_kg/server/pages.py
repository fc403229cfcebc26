"""Routes of the pages: an address and what a browser accepts go in, HTML, Turtle or JSON-LD come out.

A thing (`/id/…`, `/ontology`) answers 303 with the document that suits: a page in the reader's language, Turtle or
JSON-LD. Documents have the addresses that they have in the static portal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from shanxi_kg import exports
from shanxi_kg.catalog import catalog_turtle
from shanxi_kg.errors import ParameterError
from shanxi_kg.folders import CATALOG
from shanxi_kg.namespaces import BASE
from shanxi_kg.pages import files, workbench
from shanxi_kg.pages.addresses import LANGUAGES, Address, resource_iri, resource_path
from shanxi_kg.pages.answers import MOST_ROWS, Answer, view_answer
from shanxi_kg.pages.browse import KINDS, browse_page, kind_page, place_labels_path
from shanxi_kg.pages.front import front_page
from shanxi_kg.pages.missing import missing_page
from shanxi_kg.pages.questions import File, place_names, question_page, questions_page
from shanxi_kg.pages.resource import resource_page
from shanxi_kg.pages.search import search, search_page
from shanxi_kg.pages.statements import Statements, read_statements
from shanxi_kg.pages.terms import ontology_page
from shanxi_kg.pages.workbench import QUERIES, VOCABULARY, Served, workbench_files
from shanxi_kg.paging import page
from shanxi_kg.queries import StoredQuery, stored_queries
from shanxi_kg.server.negotiation import GRAPHS, Format, choose
from shanxi_kg.store import Store

_HTML = Format("html", "html", ("text/html", "application/xhtml+xml"))
_DOCUMENTS = (_HTML, GRAPHS["turtle"], GRAPHS["jsonld"])
_VARY = {"vary": "Accept, Accept-Language"}

Handler = Callable[[Request], Response]


class Site:
    """What the handlers share: the statements and the store of a graph folder, and its stored queries."""

    def __init__(self, graph: Path, store: Store) -> None:
        self.graph, self.store = graph, store
        self.statements: Statements = read_statements(graph)
        self.queries: Mapping[str, StoredQuery] = {query.name: query for query in stored_queries()}
        self.places = {language: place_names(self.statements, language) for language in LANGUAGES}


def page_routes(graph: Path, store: Store) -> Sequence[BaseRoute]:
    """Return the routes of all pages of a graph folder and its loaded store."""
    site = Site(graph, store)
    routes = [
        Route("/id/{path:path}", _thing),
        Route("/ontology", _ontology_thing),
        Route("/ontology/{version}", _ontology_thing),
        *(Route(f"/{files.ONTOLOGY_PATH}.{ending}", partial(_ontology_file, ending)) for ending in files.WRITERS),
        *(Route(f"/doc/{{path:path}}.{ending}", partial(_resource_file, site, ending)) for ending in files.WRITERS),
        *(Route(f"/{dump.path}", partial(_dump, site, dump)) for dump in files.DUMPS),
        Route(f"/{CATALOG}", partial(_catalog, site)),
        *(Route(f"/{path}", partial(_workbench_file, site, path)) for path in (VOCABULARY, QUERIES)),
        *(Route(f"/{place_labels_path(spoken)}", partial(_place_labels, site, spoken)) for spoken in LANGUAGES),
        Route("/zh/sparql", workbench_page),
    ]
    for language in LANGUAGES:
        before = "" if language == LANGUAGES[0] else f"/{language}"
        routes += [Route(before + path, _page(site, language, make)) for path, make in _PAGES.items()]
    return routes


def workbench_page(request: Request) -> Response:
    """Answer a browser that comes to the endpoint without a query: with the workbench."""
    language = LANGUAGES[1] if request.url.path.startswith("/zh/") else LANGUAGES[0]
    return _to_language(request) or _html(workbench.workbench_page(Address("sparql", language), Served()))


def _page(site: Site, language: str, make: Callable[[Site, Request, str], str | None]) -> Handler:
    def handler(request: Request) -> Response:
        moved = _to_language(request)
        if moved:
            return moved
        made = make(site, request, language)
        return _missing(request) if made is None else _html(made)

    return handler


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, {"vary": "Accept-Language"}, media_type="text/html")


def _missing(request: Request) -> Response:
    path = request.url.path.removeprefix("/")
    language = LANGUAGES[1] if path.startswith("zh/") else LANGUAGES[0]
    return _html(missing_page(Address(path.removeprefix("zh/"), language)), 404)


def _to_language(request: Request) -> Response | None:
    """Lead to the page in the language that `?lang=` asks for, or that a browser prefers on the front page."""
    path = request.url.path.removeprefix("/")
    asked = request.query_params.get("lang")
    if asked not in LANGUAGES:
        asked = "zh" if path == "" and _language(request) == "zh" else None
    if asked is None:
        return None
    plain = path.removeprefix("zh/") if path != "zh" else ""
    rest = "&".join(f"{quote(k)}={quote(v)}" for k, v in request.query_params.multi_items() if k != "lang")
    there = "/" + quote(Address(plain, asked).file) + (f"?{rest}" if rest else "")
    if there == request.url.path:
        return None
    return RedirectResponse(there, 303, {"vary": "Accept-Language"})


def _language(request: Request) -> str:
    """Return the language that a browser likes better; English where it does not say."""
    liked: dict[str, float] = {}
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        number = float(weight) if weight.replace(".", "", 1).isdecimal() and weight.isascii() else 1.0
        liked.setdefault(tag.partition("-")[0], number)
    return max(LANGUAGES, key=lambda language: liked.get(language, 0.0))


def _thing(request: Request) -> Response:
    """Lead from a thing to the document about it that the reader accepts."""
    path = resource_path(BASE + "id/" + quote(request.path_params["path"]))
    return _see(request, str(path))


def _ontology_thing(request: Request) -> Response:
    return _see(request, files.ONTOLOGY_PATH)


def _see(request: Request, path: str) -> Response:
    form, _ = choose(request.headers.get("accept"), _DOCUMENTS)
    language = _language(request) if form is _HTML else LANGUAGES[0]
    asked = request.query_params.get("lang")
    chosen = asked if asked in LANGUAGES and form is _HTML else language
    return RedirectResponse("/" + quote(Address(f"{path}.{form.ending}", chosen).file), 303, _VARY)


def _resource_file(site: Site, ending: str, request: Request) -> Response:
    content = files.resource_file(site.statements, resource_iri("doc/" + request.path_params["path"]), ending)
    if content is None:
        return _missing(request)
    return Response(content, media_type=files.WRITERS[ending][0])


def _ontology_file(ending: str, _: Request) -> Response:
    return Response(files.ontology_file(ending), media_type=files.WRITERS[ending][0])


def _dump(site: Site, dump: File, _: Request) -> Response:
    return Response(files.dump(site.graph, dump.path), media_type=exports.form_of(Path(dump.path)).media_type)


def _catalog(site: Site, _: Request) -> Response:
    return Response(catalog_turtle(site.graph), media_type="text/turtle")


def _workbench_file(site: Site, path: str, _: Request) -> Response:
    return Response(workbench_files(site.store, site.queries.values())[path], media_type="application/json")


def _place_labels(site: Site, language: str, _: Request) -> Response:
    return Response(files.place_labels_file(site.statements, language), media_type="application/json")


def _front(site: Site, _: Request, language: str) -> str:
    return front_page(site.statements, site.queries.values(), language, files.DUMPS)


def _browse(site: Site, _: Request, language: str) -> str:
    return browse_page(site.statements, language)


def _kind(site: Site, request: Request, language: str) -> str | None:
    kind = request.path_params["kind"]
    return kind_page(site.statements, kind, language) if kind in KINDS else None


def _resource(site: Site, request: Request, language: str) -> str | None:
    return resource_page(site.statements, resource_iri("doc/" + request.path_params["path"]), language)


def _ontology(site: Site, _: Request, language: str) -> str:
    return ontology_page(site.statements, language)


def _questions(site: Site, _: Request, language: str) -> str:
    return questions_page(site.queries.values(), language)


def _question(site: Site, request: Request, language: str) -> str | None:
    query = site.queries.get(request.path_params["name"])
    if query is None:
        return None
    given = {name: value for name, value in request.query_params.items() if value.strip()}
    answer, problem = _answer(site, query, given, language)
    asked = f"?{urlencode(given)}" if given else ""
    address = f"api/queries/{query.name}"
    return question_page(
        query,
        answer,
        language,
        given=given,
        problem=problem,
        places=site.places[language],
        files=[File(ending.upper(), f"{address}.{ending}{asked}") for ending in ("csv", "json", "xlsx")],
        results=f"{address}.srj{asked}" if query.view != "table" and answer else "",
    )


def _answer(site: Site, query: StoredQuery, given: Mapping[str, str], language: str) -> tuple[Answer | None, str]:
    """Return the answer to what was asked, or none and what is wrong with the question."""
    missing = [one.name for one in query.parameters if one.required and one.name not in given]
    if missing:
        return None, ""
    try:
        found = page(site.store, query, given, MOST_ROWS)
    except ParameterError as error:
        return None, str(error)
    return replace(view_answer(site.statements, query, found.solutions, language), total=found.total), ""


def _search(site: Site, request: Request, language: str) -> str:
    text = request.query_params.get("q", "")[:200]
    return search_page(text, search(site.statements, text, language), language)


_PAGES: Mapping[str, Callable[[Site, Request, str], str | None]] = {
    "/": _front,
    "/index.html": _front,
    "/browse.html": _browse,
    "/kind/{kind}.html": _kind,
    "/queries.html": _questions,
    "/query/{name}.html": _question,
    "/search.html": _search,
    "/ontology.html": _ontology,
    "/doc/{path:path}.html": _resource,
}
"""The pages of a language by their addresses."""
