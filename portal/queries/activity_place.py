"""In which term a day's learning counts, in words (A16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credentials.policy import day_words
from portal.queries.learning import term_words
from renewals.rules import Term, term_of


@dataclass(frozen=True)
class Place:
    """Where a day lies among somebody's terms (A16)."""

    term: Term | None
    words: str = ""
    warning: str = ""

    @property
    def span(self) -> str:
        """The term, spelled."""
        return term_words(self.term) if self.term else ""


def place_of(terms: Sequence[Term], on: date | None, today: date) -> Place:
    """Say in which term a day's learning counts, in words (A16)."""
    if on is None:
        term = term_of(terms, today)
        words = f"If it was done in your term {term_words(term)}." if term else ""
        return Place(term, words)
    day = day_words(on)
    if on > today:
        text = f"{day} is still to come. Enter the day it was done."
        return Place(None, warning=text)
    term = term_of(terms, on)
    if term is None:
        return Place(None, warning=_before_all(terms, day))
    if on > term.last_on:
        return Place(
            term,
            warning=f"{day} is after your term {term_words(term)}. A day between terms "
            "counts in the term before it.",
        )
    if term != term_of(terms, today):
        return Place(
            term,
            warning=f"{day} lies in your term {term_words(term)}, which is over. It "
            "counts there and adds nothing to your present term.",
        )
    return Place(term, f"Counts in your term {term_words(term)}.")


def _before_all(terms: Sequence[Term], day: str) -> str:
    if not terms:
        return (
            "You have no term yet. CE counts in the term its day falls in, and "
            "a day before your first term counts in none."
        )
    first = min(term.first_on for term in terms)
    return (
        f"{day} is before your first term, which began on {day_words(first)}. It "
        "counts in no term."
    )
