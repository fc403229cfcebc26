"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from shanxi_kg.errors import UsageError
from shanxi_kg.settings import Settings


def graph_folder(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
    """Return the folder that was given, else the one of the settings."""
    settings = context.find_object(Settings) or Settings()
    return given or settings.graph


def cache_folder(context: click.Context, _: click.Parameter, given: Path | None) -> Path | None:
    """Return the cache folder that was given, else the one of the settings."""
    settings = context.find_object(Settings) or Settings()
    return given or settings.cache


graph_option = click.option(
    "--graph",
    "-g",
    type=click.Path(path_type=Path),
    callback=graph_folder,
    help="The graph folder. Default: $SHANXI_KG_GRAPH, else ./graph.",
)


def pair(given: str) -> tuple[str, str]:
    """Split KEY=VALUE; UsageError where it is written otherwise."""
    key, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"--param {given}: write it as KEY=VALUE")
    return key.strip(), value
