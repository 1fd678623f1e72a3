"""Which terms of a member record can't be undone, by what the record has read."""

from dataclasses import replace
from datetime import date

from credentials.models import Assignment
from portal.queries.record_rows import Given, Person
from portal.queries.undoing import Stands
from renewals.queries import why_term_stands


def stands_for(found: Person, given: Given, today: date) -> Stands:
    """Give what says whether the term stands that an assignment of theirs began.

    Args:
        found: the person, with what was done about their terms.
        given: what they were given.
        today: the day it is in the body's zone.
    """
    held = found.held
    around = replace(
        found.around,
        itself=given.itself,
        taken_in={
            row.sponsorship_id: [row.at]
            for row in given.held
            if row.pk in given.took_in
        },
    )

    def stands(row: Assignment) -> bool:
        if not row.product.begins_term:
            return False
        # Whoever left in between keeps the term.
        if row.sponsorship_id != held.pk:
            return True
        row.member, row.sponsorship = held.member, held
        return bool(why_term_stands(row, around, today))

    return stands
