"""A holder says that another account is theirs, and shows it by a link."""

from datetime import timedelta

import pytest

from accounts.models import Duplicate, User
from accounts.services import (
    duplicate_in,
    prove_duplicate,
    report_duplicate,
    withdraw_duplicate,
)
from accounts.services.reporting_duplicates import compose_proof
from core.failures import Missing, NotUsable, Refusal
from core.letters import Moment
from core.models import AuditEntry, OutboxMessage
from tests.cast import BODY, NOW, TODAY, Cast
from tests.ce.reporting import holder
from tests.merging.merging import merged, proved, reported, second_account

pytestmark = pytest.mark.db


def _report(cast: Cast, email: str) -> Duplicate:
    return report_duplicate(
        actor=holder(cast.bob), member=cast.bob, program=BODY, email=email, now=NOW
    )


def _link() -> str | None:
    message = OutboxMessage.objects.get(kind="account_proof")
    letter = compose_proof(message=message, moment=Moment(NOW, lambda zone: TODAY))
    if letter is None:
        return None
    return str(letter.payload["url"]).rstrip("/").rpartition("/")[2]


def test_the_link_goes_to_the_other_address_and_proves_it(cast: Cast) -> None:
    other = second_account()
    row = reported(cast.bob, other)
    message = OutboxMessage.objects.get(kind="account_proof")
    assert (message.recipient, message.payload) == ("bob.second@mail.example", {})
    assert (message.program, row.other) == ("", None)

    link = _link()
    assert link is not None
    assert duplicate_in(signed=link) == row.pk
    proved_row = prove_duplicate(
        actor=holder(cast.bob), member=cast.bob, duplicate_id=row.pk, now=NOW
    )
    assert (proved_row.state, proved_row.other) == ("proved", other)
    assert not Duplicate.objects.of_program(BODY).exclude(pk=row.pk).exists()


@pytest.mark.parametrize("email", ["nobody@mail.example", "sam@sam-stranger.example"])
def test_an_address_that_is_no_such_account_gets_the_same_answer(
    cast: Cast, email: str
) -> None:
    row = _report(cast, email)
    assert row.state == "asked"
    assert AuditEntry.objects.filter(action="duplicate.reported").count() == 1
    if not User.objects.filter(email=email).exists():
        assert _link() is None
    assert not Duplicate.objects.of_program(BODY).exists()
    with pytest.raises(Refusal, match="Report the other account again"):
        prove_duplicate(
            actor=holder(cast.bob), member=cast.bob, duplicate_id=row.pk, now=NOW
        )


@pytest.mark.parametrize("email", ["", "bob", "x" * 250 + "@mail.example", "a@b@c"])
def test_what_is_no_address_is_named(cast: Cast, email: str) -> None:
    with pytest.raises(NotUsable) as refusal:
        _report(cast, email)
    assert refusal.value.problems[0].field == "email"


def test_ones_own_address_with_nothing_under_it_is_no_other_account(cast: Cast) -> None:
    row = _report(cast, cast.user("bob").email.upper())
    with pytest.raises(Refusal, match="registered nothing"):
        prove_duplicate(
            actor=holder(cast.bob), member=cast.bob, duplicate_id=row.pk, now=NOW
        )


def test_a_link_is_only_for_whoever_reported(cast: Cast) -> None:
    row = reported(cast.bob, second_account())
    with pytest.raises(Missing):
        prove_duplicate(
            actor=holder(cast.charlie),
            member=cast.charlie,
            duplicate_id=row.pk,
            now=NOW,
        )


def test_a_link_works_for_a_day(cast: Cast) -> None:
    row = reported(cast.bob, second_account())
    with pytest.raises(Refusal, match="its day is over"):
        prove_duplicate(
            actor=holder(cast.bob),
            member=cast.bob,
            duplicate_id=row.pk,
            now=NOW + timedelta(days=1),
        )


@pytest.mark.parametrize("signed", ["", "x", "é", "123.sig", "0" * 32 + ".sig"])
def test_a_link_we_never_made_is_not_there(signed: str) -> None:
    with pytest.raises(Missing):
        duplicate_in(signed=signed)


def test_reporting_again_takes_the_earlier_ones_place(cast: Cast) -> None:
    first = reported(cast.bob, second_account())
    second = _report(cast, "other@mail.example")
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "asked")


def test_five_links_a_day_are_the_most(cast: Cast) -> None:
    for number in range(5):
        _report(cast, f"no{number}@mail.example")
    with pytest.raises(Refusal, match="tomorrow"):
        _report(cast, "no6@mail.example")


def test_what_staff_have_is_not_reported_twice(cast: Cast) -> None:
    proved(cast.bob, second_account())
    with pytest.raises(Refusal, match="Staff have your report"):
        _report(cast, "other@mail.example")


def test_it_can_be_taken_back_until_it_is_merged(cast: Cast) -> None:
    row = proved(cast.bob, second_account())
    for _ in range(2):
        withdraw_duplicate(
            actor=holder(cast.bob), member=cast.bob, duplicate_id=row.pk, now=NOW
        )
    row.refresh_from_db()
    assert row.state == "ended"
    assert AuditEntry.objects.filter(action="duplicate.withdrawn").count() == 1
    again = proved(cast.bob, second_account_of(row))
    merged(cast, again, cast.bob)
    with pytest.raises(Refusal, match="merged already"):
        withdraw_duplicate(
            actor=holder(cast.bob), member=cast.bob, duplicate_id=again.pk, now=NOW
        )


def second_account_of(row: Duplicate):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """The account that a report proved."""
    assert row.other is not None
    return row.other
