"""Each invariant holds in the database, whatever the code above it does."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, models, transaction

from accounts.models import Administration, Sponsorship, StaffRole
from billing.models import (
    Invoice,
    JournalRow,
    OrderLine,
    OrderStep,
    Price,
    PriceList,
    RefundLine,
)
from ce_credits.models import ActivityStep, ApprovalStep, CreditAward
from certificates.models import Certificate, CertificateEvent, Opening
from core.models import AuditEntry
from courses.models import (
    EvaluationAnswers,
    EvaluationGiven,
    LiveAnswers,
    LiveAttendance,
    LiveClaim,
)
from credentials.models import (
    Assignment,
    DocumentAcknowledgement,
    DocumentReading,
    GivenReport,
    LeftOut,
    SeatChange,
    SeatEntry,
    StandingPeriod,
    Window,
)
from notifications.models import WeeklySummary
from renewals.models import Decree, DigestLine, RenewalAttempt
from tests.cast import NOW, TODAY, Cast
from tests.db.breaking import another, first, refused
from tests.db.paper_rows import a_certificate
from tests.db.rows import (
    BREACHES,
    OURS,
    UNBREAKABLE,
)

pytestmark = pytest.mark.db
LEDGERS = [
    AuditEntry,
    DocumentAcknowledgement,
    DocumentReading,
    GivenReport,
    SeatChange,
    SeatEntry,
    StandingPeriod,
    ActivityStep,
    ApprovalStep,
    CreditAward,
    CertificateEvent,
    EvaluationAnswers,
    EvaluationGiven,
    LiveAnswers,
    LiveAttendance,
    LiveClaim,
    Opening,
    Decree,
    DigestLine,
    RenewalAttempt,
    PriceList,
    Price,
    OrderLine,
    OrderStep,
    Invoice,
    JournalRow,
    RefundLine,
    WeeklySummary,
]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.__name__)
def test_a_ledger_is_never_changed(ledger: type[models.Model], rare: Cast) -> None:
    rows = ledger._default_manager.filter(pk=first(ledger).pk)
    before = rows.values().get()
    assert "append-only" in refused(lambda: rows.update(id=before["id"]))
    assert rows.values().get() == before


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.__name__)
def test_nothing_leaves_a_ledger(ledger: type[models.Model], rare: Cast) -> None:
    count = ledger._default_manager.count()
    statement = f"DELETE FROM {ledger._meta.db_table}"  # noqa: S608  (our own table)
    with connection.cursor() as cursor:
        words = refused(lambda: cursor.execute(statement))
    assert "append-only" in words
    assert ledger._default_manager.count() == count > 0


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.__name__)
def test_no_row_takes_another_s_place(ledger: type[models.Model], rare: Cast) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("REPLACE is SQLite's alone")
    table = ledger._meta.db_table
    statement = f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        words = refused(lambda: cursor.execute(statement))
    assert "append-only" in words


@pytest.mark.parametrize("name", sorted(BREACHES))
def test_a_constraint_refuses_what_breaks_it(name: str, rare: Cast) -> None:
    model, changes = BREACHES[name]
    row = first(model)
    words = refused(lambda: another(row, **changes(row)))
    # SQLite names the columns of a unique constraint instead.
    assert name in words or connection.vendor == "sqlite"


def test_every_constraint_is_tried() -> None:
    declared = {each.name for model in OURS for each in model._meta.constraints}
    assert declared == set(BREACHES) | UNBREAKABLE


@pytest.mark.parametrize("model", [Window, Assignment], ids=lambda each: each.__name__)
def test_a_row_keeps_to_its_own_sponsorship(
    model: type[models.Model], cast: Cast
) -> None:
    ours = model._default_manager.filter(practice=cast.northside)
    theirs = Sponsorship.objects.get(practice=cast.lakeview)
    assert ours.exists()
    refused(lambda: ours.update(sponsorship=theirs))
    refused(lambda: ours.update(practice=cast.lakeview))
    refused(lambda: ours.update(member=cast.charlie))


def test_a_certificate_keeps_to_its_own_sponsorship(cast: Cast) -> None:
    certificate = a_certificate(cast)
    theirs = Sponsorship.objects.get(practice=cast.lakeview)
    refused(lambda: another(certificate, edition=2, sponsorship_id=theirs.pk))
    refused(lambda: another(certificate, edition=2, practice_id=cast.lakeview.pk))
    whole = another(certificate, edition=2)
    assert isinstance(whole, Certificate)


def test_an_attempt_keeps_to_its_own_sponsorship(rare: Cast) -> None:
    attempt = first(RenewalAttempt)
    theirs = Sponsorship.objects.get(practice=rare.lakeview)
    refused(lambda: another(attempt, turn=2, sponsorship_id=theirs.pk))
    refused(lambda: another(attempt, turn=2, practice_id=rare.lakeview.pk))
    another(attempt, turn=2)


def test_who_is_left_out_is_of_the_sponsorship(rare: Cast) -> None:
    left = first(LeftOut)
    theirs = Sponsorship.objects.get(practice=rare.lakeview)
    LeftOut.objects.update(ended_at=NOW)
    refused(lambda: another(left, sponsorship_id=theirs.pk))
    refused(lambda: another(left, practice_id=rare.lakeview.pk))
    another(left)


def test_a_member_who_pays_alone_needs_no_sponsorship(cast: Cast) -> None:
    window = Window.objects.of(cast.northside)[0]
    alone: dict[str, Any] = {
        "practice_id": None,
        "sponsorship_id": None,
        "assignment_id": None,
    }
    later = {"sequence": 99, "first_on": window.first_on + timedelta(days=9)}
    another(window, **alone, **later)


def test_a_term_that_was_undone_stays_so_and_frees_its_place(cast: Cast) -> None:
    window = first(Window)
    rows = Window.every.filter(pk=window.pk)
    rows.update(undone_at=NOW)
    for changed in (None, NOW + timedelta(days=1)):
        assert "written once" in refused(partial(rows.update, undone_at=changed))
    assert not Window.objects.filter(pk=window.pk).exists()
    another(window, assignment_id=None, undone_at=None)


def test_what_has_ended_may_begin_again(cast: Cast) -> None:
    rows: tuple[tuple[Any, dict[str, Any]], ...] = (
        (first(Sponsorship), {"until_on": TODAY}),
        (first(Administration), {"until_at": NOW}),
        (first(StaffRole), {"until_at": NOW}),
    )
    for row, ended in rows:
        type(row)._default_manager.filter(pk=row.pk).update(**ended)
        another(row)


def test_a_row_that_others_point_at_stays(cast: Cast) -> None:
    for row in (cast.northside, cast.bob, first(Sponsorship), first(Window)):
        with pytest.raises(models.ProtectedError), transaction.atomic():
            row.delete()
