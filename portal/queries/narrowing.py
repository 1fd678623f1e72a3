"""What a list is narrowed by: its address, the ways there, the words looked for."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.db.models import Q

from core.plain_names import QUOTES

# Each word is a condition of its own; nobody looks for more.
MOST_WORDS = 5
NAME = ("first_name", "last_name")
MEMBER_NAME = ("member__first_name", "member__last_name")
APOSTROPHES = "'" + QUOTES


@dataclass(frozen=True)
class Narrowed:
    """The filters of a list's address; an empty one is no filter."""

    @property
    def pairs(self) -> dict[str, str]:
        """The filters as an address has them, empty ones left out."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def url(self) -> str:
        """The address of the list with these filters."""
        return f"?{urlencode(self.pairs)}"


@dataclass(frozen=True)
class Pill:
    """A filter to press, and how many it shows where that is counted."""

    label: str
    url: str
    current: bool
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    chosen: bool


def words_of(q: str) -> tuple[str, ...]:
    """Give the words that are looked for."""
    return tuple(q.split()[:MOST_WORDS])


def spelled(word: str) -> str:
    """Spell a word as a pattern that no accent hides it from: "jose" finds "José".

    An apostrophe finds each way to write one. What else is no letter stands for itself;
    the text is compared without case.
    """
    letters = unicodedata.normalize("NFC", word.lower())
    return "".join(map(_alike, letters))


def _alike(letter: str) -> str:
    if letter in APOSTROPHES:
        return f"[{APOSTROPHES}]"
    base = unicodedata.normalize("NFD", letter)[0]
    alike = _accented().get(base)
    return f"[{alike}]" if alike else re.escape(letter)


@cache
def _accented() -> dict[str, str]:
    """Give each Latin letter with those drawn as it is, but for a mark or a stroke."""
    found = defaultdict(list, {"o": ["ø"], "l": ["ł"]})
    for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00)):
        whole = unicodedata.normalize("NFD", chr(code).lower())
        base, marks = whole[0], whole[1:]
        if marks and base.isascii() and chr(code) not in found[base]:
            found[base].append(chr(code))
    return {base: "".join(dict.fromkeys((base, *all_))) for base, all_ in found.items()}


def every_word(q: str, *fields: str) -> Q:
    """Keep the rows where each word stands in any of the fields, accents or none."""
    return every_pattern(map(spelled, words_of(q)), *fields)


def every_pattern(patterns: Iterable[str], *fields: str) -> Q:
    """Keep the rows where each pattern of `spelled` is found in any of the fields."""
    keep = Q()
    for pattern in patterns:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__iregex": pattern})
        keep &= either
    return keep
