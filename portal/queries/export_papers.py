"""Exports of papers: certificates, reported activities, orders and invoices."""

from collections.abc import Mapping
from datetime import date

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT

from accounts.models import Practice
from billing.models import Invoice, Order
from ce_credits.models import Activity, CreditAward
from certificates.models import CertificateEvent
from core.extract_cells import Column, Kind
from core.extracts import QueryTable
from portal.queries.certificates import Asked, wanted
from portal.queries.export_people import FIRST, LAST, words
from portal.queries.orders import OVERDUE, TAGS

ENDED = CertificateEvent.Kind


def certificates_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """What was issued to the practice's people, and what it is worth today."""
    asked = Asked(q=filters.get("q", ""), state=filters.get("state", ""))
    found = wanted(practice, program, asked, today).prefetch_related(None)
    events = CertificateEvent.objects.filter(certificate=OuterRef("pk"))
    worth = Case(
        When(Exists(events.filter(kind=ENDED.REVOKED)), then=Value("Revoked")),
        When(Exists(events.filter(kind=ENDED.SUPERSEDED)), then=Value("Superseded")),
        When(valid_until__lt=today, then=Value("Expired")),
        default=Value("Valid"),
        output_field=CharField(),
    )
    columns = (
        Column("number", "number"),
        Column("attestation_number", "attestation_number"),
        Column("holder", KT("facts__holder_name")),
        LAST,
        FIRST,
        Column("title", KT("facts__title")),
        Column("valid_from", "valid_from", Kind.DAY),
        Column("valid_until", "valid_until", Kind.DAY),
        Column("issued_on", "issued_on", Kind.DAY),
        Column("state", worth),
        Column("sha256", "sha256"),
    )
    return QueryTable(found, columns)


def ce_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """What the practice's people reported in a program, with the credit it has now.

    What is still being written, or was withdrawn, is left out.
    """
    away = (Activity.State.DRAFT, Activity.State.WITHDRAWN)
    found = (
        Activity.objects.of(practice)
        .filter(program=program)
        .exclude(state__in=away)
        .order_by("member__last_name", "member__first_name", "member_id", "-on", "pk")
    )
    award = CreditAward.objects.filter(activity=OuterRef("pk")).order_by("-sequence")
    credit = DecimalField(max_digits=6, decimal_places=2)
    columns = (
        LAST,
        FIRST,
        Column("completed_on", "on", Kind.DAY),
        Column("title", "title"),
        Column("provider", "provider"),
        Column("activity_type", "kind"),
        Column("minutes", "minutes", Kind.COUNT),
        Column("state", "state"),
        Column(
            "credits",
            Subquery(award.values("credits")[:1], output_field=credit),
            Kind.AMOUNT,
        ),
        Column("unit", Subquery(award.values("unit")[:1])),
        Column("index_number", Subquery(award.values("index_number")[:1])),
        Column("counts_from", Subquery(award.values("counts_from")[:1]), Kind.DAY),
        Column("submitted_at_utc", "submitted_at", Kind.INSTANT),
        Column("reported_by", "reported_by"),
    )
    return QueryTable(found, columns)


def orders_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """What the practice ordered, of whatever body, the newest first."""
    late = Order.objects.overdue(today).filter(pk=OuterRef("pk"))
    state = Case(
        When(Exists(late), then=Value(OVERDUE.word)),
        default=words("state", {code: tag.word for code, tag in TAGS.items()}),
        output_field=CharField(),
    )
    columns = (
        Column("number", "number"),
        Column("program", "program"),
        Column("state", state),
        Column("placed_on", "placed_on", Kind.DAY),
        Column("due_on", "due_on", Kind.DAY),
        Column("paid_on", "paid_on", Kind.DAY),
        Column("currency", "currency"),
        Column("amount", "total", Kind.AMOUNT),
        Column("settled", "settled", Kind.AMOUNT),
        Column("refunded", "refunded", Kind.AMOUNT),
        Column("placed_by", "placed_by"),
    )
    return QueryTable(Order.objects.of(practice), columns)


def invoices_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """The practice's invoices and credit notes, the newest first."""
    found = Invoice.objects.filter(order__practice=practice).order_by(
        "-issued_on", "-number"
    )
    kinds = {code: str(word) for code, word in Invoice.Kind.choices}
    columns = (
        Column("number", "number"),
        Column("kind", words("kind", kinds)),
        Column("order", "order__number"),
        Column("program", "program"),
        Column("issued_on", "issued_on", Kind.DAY),
        Column("currency", "currency"),
        Column("amount", "total", Kind.AMOUNT),
    )
    return QueryTable(found, columns)
