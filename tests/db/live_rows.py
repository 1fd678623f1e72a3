"""Rows of live activities to break guards with, and how to break them."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import models

from accounts.models import Member
from certificates.models import Certificate
from core.sealing import seal
from courses.models import (
    LiveActivity,
    LiveAnswers,
    LiveAttendance,
    LiveClaim,
    LiveRegistration,
)
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes

CODE, DOOR = "ABCDEFGHJKLM", "NPQRST"
DAY = timedelta(days=1)


def a_live_row(program: str = BODY, **facts: object) -> LiveActivity:
    """Make an announced activity of today, of a body with or without a policy."""
    usual: dict[str, object] = {
        "title": "Held here",
        "provider": "The body",
        "place": "Online",
        "capacity": 9,
        "sessions": [[TODAY.isoformat(), "09:00", "11:00"]],
        "first_on": TODAY,
        "last_on": TODAY,
        "evaluate_by": TODAY + 60 * DAY,
        "code": seal(CODE),
        "door_code": seal(DOOR),
        "published_at": NOW,
        "created_at": NOW,
        "changed_at": NOW,
    }
    return LiveActivity.objects.create(program=program, **{**usual, **facts})


def a_registration(
    member: Member, live: LiveActivity, place: int | None = 1
) -> LiveRegistration:
    """Give somebody a place, under their name."""
    return LiveRegistration.objects.create(
        member=member,
        made_by=member,
        program=live.program,
        live=live,
        place=place,
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.written_to,
        at=NOW,
        told_at=NOW,
    )


def noted(row: LiveRegistration) -> LiveAttendance:
    """Note that somebody was there."""
    return LiveAttendance.objects.create(
        registration=row, how="list", by="tests", on=TODAY, at=NOW
    )


def rows_of_live(member: Member) -> LiveRegistration:
    """Let somebody come to something live, evaluate it and be given its credit."""
    row = a_registration(member, a_live_row())
    noted(row)
    LiveAnswers.objects.create(
        live=row.live, month=TODAY.replace(day=1), answers={"liked": 5}
    )
    LiveClaim.objects.create(
        registration=row,
        kind="attendance",
        credits=Decimal(0),
        certificate=_paper(member),
        on=TODAY,
        at=NOW,
    )
    return row


def _paper(member: Member) -> Certificate:
    return Certificate.objects.create(
        program=BODY,
        member=member,
        source_id=uuid4(),
        number=uuid4().hex,
        attestation_number=uuid4().hex,
        facts={},
        valid_from=TODAY,
        valid_until=TODAY,
        issued_on=TODAY,
        issued_at=NOW,
    )


def _claims_less(row: LiveClaim) -> dict[str, object]:
    member = row.registration.member
    other = a_registration(member, a_live_row())
    paper = _paper(member)
    return {
        "registration_id": other.pk,
        "certificate_id": paper.pk,
        "credits": Decimal(-1),
    }


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "live_has_a_place": (LiveActivity, lambda row: {"capacity": 0}),
    "live_credit_whole": (LiveActivity, lambda row: {"credit_kind": "x"}),
    "live_days_in_order": (
        LiveActivity,
        lambda row: {"evaluate_by": row.last_on - DAY},
    ),
    "live_cancelled_whole": (LiveActivity, lambda row: {"cancelled_at": NOW}),
    "one_registration_a_live": (LiveRegistration, lambda row: {"place": 2}),
    "one_registration_a_place": (
        LiveRegistration,
        lambda row: {"member_id": _somebody_else(row).pk},
    ),
    "live_place_from_one": (
        LiveRegistration,
        lambda row: {"member_id": _somebody_else(row).pk, "place": 0},
    ),
    "live_claim_not_negative": (LiveClaim, _claims_less),
    "live_answers_name_no_day": (
        LiveAnswers,
        lambda row: {"month": row.month.replace(day=2)},
    ),
}


def _somebody_else(row: LiveRegistration) -> Member:
    return Member.objects.exclude(pk=row.member_id)[0]
