"""Whether two titles, or two names of a provider, say the same in other letters."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

# Percent of two texts' letters that are alike where one was mistyped. A longer text
# than this many letters has words enough to be told by them: letters take long.
MISTYPED, LETTERED = 85, 100
# Each title of a day is held against all others: so many texts are read once.
KEPT = 2048
# Of the shorter of two titles, more words than these are in the other one too.
MOST = Fraction(2, 3)
# A word that begins another one means the same: "opioid" and "opioids", "Med." and
# "Medical"; names are shortened more.
STEM, STEM_OF_NAME = 4, 3
WORD = re.compile(r"[^\W_]+")
EMPTY = frozenset(
    [
        *("a", "an", "and", "at", "by", "co", "corp", "for", "from", "hour", "hours"),
        *("in", "inc", "llc", "ltd", "of", "on", "or", "our", "part", "session", "the"),
        *("to", "webinar", "with"),
    ]
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LETTERS = ("a", "b", "c", "d", "e", "f")
TIMES = ("morning", "noon", "afternoon", "evening", "am", "pm")
# What comes after these words numbers them.
BEFORE = frozenset(
    ["day", "hour", "lecture", "module", "number", "part", "session", "talk", "week"]
)


@lru_cache(KEPT)
def plain_title(title: str) -> str:
    """Spell a title without what makes no difference between two."""
    return "".join(unicodedata.normalize("NFKC", title).casefold().split())


def told_by_number(one: str, other: str) -> bool:
    """Say whether a number alone tells two titles apart: "Part 1" and "Part II"."""
    words, numbers = _numbered(one)
    its_words, its_numbers = _numbered(other)
    return (
        words == its_words and numbers != its_numbers and bool(numbers and its_numbers)
    )


def same_words(one: str, other: str) -> bool:
    """Say whether most of the shorter title's words are in the other one too."""
    return _share(one, other, STEM) > MOST or _mistyped(one, other)


def same_name(one: str, other: str) -> bool:
    """Say whether two names are of one provider: whole, shortened or mistyped."""
    if _share(one, other, STEM_OF_NAME) == 1 or _mistyped(one, other):
        return True
    return _initials(one, _words(other)) or _initials(other, _words(one))


@lru_cache(KEPT)
def _mistyped(one: str, other: str) -> bool:
    one, other = plain_title(one), plain_title(other)
    if not one or not other or min(len(one), len(other)) > LETTERED:
        return False
    found = SequenceMatcher(None, one, other, autojunk=False)
    # The quick ones are never below the last.
    return all(
        ratio() * 100 >= MISTYPED
        for ratio in (found.real_quick_ratio, found.quick_ratio, found.ratio)
    )


def _share(one: str, other: str, stem: int) -> Fraction:
    """Give how much of the shorter of two texts the other one says too."""
    shorter, longer = sorted((one, other), key=lambda each: len(_words(each)))
    words, its = _words(shorter), frozenset(_words(longer))
    if not words:
        return Fraction(0)
    begun = _beginnings(longer, stem)
    same = sum(word in begun or not its.isdisjoint(_cut(word, stem)) for word in words)
    return Fraction(same, len(words))


@lru_cache(KEPT)
def _beginnings(text: str, stem: int) -> frozenset[str]:
    """Give a text's words and all that may stand for one of them."""
    return frozenset(each for word in _words(text) for each in _cut(word, stem))


def _cut(word: str, stem: int) -> list[str]:
    """Give a word and what it begins with."""
    return [word, *(word[:end] for end in range(stem, len(word)))]


def _initials(name: str, words: Sequence[str]) -> bool:
    return len(words) > 1 and plain_title(name) == "".join(each[0] for each in words)


@lru_cache(KEPT)
def _words(text: str) -> Sequence[str]:
    return tuple(each for each in _split(text) if each not in EMPTY)


def _split(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(KEPT)
def _numbered(title: str) -> tuple[Sequence[str], Sequence[str]]:
    """Part a title's words from what numbers it."""
    words: list[str] = []
    numbers: list[str] = []
    before = ""
    for word in _split(title):
        number = _number(word, after=before in BEFORE)
        (numbers if number else words).append(number or word)
        before = word
    return words, numbers


def _number(word: str, *, after: bool) -> str:
    if word.isdecimal():
        return str(int(word))
    if word in TIMES:
        return word
    for spelt in (SPELT, ROMAN, LETTERS) if after else (SPELT, ROMAN[1:]):
        if word in spelt:
            return str(spelt.index(word) + 1)
    return ""
