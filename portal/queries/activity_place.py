"""In which term or registration period a day's learning counts, in words (A16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from credentials.policy import day_words, licence_programs
from portal.queries.learning import term_words
from renewals.models import Licence
from renewals.queries import Books, Span

NO_LICENCE = (
    "You entered no licence yet. Credit counts for a licence in the registration "
    "period its day falls in: enter yours under “Your licences”."
)


@dataclass(frozen=True)
class Place:
    """Where a day lies among somebody's terms (A16), or their licences' periods (M13).

    A body of licences has no terms: `registered` says that one of those is meant.
    """

    term: Span | None
    words: str = ""
    warning: str = ""
    registered: bool = False

    @property
    def in_none(self) -> bool:
        """Whether a body of terms or cycles counts it in none."""
        return self.term is None and not self.registered


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


def place_of_member(member_id: UUID, books: Books, on: date | None) -> Place:
    """Say where a day counts for somebody: in a term or cycle, or for a licence."""
    if books.program not in licence_programs():
        return place_of(books, on)
    licences = Licence.objects.standing().filter(
        member=member_id, program=books.program
    )
    return _registered(list(licences), on, books.as_of)


def _registered(licences: Sequence[Licence], on: date | None, today: date) -> Place:
    """Say in which registration periods a day counts (M13)."""
    words = warning = ""
    if on is None:
        return Place(None, registered=True)
    day = day_words(on)
    named = [
        f"{day_words(each.first_on)} to {day_words(each.last_on)} (licence {each})"
        for each in licences
        if each.first_on <= on <= each.last_on
    ]
    if on > today:
        warning = f"{day} is still to come. Enter the day it was done."
    elif not licences:
        words = NO_LICENCE
    elif named:
        words = f"Counts in your registration period {' and '.join(named)}."
    else:
        warning = (
            f"{day} lies in no registration period that you entered. It counts for "
            "what is asked once, and stays on your transcript."
        )
    return Place(None, words, warning, registered=True)


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
