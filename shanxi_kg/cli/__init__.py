"""The command line: the only place that prints, exits and reads the environment.

A command's module is imported when the command is asked for, and heavy libraries when it runs. Data goes to standard
output, all else to standard error. Exit status: 0 done, 1 findings, 2 wrong usage, 3 bad input, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import rich_click as click

from shanxi_kg import __version__
from shanxi_kg.errors import ParameterError, ShanxiKGError, UsageError
from shanxi_kg.settings import Settings, from_environment

COMMANDS = {
    "build": "shanxi_kg.cli.build",
    "store": "shanxi_kg.cli.store",
    "review": "shanxi_kg.cli.review",
    "accept": "shanxi_kg.cli.decide",
    "reject": "shanxi_kg.cli.decide",
    "correct": "shanxi_kg.cli.decide",
    "merge": "shanxi_kg.cli.decide",
    "split": "shanxi_kg.cli.decide",
    "validate": "shanxi_kg.cli.validate",
    "evaluate": "shanxi_kg.cli.evaluate",
    "explain": "shanxi_kg.cli.explain",
    "queries": "shanxi_kg.cli.query",
    "query": "shanxi_kg.cli.query",
    "show": "shanxi_kg.cli.show",
    "export": "shanxi_kg.cli.export",
    "diff": "shanxi_kg.cli.diff",
    "mcp": "shanxi_kg.cli.mcp",
    "serve": "shanxi_kg.cli.serve",
    "portal": "shanxi_kg.cli.portal",
}
USAGE, BAD_INPUT, INTERRUPTED = 2, 3, 130


class LazyGroup(click.RichGroup):
    """A group whose commands are imported by name, each when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command's module and return the command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(
    "shanxi-kg", cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="shanxi-kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def commands(context: click.Context, debug: bool) -> None:  # noqa: ARG001
    """Turn English news about how a Chinese province is governed into a knowledge graph to check and to query."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(USAGE)


def main() -> NoReturn:
    """Run the command line of this process and exit with its status."""
    sys.exit(run(sys.argv[1:], from_environment(os.environ)))


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Run one command and return its exit status; errors become one line on standard error."""
    if settings.debug or "--debug" in arguments[:1]:
        return _status(commands.main(list(arguments), "shanxi-kg", standalone_mode=False, obj=settings))
    try:
        return _status(commands.main(list(arguments), "shanxi-kg", standalone_mode=False, obj=settings))
    except click.ClickException as error:
        return _fail(_with_help(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted; nothing was changed", INTERRUPTED)
    except ShanxiKGError as error:
        return _fail(str(error), USAGE if isinstance(error, UsageError | ParameterError) else BAD_INPUT)


def _status(returned: object) -> int:
    return returned if isinstance(returned, int) else 0


def _fail(message: str, status: int) -> int:
    click.echo(f"Error: {' '.join(message.split())}", err=True)
    return status


def _with_help(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"{error.format_message()} See `{context.command_path} --help`." if context else error.format_message()
