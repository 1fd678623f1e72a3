"""Exports whose lines are put together row by row: compliance, and what happened."""

from collections.abc import Mapping
from datetime import date
from itertools import islice

from accounts.models import Practice
from core.extract_cells import Column, Kind
from core.extracts import LinesTable
from core.models import AuditEntry
from credentials.policy import zone_of
from portal.queries.compliance import HEADINGS, Asked, compliance_rows
from portal.queries.people import narrowed, people
from portal.queries.trail_page import HEADINGS as OF_TRAIL
from portal.queries.trail_page import filters_of, trail_rows, wanted

KINDS = {
    "renewal_date": Kind.DAY,
    "credits_have": Kind.AMOUNT,
    "credits_need": Kind.AMOUNT,
}


def compliance_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> LinesTable:
    """Each person and each requirement, as the matrix shows them."""
    asked = Asked(only=filters.get("only", ""), q=filters.get("q", ""))
    return LinesTable(
        [Column(name, kind=KINDS.get(name, Kind.TEXT)) for name in HEADINGS],
        lambda scope: islice(
            compliance_rows(practice, program, asked, scope, today=today), 1, None
        ),
        narrowed(people(practice, program, today), **asked.pairs).count,
    )


def activity_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> LinesTable:
    """What happened in the practice, the newest first."""
    asked, zone = filters_of(filters), zone_of(program)
    entries = AuditEntry.objects.of(practice)
    return LinesTable(
        [Column(name) for name in OF_TRAIL],
        lambda scope: islice(trail_rows(entries, asked, scope, zone), 1, None),
        wanted(entries, asked, zone).count,
    )
