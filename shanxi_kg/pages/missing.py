"""The page of what is not there."""

from __future__ import annotations

from shanxi_kg.pages.addresses import Address
from shanxi_kg.pages.rendering import render


def missing_page(address: Address) -> str:
    """Return the page that says that nothing stands at an address, and where to look instead."""
    return render("missing.html", address)
