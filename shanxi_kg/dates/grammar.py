"""The patterns of date expressions, each with the function that reads its groups into a period."""

from __future__ import annotations

import re

from shanxi_kg.dates.readers import (
    POINTED_YEAR,
    QUARTERS,
    WEEKDAYS,
    Reader,
    read_comparison,
    read_day,
    read_day_range,
    read_first_day,
    read_first_months,
    read_five_years,
    read_half,
    read_month,
    read_month_range,
    read_pointing,
    read_quarter,
    read_relative_day,
    read_relative_month,
    read_relative_year,
    read_this_month_by_name,
    read_three_quarters,
    read_weekday,
    read_year,
    read_year_end,
    read_years,
    read_years_to,
)
from shanxi_kg.quantities import WORDS

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
YEAR = r"(?:19|20)\d\d"
SOME_YEAR = rf"(?:{YEAR}|this year|last year|next year|{POINTED_YEAR}|the year)"
OF_YEAR = rf"(?:,? (?P<year>{YEAR})| (?:of |in )?(?P<some_year>{SOME_YEAR}))?"
COUNT = rf"(?:\d\d?|{'|'.join(WORDS)})"
DASH = r"\s?[-–—]\s?"
PREPOSITIONS = (
    "in In by By of since Since until Until from From to late early mid before during through last for "
    "Late Early Last Before During Through"
).split()
AFTER_PREPOSITION = "(?:" + "|".join(rf"(?<=\b{word} )" for word in PREPOSITIONS) + "|(?<=mid-))"
NO_COUNT = r"(?![-\d]|,\d|\.\d| (?:percent|million|billion|yuan))"
COUNTED = r"(?! (?:yuan|people|patents|companies|households|tons|cases|enterprises|projects|students))"

PATTERNS: tuple[tuple[str, Reader], ...] = (
    (
        (
            rf"\b(?P<month>{MONTH}) (?P<day>\d\d?)(?:{DASH}| (?:to|and|through|until) )(?:(?P<month2>{MONTH}) )?"
            rf"(?P<day2>\d\d?)\b(?:,? (?P<year>{YEAR}))?"
        ),
        read_day_range,
    ),
    (rf"\b(?P<month>{MONTH}) (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?!,\d{{3}}){OF_YEAR}", read_day),
    (rf"\b(?P<day>\d\d?) (?P<month>{MONTH}){OF_YEAR}", read_day),
    (
        (
            rf"\b(?P<month>{MONTH})(?:,? (?P<year1>{YEAR}))?(?:{DASH}| (?:to|through|until|and) )"
            rf"(?:mid-|mid |early |late |the end of )?(?P<month2>{MONTH})"
            rf"(?! \d\d?\b(?!\d)){OF_YEAR}"
        ),
        read_month_range,
    ),
    (rf"\b[Nn]ew [Yy]ear['’]s [Dd]ay\b{OF_YEAR}", read_first_day),
    (rf"\b[Ff]irst day of (?:(?P<some_year>{SOME_YEAR})|(?P<year>{YEAR})\b)", read_first_day),
    (rf"\b[Ff]irst day of (?P<month>{MONTH})(?:,? (?P<year>{YEAR})| (?P<some_year>{SOME_YEAR}))?", read_first_day),
    (rf"\b(?P<month>{MONTH})(?:,? (?P<year>{YEAR})| (?:of )?(?P<some_year>{SOME_YEAR}))", read_month),
    (rf"(?<=\b[Tt]his )(?P<month>{MONTH})(?!\s?\d)", read_this_month_by_name),
    (rf"{AFTER_PREPOSITION}(?P<month>{MONTH})(?!\s?\d)", read_month),
    (rf"\b[Ff]irst (?P<count>{COUNT}) months?{OF_YEAR}", read_first_months),
    (rf"\b[Ff]irst three quarters{OF_YEAR}", read_three_quarters),
    (rf"\b(?P<half>[Ff]irst|[Ss]econd|[Ll]atter) half{OF_YEAR}", read_half),
    (
        rf"\b(?:(?P<quarter>{'|'.join(QUARTERS)}) (?:quarter|three months)|Q(?P<q>[1-4])\b){OF_YEAR}",
        read_quarter,
    ),
    (
        rf"\b(?:[Ff]rom )?(?P<year>{YEAR})(?: to | through | until |{DASH})(?P<year2>{YEAR}|\d\d\b){NO_COUNT}",
        read_years,
    ),
    (rf"\b[Bb]etween (?P<year>{YEAR}) and (?P<year2>{YEAR})\b", read_years),
    (
        (
            rf"\b(?P<number>\d\d?)(?:th|rd|nd|st) [Ff]ive-[Yy]ear(?: [Pp]lan)? [Pp]eriod"
            rf"(?: \({YEAR}{DASH}(?:{YEAR}|\d\d)\))?"
        ),
        read_five_years,
    ),
    (
        (
            r"(?<=\b[Dd]uring the )(?P<number>\d\d?)(?:th|rd|nd|st) [Ff]ive-[Yy]ear [Pp]lan\b"
            rf"(?: \({YEAR}{DASH}(?:{YEAR}|\d\d)\))?(?! for| on| of)"
        ),
        read_five_years,
    ),
    (
        (
            rf"\b[Ff]rom (?:the (?:beginning|start|end) of )?(?P<year>{YEAR}) to (?:the end of |the beginning of )?"
            rf"(?P<year2>{YEAR}){NO_COUNT}"
        ),
        read_years,
    ),
    (
        rf"\b(?P<count>{COUNT}) years (?:to|through|up to|ending in|until) (?P<year2>{YEAR}){NO_COUNT}",
        read_years_to,
    ),
    (rf"(?<![\d.,$-])\b(?P<year>{YEAR})\b(?![\d.,]*\d){COUNTED}", read_year),
    (
        (
            r"\b(?P<words>(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]hat|[Tt]he same|[Tt]he previous|[Tt]he past|[Tt]he) year)\b"
            r"(?! earlier| before)"
        ),
        read_relative_year,
    ),
    (r"\b(?:(?:the )?year-end|the year['’]s end)\b", read_year_end),
    (
        r"\bthe (?:year after|following year)\b|\b(?:the same|that same|the following) day\b|\b[Bb]y then\b",
        read_pointing,
    ),
    (
        (
            rf"\b(?:the same|those) (?:period|quarter|half|month|(?:{COUNT} )?months)\b"
            r"(?! (?:of|in|last|a year|the|each))"
            r"|\b[Bb]y then\b"
        ),
        read_pointing,
    ),
    (r"\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext) month\b", read_relative_month),
    (rf"\b(?P<which>today|yesterday|tomorrow|(?i:{COUNT}|a) days? ago)\b", read_relative_day),
    (rf"(?:(?<=\b[Oo]n )|(?<=\b[Ll]ast )|(?<=\bby ))(?P<weekday>{'|'.join(WEEKDAYS)})\b", read_weekday),
    (r"\b(?:a|the) year (?:earlier|ago|before)\b|\bthe (?:previous|year before)\b|\bpreviously\b", read_comparison),
)
GRAMMAR: tuple[tuple[re.Pattern[str], Reader], ...] = tuple((re.compile(text), read) for text, read in PATTERNS)
