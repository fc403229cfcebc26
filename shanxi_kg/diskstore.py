"""The disk store: the files of a graph go in once, an engine that opens in an instant comes out again and again.

    <place>/state.json    which files it holds, by their checksums, and the folder of the engine
    <place>/engine-…/     the engine's own files, written once and never touched again

It is an index beside the graph, never a part of it, and may be deleted at any time. A new one is written in full before
`state.json` names it, so that a killed build changes nothing; the old one stays until its last reader has gone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from shanxi_kg.errors import GraphError, ShanxiKGError
from shanxi_kg.folders import locked
from shanxi_kg.software import checksum

STATE, ENGINE = "state.json", "engine-"
FORMAT = f"1, pyoxigraph {'.'.join(pyoxigraph.__version__.split('.')[:2])}"
"""What can be read: another version of the engine may lay its files out in another way."""

AT_ONCE = 250_000
"""The quads that are loaded in one step: more of them need more memory, fewer leave more files to merge."""

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Input:
    """A Turtle file to load: into the default graph, and into the named `graph` besides where it has one.

    `error` is what a broken file is reported as.
    """

    path: Path
    graph: NamedNode | None
    error: type[ShanxiKGError]


@dataclass(frozen=True, slots=True)
class State:
    """What a disk store holds.

    `contents` is the digest of its files, `signature` what the system said of them then, which is quicker to compare;
    `quads` is the number of quads, `engine` the folder of the engine.
    """

    format: str
    contents: str
    signature: str
    quads: int
    engine: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened engine and its state, and the descriptor that keeps its files: close it when all is read."""

    engine: pyoxigraph.Store
    state: State
    descriptor: int


def beside(folder: Path) -> Path:
    """Return the place of the disk store of a graph folder, where nobody says otherwise.

    >>> beside(Path("out/graph"))
    PosixPath('out/graph.store')
    """
    whole = folder if folder.name not in {"", ".."} else folder.resolve()
    return whole.with_name(f"{whole.name}.store")


def exists(place: Path) -> bool:
    """Say whether a place holds a disk store, whatever its state."""
    return (place / STATE).is_file()


def write(place: Path, inputs: Sequence[Input], signature: str) -> State:
    """Load files into a new engine and let it take the place of the one that was there.

    Raises GraphError where the place holds something else or another process writes there, and the error of an input
    that is broken; the old state stays then.
    """
    with _writing(place):
        folder = Path(tempfile.mkdtemp(prefix=ENGINE, dir=place))
        try:
            state = State(FORMAT, digest(inputs), signature, _load(folder, inputs), folder.name)
            _point(place, state)
        except OSError as error:
            raise GraphError(f"{place}: cannot be written: {error}; make room, or choose another place") from error
        finally:
            _sweep(place)
    return state


def read_state(place: Path) -> State:
    """Read what a disk store holds; GraphError where there is none, or one of another version."""
    try:
        state = State(**json.loads((place / STATE).read_bytes()))
    except OSError as error:
        raise GraphError(f"{place}: holds no store; make one with `shanxi-kg store`") from error
    except (ValueError, TypeError) as error:
        raise GraphError(f"{place / STATE}: is no state of a store; make it anew with `shanxi-kg store`") from error
    if state.format != FORMAT:
        raise GraphError(f"{place}: was written by another version; make it anew with `shanxi-kg store`")
    return state


def open_engine(place: Path) -> Opened:
    """Open the engine that a place holds now, for reading; what is written there later is not seen.

    GraphError where there is none, or it is damaged.
    """
    for _ in range(_ATTEMPTS):
        state = read_state(place)
        try:
            descriptor = locked(place / state.engine, alone=False)
        except OSError:  # a newer one has just taken its place
            continue
        try:
            return Opened(pyoxigraph.Store.read_only(str(place / state.engine)), state, descriptor)
        except OSError as error:
            os.close(descriptor)
            problem = error
        if read_state(place) == state:
            raise GraphError(f"{place}: is damaged: {problem}; make it anew with `shanxi-kg store`") from problem
    raise GraphError(f"{place}: names a folder that is not there; make it anew with `shanxi-kg store`")


def digest(inputs: Iterable[Input]) -> str:
    """Return a digest of what files hold, of their names, and of the graphs that they are loaded into."""
    lines = (f"{checksum(one.path)} {one.path.name} {one.graph.value if one.graph else ''}\n" for one in inputs)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _load(folder: Path, inputs: Iterable[Input]) -> int:
    """Fill a new engine and return the number of its quads."""
    engine = pyoxigraph.Store(str(folder))
    quads = _quads(inputs)
    for first in quads:
        engine.bulk_extend(chain((first,), islice(quads, AT_ONCE - 1)))
    engine.optimize()
    engine.flush()
    return len(engine)


def _quads(inputs: Iterable[Input]) -> Iterator[Quad]:
    for one in inputs:
        try:
            for quad in parse(path=one.path, format=RdfFormat.TURTLE):
                yield quad
                if one.graph:
                    yield Quad(quad.subject, quad.predicate, quad.object, one.graph)
        except (SyntaxError, OSError) as error:
            raise broken(one, error) from error


def broken(one: Input, error: SyntaxError | OSError) -> ShanxiKGError:
    """Return the error about an input, with its place in the file where that is known."""
    if isinstance(error, SyntaxError):
        return one.error(f"{one.path}:{error.lineno}:{error.offset}: not valid Turtle: {error.msg}; mend the file")
    return one.error(f"{one.path}: cannot be read: {error}; check that it exists and is readable")


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Hold a place alone while the block runs, and make it where it is not there yet."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        foreign = [path for path in place.iterdir() if not path.name.startswith((STATE, ENGINE))]
        descriptor = locked(place)
    except BlockingIOError as error:
        raise GraphError(f"{place}: another process writes there; wait until it is done") from error
    except OSError as error:
        raise GraphError(f"{place}: no store can be written there: {error.strerror}; choose another place") from error
    try:
        if foreign:
            raise GraphError(f"{min(foreign)}: no part of a store; choose an empty folder or one that is not there yet")
        yield
    finally:
        os.close(descriptor)


def _point(place: Path, state: State) -> None:
    """Let `state.json` tell of a new state, in one step."""
    new = place / f"{STATE}.new"
    new.write_bytes((json.dumps(asdict(state), indent=1, sort_keys=True) + "\n").encode())
    new.replace(place / STATE)


def _sweep(place: Path) -> None:
    """Remove the engines that nobody reads and `state.json` does not name, such as one that was never finished."""
    try:
        current = read_state(place).engine
    except GraphError:
        current = ""
    for folder in place.glob(f"{ENGINE}*"):
        if folder.name == current:
            continue
        try:
            descriptor = locked(folder)
        except OSError:  # somebody reads it
            continue
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)
