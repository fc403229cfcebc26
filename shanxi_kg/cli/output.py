"""How commands write: bytes to standard output or to a file that is whole or not there, and tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import rich_click as click

from shanxi_kg.errors import UsageError

LONGEST_CELL = 120


def write(content: str | bytes, path: Path | None = None) -> None:
    """Write text as UTF-8 to standard output, or to a file that is replaced at once; a closed pipe is no error."""
    encoded = content.encode() if isinstance(content, str) else content
    if path is not None:
        _replace(path, encoded)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _replace(path: Path, content: bytes) -> None:
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; choose another place") from error
    Path(file.name).chmod(0o666 & ~_umask())
    Path(file.name).replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def marked(words: str) -> str:
    """Mark words for the eye: underlined on a terminal, in double brackets elsewhere."""
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return f"[[{words}]]" if plain else click.style(words, bold=True, underline=True)


def note(message: str) -> None:
    """Write a line to standard error."""
    click.echo(message, err=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> str:
    """Draw a table as wide as the terminal, long cells cut with '…'; colours only where standard output is one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    drawn = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(shortened(cell).replace("[", r"\[") for cell in row))
    terminal = sys.stdout.isatty()
    console = Console(force_terminal=terminal, no_color=not terminal, width=None if terminal else _width())
    with console.capture() as captured:
        console.print(drawn)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())


def shortened(cell: str) -> str:
    """Cut a cell that is longer than `LONGEST_CELL` characters at a word; the other formats give it whole.

    >>> shortened("short enough")
    'short enough'
    """
    return cell if len(cell) <= LONGEST_CELL else cell[:LONGEST_CELL].rsplit(" ", 1)[0] + " …"


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() else 120
