"""The grammar of one dateline: what a line beside the article proper says about its date and its source.

In goes a line ('By Li Ming in Taiyuan | China Daily | Updated: 2021-06-05 09:12'), out comes what it says, or None
where it is no such line. Whether the line stands where datelines stand is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shanxi_kg.documents.printed_dates import PATTERN as DATE
from shanxi_kg.documents.printed_dates import TIME_BEFORE, printed_date
from shanxi_kg.documents.printed_dates import TIME_PATTERN as TIME

if TYPE_CHECKING:
    from shanxi_kg.documents.printed_dates import PrintedDate

LONGEST = 200
"""A longer line is prose; the bound also keeps matching cheap."""

_DATE_LABEL = (
    r"(?P<label>(?i:(?:last\s)?updated?(?:\s(?:time|date|on))?|(?:(?:first|originally)\s)?published(?:\s(?:time|date|on))?"
    r"|publish(?:ing)?\s(?:time|date)|publication\sdate|posted(?:\son)?|issued(?:\son)?"
    r"|released?(?:\s(?:time|date|on))?|pubdate|dated?|time)"
    r"|发布时间|发布日期|更新时间|更新日期|日期|时间)\s?:?\s{0,3}"
)
_SOURCE_LABEL = r"(?:(?i:sources?)|信息来源|文章来源|来源|稿源)\s?:\s{0,3}"
_STAFF_LABEL = (
    r"(?:(?i:(?:(?:web|copy|responsible)\s)?editors?|authors?|reporters?|writers?|contact|photos?)"
    r"|责任编辑|编辑|作者|记者)\s?:"
)
_LATER_LABEL = rf"(?:{_SOURCE_LABEL}|{_STAFF_LABEL}|(?:发布|更新)(?:时间|日期):|(?i:updated|published)\s?:)"
_WORD = r"(?:[A-Z0-9][\w.&/’'-]*|[a-z][\w-]*\.[a-z][\w.-]*|of|the|and|for|[\u4e00-\u9fff]+)"
_NAME = rf"(?:{_WORD}(?:\s{_WORD}){{0,7}})"
_PLACE_WORDS = r"[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}"
_PLACE = rf"{_PLACE_WORDS}(?:,\s?{_PLACE_WORDS}){{0,2}}"
_DAY = rf"(?:{_DATE_LABEL})?{TIME_BEFORE}{DATE}{TIME}"
_GIVEN_OUT = r"(?i:(?:last\s)?updated|(?:first\s|originally\s)?published|posted|issued|released)"
_PAPER = (
    r"(?i:(?:(?:press|news|media)\srelease|(?:(?:daily|weekly|monthly|news|press|information)\s)?(?:bulletin|briefing|digest)|newsletter"
    r"|notice|communiqu[eé])(?:,?\sno\.?\s?[0-9]{1,4})?|no\.?\s?[0-9]{1,4})"
)
_MEDIA = re.compile(
    r"\b(?:xinhua|china daily|cgtn|news|daily|times|post|agency|net|online|press|herald|gazette|journal|weekly|tv|radio"
    r"|television|express|tribune|reuters|afp|ap|[\w-]+\.(?:com|cn|org|net|gov))\b|[报社网台]$",
    re.IGNORECASE,
)

_SEPARATOR = re.compile(
    rf"\s*(?:[|｜\t·•]|\s{{2,}})\s*|(?<!\b[Ll]ast)(?<!\b[Ff]irst)(?<!\b[Oo]riginally),?\s(?={_LATER_LABEL})"
)
_LEADING_DASH = re.compile(r"(?:--|[—–―])\s?")
_DATED = re.compile(rf"[(\[]?\s?{_DAY}\s?[)\]]?\.?")
_SOURCED = re.compile(
    rf"[(\[]?\s?{_SOURCE_LABEL}(?P<name>[^()\[\]:]{{2,80}}?)(?:[,;\s]{{1,3}}{DATE}{TIME})?\s?[)\]]?\.?"
)
_STAFF = re.compile(rf"[(\[]?\s?(?:{_STAFF_LABEL}|(?i:edited|written)\sby\s)[^()\[\]]{{1,80}}[)\]]?\.?")
_PICTURE = re.compile(r"[(\[](?i:photo|picture|image)[^()\[\]]{0,100}[)\]]")
_COPYRIGHT = re.compile(r"(?:©|(?i:\(c\)|copyright\s(?:©|\(c\)|[12][0-9]{3}))).{0,150}")
_BYLINE = re.compile(r"(?i:by)\s[A-Z][^|.,;:]{1,40}(?:(?:,|\sand)\s[A-Z][^|.,;:]{1,40}){0,3}")
_BRACKETED = re.compile(rf"\(\s?(?P<name>{_NAME})\s?\)(?:[,\s]{{0,3}}{_DAY})?")
_NAME_AND_DATE_IN_BRACKETS = re.compile(rf"[(\[]\s?(?P<name>{_NAME}),?\s(?:[-–—|]\s)?{_DAY}\s?[)\]]\.?")
_GIVEN_OUT_BY = re.compile(rf"{_GIVEN_OUT}\sby\s(?P<name>{_NAME})(?:,|\son)?\s{TIME_BEFORE}{DATE}{TIME}\.?")
_GIVEN_OUT_ON = re.compile(rf"{_GIVEN_OUT}(?:\son)?\s{DATE}{TIME},?\sby\s(?P<name>{_NAME})\.?")
_PAPER_THEN_DATE = re.compile(rf"{_PAPER}(?:,|:|\sof|\s[-–—])?\s{_DAY}\.?")
_TOLD_IN_A_SENTENCE = re.compile(
    rf"[(\[]?(?:This|The)\s(?:article|story|report|piece|text)\s(?:was\s)?(?:first\s|last\s|originally\s)?"
    rf"(?:published|updated|posted|appeared|issued|released)(?:\s(?:in|by|on)\s(?P<name>{_NAME}))?\s(?:on|in)\s"
    rf"{DATE}{TIME}\.?[)\]]?"
)
_PLACE_THEN_DATE = re.compile(rf"{_PLACE},\s?{_DAY}(?:\s?\((?P<name>{_NAME})\))?\.?")
_NAME_THEN_DATE = re.compile(rf"(?P<name>{_NAME}),?\s(?:[-–—]\s)?{_DAY}\.?")
_DATE_THEN_NAME = re.compile(rf"{DATE}{TIME},?\s(?:[-–—]\s)?\(?(?P<name>{_NAME})\)?")
_BARE_NAME = re.compile(rf"(?P<name>{_NAME})")
_SEGMENTS = (
    _DATED,
    _SOURCED,
    _BRACKETED,
    _NAME_AND_DATE_IN_BRACKETS,
    _GIVEN_OUT_BY,
    _GIVEN_OUT_ON,
    _PAPER_THEN_DATE,
    _TOLD_IN_A_SENTENCE,
    _NAME_THEN_DATE,
    _PLACE_THEN_DATE,
    _DATE_THEN_NAME,
    _STAFF,
    _PICTURE,
    _COPYRIGHT,
    _BYLINE,
    _BARE_NAME,
)
"""The shapes of what stands between two separators, in the order in which they are tried."""
_OF_MEDIA_ONLY = (_NAME_THEN_DATE, _DATE_THEN_NAME)
"""Shapes that headlines share ('Patent Report - July 2021'): here the name must be a newspaper's or the like."""

_DASH = re.compile(r"\s*(?:--+|[—–―]+)\s*|\s-\s+")
_INLINE_REACH, _SHORTEST_PLACE, _LENGTH_OF_DAY = 120, 5, len("2021-07-01")
_AREA_TYPE = r"(?:autonomous region|city|county|district|municipality|prefecture|province)"
_DATED_SENTENCE = re.compile(rf"(?:{_PLACE_WORDS}(?:\s{_AREA_TYPE})?,\s){{0,3}}{DATE}\.\s+(?=[A-Z\"“‘])")
_BRACKET_AT_END = re.compile(rf"\(\s?(?P<name>{_NAME})\s?\)$")
_DATE_AT_END = re.compile(rf"{DATE}$")
_PLACE_BEFORE = re.compile(rf"{_PLACE},?")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline of `length` characters says; `label` is its word for the date ('updated'), in lower case."""

    length: int
    date: PrintedDate | None = None
    label: str | None = None
    source: str | None = None


def ascii_signs(text: str) -> str:
    """Return the text with full-width signs as ASCII, one for one, so that offsets hold.

    >>> ascii_signs("来源：２０２１")
    '来源:2021'
    """
    return text.translate(_FULL_WIDTH)


def read_line(line: str) -> Dateline | None:
    """Read a line that is a dateline as a whole.

    >>> read_line("China Daily | 2022-11-30").source
    'China Daily'
    >>> read_line("The office opened on July 1, 2021.") is None
    True
    """
    if len(line) > LONGEST:
        return None
    said = _LEADING_DASH.sub("", ascii_signs(line).strip())
    segments = [segment for segment in _SEPARATOR.split(said) if segment]
    matches = [_first_match(segment) for segment in segments]
    known = [match for match in matches if match is not None]
    if not known or len(known) < len(matches) or all(match.re is _BARE_NAME for match in known):
        return None
    return _merged(len(line), known)


def read_inline(line: str) -> Dateline | None:
    """Read the dateline that opens a paragraph; its length ends where the prose begins.

    >>> read_inline("TAIYUAN, Sept. 22, 2025 (Xinhua) -- Shanxi has").length
    36
    >>> read_inline("Datong, 2021-07-05. The mayor has").length
    20
    >>> read_inline("In July 2021 -- a wet month -- Shanxi") is None
    True
    """
    opening = ascii_signs(line[:_INLINE_REACH])
    dash = _DASH.search(opening)
    stopped = _DATED_SENTENCE.match(opening)
    if stopped and len((date := printed_date(stopped)).iso or "") == _LENGTH_OF_DAY:
        return Dateline(stopped.end(), date)
    if dash is None:
        return None
    place, name = _cut(_BRACKET_AT_END, opening[: dash.start()].strip())
    place, day = _cut(_DATE_AT_END, place)
    alone = _DASH.search(opening, dash.end()) is None
    if not _opens_dateline(place, name["name"] if name else None, dated=day is not None, alone=alone):
        return None
    source = name["name"].split("/")[0].strip() if name else None
    return Dateline(dash.end(), printed_date(day) if day else None, None, source)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """Return the text before the pattern's match, and the match."""
    match = pattern.search(text)
    return (text, None) if match is None else (text[: match.start()].strip(), match)


def _opens_dateline(place: str, name: str | None, *, dated: bool, alone: bool) -> bool:
    """Say whether words before a dash are a dateline's: a date, a name in brackets or both, after a place or nothing.

    A place in capitals will do by itself if its dash is the only one: a pair of dashes encloses an aside.
    """
    if not place:
        return dated or name is not None
    if _PLACE_BEFORE.fullmatch(place) is None:
        return False
    if place.isupper():
        return dated or name is not None or (alone and len(place) >= _SHORTEST_PLACE)
    return (dated and place.endswith(",")) or (name is not None and _MEDIA.search(name) is not None)


def _first_match(segment: str) -> re.Match[str] | None:
    found = (pattern.fullmatch(segment) for pattern in _SEGMENTS)
    return next((match for match in found if match is not None and _is_plausible(match)), None)


def _is_plausible(match: re.Match[str]) -> bool:
    """Keep headlines and asides out of the shapes that they share with datelines."""
    if match.re in _OF_MEDIA_ONLY:
        return _MEDIA.search(match["name"]) is not None
    return match.re is not _BRACKETED or " " in match["name"] or _MEDIA.search(match["name"]) is not None


def _merged(length: int, matches: list[re.Match[str]]) -> Dateline:
    """Gather what the segments of one line say; the first to say a thing is heard."""
    groups = [(match, match.groupdict()) for match in matches]
    dated = next((match for match, group in groups if group.get("date")), None)
    label = dated.groupdict().get("label") if dated else None
    named = (group["name"] for match, group in groups if group.get("name") and _is_source(match))
    sources = (name.strip(" ,").removeprefix("the ") for name in named)
    return Dateline(
        length=length,
        date=printed_date(dated) if dated else None,
        label=label.lower() if label else None,
        source=next(sources, None),
    )


def _is_source(match: re.Match[str]) -> bool:
    """Tell a source from a place ('TAIYUAN | 2021-04-22')."""
    return match.re is not _BARE_NAME or not match["name"].isupper() or _MEDIA.search(match["name"]) is not None
