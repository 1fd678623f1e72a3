"""Rows to break guards with."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models

from accounts.models import (
    Administration,
    Invitation,
    Member,
    Sponsorship,
    StaffRole,
    User,
)
from ce_credits.models import (
    Activity,
    ActivityStep,
    CatalogueFile,
    CatalogueItem,
    CreditAward,
    PracticeAllowance,
    Proof,
    ProofAllowance,
)
from certificates.models import AttestationCount
from core.models import AuditEntry, DomainDate, ExportJob, OutboxMessage, UsedKey
from credentials.models import (
    Assignment,
    AssignmentBatch,
    Certification,
    Product,
    SeatEntry,
    SeatPool,
    StandingPeriod,
    Window,
)
from renewals.models import CardRound, DigestLine, RenewalAttempt, TermCertificate
from tests.cast import (
    BODY,
    NOW,
    TODAY,
    Cast,
    a_member,
    a_practice,
    a_proof,
    a_user,
)
from tests.db import (
    cycle_rows,
    document_rows,
    entry_rows,
    merging_rows,
    money_rows,
    paper_rows,
    report_rows,
    seat_rows,
    telling_rows,
)
from tests.db.breaking import Changes, another, first
from tests.exporting.builders import an_export

OURS = [
    model
    for model in apps.get_models()
    if not model.__module__.startswith(("django.", "allauth."))
]


def rare_rows(cast: Cast) -> None:
    """Make one row in each table that the cast leaves empty."""
    DomainDate.objects.create(today=TODAY)
    UsedKey.objects.create(
        actor_key="a", route="r", key="k", fingerprint="f", created_at=NOW
    )
    CatalogueItem.objects.create(
        program=BODY, code="MLN-1", title="Item", kind="webinar", changed_at=NOW
    )
    CatalogueFile.objects.create(
        program=BODY, name="items.csv", rows=[], problems=[], by="tests", at=NOW
    )
    AttestationCount.objects.get_or_create(year=TODAY.year, program=BODY)
    report_rows.rows_of_reports()
    rows_of_a_practice(cast)


def rows_of_a_practice(cast: Cast) -> None:
    """Make one row of Northside's in each table that the cast leaves empty."""
    person = {"email": "new@mail.example", "first_name": "N", "last_name": "N"}
    Invitation.objects.create(
        practice=cast.northside,
        token_hash=uuid4().hex,
        created_at=NOW,
        expires_at=NOW,
        program=BODY,
        **person,
    )
    OutboxMessage.objects.create(
        kind="k",
        subject_id=uuid4(),
        recipient="a@mail.example",
        practice=cast.northside,
        program=BODY,
        payload={},
        created_at=NOW,
        due_at=NOW,
    )
    an_export(cast.northside)
    a_proof(Activity.objects.filter(member=cast.bob)[0])
    room = {"bytes": 9, "most_bytes": 10}
    ProofAllowance.objects.create(member=cast.bob, files=1, most_files=2, **room)
    PracticeAllowance.objects.create(practice=cast.northside, **room)
    paper_rows.rows_of_papers(cast)
    entry_rows.rows_of_entries(cast)
    merging_rows.rows_of_merging(cast.bob)
    _rows_of_renewals(cast)
    seat_rows.rows_of_lowering(cast.bob.sponsorships.get())
    document_rows.rows_of_documents(cast.northside, cast.alice)
    money_rows.rows_of_money(cast.northside, cast.bob)
    cycle_rows.rows_of_cycles(cast.bob)
    telling_rows.rows_of_telling(cast.northside, cast.alice, cast.user("bob"))


def _rows_of_renewals(cast: Cast) -> None:
    window = Window.objects.filter(member=cast.bob)[0]
    DigestLine.objects.create(
        kind="k",
        window=window,
        administrator=cast.alice,
        practice=cast.northside,
        digest=uuid4(),
        at=NOW,
    )
    RenewalAttempt.objects.create(
        window=window,
        member=cast.bob,
        practice=cast.northside,
        sponsorship=cast.bob.sponsorships.get(),
        on=TODAY,
        outcome="no_seat",
        at=NOW,
    )
    CardRound.objects.create(
        practice=cast.northside,
        program=BODY,
        begun_on=TODAY,
        state=CardRound.State.GATHERING,
        at=NOW,
    )


def _next(window: Window, **changes: object) -> dict[str, Any]:
    free = {"sequence": 99, "first_on": date(2000, 1, 2), "assignment_id": None}
    return free | changes


def _open_again(row: Assignment) -> dict[str, Any]:
    batch = another(row.batch, form_key=uuid4().hex)
    return {"batch_id": batch.pk, "state": "assigned"}


# Constraint → (table, what to change in a copy of one of its rows so that it breaks).
def _an_id(row: Sponsorship) -> dict[str, Any]:
    """Call somebody by an id, and give the same one in other letters."""
    Sponsorship.objects.filter(pk=row.pk).update(external_id="E1")
    return {"external_id": "e1"}


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    **cycle_rows.BREACHES,
    **document_rows.BREACHES,
    **entry_rows.BREACHES,
    **merging_rows.BREACHES,
    **money_rows.BREACHES,
    **paper_rows.BREACHES,
    **seat_rows.BREACHES,
    **telling_rows.BREACHES,
    "one_number_a_chain": (AuditEntry, lambda row: {}),
    "one_step": (ActivityStep, lambda row: {}),
    "one_catalogue_item": (CatalogueItem, lambda row: {}),
    "one_copy_an_activity": (Proof, lambda row: {"sha256": row.sha256}),
    "proofs_within_allowance": (
        ProofAllowance,
        lambda row: {"files": 3, "member_id": first(Member).pk},
    ),
    "practice_within_allowance": (
        PracticeAllowance,
        lambda row: {"bytes": 11, "practice_id": a_practice("Full").pk},
    ),
    "reported_activity_is_complete": (Activity, lambda row: {"title": ""}),
    "administers_once": (Administration, lambda row: {"named": False}),
    "assigned_once_a_batch": (Assignment, lambda row: {}),
    "assigned_once_at_a_time": (
        Assignment,
        lambda row: _open_again(another(row, **_open_again(row))),
    ),
    "assigned_once_a_form": (AssignmentBatch, lambda row: {}),
    "credit_not_negative": (
        CreditAward,
        lambda row: {"credits": Decimal("-0.5"), "sequence": 99},
    ),
    "earned_once": (Certification, lambda row: {}),
    "export_asked_once": (ExportJob, lambda row: {"key": row.key}),
    "export_leased_while_made": (ExportJob, lambda row: {"state": "working"}),
    "export_ready_has_its_file": (ExportJob, lambda row: {"file_key": "exports/a"}),
    "in_one_digest": (DigestLine, lambda row: {}),
    "issued_has_certificate": (
        TermCertificate,
        lambda row: {
            "state": "issued",
            "certificate_id": None,
            "window_id": another(row.window, **_next(row.window)).pk,
        },
    ),
    "key_used_once": (UsedKey, lambda row: {}),
    "one_round_gathers": (CardRound, lambda row: {}),
    "trying_has_order": (CardRound, lambda row: {"state": "trying"}),
    "one_attempt_a_turn": (RenewalAttempt, lambda row: {}),
    "one_award_a_turn": (CreditAward, lambda row: {}),
    "one_domain_date": (DomainDate, lambda row: {"pk": 2}),
    "one_open_invitation": (Invitation, lambda row: {}),
    "one_open_sponsorship": (Sponsorship, lambda row: {}),
    "declined_is_over": (Invitation, lambda row: {"declined_at": NOW}),
    "set_aside_without_account": (
        Member,
        lambda row: {"joined_to_id": row.pk, "user_id": a_user("Una Used").pk},
    ),
    "one_external_id": (
        Sponsorship,
        lambda row: {**_an_id(row), "member_id": a_member("N N", None).pk},
    ),
    "one_pool": (SeatPool, lambda row: {}),
    "one_practice_administrator": (
        Administration,
        lambda row: {"user_id": first(StaffRole).user_id},
    ),
    "one_product": (Product, lambda row: {}),
    "one_staff_role_a_body": (StaffRole, lambda row: {"role": "manager"}),
    "one_standing_a_day": (StandingPeriod, lambda row: {}),
    "one_user_an_address": (User, lambda row: {"email": row.email.upper()}),
    "undone_window_was_assigned": (
        Window,
        lambda row: _next(row, assignment_id=None, undone_at=NOW),
    ),
    "one_window_a_start": (
        Window,
        lambda row: {"sequence": 99, "assignment_id": None},
    ),
    "one_window_a_turn": (
        Window,
        lambda row: {"first_on": date(2000, 1, 2), "assignment_id": None},
    ),
    "renewed_has_assignment": (
        RenewalAttempt,
        lambda row: {"turn": 2, "outcome": "renewed"},
    ),
    "seat_entry_moves_something": (SeatEntry, lambda row: {"delta": 0}),
    "seats_used_within_granted": (
        SeatPool,
        lambda row: {"practice_id": a_practice("New").pk, "used": row.granted + 1},
    ),
    "sponsorship_ends_after_start": (
        Sponsorship,
        lambda row: {"until_on": row.from_on - timedelta(days=1)},
    ),
    "told_once": (OutboxMessage, lambda row: {}),
    "window_ends_after_start": (
        Window,
        lambda row: _next(row, last_on=date(2000, 1, 1)),
    ),
    "window_practice_with_sponsorship": (
        Window,
        lambda row: _next(row, sponsorship_id=None),
    ),
}
# Holds the primary key, so nothing can break it alone; composite keys point at it.
UNBREAKABLE = {
    "sponsorship_identity",
    "version_identity",
    "module_identity",
    "file_identity",
}
