"""`shanxi-kg accept`, `reject`, `correct`, `merge` and `split`: each keeps a decision in decisions.ttl."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from shanxi_kg.cli.options import graph_option
from shanxi_kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import NamedNode

    from shanxi_kg.decisions import Decision, Stamp

READ = "Read against its sentence."

author_option = click.option(
    "--author", envvar="SHANXI_KG_AUTHOR", help="Who decides. Default: $SHANXI_KG_AUTHOR.", metavar="NAME"
)
date_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the decision. Default: today."
)
reason_option = click.option("--reason", "-r", help="Why; it is kept with the decision.", metavar="TEXT")
facts_argument = click.argument("facts", nargs=-1, required=True, metavar="FACT...")


def _stamped(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (graph_option, date_option, author_option, reason_option):
        command = option(command)
    return command


@click.command()
@facts_argument
@_stamped
def accept(facts: tuple[str, ...], **given: Any) -> None:
    """Keep the decision that each FACT is what its sentence says. A FACT is an IRI, or short as tables give it.

    Without a --reason it is that somebody read it.
    """
    given["reason"] = given["reason"] or READ
    _decide("accept", facts, (), **given)


@click.command()
@facts_argument
@_stamped
def reject(facts: tuple[str, ...], **given: Any) -> None:
    """Keep the decision that each FACT is wrong: the next build leaves it out, and so do all later ones."""
    _decide("reject", facts, (), **given)


@click.command()
@click.argument("fact")
@click.argument("corrections", nargs=-1, required=True, metavar="FIELD=VALUE...")
@_stamped
def correct(fact: str, corrections: tuple[str, ...], **given: Any) -> None:
    """Keep the decision that fields of FACT have other values; the machine's values stay beside them.

    \b
    shanxi-kg correct fact/001/65041357255a area=Taiyuan --reason "It stands in Taiyuan."
    An empty VALUE takes the field out; several values are separated by ';'.
    """  # noqa: D301 (the escape is Click's mark for lines that stay as they are)
    _decide("correct", (fact,), corrections, **given)


@click.command()
@click.argument("keep")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@click.option("--label", default="", help="The preferred label of KEEP. Default: the one that it has.", metavar="TEXT")
@_stamped
def merge(keep: str, others: tuple[str, ...], label: str, graph: Path, **given: Any) -> None:
    """Keep the decision that KEEP and each OTHER are one: what is told of these is told of KEEP from now on."""
    from shanxi_kg.decisions import deciding

    made = deciding.merge(graph, iri(keep), [iri(other) for other in others], stamp(**given), label)
    told([made])


@click.command()
@click.argument("entity")
@click.option("--document", "-d", "documents", multiple=True, required=True, help="A document's name; may be repeated.")
@click.option("--label", required=True, help="The preferred label of what these documents tell of.", metavar="TEXT")
@_stamped
def split(entity: str, documents: tuple[str, ...], label: str, graph: Path, **given: Any) -> None:
    """Keep the decision that these documents, where they tell of ENTITY, tell of another one that has no IRI yet."""
    from shanxi_kg.decisions import deciding

    told([deciding.split(graph, iri(entity), documents, label, stamp(**given))])


def _decide(verdict: str, facts: Sequence[str], corrections: Sequence[str], graph: Path, **given: Any) -> None:
    from shanxi_kg.decisions import Verdict, deciding

    values = dict(pair(correction) for correction in corrections)
    told(deciding.decide(graph, Verdict(verdict), [iri(fact) for fact in facts], stamp(**given), values))


def stamp(author: str | None, day: Any, reason: str | None) -> Stamp:
    """Return who decided, when and why; UsageError where author or reason is missing. The day is today's, if none."""
    from datetime import date

    from shanxi_kg.decisions import Stamp

    for name, value in (("author", author), ("reason", reason)):
        if not (value or "").strip():
            raise UsageError(f"a decision needs its {name}; give --{name}")
    return Stamp(str(author).strip(), (day.date() if day else date.today()).isoformat(), str(reason).strip())


def iri(given: str) -> NamedNode:
    """Return the IRI that was given in full, in angle brackets, or short as tables write it; UsageError for no IRI."""
    from pyoxigraph import NamedNode

    from shanxi_kg.namespaces import ID

    try:
        return NamedNode(given.strip("<>") if ":" in given else ID + given.removeprefix("/"))
    except ValueError as error:
        raise UsageError(f"{given}: is no IRI: {error}; copy one from a table") from error


def pair(correction: str) -> tuple[str, str]:
    """Return the field and the value of FIELD=VALUE; UsageError where there is no '='."""
    field, equals, value = correction.partition("=")
    if not equals or not field.strip():
        raise UsageError(f"{correction}: is no correction; write FIELD=VALUE, such as value=109")
    return field.strip(), value.strip()


def told(made: Iterable[Decision]) -> None:
    """Write a line a decision: what was decided, on what, and its IRI."""
    from shanxi_kg.cli.output import note, write

    write("".join(line(decision) + "\n" for decision in made))
    note("kept; the next `shanxi-kg build` applies it")


def line(decision: Decision) -> str:
    """Return a decision in one line."""
    from shanxi_kg.decisions import FactDecision, verb
    from shanxi_kg.decisions.model import result, sources
    from shanxi_kg.namespaces import ID

    if isinstance(decision, FactDecision):
        change = f" {decision.field}={decision.value}" if decision.field else ""
        about = f"{decision.fact.iri.value.removeprefix(ID)}{change}: {' '.join(decision.fact.quote.split())}"
    else:
        about = f"{', '.join(one.value.removeprefix(ID) for one in sources(decision))} -> "
        about += f"{result(decision).value.removeprefix(ID)}: {decision.label}"
    return f"{decision.iri.value.removeprefix(ID)} {verb(decision)} {about}"
