"""Handing all rows of one record to another, by journal, and the same way back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F

from accounts.models import Duplicate, Member, Sponsorship
from ce_credits.models import (
    Activity,
    AuditCase,
    FeedRow,
    MissingCredit,
    ProofAllowance,
)
from certificates.models import Badge, Certificate
from core.scope import Scope, stepping_into
from credentials.models import (
    Assignment,
    Certification,
    LeftOut,
    SocietyMembership,
    Window,
)
from renewals.models import Licence, MovedDeadline, Recertification, RenewalAttempt

# Sponsorships first: what a practice paid for names its sponsorship and its member.
TABLES: Mapping[type[models.Model], str] = {
    Sponsorship: "program",
    Certification: "program",
    SocietyMembership: "program",
    Assignment: "product__program",
    Window: "program",
    RenewalAttempt: "window__program",
    LeftOut: "program",
    Certificate: "program",
    Badge: "program",
    Activity: "program",
    FeedRow: "program",
    AuditCase: "program",
    MissingCredit: "program",
    Recertification: "program",
    MovedDeadline: "program",
    Licence: "program",
}
# What each person has one of: by which columns.
ONE_A_PERSON: Mapping[type[models.Model], tuple[str, ...]] = {
    FeedRow: ("item", "on"),
    MissingCredit: ("item", "on"),
    MovedDeadline: ("decree",),
    Licence: ("number",),
}
Journal = dict[str, list[str]]


def hand_over(row: Duplicate, program: str) -> Journal:
    """Give the kept record all that the other has with one body; return which rows.

    Args:
        row: a merge that stands already: the rows' guards ask for it.
        program: whose rows, in that body's scope.
    """
    moved: Journal = {}
    for model, path in TABLES.items():
        rows = every(model).filter(**{path: program, "member": row.given_up_id})
        if model in ONE_A_PERSON:
            rows = rows.exclude(pk__in=_in_both(model, row, program).values("pk"))
        ids = sorted(rows.values_list("pk", flat=True))
        if ids:
            _pass_on(model, ids, row.kept_id)
            moved[model._meta.label_lower] = [str(each) for each in ids]
    return moved


def give_back(row: Duplicate, moved: Mapping[str, Sequence[str]]) -> None:
    """Give each row of a body's journal back to the record it came from."""
    for model in TABLES:
        ids = moved.get(model._meta.label_lower)
        if ids:
            _pass_on(model, [UUID(each) for each in ids], row.given_up_id)


def add_room(kept: Member, given_up: Member) -> list[int]:
    """Count the files of the record given up against the kept one's room as well.

    Returns:
        How many files, and how many bytes.
    """
    assert kept.user_id
    if given_up.user_id is None:
        # Nobody ever sent a file in for a record that has no account.
        return [0, 0]
    with stepping_into(Scope.own(given_up.user_id)):
        theirs = ProofAllowance.objects.filter(member=given_up.pk).first()
    if theirs is None:
        return [0, 0]
    limits = {"most_files": theirs.most_files, "most_bytes": theirs.most_bytes}
    with stepping_into(Scope.own(kept.user_id)):
        mine, _ = ProofAllowance.objects.get_or_create(member=kept, defaults=limits)
        room = ProofAllowance.objects.select_for_update().filter(pk=mine.pk)
        most = room.get()
        room.update(
            files=F("files") + theirs.files,
            bytes=F("bytes") + theirs.bytes,
            most_files=max(most.most_files, theirs.most_files),
            most_bytes=max(most.most_bytes, theirs.most_bytes),
        )
    return [theirs.files, theirs.bytes]


def take_room(kept: Member, counted: Sequence[int]) -> None:
    """Count the files that go back no more."""
    if not any(counted):
        return
    assert kept.user_id
    with stepping_into(Scope.own(kept.user_id)):
        room = ProofAllowance.objects.select_for_update().filter(member=kept.pk)
        most = room.get()
        # Files that were removed since are gone for both.
        room.update(
            files=max(0, most.files - counted[0]), bytes=max(0, most.bytes - counted[1])
        )


def _in_both(
    model: type[models.Model], row: Duplicate, program: str
) -> models.QuerySet[Any]:
    """Find rows of the given-up record that the kept one has as well.

    The database lets there be one of them for each person. They stay: an activity that
    came of a feed moves, and the pack counts one of the two. A licence that was taken
    away is in nobody's way.
    """
    rows = every(model).filter(program=program)
    if model is FeedRow:
        rows = rows.filter(activity__isnull=False)
    elif model is Licence:
        rows = rows.filter(removed_at=None)
    same = {name: models.OuterRef(name) for name in ONE_A_PERSON[model]}
    known = rows.filter(member=row.kept_id, **same)
    return rows.filter(models.Exists(known), member=row.given_up_id)


def every(model: type[models.Model]) -> models.QuerySet[Any]:
    """Give all rows of a table, also terms that were undone."""
    return Window.every.all() if model is Window else model._default_manager.all()


def _pass_on(
    model: type[models.Model], ids: Sequence[UUID], member_id: UUID | None
) -> None:
    every(model).filter(pk__in=ids).update(member=member_id)
