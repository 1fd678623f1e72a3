"""A digest that nobody got is told after all: at the address its reader has now."""

from datetime import date, timedelta
from itertools import count

import pytest

from accounts.models import Administration, Sponsorship
from core.models import OutboxMessage
from notifications.tasks import deliver
from renewals.models import DigestLine
from renewals.services import pass_day
from renewals.services.reminding import AUTO_DIGEST, DIGEST
from tests.cast import BODY, NOW, TODAY, Cast, given, seats
from tests.mail.conftest import nobody_was_away, server
from tests.mail.office import Office
from tests.reminding.people import ending, in_digests, letter_of
from tests.reminding.reading import items_of, read

__all__ = ["nobody_was_away", "server"]

pytestmark = pytest.mark.db
NEW = "alice.new@northside.example"
KINDS = [DIGEST, AUTO_DIGEST]
# Before the instant at which what waits is delivered.
SECONDS = count(-3600)


def again(days: int = 0) -> None:
    """Sweep, each time at an instant of its own, as the clock does."""
    now = NOW + timedelta(days=days, seconds=next(SECONDS))
    pass_day(program=BODY, today=TODAY + timedelta(days=days), now=now)


def told_of(cast: Cast, kind: str) -> OutboxMessage:
    """Let a day bring Northside one digest of a kind, with Eve in it."""
    if kind == DIGEST:
        ending("Eve Ellis", cast.northside)
    else:
        ending("Eve Ellis", cast.northside, TODAY, mode="auto")
    again()
    return letter_of(kind)


def end_as(message: OutboxMessage, state: str) -> None:
    """Let a message have come to this."""
    OutboxMessage.objects.filter(pk=message.pk).update(state=state, attempts=1)


def correct(cast: Cast, email: str = NEW) -> None:
    """Give Alice another address."""
    cast.alice.email = email
    cast.alice.save()


def states(kind: str) -> dict[str, str]:
    """Where each message of a kind is on its way, by its recipient."""
    return dict(
        OutboxMessage.objects.filter(kind=kind).values_list("recipient", "state")
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ["void", "dead"])
def test_it_goes_to_the_address_that_was_corrected(
    quiet: Cast, kind: str, state: str
) -> None:
    before = quiet.alice.email
    first = told_of(quiet, kind)
    end_as(first, state)
    correct(quiet)
    for days in (0, 1):
        again(days)
    assert states(kind) == {before: state, NEW: "waiting"}
    second = letter_of(kind, recipient=NEW)
    assert (second.subject_id, second.practice) == (first.subject_id, quiet.northside)
    assert items_of(read(second))[0].startswith("Eve Ellis: ")
    assert read(first) is None
    # The line is the same one, so no other digest holds it.
    assert DigestLine.objects.filter(kind=kind).count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_it_arrives_once_though_the_address_changed_before_it_left(
    quiet: Cast, server: Office, today: date, kind: str
) -> None:
    first = told_of(quiet, kind)
    correct(quiet)
    deliver(str(first.pk))
    assert server.arrived == []
    for _ in range(2):
        again()
        deliver(str(letter_of(kind, recipient=NEW).pk))
    assert len(server.arrived) == 1
    assert set(states(kind).values()) == {"void", "sent"}


@pytest.mark.parametrize("kind", KINDS)
def test_at_the_address_no_server_took_it_stays_with_people(
    quiet: Cast, kind: str
) -> None:
    message = told_of(quiet, kind)
    end_as(message, "dead")
    correct(quiet, quiet.alice.email.upper())
    again()
    assert states(kind) == {message.recipient: "dead"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ["waiting", "sending", "sent", "unconfirmed"])
def test_what_may_have_arrived_is_not_told_again(
    quiet: Cast, kind: str, state: str
) -> None:
    message = told_of(quiet, kind)
    end_as(message, state)
    correct(quiet)
    again()
    assert states(kind) == {message.recipient: state}


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_handed_over_and_got_it_back_is_told(quiet: Cast, kind: str) -> None:
    message = told_of(quiet, kind)
    held = Administration.objects.filter(user=quiet.alice)
    held.update(named=False)
    assert read(message) is None
    end_as(message, "void")
    again()
    assert states(kind) == {message.recipient: "void"}
    held.update(named=True)
    again()
    assert states(kind) == {message.recipient: "waiting"}
    assert read(letter_of(kind)) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_another_administrator_is_told_in_one_of_their_own(
    quiet: Cast, kind: str
) -> None:
    message = told_of(quiet, kind)
    end_as(message, "void")
    Administration.objects.filter(user=quiet.alice).update(until_at=NOW)
    Administration.objects.create(
        practice=quiet.northside, user=quiet.sam, named=True, from_at=NOW
    )
    again()
    assert states(kind) == {message.recipient: "void", quiet.sam.email: "waiting"}
    assert letter_of(kind, recipient=quiet.sam.email).subject_id != message.subject_id


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("why", ["renewed", "left", "elsewhere"])
def test_what_has_nothing_left_to_say_stays_dropped(
    quiet: Cast, kind: str, why: str
) -> None:
    message = told_of(quiet, kind)
    member = DigestLine.objects.get(kind=kind).window.member
    if why == "renewed":
        given(quiet.renewals, quiet.northside, member, today=TODAY)
    else:
        Sponsorship.objects.filter(member=member).update(until_on=TODAY)
    if why == "elsewhere":
        Sponsorship.objects.create(
            practice=quiet.lakeview, member=member, program=BODY, from_on=TODAY
        )
    assert read(message) is None
    end_as(message, "void")
    correct(quiet)
    again()
    assert states(kind)[message.recipient] == "void"
    assert NEW not in states(kind)


def test_who_was_renewed_by_auto_renewal_is_told_of_after_all(quiet: Cast) -> None:
    seats(quiet.northside, quiet.renewals, 1)
    message = told_of(quiet, AUTO_DIGEST)
    end_as(message, "void")
    again()
    assert states(AUTO_DIGEST) == {message.recipient: "waiting"}
    (item,) = items_of(read(letter_of(AUTO_DIGEST)))
    assert item.startswith("Eve Ellis: renewed")


def test_who_is_new_stands_beside_it_in_another(quiet: Cast) -> None:
    end_as(told_of(quiet, DIGEST), "void")
    correct(quiet)
    ending("Gil Gray", quiet.northside)
    again()
    assert in_digests() == [("Ellis", "Alice Adams"), ("Gray", "Alice Adams")]
    letters = OutboxMessage.objects.filter(kind=DIGEST, recipient=NEW)
    said = [items_of(read(each)) for each in letters]
    assert sorted(items[0].partition(":")[0] for items in said) == [
        "Eve Ellis",
        "Gil Gray",
    ]
    assert {len(items) for items in said} == {1}
