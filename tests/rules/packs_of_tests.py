"""Packs for tests: the project's own, an invented body, and texts bent on purpose."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

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


def choir() -> Policy:
    """Pack of the invented body of cycles."""
    return invented_book().policy_for("choir", on=DAY)


def acmss(day: date = DAY) -> Policy:
    """Pack of the yearly program."""
    return policy_for("acmss", on=day)


def text_of(program: str) -> str:
    """Text of a program's first pack, to be bent by a test."""
    folder = INVENTED if program in ("guild", "choir", "harbour") else PACKS
    return next(iter(sorted(folder.glob(f"{program}-*.toml")))).read_text(
        encoding="utf-8"
    )


def bent(program: str, changes: Mapping[str, str]) -> str:
    """Text of a pack with some passages replaced; each must occur exactly once."""
    text = text_of(program)
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


def load_bent(
    program: str, changes: Mapping[str, str], *, beside: bool = False
) -> PolicyBook:
    """Load a bent pack alone, or beside the project's own packs."""
    return load_text(program, bent(program, changes), beside=beside)


def load_text(program: str, text: str, *, beside: bool = False) -> PolicyBook:
    """Load a pack from its text, under the file name its date asks for."""
    named = re.search(r"^effective = (\S+)$", text, re.MULTILINE)
    effective = named[1] if named else "undated"
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{program}-{effective}.toml").write_text(text, encoding="utf-8")
        return load_book(PACKS, folder) if beside else load_book(folder)
