"""Which tables of a practice can be exported, and what each is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from accounts.models import Practice
from core.extracts import Table
from portal.queries.certificates import STATES
from portal.queries.export_documents import (
    acknowledgements_table,
    own_documents_table,
    readings_table,
)
from portal.queries.export_lines import activity_table, compliance_table
from portal.queries.export_papers import (
    ce_table,
    certificates_table,
    invoices_table,
    orders_table,
)
from portal.queries.export_people import (
    assignments_table,
    people_table,
    renewals_table,
)
from portal.queries.export_seats import seats_table
from portal.queries.people import STANDING_OF
from portal.queries.trail_page import FIELDS, filters_of
from portal.queries.trail_page import KINDS as ENTRIES


class Reader(Protocol):
    """Gives a table of a practice; called within the scope it is read in."""

    def __call__(
        self, practice: Practice, program: str, filters: Mapping[str, str], today: date
    ) -> Table: ...


@dataclass(frozen=True)
class ExportKind:
    """A table that can be exported.

    Args:
        code: as addresses and the API name it.
        name: as people do.
        hint: what is in it.
        needs: the scope a token needs to have it.
        read: gives the table.
        filters: the names its page's address has, each with its longest value.
    """

    code: str
    name: str
    hint: str
    needs: str
    read: Reader
    filters: Mapping[str, int]


OF_PEOPLE = {"only": 10, "q": 100}
KINDS: Sequence[ExportKind] = (
    ExportKind(
        "people",
        "People",
        "Everybody on your list: standing, renewal date, mode, icons.",
        "members:read",
        people_table,
        OF_PEOPLE,
    ),
    ExportKind(
        "assignments",
        "Assignments",
        "What you assigned, to whom and when.",
        "assignments:read",
        assignments_table,
        {},
    ),
    ExportKind(
        "certificates",
        "Certificates",
        "What was issued to your people, and its state today.",
        "certificates:read",
        certificates_table,
        {"q": 100, "state": 10},
    ),
    ExportKind(
        "ce",
        "CE activities",
        "What your people reported, with its credit.",
        "ce:read",
        ce_table,
        {},
    ),
    ExportKind(
        "compliance",
        "Compliance",
        "Each person and each requirement.",
        "members:read",
        compliance_table,
        OF_PEOPLE,
    ),
    ExportKind(
        "renewals",
        "Renewals",
        "Whose renewal date has passed or comes within 90 days.",
        "members:read",
        renewals_table,
        {},
    ),
    ExportKind(
        "orders",
        "Orders",
        "What you ordered, and what is paid.",
        "orders:read",
        orders_table,
        {},
    ),
    ExportKind(
        "invoices",
        "Invoices",
        "Your invoices and credit notes.",
        "orders:read",
        invoices_table,
        {},
    ),
    ExportKind(
        "seats",
        "Seats",
        "What came in, what was used, and what was left after it.",
        "assignments:read",
        seats_table,
        {},
    ),
    ExportKind(
        "readings",
        "Document openings",
        "Who opened which version of a body's document, and when.",
        "documents:read",
        readings_table,
        {},
    ),
    ExportKind(
        "acknowledgements",
        "Acknowledgements",
        "Who acknowledged which version, and when.",
        "documents:read",
        acknowledgements_table,
        {},
    ),
    ExportKind(
        "own_documents",
        "Own documents",
        "What you filed, and which days it covers.",
        "documents:read",
        own_documents_table,
        {},
    ),
    ExportKind(
        "activity",
        "Activity log",
        "Who did what, when, and why.",
        "",
        activity_table,
        FIELDS,
    ),
)
BY_CODE: Mapping[str, ExportKind] = {each.code: each for each in KINDS}


def not_understood(filters: Mapping[str, str]) -> Mapping[str, str]:
    """Name the filters whose value means nothing, each with what it may be.

    Such a one must not be taken for none: everybody would be in the file.
    """
    return {
        name: may_be
        for name, value in filters.items()
        if (may_be := _may_be(name, value))
    }


CHOICES: Mapping[str, Sequence[str]] = {
    "only": [*STANDING_OF],
    "state": [code for code, _ in STATES if code],
    "what": [code for code, _ in ENTRIES],
}
DAYS = ("since", "until")


def _may_be(name: str, value: str) -> str:
    known = CHOICES.get(name)
    if value and known and value not in known:
        return f"Write one of: {', '.join(known)}."
    if value and name in DAYS and not filters_of({name: value}).named():
        return "Write a day as 2025-12-01."
    return ""
