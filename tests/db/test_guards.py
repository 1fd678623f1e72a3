"""Each invariant holds in the database, whatever the code above it does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from accounts.models import Administration, Sponsorship, StaffRole
from billing.models import (
    CardCharge,
    CardSession,
    CreditBalance,
    Invoice,
    JournalRow,
    Order,
    OrderLine,
    OrderStep,
    Payment,
    Price,
    PriceList,
    ProviderEvent,
    Refund,
    RefundLine,
    StoredCard,
)
from ce_credits.models import Activity, ActivityStep, CreditAward
from certificates.models import Certificate, CertificateEvent
from core.models import AuditEntry
from credentials.models import (
    Assignment,
    Certification,
    LeftOut,
    SeatChange,
    SeatEntry,
    StandingPeriod,
    Window,
)
from renewals.models import CardRound, DigestLine, RenewalAttempt, TermCertificate
from tests.cast import NOW, TODAY, Cast
from tests.db.breaking import another, first
from tests.db.rows import (
    BREACHES,
    OURS,
    UNBREAKABLE,
    a_certificate,
    rare_rows,
)

pytestmark = pytest.mark.db
LEDGERS = [
    AuditEntry,
    SeatChange,
    SeatEntry,
    StandingPeriod,
    ActivityStep,
    CreditAward,
    CertificateEvent,
    DigestLine,
    RenewalAttempt,
    PriceList,
    Price,
    OrderLine,
    OrderStep,
    Invoice,
    JournalRow,
    RefundLine,
]


def refused(act: Callable[[], object]) -> str:
    """Do something the database must refuse; return its words."""
    try:
        with transaction.atomic():
            act()
            connection.check_constraints()
    except IntegrityError as error:
        return str(error)
    raise AssertionError("The database let it pass.")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.__name__)
def test_a_ledger_is_never_changed(ledger: type[models.Model], cast: Cast) -> None:
    rare_rows(cast)
    rows = ledger._default_manager.filter(pk=first(ledger).pk)
    before = rows.values().get()
    assert "append-only" in refused(lambda: rows.update(id=before["id"]))
    assert rows.values().get() == before


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.__name__)
def test_nothing_leaves_a_ledger(ledger: type[models.Model], cast: Cast) -> None:
    rare_rows(cast)
    count = ledger._default_manager.count()
    statement = f"DELETE FROM {ledger._meta.db_table}"  # noqa: S608  (our own table)
    with connection.cursor() as cursor:
        words = refused(lambda: cursor.execute(statement))
    assert "append-only" in words
    assert ledger._default_manager.count() == count > 0


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.__name__)
def test_no_row_takes_another_s_place(ledger: type[models.Model], cast: Cast) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("REPLACE is SQLite's alone")
    rare_rows(cast)
    table = ledger._meta.db_table
    statement = f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        words = refused(lambda: cursor.execute(statement))
    assert "append-only" in words


@pytest.mark.parametrize("name", sorted(BREACHES))
def test_a_constraint_refuses_what_breaks_it(name: str, cast: Cast) -> None:
    rare_rows(cast)
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


def test_an_attempt_keeps_to_its_own_sponsorship(cast: Cast) -> None:
    rare_rows(cast)
    attempt = first(RenewalAttempt)
    theirs = Sponsorship.objects.get(practice=cast.lakeview)
    refused(lambda: another(attempt, turn=2, sponsorship_id=theirs.pk))
    refused(lambda: another(attempt, turn=2, practice_id=cast.lakeview.pk))
    another(attempt, turn=2)


def test_who_is_left_out_is_of_the_sponsorship(cast: Cast) -> None:
    rare_rows(cast)
    left = first(LeftOut)
    theirs = Sponsorship.objects.get(practice=cast.lakeview)
    LeftOut.objects.update(ended_at=NOW)
    refused(lambda: another(left, sponsorship_id=theirs.pk))
    refused(lambda: another(left, practice_id=cast.lakeview.pk))
    another(left)


def test_a_member_who_pays_alone_needs_no_sponsorship(cast: Cast) -> None:
    window = Window.objects.of(cast.northside)[0]
    alone: dict[str, Any] = {"practice_id": None, "sponsorship_id": None}
    later = {"sequence": 99, "first_on": window.first_on + timedelta(days=9)}
    another(window, **alone, **later)


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


KEPT = [
    Activity,
    Assignment,
    CardCharge,
    CardRound,
    CardSession,
    Certificate,
    Certification,
    CreditBalance,
    LeftOut,
    Order,
    Payment,
    ProviderEvent,
    Refund,
    StoredCard,
    TermCertificate,
    Window,
]


@pytest.mark.parametrize("model", KEPT, ids=lambda each: each.__name__)
def test_what_an_audit_asks_for_cannot_be_deleted(
    model: type[models.Model], cast: Cast
) -> None:
    rare_rows(cast)
    count = model._default_manager.count()
    statement = f"DELETE FROM {model._meta.db_table}"  # noqa: S608  (our own table)
    with connection.cursor() as cursor:
        words = refused(lambda: cursor.execute(statement))
    assert "kept for audits" in words
    assert model._default_manager.count() == count > 0


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Certificate, {"facts": {"changed": True}}),
        (Certificate, {"number": "CMS-0000"}),
        (Certificate, {"valid_until": TODAY + timedelta(days=999)}),
        (Assignment, {"choice": "oncology"}),
        (Assignment, {"on": TODAY + timedelta(days=9)}),
        (Window, {"last_on": TODAY + timedelta(days=999)}),
        (Window, {"sequence": 9}),
        (LeftOut, {"from_on": TODAY + timedelta(days=999)}),
        (Order, {"total": 999}),
        (Order, {"confirm_above": 999}),
        (Order, {"placed_by": "Somebody else"}),
        (Payment, {"amount": 999}),
        (Payment, {"counts_on": TODAY + timedelta(days=9)}),
        (Payment, {"by": "Somebody else"}),
        (Payment, {"by_user_id": 9_999}),
        (Payment, {"reference": "another cheque"}),
        (Refund, {"amount": 999}),
        (Refund, {"reason": "Another one"}),
        (Refund, {"payment_id": uuid4()}),
        (CardSession, {"amount": 999}),
        (CardSession, {"key": "another"}),
        (StoredCard, {"consent": "To anything"}),
        (StoredCard, {"by": "Somebody else"}),
        (CardCharge, {"amount": 999}),
        (CardCharge, {"turn": 9}),
        (CardRound, {"begun_on": TODAY + timedelta(days=9)}),
        (ProviderEvent, {"facts": {}}),
        (ProviderEvent, {"event_id": "evt_another"}),
    ],
)
def test_frozen_facts_cannot_be_changed(
    model: type[models.Model], changes: dict[str, Any], cast: Cast
) -> None:
    rare_rows(cast)
    rows = model._default_manager.filter(pk=first(model).pk)
    assert "frozen facts" in refused(lambda: rows.update(**changes))
