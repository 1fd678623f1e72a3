"""Minutes that an activity's title carries: "... (45 min)", "... 1.5 hours" (A7).

Only what is written in digits beside a unit is read. What a person could read in two
ways ("1,5 hours", "1/2 hour", "30-45 min", "2 x 45 min") gives no duration: the form
asks for the minutes instead of guessing them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

DASHES = r"\-\u2010-\u2015"

# A number stands alone: it is no part of a longer number, a fraction, a clock time, a
# range or a product. Every gap is bounded, so a title of blanks costs only its length.
ALONE = (
    r"(?<!\d)"
    rf"(?<!\d[.,:/\u2044{DASHES}])"
    r"(?<!\d\sto\s)(?<!\d\sor\s)"
    r"(?<!\d[x\u00d7])(?<!\d\s[x\u00d7]\s)"
)
NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?|(?<![^\s(])\.[0-9]{1,6}"
JOIN = rf"\s{{0,3}}[{DASHES}]?\s{{0,3}}"
NO_LETTER = r"(?![^\W\d_])"
TOKEN = re.compile(
    rf"{ALONE}(?P<number>{NUMBER})"
    rf"(?:{JOIN}(?P<unit>hours?|hrs?|minutes?|mins?|seconds?|secs?)|(?P<short>[hm]))"
    rf"{NO_LETTER}\.?(?!\s{{1,3}}and\s{{1,3}}a\s{{1,3}}(?:half|quarter))",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s{0,3},?\s{0,3}(?:(?:and\b|&)\s{0,3})?", re.IGNORECASE)
BARE_MINUTES = re.compile(r"\s{0,3}(?P<minutes>[0-5]?[0-9])(?=\s{0,3}(?:$|[)\]]))")

SECONDS = {"h": 3600, "m": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class TitleMinutes:
    """What a title says about its length.

    `minutes` is set when the state is `one`; `found` holds the durations as written.
    """

    state: Literal["none", "one", "ambiguous", "not_whole"]
    minutes: int | None = None
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A number with its unit, where it stands in the title."""

    number: Fraction
    unit: str
    start: int
    end: int
    short: bool = False

    @property
    def seconds(self) -> Fraction:
        """Length in seconds."""
        return self.number * SECONDS[self.unit]

    def continues(self, before: "Part", title: str) -> bool:
        """Say whether this goes on where `before` stops: the 15 min of 1 hr 15 min."""
        return (
            SECONDS[self.unit] < SECONDS[before.unit]
            and before.number.denominator == 1
            and self.number < 60
            and BETWEEN.fullmatch(title, before.end, self.start) is not None
        )


def minutes_from_title(title: str) -> TitleMinutes:
    """Read the whole minutes a title carries (A7).

    None, or two different durations, leave the question open; one duration that is not
    whole minutes is its own state, because it is refused (A6).
    """
    durations = [parts for parts in _durations(title) if not _is_lone_m(parts)]
    found = tuple(
        " ".join(title[parts[0].start : parts[-1].end].split()) for parts in durations
    )
    lengths = {sum(part.seconds for part in parts) for parts in durations}
    if not lengths:
        return TitleMinutes("none")
    if len(lengths) > 1:
        return TitleMinutes("ambiguous", found=found)
    minutes = Fraction(lengths.pop()) / 60
    if minutes.denominator != 1:
        return TitleMinutes("not_whole", found=found)
    return TitleMinutes("one", int(minutes), found)


def _durations(title: str) -> Iterator[list[Part]]:
    """Group the parts of a title: hours with their minutes, minutes with seconds."""
    current: list[Part] = []
    for part in _parts(title):
        if current and part.continues(current[-1], title):
            current.append(part)
            continue
        if current:
            yield current
        current = [part]
    if current:
        yield current


def _parts(title: str) -> Iterator[Part]:
    for match in TOKEN.finditer(title):
        unit = (match["unit"] or match["short"])[0].lower()
        short = match["unit"] is None
        yield Part(Fraction(match["number"]), unit, match.start(), match.end(), short)
        if unit != "h":
            continue
        bare = BARE_MINUTES.match(title, match.end())
        if bare:  # "1h15", "1 hr 15": minutes by their place
            yield Part(Fraction(bare["minutes"]), "m", bare.start(), bare.end())


def _is_lone_m(parts: list[Part]) -> bool:
    """A single "45m" may be metres or millions; after hours it is minutes."""
    return len(parts) == 1 and parts[0].unit == "m" and parts[0].short
