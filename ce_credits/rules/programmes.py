"""What a sponsor says of an activity, read strictly from what was typed (M12, N10).

Nothing here raises for what somebody may have typed: what can't be used is named by
its field, with the way out. Fields of rows are spelled "parts.0.minutes".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from ce_credits.rules.feeds import day_read, minutes_read, plain
from ce_credits.rules.typed_programmes import (
    CHOSEN,
    LINES,
    MOST_DAYS,
    MOST_ROWS,
    NOTHING,
    SOMETHING,
    TEXTS,
)

EDUCATION, HOUSEKEEPING, BREAK = "education", "housekeeping", "break"
SORTS = (EDUCATION, HOUSEKEEPING, BREAK)
IN_PERSON, ONLINE = "in_person", "online"
PLACES = (IN_PERSON, ONLINE)
DISCLOSED = (NOTHING, SOMETHING)
DAY_MINUTES = 24 * 60
YEARS = range(1990, 2100)
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_ENTER = {
    "title": "Enter the activity's title.",
    "sponsor": "Enter the organization that offers it.",
    "contact_name": "Enter who answers questions about it.",
    "contact_email": "Enter the address of who answers questions.",
    "where": "Enter where it is held: the address, or the platform.",
    "disclosures": "Enter how what speakers disclose is told to those who attend.",
    "evaluation": "Enter how the activity is evaluated.",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What stands in the way: the field, and the way out."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a programme; `speaker` names one or more of its speakers."""

    title: str
    minutes: int
    speaker: str
    sort: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks; `disclosure` is what they disclose, empty for nothing."""

    name: str
    credentials: str
    disclosure: str


@dataclass(frozen=True, slots=True)
class Programme:
    """An activity as its sponsor says it is, whole; `topics` are codes of the pack."""

    title: str
    sponsor: str
    contact_name: str
    contact_email: str
    kind: str
    place: str
    where: str
    days: tuple[date, ...]
    parts: tuple[Part, ...]
    speakers: tuple[Speaker, ...]
    disclosures: str
    evaluation: str
    topics: tuple[str, ...] = ()

    def minutes_of(self, sort: str) -> int:
        """How many minutes of a sort its parts have together."""
        return sum(part.minutes for part in self.parts if part.sort == sort)

    @property
    def kept(self) -> dict[str, Any]:
        """It as plain values, as a step keeps it."""
        return asdict(self) | {"days": [day.isoformat() for day in self.days]}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Read it again as a step keeps it."""
        return cls(
            **{
                **kept,
                "days": tuple(date.fromisoformat(day) for day in kept["days"]),
                "parts": tuple(Part(**part) for part in kept["parts"]),
                "speakers": tuple(Speaker(**each) for each in kept["speakers"]),
                # What was sent before they were asked has none.
                "topics": tuple(kept.get("topics", ())),
            }
        )


def read_programme(
    typed: Mapping[str, Any], *, kinds: Sequence[str], asks: Sequence[str]
) -> tuple[Programme | None, Sequence[Wrong]]:
    """Read what was typed; None with what stands in the way.

    Args:
        typed: as `kept_typed` gives it.
        kinds: those of which a sponsor's activity may be.
        asks: what the body's pack asks beside the programme.
    """
    wrong = [
        *_wrong_lines(typed),
        *_wrong_choices(typed, kinds),
        *_wrong_texts(typed, asks),
        *_wrong_days(typed["days"]),
        *_wrong_speakers(typed["speakers"], needed="speakers" in asks),
        *_wrong_parts(typed, speak="speakers" in asks),
    ]
    return (None if wrong else _programme(typed)), wrong


def _programme(typed: Mapping[str, Any]) -> Programme:
    words = {name: typed[name].strip() for name in (*LINES, *TEXTS, *CHOSEN)}
    days = {day for text in typed["days"] if (day := day_read(text))}
    return Programme(
        **words,
        topics=tuple(dict.fromkeys(typed["topics"])),
        days=tuple(sorted(days)),
        parts=tuple(
            Part(
                title=row["title"].strip(),
                minutes=minutes_read(row["minutes"]) or 0,
                speaker=row["speaker"].strip(),
                sort=row["sort"],
            )
            for row in typed["parts"]
        ),
        speakers=tuple(
            Speaker(
                name=row["name"].strip(),
                credentials=row["credentials"].strip(),
                disclosure=row["words"].strip()
                if row["disclosure"] == SOMETHING
                else "",
            )
            for row in typed["speakers"]
        ),
    )


def _wrong_lines(typed: Mapping[str, Any]) -> Iterator[Wrong]:
    for name in LINES:
        text = typed[name].strip()
        if not text:
            yield Wrong(name, _ENTER[name])
        elif not text.isprintable():
            yield Wrong(name, "Use plain characters, on one line.")
        elif name in ("title", "sponsor") and text.startswith(FORMULA):
            yield Wrong(name, "Begin with another character: this would be a formula.")
        elif name == "contact_email" and not _ADDRESS.fullmatch(text):
            yield Wrong(name, "Enter an e-mail address such as name@sponsor.example.")


def _wrong_choices(typed: Mapping[str, Any], kinds: Sequence[str]) -> Iterator[Wrong]:
    if typed["kind"] not in kinds:
        yield Wrong("kind", "Choose a kind of activity.")
    if typed["place"] not in PLACES:
        yield Wrong("place", "Choose in person or online.")


def _wrong_texts(typed: Mapping[str, Any], asks: Sequence[str]) -> Iterator[Wrong]:
    for name in TEXTS:
        if name in asks and not typed[name].strip():
            yield Wrong(name, _ENTER[name])


def _wrong_days(days: Sequence[str]) -> Iterator[Wrong]:
    if not days:
        yield Wrong("days.0", "Enter the day it is held.")
    if len(days) > MOST_DAYS:
        yield Wrong(f"days.{MOST_DAYS}", f"Enter at most {MOST_DAYS} days.")
    seen: set[date] = set()
    for place, text in enumerate(days):
        day = day_read(text)
        if day is None or day.year not in YEARS:
            yield Wrong(f"days.{place}", "Enter a day such as 2025-10-02.")
        elif day in seen:
            yield Wrong(f"days.{place}", "This day stands there already.")
        else:
            seen.add(day)


def _wrong_speakers(
    rows: Sequence[Mapping[str, str]], *, needed: bool
) -> Iterator[Wrong]:
    if needed and not rows:
        yield Wrong("speakers.0.name", "Name at least one speaker.")
    if len(rows) > MOST_ROWS:
        text = f"Name at most {MOST_ROWS} speakers."
        yield Wrong(f"speakers.{MOST_ROWS}.name", text)
    seen: set[str] = set()
    for place, row in enumerate(rows):
        yield from _wrong_speaker(f"speakers.{place}", row, seen)
        seen.add(plain(row["name"]))


def _wrong_speaker(at: str, row: Mapping[str, str], seen: set[str]) -> Iterator[Wrong]:
    if not row["name"].strip() or not row["name"].strip().isprintable():
        yield Wrong(f"{at}.name", "Enter the speaker's name.")
    elif plain(row["name"]) in seen:
        yield Wrong(f"{at}.name", "This speaker stands there already.")
    if not row["credentials"].strip():
        yield Wrong(f"{at}.credentials", "Enter degree, post or experience.")
    if row["disclosure"] not in DISCLOSED:
        yield Wrong(f"{at}.disclosure", "Choose whether there is anything.")
    elif row["disclosure"] == SOMETHING and not row["words"].strip():
        yield Wrong(f"{at}.words", "Write what the speaker discloses.")


def _wrong_parts(typed: Mapping[str, Any], *, speak: bool) -> Iterator[Wrong]:
    rows = typed["parts"]
    if not any(row["sort"] == EDUCATION for row in rows):
        yield Wrong("parts.0.title", "Enter at least one part that is education.")
    if len(rows) > MOST_ROWS:
        text = f"Enter at most {MOST_ROWS} parts."
        yield Wrong(f"parts.{MOST_ROWS}.title", text)
    named = {plain(row["name"]) for row in typed["speakers"]}
    total = 0
    for place, row in enumerate(rows):
        yield from _wrong_part(f"parts.{place}", row, named, speak=speak)
        total += minutes_read(row["minutes"]) or 0
    if total > DAY_MINUTES * max(len(typed["days"]), 1):
        text = "All parts together are longer than the days. Check the minutes."
        yield Wrong("parts.0.minutes", text)


def _wrong_part(
    at: str, row: Mapping[str, str], named: set[str], *, speak: bool
) -> Iterator[Wrong]:
    if not row["title"].strip() or not row["title"].strip().isprintable():
        yield Wrong(f"{at}.title", "Enter what the part is about.")
    if minutes_read(row["minutes"]) is None:
        yield Wrong(f"{at}.minutes", "Enter whole minutes above 0.")
    if row["sort"] not in SORTS:
        yield Wrong(f"{at}.sort", "Choose what the part is.")
    speakers = [each for each in row["speaker"].split(";") if each.strip()]
    if speak and row["sort"] == EDUCATION and not speakers:
        yield Wrong(f"{at}.speaker", "Name who speaks, as among the speakers.")
    elif any(plain(each) not in named for each in speakers):
        text = "Name them as among the speakers; put a semicolon between two."
        yield Wrong(f"{at}.speaker", text)
