"""Whether two activities of one person may be the same hour, reported twice (A16).

Our ruling, as no text says how it is seen: on one day the same title is the same thing,
and so many minutes as another one had may be the same hour under another title, unless
the two are plainly two: of two providers, numbered, or of a day of many sessions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ce_credits.rules.words import plain_title, same_name, same_words, told_by_number

Likeness = Literal["title", "hour"]
# So many sessions of one provider, as long as each other, are those of a conference.
SESSIONS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an activity: each may be missing while it is being written."""

    title: str
    on: date | None
    minutes: int | None = None
    provider: str = ""


def likeness(one: Told, other: Told, day: Iterable[Told] = ()) -> Likeness | None:
    """Say by what two activities of one member may be one and the same, if they may.

    `title`: the same title on the same day, case and spaces aside. `hour`: as many
    minutes of the same day under another title. Two hours in a day are lawful, so both
    are told and neither is refused. Titles that say the same in other words are told
    whoever provided them. Others are not where their providers differ, where numbers
    tell them apart ("Part 1"), or where the day has many such sessions of a provider.
    Kind makes no difference: whoever reports an hour again may name it otherwise.

    Args:
        one: an activity.
        other: another one.
        day: all else that the member did; these two may be among it.
    """
    if one.on is None or one.on != other.on:
        return None
    bare = plain_title(one.title)
    if bare and bare == plain_title(other.title):
        return "title"
    if not one.minutes or one.minutes != other.minutes:
        return None
    if told_by_number(one.title, other.title):
        return None
    if same_words(one.title, other.title):
        return "hour"
    if not _may_be_one(one, other):
        return None
    return None if _has_many(one, [other, *day]) else "hour"


def _may_be_one(one: Told, other: Told) -> bool:
    """Say whether two may be of one provider: one that isn't said may be any."""
    if not one.provider or not other.provider:
        return True
    return same_name(one.provider, other.provider)


def _has_many(one: Told, day: Iterable[Told]) -> bool:
    """Say whether a day has many sessions like one of them, each with its own title."""
    titles = [one.title] if one.title else []
    for each in day:
        if len(titles) >= SESSIONS:
            break
        like = (each.on, each.minutes) == (one.on, one.minutes)
        if not (like and each.title and _may_be_one(one, each)):
            continue
        if not any(_is_same(each.title, title) for title in titles):
            titles.append(each.title)
    return len(titles) >= SESSIONS


def _is_same(one: str, other: str) -> bool:
    if plain_title(one) == plain_title(other):
        return True
    return same_words(one, other) and not told_by_number(one, other)
