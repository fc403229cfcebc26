"""`shanxi-kg validate`: does what is published still hold: shapes, checks, and the words in the texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from shanxi_kg.cli.options import graph_option, store_option

if TYPE_CHECKING:
    from shanxi_kg.settings import Endpoint

FINDINGS = 1


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="How to write findings.",
)
@graph_option
@store_option
def validate(form: str, graph: Path, store: Endpoint) -> int:
    """Hold the published graph to the SHACL shapes, to the checks that must return nothing, and to its texts.

    With --store, the checks alone are asked, of what the server holds. Ends with status 1 where there are findings.
    """
    from shanxi_kg import audit
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.remote import open_store

    findings = audit.audit_store(open_store(store)) if store.url else audit.audit(graph)
    write(audit.WRITERS[form](findings))
    note("conforms" if not findings else f"{len(findings)} finding{'' if len(findings) == 1 else 's'}")
    return FINDINGS if findings else 0
