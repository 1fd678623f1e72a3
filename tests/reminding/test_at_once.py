"""Several workers, or a worker and an administrator, at the same moment."""

from contextlib import nullcontext, suppress
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from accounts.models import Member, Sponsorship
from accounts.services import switch_renewal_mode
from core.failures import Refusal
from core.models import OutboxMessage
from credentials.models import SeatPool, Window
from credentials.services import Pick, PoolExhausted, assign
from renewals.models import DigestLine, RenewalAttempt
from renewals.services import inserting, reminding, tell_due, try_renewal
from renewals.services.reminding import DIGEST, NOTICE
from renewals.tasks import sweep
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, seats
from tests.race.hands import at_once
from tests.reminding.people import ending, in_digests, told
from tests.reminding.pressing import pressed, swept, without

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
OUTBOX, LINES = OutboxMessage._meta.db_table, DigestLine._meta.db_table
ATTEMPTS = RenewalAttempt._meta.db_table
tell = swept(partial(tell_due, program=BODY, today=TODAY, now=NOW))


@pytest.fixture
def no_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers not take turns."""
    monkeypatch.setattr(reminding, "take_turn", lambda name: None)


def due(cast: Cast) -> Window:
    """One term to tell of."""
    return ending("Eve Ellis", cast.northside)


@pytest.mark.parametrize("many", [2, 8])
def test_a_term_is_told_of_once(quiet: Cast, many: int) -> None:
    window = due(quiet)
    done = pressed(tell, OUTBOX, many)
    assert sum(each.members for each in done) == 1
    assert sum(each.administrators for each in done) == 1
    assert told() == [window.member.email]
    assert told(DIGEST) == [quiet.alice.email]
    assert in_digests() == [("Ellis", "Alice Adams")]


@pytest.mark.usefixtures("no_turns")
@pytest.mark.parametrize("table", [OUTBOX, LINES])
def test_without_turns_the_constraints_keep_it_so(quiet: Cast, table: str) -> None:
    due(quiet)
    pressed(tell, table)
    assert len(told()) == len(told(DIGEST)) == len(in_digests()) == 1


# SQLite lets one writer in at a time, so what is looked up stays true.
DOUBLED = 2 if connection.vendor == "postgresql" else 1


@pytest.mark.usefixtures("no_turns")
def test_without_the_guard_a_member_is_told_twice(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    due(quiet)
    # It names the constraint.
    monkeypatch.setattr(inserting, "ANEW", inserting.NOTHING)
    with without(OutboxMessage, "told_once"):
        pressed(tell, OUTBOX)
        assert len(told(NOTICE)) == DOUBLED


@pytest.mark.usefixtures("no_turns")
def test_without_the_guard_a_term_stands_in_two_digests(quiet: Cast) -> None:
    # Nor can the notice to the member keep the workers apart: there is no address.
    Member.objects.filter(pk=due(quiet).member_id).update(email="")
    with without(DigestLine, "in_one_digest"):
        pressed(tell, LINES)
        assert len(in_digests()) == DOUBLED


def renewing_today(cast: Cast, *names: str) -> list[Window]:
    """Terms that renew by themselves today."""
    return [ending(name, cast.northside, TODAY, mode="auto") for name in names]


def outcomes() -> list[str]:
    """What came of all attempts."""
    return sorted(RenewalAttempt.objects.values_list("outcome", flat=True))


def used(cast: Cast) -> int:
    """The renewals of Northside that were used."""
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    return pool.used


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("many", [2, 4])
def test_whole_sweeps_at_once_do_it_once(quiet: Cast, many: int) -> None:
    due(quiet)
    renewing_today(quiet, "Pat One", "Pat Two", "Pat Three")
    seats(quiet.northside, quiet.renewals, 2)
    pressed(sweep, OUTBOX, many)
    assert outcomes() == ["no_seat", "renewed", "renewed"]
    assert used(quiet) == 2
    # Each due term once, whoever swept; what was tried is told once as well.
    assert len(told()) == len({*told()}) == 4
    lines = DigestLine.objects.values_list("window", "kind")
    assert len(lines) == len({*lines}) == 4 + 3


@pytest.mark.parametrize("many", [2, 8])
def test_a_term_is_renewed_once(quiet: Cast, many: int) -> None:
    (window,) = renewing_today(quiet, "Eve Ellis")
    seats(quiet.northside, quiet.renewals, many)
    attempt = partial(try_renewal, window_id=window.pk, today=TODAY, now=NOW)
    done = pressed(swept(attempt), ATTEMPTS, many)
    assert sum(each is not None for each in done) == 1
    assert outcomes() == ["renewed"]
    assert used(quiet) == 1
    assert Window.objects.filter(member=window.member).count() == 2


def test_the_last_seat_goes_to_one_of_two(quiet: Cast) -> None:
    windows = renewing_today(quiet, "Eve Ellis", "Gil Gray")
    seats(quiet.northside, quiet.renewals, 1)
    turns = iter(windows)

    def attempt() -> object:
        return try_renewal(window_id=next(turns).pk, today=TODAY, now=NOW)

    pressed(swept(attempt), ATTEMPTS)
    assert outcomes() == ["no_seat", "renewed"]
    assert used(quiet) == 1


def unlocked(window_id: UUID) -> Sponsorship | None:
    """Read who sponsors a term's member, without making anybody wait."""
    window = Window.objects.get(pk=window_id)
    return Sponsorship.objects.open().get(member=window.member_id)


def no_seat(**asked: object) -> None:
    """Find the pool empty at once."""
    raise PoolExhausted("0 renewals are available.")


@pytest.mark.parametrize("guarded", [True, False])
def test_without_lock_and_constraint_a_term_is_tried_twice(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    (window,) = renewing_today(quiet, "Eve Ellis")
    attempt = partial(try_renewal, window_id=window.pk, today=TODAY, now=NOW)
    monkeypatch.setattr("renewals.services.renewing.locked", unlocked)
    # The batch's key would keep them apart as well.
    monkeypatch.setattr("renewals.services.renewing.assign", no_seat)
    guard = nullcontext() if guarded else without(RenewalAttempt, "one_attempt_a_turn")
    with guard:
        pressed(swept(attempt), ATTEMPTS)
        assert outcomes() == ["no_seat"] * (1 if guarded else DOUBLED)


def test_somebody_switched_to_manual_at_the_last_moment(quiet: Cast) -> None:
    (window,) = renewing_today(quiet, "Eve Ellis")
    seats(quiet.northside, quiet.renewals, 1)
    sponsorship = Sponsorship.objects.get(member=window.member)

    def switch() -> None:
        switch_renewal_mode(
            actor=TESTER, sponsorship=sponsorship, mode="manual", now=NOW
        )

    def renew() -> None:
        try_renewal(window_id=window.pk, today=TODAY, now=NOW)

    at_once([switch, renew])
    sponsorship.refresh_from_db()
    assert sponsorship.renewal_mode == "manual"
    # One was first, and the other saw it.
    assert outcomes() in ([], ["renewed"])
    assert used(quiet) == len(outcomes())


def test_an_administrator_at_the_same_moment_renews_no_second_time(quiet: Cast) -> None:
    (window,) = renewing_today(quiet, "Eve Ellis")
    seats(quiet.northside, quiet.renewals, 2)

    def press() -> None:
        with suppress(Refusal):
            assign(
                actor=TESTER,
                practice=quiet.northside,
                product=quiet.renewals,
                picks=[Pick(window.member_id, seen=1)],
                form_key="pressed",
                today=TODAY,
                now=NOW,
            )

    def renew() -> None:
        try_renewal(window_id=window.pk, today=TODAY, now=NOW)

    at_once([press, renew])
    assert used(quiet) == 1
    assert Window.objects.filter(member=window.member).count() == 2
