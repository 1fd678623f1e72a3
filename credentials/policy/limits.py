"""What a pack lets count at most: caps over kinds, and the largest of several."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import (
    Table,
    as_flag,
    as_share,
    as_text,
    list_of,
    one_of,
)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `credits` from some kinds together in a term or a calendar year."""

    basis: Basis
    kinds: frozenset[str]
    per: Literal["term", "year"]
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Largest:
    """Of several reports of some kinds only the largest counts (N10).

    One is kept for each term or cycle, or each calendar year of it; `by_level` keeps
    one of each level. `says` is what the others are told.
    """

    basis: Basis
    kinds: frozenset[str]
    per: Literal["term", "year"]
    by_level: bool
    says: str


def read_cap(table: Table, sources: tuple[str, ...], *, kinds: frozenset[str]) -> Cap:
    """Read one of `[[caps]]`; it may only name kinds of the same pack."""
    named = _read_named(table, kinds)
    per = _read_span(table)
    credits = table.need("credits", as_share)
    basis = read_basis(table, sources)
    table.close()
    return Cap(basis, named, per, credits)


def read_largest(
    table: Table, sources: tuple[str, ...], *, kinds: frozenset[str]
) -> Largest:
    """Read one of `[[largest]]`; it may only name kinds of the same pack."""
    named = _read_named(table, kinds)
    per = _read_span(table)
    by_level = table.maybe("by_level", as_flag) or False
    says = table.need("says", as_text)
    basis = read_basis(table, sources)
    table.close()
    return Largest(basis, named, per, by_level, says)


def _read_named(table: Table, kinds: frozenset[str]) -> frozenset[str]:
    named = table.need("kinds", list_of(one_of(sorted(kinds))))
    if not named:
        table.fail("kinds", "must name at least one kind")
    return frozenset(named)


def _read_span(table: Table) -> Literal["term", "year"]:
    per = table.need("per", one_of(("term", "year")))
    return "term" if per == "term" else "year"
