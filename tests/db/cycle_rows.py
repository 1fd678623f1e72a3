"""Rows about cycles to break guards with, and how to break them."""

from datetime import timedelta

from django.db import models

from accounts.models import Member
from credentials.models import SocietyMembership
from renewals.models import ApplicationQuestion, Recertification
from tests.cast import BODY, NOW, TODAY
from tests.db.approval_rows import BREACHES as APPROVED
from tests.db.approval_rows import rows_of_approvals
from tests.db.audit_rows import BREACHES as AUDITED
from tests.db.audit_rows import rows_of_audits
from tests.db.breaking import Changes, another
from tests.db.course_rows import BREACHES as TAUGHT
from tests.db.course_rows import rows_of_courses
from tests.db.decree_rows import BREACHES as DECREED
from tests.db.decree_rows import rows_of_decrees
from tests.db.exam_rows import BREACHES as EXAMINED
from tests.db.exam_rows import rows_of_exams
from tests.db.feed_rows import BREACHES as FED
from tests.db.feed_rows import rows_of_feeds
from tests.db.licence_rows import BREACHES as LICENSED
from tests.db.licence_rows import a_licence
from tests.db.live_rows import BREACHES as HELD
from tests.db.live_rows import rows_of_live
from tests.db.tally_rows import BREACHES as TALLIED
from tests.db.tally_rows import rows_of_tallies


def rows_of_cycles(member: Member) -> None:
    """Let somebody apply, join the society, be worked out, and be audited."""
    row = Recertification.objects.create(
        member=member,
        program=BODY,
        kind="recertification",
        state="draft",
        cycle_last_on=TODAY,
        created_at=NOW,
        changed_at=NOW,
    )
    ApplicationQuestion.objects.create(
        application=row,
        words="The proof of May 2?",
        asked_on=TODAY,
        asked_by="tests",
        asked_at=NOW,
    )
    SocietyMembership.objects.create(
        member=member,
        program=BODY,
        from_on=TODAY,
        recorded_by="tests",
        recorded_at=NOW,
    )
    rows_of_tallies(member)
    rows_of_audits(member)
    rows_of_feeds(member)
    rows_of_approvals(member)
    rows_of_decrees(member)
    rows_of_exams(member)
    rows_of_courses(member)
    a_licence(member)
    rows_of_live(member)


def _ended(**changes: object) -> Changes:
    """Copy the application as one that has ended, with something else besides."""
    usual = {"kind": "reinstatement", "declared": True}
    return lambda row: usual | changes


def _approved_twice(row: Recertification) -> dict[str, object]:
    """Copy the application as an approved one, of which there is one already."""
    ended = {"state": "approved", "declared": True, "submitted_on": TODAY}
    ended |= {"paid_on": TODAY, "decided_on": TODAY}
    another(row, **ended)
    return ended


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    **FED,
    **APPROVED,
    **DECREED,
    **TALLIED,
    **AUDITED,
    **EXAMINED,
    **TAUGHT,
    **LICENSED,
    **HELD,
    "one_living_application": (Recertification, lambda row: {}),
    "cycle_recertified_once": (Recertification, _approved_twice),
    "ended_application_has_day": (
        Recertification,
        _ended(state="approved", submitted_on=TODAY, paid_on=TODAY),
    ),
    "sent_application_has_day": (Recertification, _ended(state="awaiting")),
    "taken_application_is_paid": (
        Recertification,
        _ended(state="open", submitted_on=TODAY),
    ),
    "refused_application_says_why": (
        Recertification,
        _ended(state="refused", submitted_on=TODAY, paid_on=TODAY, decided_on=TODAY),
    ),
    "held_application_is_open": (
        Recertification,
        _ended(held_on=TODAY, held_by="tests", held_reason="A closer look"),
    ),
    "one_open_question": (ApplicationQuestion, lambda row: {}),
    "answered_question_has_words": (
        ApplicationQuestion,
        lambda row: {"answered_on": TODAY},
    ),
    "one_open_society_membership": (SocietyMembership, lambda row: {}),
    "society_membership_ends_after_start": (
        SocietyMembership,
        lambda row: {"until_on": row.from_on - timedelta(days=1)},
    ),
}
