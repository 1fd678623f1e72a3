"""What the text of a certificate of completion says, to fill empty fields in (A7).

Only what reads one way is taken. Two different days, "03/04/2025", a stretch of days,
two titles or two lengths leave the field empty: the form asks instead of guessing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ce_credits.rules.titles import minutes_from_title

MOST_TEXT = 20_000
LONGEST_TITLE = 300
YEARS = range(1990, 2100)

MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?<![\w/])(?:"
    rf"(?P<range>{MONTH}\s?{DAY}\s?(?:[-\u2010-\u2015&]|to|and|through)\s?"
    rf"(?:{MONTH}\s?)?{DAY},?\s?[0-9]{{4}})"
    rf"|(?P<month>{MONTH})\s?(?P<day>{DAY}),?\s?(?P<year>[0-9]{{4}})"
    rf"|(?P<day2>{DAY})\s?(?:of\s)?(?P<month2>{MONTH}),?\s?(?P<year2>[0-9]{{4}})"
    rf"|(?P<iso>[0-9]{{4}}(?P<s>[-/.])[0-9]{{1,2}}(?P=s)[0-9]{{1,2}})"
    rf"|(?P<numbers>[0-9]{{1,2}}(?P<t>[-/.])[0-9]{{1,2}}(?P=t)(?:[0-9]{{4}}|[0-9]{{2}}))"
    rf")(?![0-9/])",
    re.IGNORECASE,
)
# What stands before a day: the one on which it was done, or some other one.
DONE = re.compile(
    r"complet|attend|taken|participat|held|passed|finish|earned|activity|course"
    r"|training|event|session|webinar",
    re.IGNORECASE,
)
OTHER_DAY = re.compile(
    r"\b(?:expir\w*|valid|until|through|renew\w*|birth|born|dob|print(?:ed)?|issued?"
    r"|issuance|generated|released?|effective|revis(?:ed|ion)|updated|copyright"
    r"|accredit\w*|reviewed|published|approv(?:ed|al)|licen[cs]e\w*)\b|\u00a9",
    re.IGNORECASE,
)
WORDS_BEFORE = 5
BETWEEN_DAYS = re.compile(r"\W*(?:or|and|to|through|that\sis)?\W*", re.IGNORECASE)
# A line above that is no sentence and no title, but says what the day is.
DAY_LABEL = re.compile(r"\bdate\b|\bon$|:$", re.IGNORECASE)

THING = r"(?:course|activity|training|program(?:me)?|webinar|module|session|event)"
LABEL = re.compile(
    rf"{THING}\s?(?:title|name)?\s?[:\u2013\u2014]\s?(?P<title>.*)", re.IGNORECASE
)
# Alone it may also be what somebody is who signs.
TITLE = re.compile(r"title\s?:\s?(?P<title>.*)", re.IGNORECASE)
COMPLETED = re.compile(
    r"\b(?:completed|completing|completion\sof|attended|attending"
    r"|participated\sin|participating\sin)(?!\s?:)\s?(?P<title>.*)",
    re.IGNORECASE,
)
# What may stand between "completed" and the title.
KIND = r"(?:(?:web-based|online|live|virtual|continuing|medical|educational?)\s)"
FILLER = re.compile(
    rf"(?:(?:all\s)?(?:the\s)?requirements\s(?:for|of)\s?)?"
    rf"(?:(?:the|this|an?)\s(?:following\s)?{KIND}{{0,3}}"
    rf"(?:education|{THING})(?:\s(?:titled|entitled|called))?(?:\s?[:,]\s?|\s|$)"
    rf"|{THING}(?:\s(?:titled|entitled|called)|\s?:)\s?"
    rf"|(?:the|this)(?:\sfollowing\s?:?)?(?:\s|$))?",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"(?:by|on|at|in|with|and|for|of|date|[0-9.]+\s(?:\w+\s)?(?:hours?|minutes?|credits?))"
    r"\b|[0-9.]+\s?(?:hours?|minutes?|min)\b",
    re.IGNORECASE,
)
# Where a sentence goes on after the title.
GOES_ON = re.compile(
    r"\s(?:and\s(?:is|was|has|have|earned|received)|for\sa\stotal|earning|held\son"
    r"|with\sa\sscore|for\s[0-9.]+\s)\b.*",
    re.IGNORECASE,
)
LEADS_TO_A_DAY = re.compile(
    r"(?:^|\s)(?:(?:completed\s)?on|dated?|held)\s?:?$", re.IGNORECASE
)
OPENING, CLOSING = (
    " \t\"'\u201c\u2018:-\u2013\u2014,;.",
    " \t\"'\u201d\u2019:-\u2013\u2014,;",
)

LENGTH = re.compile(
    r"\b(?:duration|length|time|contact|credits?|instruction|complet\w*|total"
    rf"|{THING})\b",
    re.IGNORECASE,
)
OTHER_LENGTH = re.compile(
    r"\b(?:within|allow|call|support|valid|expir\w*|access|process\w*|before|after)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: the title, the day it was completed, its length in minutes.

    Each is empty ("" or `None`) when the text does not say it, or not in one way.
    """

    title: str = ""
    on: date | None = None
    minutes: int | None = None


def read_paper(text: str) -> Found:
    """Read what a certificate of completion says; never raises."""
    lines = [" ".join(line.split()) for line in text[:MOST_TEXT].splitlines()]
    lines = [line for line in lines if line]
    title = _title(lines)
    return Found(title, _day(lines), _minutes(title, lines))


def _title(lines: Sequence[str]) -> str:
    """The one title that is labelled as such or, without a label, was completed."""
    for find in (LABEL.match, COMPLETED.search, TITLE.match):
        found = {title.casefold(): title for title in _titles(find, lines)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else ""
    return ""


def _titles(
    find: Callable[[str], re.Match[str] | None], lines: Sequence[str]
) -> Iterator[str]:
    for place, line in enumerate(lines):
        match = find(line)
        if match is None:
            continue
        # A title stands behind its words or, where they end the line, below them.
        for text in (match["title"], *lines[place + 1 : place + 3]):
            rest = FILLER.sub("", text, count=1).lstrip(OPENING)
            if rest:
                title = "" if NO_TITLE.match(rest) else _cut(rest)
                if sum(map(str.isalpha, title)) > 1 and len(title) <= LONGEST_TITLE:
                    yield title
                break


def _cut(text: str) -> str:
    """A title without the day and the sentence that follow it."""
    day = DATE.search(text)
    if day:
        text = LEADS_TO_A_DAY.sub("", text[: day.start()].rstrip(CLOSING))
    return GOES_ON.sub("", text).strip(CLOSING)


def _day(lines: Sequence[str]) -> date | None:
    """The day it was completed: of those named so or, if none is, of the rest.

    Days that are said to be others' (issued, valid until, born) count for nothing.
    """
    done: list[frozenset[date]] = []
    rest: list[frozenset[date]] = []
    for before, days in _mentions(lines):
        if OTHER_DAY.search(before):
            continue
        (done if DONE.search(before) else rest).append(days)
    mentions = done or rest
    common = frozenset.intersection(*mentions) if mentions else frozenset()
    return next(iter(common)) if len(common) == 1 else None


def _mentions(lines: Sequence[str]) -> Iterator[tuple[str, frozenset[date]]]:
    """Every day named, as what it may be, with the words before it."""
    above = ""
    for line in lines:
        before, end = above if DAY_LABEL.search(above) else "", 0
        for match in DATE.finditer(line):
            between = line[end : match.start()]
            if not BETWEEN_DAYS.fullmatch(between):
                before = " ".join(between.split()[-WORDS_BEFORE:])
            yield before, _days(match)
            end = match.end()
        above = line


def _days(match: re.Match[str]) -> frozenset[date]:
    """The days a mention may mean: none for a stretch, two for 03/04/2025."""
    if match["range"]:
        return frozenset()
    if match["iso"]:
        year, month, day = re.split("[-/.]", match["iso"])
        return _real((year, month, day))
    if match["numbers"]:
        first, second, third = re.split("[-/.]", match["numbers"])
        if len(third) == 4:
            return _real((third, first, second), (third, second, first))
        orders = (
            (third, first, second),
            (third, second, first),
            (first, second, third),
        )
        return _real(*((f"20{year}", *rest) for year, *rest in orders))
    named = match["month"] or match["month2"]
    month = str(MONTHS.index(named[:3].lower()) // 3 + 1)
    day = re.sub("[a-z]", "", (match["day"] or match["day2"]).lower())
    return _real((match["year"] or match["year2"], month, day))


def _real(*orders: Sequence[str]) -> frozenset[date]:
    """Those of some years, months and days that are in the calendar."""
    found = set()
    for year, month, day in orders:
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return frozenset(day for day in found if day.year in YEARS)


def _minutes(title: str, lines: Sequence[str]) -> int | None:
    """The length in the title or, if it has none, in the lines that speak of it."""
    in_title = minutes_from_title(title)
    if in_title.state != "none":
        return in_title.minutes or None
    said = {
        minutes_from_title(line)
        for line in lines
        if LENGTH.search(line) and not OTHER_LENGTH.search(line)
    }
    lengths = {each.minutes for each in said if each.state != "none"}
    return (lengths.pop() or None) if len(lengths) == 1 else None
