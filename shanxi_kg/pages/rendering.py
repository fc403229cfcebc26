"""Templates to HTML: a template's name, an address and values go in, a whole page comes out.

Every value is escaped; a name that a template asks for and does not get is a defect, and raises.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shanxi_kg.pages.addresses import Address, link
from shanxi_kg.pages.words import words
from shanxi_kg.resources import PACKAGE

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = PACKAGE / "pages" / "static"
"""Style sheets, scripts and pictures that the pages ask for under `static/`."""


@cache
def environment() -> Environment:
    """Return the templates' environment: escaping, strict about names, blind to the clock."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(PACKAGE / "pages" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, address: Address, **values: object) -> str:
    """Return the page that a template gives at an address.

    A template has, besides its own values: `address`; `words`, the frame's words in its language; `home` and `root`,
    the ways to the top of its language and of the site; `here`, which makes a link of an IRI.
    """
    frame = {
        "address": address,
        "words": words(address.language),
        "home": address.home,
        "root": address.root,
        "here": lambda iri: link(iri, address.home),
    }
    return environment().get_template(template).render(frame | values)
