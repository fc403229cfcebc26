"""A browser, and pages in it that may neither ask another host nor complain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from workbench_site import Open, serving

from shanxi_kg.store import Store

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    assert CHROMIUM.exists(), "run tests/components/install.sh"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(small_store: Store) -> Iterator[str]:
    """The URL of a server of the workbench over the small graph."""
    with serving(small_store) as url:
        yield url


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Open]:
    """Open a page of the site in a context of its own; at the end no page has asked elsewhere or complained."""
    problems: list[str] = []
    contexts = []

    def listen(page: Page) -> None:
        page.on(
            "console", lambda message: problems.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: None if _is_at(site, request.url) else problems.append(request.url))

    def open_page(path: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.on("page", listen)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{site}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _is_at(site: str, url: str) -> bool:
    return url.startswith((f"{site}/", "data:", "blob:"))
