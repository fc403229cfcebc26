"""`shanxi-kg review`: a walk through what nobody has decided on, each fact with its sentence in front of the reader."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from shanxi_kg.cli.decide import READ, author_option, date_option, line, pair, stamp
from shanxi_kg.cli.options import graph_option
from shanxi_kg.errors import UsageError
from shanxi_kg.passages import sentence_around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shanxi_kg.decisions.known import KnownFact
    from shanxi_kg.decisions.review import Pending

KINDS = ("regulation", "agreement", "agency", "platform", "post", "indicator", "policy", "statement")
CERTAINTIES = ("stated", "inferred", "ambiguous")
STATES = ("quarantined", "conflicting", "ambiguous", "inferred", "new")
INTERRUPTED = 130
PROMPT = "[a]ccept [r]eject [c]orrect [s]kip [q]uit"


@click.command()
@click.option("--kind", type=click.Choice(KINDS), help="Only facts of this kind.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="Only facts that are this sure.")
@click.option("--document", help="Only facts of this document, by its name.", metavar="NAME")
@click.option("--state", type=click.Choice(STATES), help="Only facts that are to be looked at for this reason.")
@click.option("--list", "listed", is_flag=True, help="List the facts and ask nothing.")
@click.option("--orphans", is_flag=True, help="List the decisions that match nothing any more, and ask nothing.")
@author_option
@date_option
@graph_option
def review(graph: Path, listed: bool, orphans: bool, author: str | None, day: Any, **chosen: str | None) -> int:
    """Walk through the facts that nobody has decided on: those in quarantine, then the doubtful ones, then the rest.

    For each, type a letter: accept it, reject it, correct a field, skip it, or quit. Each decision is kept at once, so
    that the next walk goes on where this one stopped; `shanxi-kg build` applies them.
    """
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.decisions.review import Choice, pending

    if orphans:
        return _list_orphans(graph)
    items = pending(graph, Choice(**chosen))
    if listed:
        write("".join(f"{item.state} {_headline(item.fact)}\n" for item in items))
        return 0
    stamp(author, day, READ)
    status, decided = _walk(items, graph, {"author": author, "day": day})
    note(f"{decided} decided, {len(items) - decided} left; `shanxi-kg build` applies what was decided")
    return status


def _list_orphans(graph: Path) -> int:
    from shanxi_kg.cli.output import note, write
    from shanxi_kg.decisions.review import orphaned

    found = orphaned(graph)
    write("".join(f"{line(one)} ({one.stamp.author}, {one.stamp.date}: {one.stamp.reason})\n" for one in found))
    note(f"{len(found)} orphaned; decide anew, or take them out of decisions.ttl" if found else "none is orphaned")
    return 0


def _walk(items: tuple[Pending, ...], graph: Path, who: Mapping[str, Any]) -> tuple[int, int]:
    """Ask about each fact and return the exit status and the number of those decided on."""
    from shanxi_kg.cli.output import write

    decided = 0
    for number, item in enumerate(items, 1):
        write("\n".join((f"[{number} of {len(items)}] {item.state}", *_shown(item.fact, graph), "")))
        try:
            key = click.prompt(PROMPT, type=click.Choice([*ACTIONS, QUIT]), show_choices=False, err=True)
            if key == QUIT:
                break
            decided += ACTIONS[key](item.fact, graph, who)
        except click.Abort:  # end of input, which ends a script, or Ctrl-C
            return INTERRUPTED if sys.stdin.isatty() else 0, decided
    return 0, decided


def _accept(fact: KnownFact, graph: Path, who: Mapping[str, Any]) -> bool:
    from shanxi_kg.cli.output import note

    if fact.violations:
        note("a fact in quarantine cannot be accepted; correct it, reject it or skip it")
        return False
    return _keep("accept", fact, graph, READ, who)


def _reject(fact: KnownFact, graph: Path, who: Mapping[str, Any]) -> bool:
    return _keep("reject", fact, graph, _reason(), who)


def _correct(fact: KnownFact, graph: Path, who: Mapping[str, Any]) -> bool:
    field, value = click.prompt("FIELD=VALUE", value_proc=lambda text: _correction(fact, text), err=True)
    return _keep("correct", fact, graph, _reason(), who, {field: value})


def _skip(*_: object) -> bool:
    return False


QUIT = "q"
ACTIONS: Mapping[str, Callable[[KnownFact, Path, Mapping[str, Any]], bool]] = {
    "a": _accept,
    "r": _reject,
    "c": _correct,
    "s": _skip,
}
"""What each letter but that for quitting does; it says whether the fact was decided on."""


def _keep(
    verdict: str,
    fact: KnownFact,
    graph: Path,
    reason: str,
    who: Mapping[str, Any],
    values: Mapping[str, str] | None = None,
) -> bool:
    from shanxi_kg.cli.output import note
    from shanxi_kg.decisions import Verdict, deciding

    for made in deciding.decide(graph, Verdict(verdict), [fact.iri], stamp(reason=reason, **who), values):
        note(line(made))
    return True


def _reason() -> str:
    return str(click.prompt("reason", err=True))


def _correction(fact: KnownFact, text: str) -> tuple[str, str]:
    """Return field and value of what was typed; where they do not fit, the error makes click ask again."""
    from shanxi_kg.decisions.deciding import read_value

    try:
        field, value = pair(text)
        return field, read_value(fact, field, value)
    except UsageError as error:
        raise click.BadParameter(str(error)) from error


def _headline(fact: KnownFact) -> str:
    from shanxi_kg.namespaces import ID

    return f"{fact.kind} ({fact.certainty}) {fact.iri.value.removeprefix(ID)}: {fact.label}"


def _shown(fact: KnownFact, graph: Path) -> Iterator[str]:
    """Yield a fact's lines: what it is, its sentence with the evidence marked, its fields, and what is doubtful."""
    from shanxi_kg.cli.output import marked
    from shanxi_kg.decisions.known import name_of, text_of

    text = text_of(graph, fact.document)
    first, last = sentence_around(text, fact.start, fact.end)
    yield _headline(fact)
    whole = text[first : fact.start] + marked(text[fact.start : fact.end]) + text[fact.end : last]
    yield f"  {' '.join(whole.split())}"
    yield f"  {name_of(fact.document)}, characters {fact.start} to {fact.end}"
    yield from (f"  {field}: {value}" for field, value in fact.values)
    yield from (f"  {judgement}" for judgement in fact.judgements)
    yield from (f"  in quarantine: {violation}" for violation in fact.violations)
