"""`shanxi-kg diff`: which facts changed between two states of a graph."""

from __future__ import annotations

import rich_click as click

DIFFERENT = 1


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
def diff(old: str, new: str, form: str) -> int:
    """Say which facts were added, withdrawn, changed in value or changed in evidence only from OLD to NEW.

    Each is a graph folder, an exported file (.nq, .nt, .trig, .ttl) or a git revision such as HEAD~1:graph. Ends with
    status 1 where there are differences, as diff does.
    """
    from shanxi_kg import changes
    from shanxi_kg.cli.output import write

    found = changes.compare(changes.read_state(old), changes.read_state(new))
    write(changes.WRITERS[form](found))
    return DIFFERENT if found else 0
