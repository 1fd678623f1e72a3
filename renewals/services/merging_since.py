"""What came between a merge and its undoing: what hangs on it, and goes along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Duplicate, Sponsorship
from ce_credits.models import Activity, AuditCase, FeedRow
from certificates.models import Badge, Certificate
from credentials.models import Assignment, Certification, LeftOut, Window
from renewals.models import MovedDeadline, Recertification, RenewalAttempt
from renewals.services.merging_rows import TABLES, Journal, every

Moved = Mapping[str, Sequence[str]]
Application = Recertification.State


@dataclass(frozen=True)
class Since:
    """Rows of one kind that may hang on what was moved.

    `at` is when they came to be, `still` which of them nobody took back; `lasting` ones
    can't be taken back at all.
    """

    model: type[models.Model]
    at: str
    words: str
    still: Q = field(default_factory=Q)
    lasting: bool = False


SINCE = (
    Since(Certification, "recorded_at", "a credential", lasting=True),
    Since(Window, "created_at", "a term or cycle", Q(undone_at=None)),
    Since(Assignment, "at", "something assigned", ~Q(state=Assignment.State.UNDONE)),
    Since(Certificate, "issued_at", "a certificate", Q(events=None)),
    Since(Badge, "shared_at", "a shared badge", Q(withdrawn_at=None)),
    Since(AuditCase, "opened_at", "an audit", lasting=True),
    Since(
        Recertification,
        "changed_at",
        "an application",
        Q(state__in=(Application.AWAITING, Application.OPEN)),
    ),
    Since(
        Recertification,
        "changed_at",
        "a decision on an application",
        Q(state__in=(Application.APPROVED, Application.REFUSED)),
        lasting=True,
    ),
)
# What names a row that goes back goes along: by which column, to which table.
RESTS: Mapping[type[models.Model], Sequence[tuple[str, type[models.Model]]]] = {
    Assignment: (("sponsorship", Sponsorship),),
    Window: (("sponsorship", Sponsorship),),
    RenewalAttempt: (("sponsorship", Sponsorship),),
    LeftOut: (("sponsorship", Sponsorship),),
    Certificate: (
        ("sponsorship", Sponsorship),
        ("certification", Certification),
        ("source_id", Window),
    ),
    Badge: (("certification", Certification),),
}


def come_since(row: Duplicate, program: str, moved: Moved) -> Mapping[str, bool]:
    """Name what the kept record was given since that may hang on what was moved.

    Returns:
        By its words, whether it is there to last: nobody can take it back.
    """
    found = {}
    for each in SINCE:
        mine = every(each.model).filter(
            each.still,
            **{
                TABLES[each.model]: program,
                "member": row.kept_id,
                f"{each.at}__gt": row.merged_at,
            },
        )
        if mine.exclude(pk__in=_ids(moved, each.model)).exists():
            found[each.words] = each.lasting
    if _of_both(row, program, moved) and _decreed(row, program, moved).exists():
        found["more time by a decree"] = True
    return found


def with_what_rests(row: Duplicate, program: str, moved: Moved) -> Journal:
    """Add to a body's journal what came since to what goes back.

    That is what names a sponsorship, credential or term of it; completions that a feed
    sent for a number of it; and what a decree gave its cycle, where the kept record has
    no credential of that body.
    """
    back = {label: set(map(UUID, ids)) for label, ids in moved.items()}
    for model, columns in RESTS.items():
        names = Q(pk__in=())
        for column, table in columns:
            names |= Q(**{f"{column}__in": _ids(moved, table)})
        _add(back, model, every(model).filter(names, member=row.kept_id))
    if _ids(moved, Certification):
        fed = _fed(row, program, moved)
        _add(back, FeedRow, fed)
        _add(back, Activity, Activity.objects.filter(feed_row__in=fed))
        if not _of_both(row, program, moved):
            _add(back, MovedDeadline, _decreed(row, program, moved))
    return {label: sorted(map(str, ids)) for label, ids in back.items()}


def _ids(moved: Moved, model: type[models.Model]) -> list[UUID]:
    return [UUID(each) for each in moved.get(model._meta.label_lower, ())]


def _add(
    back: dict[str, set[UUID]],
    model: type[models.Model],
    rows: "models.QuerySet[models.Model]",
) -> None:
    found = set(rows.values_list("pk", flat=True))
    if found:
        back.setdefault(model._meta.label_lower, set()).update(found)


def _of_both(row: Duplicate, program: str, moved: Moved) -> bool:
    """Whether credentials of a body moved to a record that had one already."""
    ids = _ids(moved, Certification)
    held = Certification.objects.filter(member=row.kept_id, program=program)
    return bool(ids) and held.exclude(pk__in=ids).exists()


def _decreed(
    row: Duplicate, program: str, moved: Moved
) -> "models.QuerySet[MovedDeadline]":
    lines = MovedDeadline.objects.filter(member=row.kept_id, program=program)
    known = _ids(moved, MovedDeadline)
    return lines.filter(decree__at__gte=row.merged_at).exclude(pk__in=known)


def _fed(row: Duplicate, program: str, moved: Moved) -> "models.QuerySet[FeedRow]":
    """Completions since that name a number which goes back."""
    held = Certification.objects.filter(pk__in=_ids(moved, Certification))
    named = Q(pk__in=())
    for number in held.exclude(number="").values_list("number", flat=True):
        named |= Q(number__iexact=number)
    since = FeedRow.objects.filter(named, member=row.kept_id, program=program)
    return since.filter(received_at__gt=row.merged_at)
