"""What is in a portal: a graph folder goes in, the path and the bytes of each file come out, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shanxi_kg.catalog import catalog_turtle
from shanxi_kg.exports import Selection, export_all
from shanxi_kg.exports.quotes import read_runs
from shanxi_kg.folders import CATALOG
from shanxi_kg.namespaces import ID
from shanxi_kg.pages.addresses import LANGUAGES, Address, resource_path
from shanxi_kg.pages.answers import view_answer
from shanxi_kg.pages.browse import browse_page, kind_page, kinds, place_labels_path
from shanxi_kg.pages.files import (
    DUMPS,
    ONTOLOGY_PATH,
    WHOLE,
    WRITERS,
    dump,
    ontology_file,
    place_labels_file,
    resource_file,
)
from shanxi_kg.pages.front import front_page
from shanxi_kg.pages.missing import missing_page
from shanxi_kg.pages.questions import File, question_page, questions_page
from shanxi_kg.pages.rendering import STATIC
from shanxi_kg.pages.resource import resource_page
from shanxi_kg.pages.search import search_page
from shanxi_kg.pages.statements import Statements, minted, read_statements
from shanxi_kg.pages.terms import ontology_page
from shanxi_kg.pages.workbench import InBrowser, workbench_files, workbench_page
from shanxi_kg.portal.crawling import robots, sitemaps
from shanxi_kg.portal.redirects import redirects
from shanxi_kg.portal.reduction import reduced
from shanxi_kg.queries import StoredQuery, run, stored_queries
from shanxi_kg.solutions import WRITERS as SOLUTION_WRITERS
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import Store, open_graph

ANSWERS = ("csv", "json")
IN_BROWSER = InBrowser(WHOLE)


@dataclass(frozen=True, slots=True)
class Contents:
    """A graph as its portal sees it: folder, statements, store, stored queries with answers, IRIs that get pages."""

    graph: Path
    statements: Statements
    store: Store
    queries: Mapping[str, StoredQuery]
    answers: Mapping[str, Solutions]
    resources: tuple[str, ...]
    quotes: bool = True


def contents_of(graph: Path, quotes: bool = True) -> Contents:
    """Read a graph folder for its portal, without the words of its documents on demand; GraphError where it is none."""
    statements, store = read_statements(graph, quotes), open_graph(graph)
    queries = {query.name: query for query in stored_queries()}
    answers = {name: solutions for name, query in queries.items() if (solutions := _solutions(store, query))}
    resources = tuple(node.value for node in minted(statements, ID) if resource_path(node.value))
    if not quotes:
        runs = read_runs(graph)
        answers = {name: reduced(solutions, runs) for name, solutions in answers.items()}
    return Contents(graph, statements, store, queries, answers, resources, quotes)


def _solutions(store: Store, query: StoredQuery) -> Solutions | None:
    """Return the answer to a stored query as it stands; None where it must be told what to ask for."""
    if any(one.required and one.default is None for one in query.parameters):
        return None
    answer = run(store, query)
    return answer if isinstance(answer, Solutions) else None


def resource_files(statements: Statements, iri: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a minted IRI: its page in each language, and its RDF files."""
    path = resource_path(iri)
    for language in LANGUAGES:
        page = resource_page(statements, iri, language)
        if page is not None:
            yield Address(f"{path}.html", language).file, page.encode()
    for ending in WRITERS:
        content = resource_file(statements, iri, ending)
        if content is not None:
            yield f"{path}.{ending}", content


def site_files(contents: Contents, address: str) -> Iterator[tuple[str, bytes]]:
    """Yield all files but those of the resources and the search index."""
    for language in LANGUAGES:
        yield from _pages(contents, language)
    exported = tuple(export_all(contents.graph, Selection(quotes=contents.quotes)))
    for form, content in exported:
        yield f"graph.{form.ending}", content
    yield WHOLE, dump(contents.graph, WHOLE, contents.quotes)
    for ending in WRITERS:
        yield f"{ONTOLOGY_PATH}.{ending}", ontology_file(ending)
    catalog = catalog_turtle(contents.graph, exported).encode()
    yield CATALOG, catalog
    yield ".well-known/void", catalog
    yield from _answers(contents)
    yield from workbench_files(contents.store, contents.queries.values()).items()
    for language in LANGUAGES:
        yield place_labels_path(language), place_labels_file(contents.statements, language)
    yield from _static()
    yield from sitemaps(address, page_paths(contents))
    yield "robots.txt", robots(address)
    yield ".htaccess", redirects(address)
    yield ".nojekyll", b""


def page_paths(contents: Contents) -> list[str]:
    """Return the paths of all pages, without those of what is missing and of the search."""
    fixed = ["index.html", "browse.html", "queries.html", "ontology.html", "sparql/index.html"]
    found = [
        *fixed,
        *(f"kind/{kind}.html" for kind in kinds(contents.statements)),
        *(f"query/{name}.html" for name in contents.queries),
        *(f"{resource_path(iri)}.html" for iri in contents.resources),
    ]
    return [Address(path, language).file for language in LANGUAGES for path in found]


def _pages(contents: Contents, language: str) -> Iterator[tuple[str, bytes]]:
    statements, queries = contents.statements, contents.queries.values()
    made = {
        "index.html": front_page(statements, queries, language, DUMPS),
        "browse.html": browse_page(statements, language),
        "queries.html": questions_page(queries, language),
        "ontology.html": ontology_page(statements, language),
        "search.html": search_page("", None, language),
        "404.html": missing_page(Address("404.html", language)),
        "sparql/index.html": workbench_page(Address("sparql/index.html", language), IN_BROWSER),
        **{f"kind/{kind}.html": kind_page(statements, kind, language) for kind in kinds(statements)},
        **{f"query/{query.name}.html": _question(contents, query, language) for query in queries},
    }
    for path, page in made.items():
        yield Address(path, language).file, page.encode()


def _question(contents: Contents, query: StoredQuery, language: str) -> str:
    solutions = contents.answers.get(query.name)
    return question_page(
        query,
        view_answer(contents.statements, query, solutions, language) if solutions else None,
        language,
        given={},
        files=[File(ending.upper(), f"query/{query.name}.{ending}") for ending in ANSWERS] if solutions else (),
        action="../sparql/index.html",
        results=f"query/{query.name}.json" if solutions and query.view != "table" else "",
    )


def _answers(contents: Contents) -> Iterator[tuple[str, bytes]]:
    for name, solutions in contents.answers.items():
        for ending in ANSWERS:
            yield f"query/{name}.{ending}", SOLUTION_WRITERS[ending](solutions).encode()


def _static() -> Iterator[tuple[str, bytes]]:
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            yield f"static/{path.relative_to(STATIC).as_posix()}", path.read_bytes()
