"""Exports about people: who is on the list, what they were given, when they renew."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, NullIf

from accounts.models import Practice, Sponsorship
from core.extract_cells import Column, Kind
from core.extracts import QueryTable
from core.models import OutboxMessage
from credentials.models import Assignment, Product, Window
from portal.queries.calendar import DAYS
from portal.queries.people import narrowed, people
from portal.queries.shown import MODES, NOT_ASSIGNED, STANDING_TAGS, STATES
from renewals.services import NOTICE

LAST = Column("last_name", "member__last_name")
FIRST = Column("first_name", "member__first_name")
EMAIL = Column(
    "email", Coalesce(NullIf("member__email", Value("")), "member__user__email")
)


def words(field: str, known: Mapping[str, str], default: str = "") -> Case:
    """Say a code in the words of the pages."""
    return Case(
        *(When(**{field: code}, then=Value(word)) for code, word in known.items()),
        default=Value(default),
        output_field=CharField(),
    )


STANDING = words(
    "standing",
    {code: tag.word for code, tag in STANDING_TAGS.items()},
    STANDING_TAGS["none"].word,
)
MODE = words("renewal_mode", {code: mode.text for code, mode in MODES.items()})
STATE = words("state", {code: said for code, (_, said) in STATES.items()})


def people_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """Everybody on the list, with each icon of their line in words."""
    found = narrowed(
        people(practice, program, today),
        only=filters.get("only", ""),
        q=filters.get("q", ""),
    )
    products = Product.objects.filter(program=program, on_line=True)
    icons = [
        Column(each.code.replace("-", "_"), _icon(practice, each))
        for each in products.order_by("order")
        if not each.begins_term
    ]
    columns = (
        LAST,
        FIRST,
        EMAIL,
        Column("job_role", "job_role"),
        Column("external_id", "external_id"),
        Column("standing", STANDING),
        Column("term", "sequence", Kind.COUNT),
        Column("renewal_date", "last_on", Kind.NEXT_DAY),
        Column("renewal_mode", MODE),
        Column("left_out_from", "left_from", Kind.DAY),
        Column("on_list_since", "from_on", Kind.DAY),
        *icons,
    )
    return QueryTable(_rows(found), columns)


def assignments_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """What the practice assigned, the newest first."""
    found = (
        Assignment.objects.of(practice)
        .filter(product__program=program)
        .order_by("-at", "-pk")
    )
    columns = (
        LAST,
        FIRST,
        Column("product", "product__label"),
        Column("choice", "choice_title"),
        Column("state", STATE),
        Column("result", "label"),
        Column("assigned_on", "on", Kind.DAY),
        Column("assigned_by", "batch__by"),
        Column("assigned_at_utc", "at", Kind.INSTANT),
    )
    return QueryTable(found, columns)


def renewals_table(
    practice: Practice, program: str, filters: Mapping[str, str], today: date
) -> QueryTable:
    """Whose renewal date has passed or comes, and when they were told by e-mail."""
    newest = Window.objects.filter(
        member=OuterRef("member_id"), program=program
    ).order_by("-sequence")
    found = (
        people(practice, program, today)
        .annotate(term_id=Subquery(newest.values("pk")[:1]))
        .filter(last_on__lt=today + timedelta(days=DAYS))
        .order_by("last_on", "member__last_name", "member__first_name", "member_id")
    )
    told = (
        OutboxMessage.objects.filter(kind=NOTICE, subject_id=OuterRef("term_id"))
        .exclude(sent_at=None)
        .order_by("-sent_at")
    )
    columns = (
        Column("renewal_date", "last_on", Kind.NEXT_DAY),
        LAST,
        FIRST,
        Column("standing", STANDING),
        Column("renewal_mode", MODE),
        Column("left_out_from", "left_from", Kind.DAY),
        Column("told_at_utc", Subquery(told.values("sent_at")[:1]), Kind.INSTANT),
    )
    return QueryTable(_rows(found), columns)


def _icon(practice: Practice, product: Product) -> Coalesce:
    """Say what somebody's newest of a product is, as their line's icon does."""
    given = (
        Assignment.objects.of(practice)
        .filter(product=product, member=OuterRef("member_id"))
        .exclude(state=Assignment.State.UNDONE)
        .order_by("-at", "-pk")
    )
    said = Coalesce(NullIf("label", Value("")), STATE)
    chosen = Case(
        When(choice_title="", then=said),
        default=Concat(F("choice_title"), Value(", "), said),
        output_field=CharField(),
    )
    return Coalesce(
        Subquery(given.annotate(said=chosen).values("said")[:1]), Value(NOT_ASSIGNED)
    )


def _rows(found: object) -> "QuerySet[Sponsorship]":
    assert isinstance(found, QuerySet)
    return found
