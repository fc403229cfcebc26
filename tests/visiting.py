"""A visitor's browser: Debian's Chromium, whose pages may neither ask another host nor complain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "components" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 60_000
"""Milliseconds that a page may take on a busy machine."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window."""
    assert CHROMIUM.exists(), "run tests/components/install.sh"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody who looks at a site; `problems` are the requests to elsewhere, failures and complaints of its pages."""

    browser: Browser
    site: str
    problems: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str, width: int = 1280, **options: Any) -> Page:
        """Open a page of the site in a context of its own."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self.problems.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda asked: None if self._is_here(asked.url) else self.problems.append(asked.url))
        page.on("response", lambda got: self.problems.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.goto(f"{self.site}/{path}")
        return page

    def _is_here(self, url: str) -> bool:
        return url.startswith((f"{self.site}/", "data:", "blob:"))


@contextmanager
def visiting(browser: Browser, site: str) -> Iterator[Visitor]:
    """Let somebody visit a site; at the end no page may have asked elsewhere or complained."""
    visitor = Visitor(browser, site)
    yield visitor
    for context in visitor.contexts:
        context.close()
    assert visitor.problems == []


def serious(page: Page) -> list[str]:
    """Return what axe finds that keeps people out."""
    page.evaluate(AXE.read_text("utf-8"))
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in page.evaluate("async () => (await axe.run()).violations")
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]
