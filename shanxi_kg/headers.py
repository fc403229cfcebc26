"""The `#+` header of a stored query: comment lines in a small part of YAML, read without a YAML library.

That part is: `key: text`, `key: >-` with indented lines folded into one, and `key:` with a list of texts or of `key:
text` groups. A header that is anything else is a QueryError with its line. Other tools read the same lines as YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shanxi_kg.errors import QueryError

Entry = str | dict[str, str]
Header = Mapping[str, str | list[Entry]]

_LINE = re.compile(r"#\+ ?(?P<indent> *)(?P<dash>- +)?(?:(?P<key>[\w-]+):(?: +(?P<value>.*)|$)|(?P<text>.*))")


def parse(text: str, where: str) -> Header:
    r"""Read the header lines of a query's text; QueryError names `where` and the line that is broken.

    >>> parse("#+ summary: All\n#+ tags:\n#+   - one\n#+   - two\nASK {}", "q.rq")
    {'summary': 'All', 'tags': ['one', 'two']}
    """
    header: dict[str, str | list[Entry]] = {}
    key = ""
    for number, match in _header_lines(text):
        if not match["indent"] and not match["dash"] and match["key"]:
            key = match["key"]
            header[key] = [] if not match["value"] else "" if match["value"] == ">-" else _unquoted(match["value"])
        elif not key or not _continued(header, key, match):
            raise QueryError(f"{where}:{number}: the header line {match[0]!r} fits nothing; write it as `#+ key: text`")
    return header


def _header_lines(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line.rstrip())
        if match:
            yield number, match


def _continued(header: dict[str, str | list[Entry]], key: str, match: re.Match[str]) -> bool:
    """Take an indented line into what stands under `key`; say whether it fitted."""
    held, line = header[key], match[0].removeprefix("#+").strip()
    if isinstance(held, str):
        header[key] = f"{held} {line}".strip()
        return bool(match["indent"])
    if match["dash"] and match["key"]:
        held.append({match["key"]: _unquoted(match["value"] or "")})
    elif match["dash"]:
        held.append(_unquoted(match["text"]))
    elif match["key"] and held and isinstance(held[-1], dict):
        held[-1][match["key"]] = _unquoted(match["value"] or "")
    else:
        return False
    return True


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def string(header: Header, key: str) -> str:
    """Return the text under a key; empty where there is none."""
    held = header.get(key, "")
    return held if isinstance(held, str) else ""


def strings(header: Header, key: str) -> tuple[str, ...]:
    """Return the list of texts under a key."""
    held = header.get(key, [])
    return tuple(entry for entry in held if isinstance(entry, str)) if isinstance(held, list) else ()


def entries(header: Header, key: str) -> tuple[dict[str, str], ...]:
    """Return the list of groups under a key."""
    return tuple(entry for entry in header.get(key, ()) if isinstance(entry, dict))
