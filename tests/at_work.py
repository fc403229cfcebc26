"""What somebody at the workbench does: write into the editor, ask an example, look at a view."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PREFIX = "PREFIX sx: <https://w3id.org/shanxi-kg/ontology#>\n"


def ready(page: Page) -> Page:
    page.wait_for_selector("[data-workbench][data-ready]")
    return page


def active(page: Page, selector: str) -> Locator:
    return page.locator(f".tabPanel.active {selector}")


def write(page: Page, text: str) -> None:
    """Put a text into the editor, the cursor at its mark `|`, as if it had been typed before."""
    active(page, ".CodeMirror").evaluate(
        """(element, [before, after]) => {
          const editor = element.CodeMirror;
          editor.setValue(before + after);
          const lines = before.split("\\n");
          editor.setCursor({ line: lines.length - 1, ch: lines.at(-1).length });
          editor.focus();
        }""",
        list(text.partition("|")[::2]),
    )


def written(page: Page) -> str:
    text: str = active(page, ".CodeMirror").evaluate("(element) => element.CodeMirror.getValue()")
    return text


def ask(page: Page, name: str, **values: str) -> None:
    page.locator(".example-list select").select_option(name)
    for parameter, value in values.items():
        page.locator(f".example-form [name={parameter}]").fill(value)
    page.locator(".example-form [type=submit]").click()


def show(page: Page, view: str) -> Locator:
    active(page, f".select_{view}").click()
    return drawn(page, view)


def drawn(page: Page, view: str) -> Locator:
    place = active(page, f".view-{view}")
    expect(place).to_be_visible()
    return place
