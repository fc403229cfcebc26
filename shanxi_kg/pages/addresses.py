"""Where things stand on the site: an IRI goes in, the path of its page or file comes out, and links between pages.

Paths are relative to the site's top and the same on the server and in the static portal. English pages stand at the
top, Chinese ones below `zh/`; RDF files stand once. A minted IRI `…/id/<kind>/<name>` has `doc/<kind>/<name>.html`, and
`.ttl` and `.jsonld` beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from shanxi_kg.namespaces import BASE, ID, ONTOLOGY

LANGUAGES = ("en", "zh")
DOCUMENTS = "doc/"


@dataclass(frozen=True, slots=True)
class Address:
    """A page's path below the top of its language, percent-decoded, and its language ('en' or 'zh').

    >>> Address("doc/place/CN-SX.html", "zh").file
    'zh/doc/place/CN-SX.html'
    """

    path: str
    language: str = LANGUAGES[0]

    @property
    def file(self) -> str:
        """The path below the site's top, percent-decoded: the file's name in the static portal."""
        return self.path if self.language == LANGUAGES[0] else f"{self.language}/{self.path}"

    @property
    def home(self) -> str:
        """The way from the page to the top of its language; other pages are linked from there.

        >>> Address("doc/place/CN-SX.html", "zh").home, Address("index.html").home
        ('../../', './')
        """
        return "../" * self.path.count("/") or "./"

    @property
    def root(self) -> str:
        """The way from the page to the site's top, where style sheets, RDF files and the other language are.

        >>> Address("doc/place/CN-SX.html", "zh").root, Address("index.html").root
        ('../../../', './')
        """
        return "../" * self.file.count("/") or "./"

    def translations(self) -> dict[str, str]:
        """Return a link to this page in each language."""
        return {language: self.root + quote(Address(self.path, language).file) for language in LANGUAGES}


def resource_path(iri: str) -> str | None:
    """Return the path of a minted IRI's documents without their ending, percent-decoded; None where it can have none.

    That is an IRI that is not ours, or one whose name would lead out of its folder.

    >>> resource_path("https://w3id.org/shanxi-kg/id/code/level/provincial")
    'doc/code/level/provincial'
    >>> resource_path("https://w3id.org/shanxi-kg/id/document/..%2F..%2Fetc") is None
    True
    """
    if not iri.startswith(ID):
        return None
    steps = [unquote(step) for step in iri.removeprefix(ID).partition("#")[0].split("/")]
    return None if any(map(_leads_astray, steps)) else DOCUMENTS + "/".join(steps)


def _leads_astray(step: str) -> bool:
    """Say whether a step of a path is none that a file can have, or leads elsewhere."""
    return step in {"", ".", ".."} or not set(step).isdisjoint("/\\\0")


def resource_iri(path: str) -> str:
    """Return the minted IRI whose documents stand at a percent-decoded path; the opposite of `resource_path`.

    >>> resource_iri("doc/document/山西")
    'https://w3id.org/shanxi-kg/id/document/%E5%B1%B1%E8%A5%BF'
    """
    return ID + "/".join(quote(part, safe="") for part in path.removeprefix(DOCUMENTS).split("/"))


def link(iri: str, home: str) -> str:
    """Return the link to what an IRI names: our page of it, or the IRI itself where it is one of the web's.

    An IRI of another scheme leads nowhere: `javascript:` is an IRI too, and graphs come from anywhere.

    >>> link("https://w3id.org/shanxi-kg/id/document/001#char=3,9", "../../")
    '../../doc/document/001.html#char=3,9'
    >>> link("https://w3id.org/shanxi-kg/ontology#Fact", "./"), link("http://www.w3.org/ns/org#Post", "./")
    ('./ontology.html#Fact', 'http://www.w3.org/ns/org#Post')
    >>> link("javascript:alert(1)", "./")
    '#'
    """
    name, hash_sign, fragment = iri.partition("#")
    if name == ONTOLOGY or name.startswith(ONTOLOGY + "/"):
        return f"{home}ontology.html{hash_sign}{fragment}"
    path = resource_path(iri)
    if path is None:
        return home if iri == BASE else iri if iri.startswith(("https://", "http://")) else "#"
    return f"{home}{quote(path)}.html{hash_sign}{fragment}"
