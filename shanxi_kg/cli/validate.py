"""`shanxi-kg validate`: does what is published still hold: shapes, checks, conflicts, and the words in the texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option, store_option

if TYPE_CHECKING:
    from shanxi_kg.settings import Endpoint

FINDINGS = 1
FORMATS = ("text", "json", "sarif", "junit", "turtle")
FAIL_ON = ("violation", "warning", "info", "never")
ENGINES = ("pyshacl", "shacl-rust")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to write findings."
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="violation",
    show_default=True,
    help="The mildest finding that ends with status 1.",
)
@click.option("--engine", type=click.Choice(ENGINES), help="What holds it to the shapes. Default: the fastest.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
@graph_option
@store_option
def validate(form: str, fail_on: str, engine: str | None, output: Path | None, graph: Path, store: Endpoint) -> int:
    """Hold the published graph to the SHACL shapes, to the checks that must return nothing, and to its texts.

    Ends with status 1 where there are findings that are grave enough. SARIF is for code hosts, JUnit for build servers,
    Turtle is a SHACL report. With --store, the checks alone are asked, of what the server holds.
    """
    from shanxi_kg import audit, reports
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.remote import open_store

    report = audit.report_store(open_store(store), fail_on) if store.url else audit.report(graph, fail_on, engine)
    write(reports.WRITERS[form](report), output)
    number = len(report.findings)
    note("conforms" if not number else f"{number} finding{'' if number == 1 else 's'}")
    return FINDINGS if report.failures else 0
