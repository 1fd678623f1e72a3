"""Packs for tests: the project's own, an invented body, and texts bent on purpose."""

from datetime import date
from functools import cache
from pathlib import Path

from credentials.policy import PACKS, Policy, PolicyBook, load_book, policy_for

INVENTED = Path(__file__).parent / "packs"
DAY = date(2025, 11, 17)


@cache
def invented_book() -> PolicyBook:
    """Both the project's packs and the invented ones."""
    return load_book(PACKS, INVENTED)


def guild() -> Policy:
    """Pack of the invented body."""
    return invented_book().policy_for("guild", on=DAY)


def acmss(day: date = DAY) -> Policy:
    """Pack of the yearly program."""
    return policy_for("acmss", on=day)


def text_of(program: str) -> str:
    """Text of a program's first pack, to be bent by a test."""
    folder = INVENTED if program == "guild" else PACKS
    return next(iter(sorted(folder.glob(f"{program}-*.toml")))).read_text()
