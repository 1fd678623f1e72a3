"""In which term a day's learning counts, in words (A16)."""

from dataclasses import dataclass
from datetime import date

from credentials.policy import day_words
from portal.queries.learning import term_words
from renewals.queries import Books, Span


@dataclass(frozen=True)
class Place:
    """Where a day lies among somebody's terms (A16)."""

    term: Span | None
    words: str = ""
    warning: str = ""


def present_words(books: Books) -> str:
    """Spell the term or cycle a holder is in; nothing before the first."""
    span = books.present()
    return f"Your {books.noun}: {term_words(span)}." if span else ""


def place_of(books: Books, on: date | None) -> Place:
    """Say in which term or cycle a day's learning counts, in words (A16, N2)."""
    noun, today = books.noun, books.as_of
    if on is None:
        span = books.present()
        words = f"If it was done in your {noun} {term_words(span)}." if span else ""
        return Place(span, words)
    day = day_words(on)
    if on > today:
        text = f"{day} is still to come. Enter the day it was done."
        return Place(None, warning=text)
    span = books.span_of(on)
    if span is None:
        return Place(None, warning=_in_none(books, on))
    if on > span.last_on and noun == "term":
        return Place(
            span,
            warning=f"{day} is after your term {term_words(span)}. A day between terms "
            "counts in the term before it.",
        )
    if span != books.present():
        return Place(
            span,
            warning=f"{day} lies in your {noun} {term_words(span)}, which is over. It "
            f"counts there and adds nothing to your present {noun}.",
        )
    return Place(span, f"Counts in your {noun} {term_words(span)}.")


def _in_none(books: Books, on: date) -> str:
    noun, day = books.noun, day_words(on)
    if not books.spans:
        return (
            f"You have no {noun} yet. CE counts in the {noun} its day falls in, and "
            f"a day before your first {noun} counts in none."
        )
    first = min(span.first_on for span in books.spans)
    if on > first:
        return (
            f"{day} is after the last day that counts in your {noun}, and no other has "
            "begun. It counts in none."
        )
    return (
        f"{day} is before your first {noun}, which began on {day_words(first)}. It "
        f"counts in no {noun}."
    )
