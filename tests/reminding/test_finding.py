"""Which terms are told of: those within two weeks that nobody renewed, to their own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.models import Member, Sponsorship
from accounts.services import end_sponsorship
from core.models import OutboxMessage
from renewals.services import tell_due
from renewals.services.reminding import DIGEST, Told
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, a_user
from tests.reminding.people import (
    DUE,
    address,
    ending,
    in_digests,
    letter_of,
    moved,
    sweep,
    term,
    told,
)

pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    ("days", "due"), [(-1, False), (0, True), (1, True), (14, True), (15, False)]
)
def test_a_term_is_told_of_within_two_weeks_of_its_date(
    quiet: Cast, days: int, *, due: bool
) -> None:
    window = ending("Eve Ellis", quiet.northside, TODAY + timedelta(days=days))
    sweep()
    assert told() == ([address(window)] if due else [])
    assert in_digests() == ([("Ellis", "Alice Adams")] if due else [])


def test_every_day_of_the_window_is_as_good_as_the_first(quiet: Cast) -> None:
    windows = [
        ending(f"Eve Number{days}", quiet.northside, TODAY + timedelta(days=days))
        for days in range(15)
    ]
    done = tell_due(program=BODY, today=TODAY, now=NOW)
    assert done == Told(members=15, administrators=1)
    assert told() == sorted(map(address, windows))


def test_the_bodys_staff_may_read_what_was_queued(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    ending("Gil Gray", quiet.northside, TODAY, mode="auto")
    sweep()
    kinds = OutboxMessage.objects.of_program(BODY).values_list("kind", flat=True)
    assert sorted(kinds) == [
        "auto_renewal_administrator",
        "renewal_due",
        "renewal_due",
        "renewal_due_administrator",
    ]


def test_another_bodys_terms_are_not_looked_at(quiet: Cast) -> None:
    member = a_member("Olga Other", quiet.northside, program="another")
    term(member, DUE, program="another")
    sweep()
    assert told() == []
    assert in_digests() == []


def test_somebody_renewed_early_is_not_told(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    term(window.member, date(2026, 12, 1), sequence=2)
    sweep()
    assert told() == []
    assert in_digests() == []


def test_of_several_terms_only_the_newest_counts(quiet: Cast) -> None:
    # The older one's date lies in the window as well: they were renewed that late.
    member = a_member("Eve Ellis", quiet.northside)
    term(member, TODAY, sequence=1)
    newest = term(member, DUE, sequence=2)
    sweep()
    assert OutboxMessage.objects.get(kind="renewal_due").subject_id == newest.pk


def leave(member: Member) -> None:
    """End the sponsorship of a member."""
    sponsorship = Sponsorship.objects.open().get(member=member)
    end_sponsorship(
        actor=TESTER, sponsorship=sponsorship, reason="left", today=TODAY, now=NOW
    )


def test_somebody_taken_off_the_list_is_told_and_the_practice_is_not(
    quiet: Cast,
) -> None:
    window = ending("Eve Ellis", quiet.northside)
    leave(window.member)
    sweep()
    assert told() == [address(window)]
    assert letter_of("renewal_due").practice is None
    assert in_digests() == []
    # Nor are they told once more of a practice that takes them on later.
    Sponsorship.objects.create(
        practice=quiet.lakeview, member=window.member, program=BODY, from_on=TODAY
    )
    assert tell_due(program=BODY, today=TODAY, now=NOW) == Told(0, 1)


def test_somebody_another_practice_took_on_stands_in_its_digest(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    leave(window.member)
    Sponsorship.objects.create(
        practice=quiet.lakeview, member=window.member, program=BODY, from_on=TODAY
    )
    sweep()
    assert in_digests() == [("Ellis", "Frank Foster")]
    assert OutboxMessage.objects.get(kind=DIGEST).practice == quiet.lakeview
    assert told() == [address(window)]


def test_somebody_without_an_address_stands_in_the_digest_alone(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    window.member.email = ""
    window.member.save()
    sweep()
    assert told() == []
    assert in_digests() == [("Ellis", "Alice Adams")]


def test_whose_member_has_no_address_but_an_account_is_told_there(quiet: Cast) -> None:
    user = a_user("Eve Ellis")
    window = ending("Eve Ellis", quiet.northside, user=user)
    window.member.email = ""
    window.member.save()
    sweep()
    assert told() == [user.email]


def test_somebody_who_pays_alone_is_told_all_the_same(quiet: Cast) -> None:
    window = ending("Ida Alone", None)
    sweep()
    assert told() == [address(window)]
    assert OutboxMessage.objects.get(kind="renewal_due").practice is None
    assert in_digests() == []


def test_a_practice_without_an_administrator_who_can_sign_in_is_not_told(
    quiet: Cast,
) -> None:
    window = ending("Eve Ellis", quiet.northside)
    quiet.alice.is_active = False
    quiet.alice.save()
    sweep()
    assert told() == [address(window)]
    assert told(DIGEST) == []
    # As soon as somebody can read it, they are told.
    quiet.alice.is_active = True
    quiet.alice.save()
    sweep()
    assert told(DIGEST) == [quiet.alice.email]


def test_whose_address_changes_is_not_told_again(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    before = address(window)
    sweep()
    moved(window.member)
    sweep(TODAY + timedelta(days=1))
    assert told() == [before]


def test_whoever_was_dropped_and_is_due_after_all_is_told(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    # The letter found nothing to say, as a clock was wrong.
    OutboxMessage.objects.filter(kind="renewal_due").update(state="void", attempts=1)
    assert tell_due(program=BODY, today=TODAY, now=NOW) == Told(1, 0)
    row = OutboxMessage.objects.get(kind="renewal_due")
    assert (row.state, row.attempts, row.recipient) == ("waiting", 0, address(window))
    assert tell_due(program=BODY, today=TODAY, now=NOW) == Told(0, 0)


def test_an_address_given_up_before_the_mail_left_is_made_good(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    # The letter found that the address is nobody's any more.
    OutboxMessage.objects.filter(kind="renewal_due").update(state="void")
    new = moved(window.member)
    sweep()
    assert told() == [new]


def test_an_address_no_server_took_is_made_good_once_it_is_corrected(
    quiet: Cast,
) -> None:
    window = ending("Eve Ellis", quiet.northside)
    wrong = address(window)
    sweep()
    OutboxMessage.objects.filter(kind="renewal_due").update(state="dead")
    right = moved(window.member)
    for days in (0, 1):
        sweep(TODAY + timedelta(days=days))
    assert told() == sorted([wrong, right])
    assert OutboxMessage.objects.get(recipient=right).state == "waiting"
    # What was taken at the right one is not said again, wherever they move.
    OutboxMessage.objects.filter(recipient=right).update(state="sent")
    moved(window.member)
    sweep(TODAY + timedelta(days=2))
    assert told() == sorted([wrong, right])


@pytest.mark.parametrize("written", [str, str.upper])
def test_an_address_no_server_took_stays_with_people_while_it_is_the_same(
    quiet: Cast, written: Callable[[str], str]
) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    OutboxMessage.objects.filter(kind="renewal_due").update(state="dead")
    window.member.email = written(window.member.email)
    window.member.save()
    sweep()
    assert OutboxMessage.objects.get(kind="renewal_due").state == "dead"
