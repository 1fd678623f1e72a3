"""Strict reading of TOML: what nobody asked for is an error, and so is a wrong type.

Packs and scenarios are both read through `Table`. Every fault names the file, the
path of keys and the reason; nothing is guessed or coerced.
"""

import tomllib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, TypeVar

from credentials.policy.errors import PlaceError

T = TypeVar("T")
Reader = Callable[[object], T]


def as_text(value: object) -> str:
    """Text with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text that is not empty")
    return value


def as_flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def as_decimal(value: object) -> Decimal:
    """A finite number, exact: an integer or what `parse_float=Decimal` made."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError("must be a number")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("must be a finite number")
    return number


def as_amount(value: object) -> Decimal:
    """A number of zero or more: credits or money."""
    number = as_decimal(value)
    if number < 0:
        raise ValueError("must not be negative")
    return number


def as_share(value: object) -> Decimal:
    """A number above zero."""
    number = as_decimal(value)
    if number <= 0:
        raise ValueError("must be above zero")
    return number


def as_count(value: object) -> int:
    """A whole number of zero or more."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("must be a whole number")
    if value < 0:
        raise ValueError("must not be negative")
    return value


def as_positive(value: object) -> int:
    """A whole number above zero."""
    number = as_count(value)
    if number == 0:
        raise ValueError("must be above zero")
    return number


def as_day(value: object) -> date:
    """A calendar day; a time of day beside it is refused."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a day such as 2025-11-17")
    return value


def one_of(words: Iterable[str]) -> Reader[str]:
    """One of the words, as written."""
    known = tuple(words)

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"{value!r} is none of: {', '.join(known)}")
        return value

    return read


def list_of(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list with every item read the same way."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(read(item) for item in value)

    return read_all


def as_anything(value: object) -> object:
    """Whatever is there: for input that a rule itself has to judge."""
    return value


class Table:
    """A TOML table that has to be read whole.

    `need` and `maybe` take a key out; `close` refuses what is left over.
    """

    def __init__(
        self, values: object, *, file: str, place: str, error: type[PlaceError]
    ) -> None:
        """Take the table at `place` of `file`; faults are raised as `error`."""
        self.file = file
        self.place = place
        self.error = error
        if not isinstance(values, dict):
            raise error(file, place, "must be a table")
        self._left: dict[str, object] = dict(values)

    def fail(self, key: str, reason: str) -> NoReturn:
        """Raise this table's error for one of its keys ('' = the table itself)."""
        raise self.error(self.file, self.path(key), reason)

    def path(self, key: str) -> str:
        """Name a key from the top of the file."""
        return ".".join(part for part in (self.place, key) if part)

    def has(self, key: str) -> bool:
        """Say whether a key is there and not read yet."""
        return key in self._left

    def keys(self) -> tuple[str, ...]:
        """List the keys not read yet, in the file's order."""
        return tuple(self._left)

    def need(self, key: str, read: Reader[T]) -> T:
        """Read a key that must be there; `read` says what it must be (ValueError)."""
        if key not in self._left:
            near = get_close_matches(key, self._left, n=1)
            self.fail(key, "is missing" + "".join(f' (is "{k}" meant?)' for k in near))
        value = self._left.pop(key)
        try:
            return read(value)
        except ValueError as fault:
            self.fail(key, str(fault))

    def maybe(self, key: str, read: Reader[T]) -> T | None:
        """Read a key that may be absent."""
        return self.need(key, read) if key in self._left else None

    def table(self, key: str) -> "Table":
        """Open a table that must be there."""
        values = self.need(key, as_anything)
        return Table(values, file=self.file, place=self.path(key), error=self.error)

    def tables(self, key: str) -> tuple["Table", ...]:
        """Open an array of tables; absent, it is empty. Counted from 1."""
        if key not in self._left:
            return ()
        items = self.need(key, list_of(as_anything))
        return tuple(
            Table(
                item,
                file=self.file,
                place=f"{self.path(key)}[{number}]",
                error=self.error,
            )
            for number, item in enumerate(items, start=1)
        )

    def only(self, *known: str) -> None:
        """Refuse any key but the known ones, before what is missing is looked for."""
        for key in self._left:
            if key not in known:
                self.fail(key, "unknown key")

    def close(self) -> None:
        """Refuse the keys nobody asked for."""
        self.only()


def read_toml(path: Path, *, error: type[PlaceError], name: str = "") -> Table:
    """Open a TOML file as a strict table; numbers with a point become decimals.

    Raises `error` when the file cannot be read or is not TOML.
    """
    label = name or path.name
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except OSError as fault:
        raise error(label, "", f"cannot be read ({fault.strerror})") from fault
    except (ValueError, RecursionError) as fault:
        # UnicodeDecodeError and TOMLDecodeError are both ValueErrors.
        raise error(label, "", f"is not TOML ({fault})") from fault
    return Table(values, file=label, place="", error=error)
