"""The terms of the practice's own record, once it gives way to the person's."""

from datetime import timedelta

import pytest

from accounts.models import Invitation, Member
from accounts.services import accept_as
from core.failures import NotEligible
from core.letters import Moment
from core.models import OutboxMessage
from core.scope import Scope
from credentials.models import Assignment, SeatPool, Window
from credentials.queries import seat_faults, why_not_undone
from renewals.queries import endings_of, life_of, why_terms_stand
from renewals.rules import Span
from renewals.services.applying import start_term
from renewals.services.inserting import insert_notices
from renewals.services.letters import compose_renewed
from renewals.services.reminding import NOTICE
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, given
from tests.consent.asking import agrees, asked
from tests.db.walling import within
from tests.undoing.undone import undo_all

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
SOON = NOW + timedelta(minutes=5)
MONTHS = timedelta(days=300)


def new_at_the_practice(cast: Cast) -> tuple[Member, Invitation]:
    """Sam has a record without a term, and Northside asks him."""
    return a_member("Sam Stone", None, user=cast.sam), asked(cast, cast.sam.email)


def says_yes(cast: Cast, invitation: Invitation, after: timedelta) -> None:
    """Let Sam say yes so much later, within the walls of the invitation."""
    Invitation.objects.filter(pk=invitation.pk).update(
        expires_at=NOW + after + timedelta(days=1)
    )
    invitation.refresh_from_db()
    with within(Scope.joining(invitation.pk)):
        accept_as(
            invitation=invitation,
            user=cast.sam,
            today=TODAY + timedelta(days=after.days),
            now=NOW + after,
        )


def used(cast: Cast, code: str = "membership") -> int:
    """How many seats Northside has used of a product."""
    return SeatPool.objects.get(practice=cast.northside, product__code=code).used


def notices(window: Window) -> int:
    """How many the sweep queues about a term two weeks before its date."""
    return insert_notices(
        kind=NOTICE,
        program=BODY,
        spans=[Span(window.last_on, window.last_on)],
        now=NOW,
    )


def test_the_term_left_behind_counts_nowhere_and_nobody_is_told_of_it(
    cast: Cast,
) -> None:
    invitation = asked(cast)
    [left] = Window.objects.filter(member=invitation.member)
    with within(Scope.joining(invitation.pk)):
        agrees(cast, invitation)
    assert Window.every.get(pk=left.pk).undone_at == NOW
    assert notices(left) == 0
    assert not endings_of([left.pk])
    [waits] = OutboxMessage.objects.filter(kind="renewed", subject_id=left.pk)
    assert compose_renewed(message=waits, moment=Moment(NOW, lambda _: TODAY)) is None
    assert not OutboxMessage.objects.filter(kind="renewal_undone").exists()


def test_a_letter_about_it_that_left_is_taken_back(cast: Cast) -> None:
    invitation = asked(cast)
    OutboxMessage.objects.filter(kind="renewed").update(
        state=OutboxMessage.State.SENT, handed_at=NOW
    )
    agrees(cast, invitation)
    letter = OutboxMessage.objects.get(kind="renewal_undone")
    assert letter.recipient == cast.charlie.email
    said = "You have one record now: the dates of your own count."
    assert letter.payload["items"] == [said]
    assert not OutboxMessage.objects.filter(
        kind="renewal_undone_administrator"
    ).exists()


def test_a_record_set_aside_is_told_nothing_even_of_a_term_that_stands(
    cast: Cast,
) -> None:
    given(cast.membership, cast.northside, eve := a_member("Eve Early", cast.northside))
    [window] = Window.objects.filter(member=eve)
    Member.objects.filter(pk=eve.pk).update(joined_to=cast.bob)
    assert notices(window) == 0
    assert not endings_of([window.pk])


@pytest.mark.parametrize("spare", [1, 0])
def test_what_the_practice_took_back_by_hand_is_not_assigned_again(
    cast: Cast, spare: int
) -> None:
    sam, invitation = new_at_the_practice(cast)
    membership = Assignment.objects.get(
        member=invitation.member, product__code="membership"
    )
    undo_all(membership, now=SOON)
    pools = SeatPool.objects.filter(product=cast.membership)
    before = used(cast)
    pools.filter(practice=cast.northside).update(granted=before + spare)
    says_yes(cast, invitation, timedelta(minutes=6))
    assert used(cast) == before
    assert not Window.objects.filter(member=sam).exists()


def test_a_first_term_keeps_the_days_it_had_and_its_seat(cast: Cast) -> None:
    sam, invitation = new_at_the_practice(cast)
    old = Window.objects.get(member=invitation.member)
    before = used(cast)
    says_yes(cast, invitation, MONTHS)
    new = Window.objects.get(member=sam)
    assert (new.first_on, new.last_on) == (old.first_on, old.last_on)
    assert used(cast) == before
    assert not seat_faults()
    assert not OutboxMessage.objects.filter(kind="renewal_undone").exists()


def test_a_renewal_after_it_comes_along_too(cast: Cast) -> None:
    sam, invitation = new_at_the_practice(cast)
    assert invitation.member is not None
    year = timedelta(days=364)
    given(cast.renewals, cast.northside, invitation.member, today=TODAY + year)
    terms = Window.objects.filter(member=invitation.member)
    days = list(terms.values_list("sequence", "first_on", "last_on"))
    says_yes(cast, invitation, year + timedelta(days=3))
    mine = Window.objects.filter(member=sam)
    assert list(mine.values_list("sequence", "first_on", "last_on")) == days
    assert len(days) == 2
    assert not seat_faults()


def test_a_term_that_moved_is_no_slip_to_undo(cast: Cast) -> None:
    sam, invitation = new_at_the_practice(cast)
    says_yes(cast, invitation, MONTHS)
    moved = Assignment.objects.get(member=sam, product=cast.membership)
    assert not why_not_undone(moved, NOW + MONTHS)
    days = {BODY: TODAY + MONTHS}
    assert why_terms_stand([moved], days) == {
        moved.pk: "Sam Stone had this term before they joined."
    }


@pytest.mark.parametrize(("hours", "comes_back"), [(23, True), (24, False)])
def test_a_seat_that_a_term_was_lived_on_is_not_given_back(
    cast: Cast, hours: int, *, comes_back: bool
) -> None:
    sam = a_member("Sam Stone", cast.lakeview, user=cast.sam)
    given(cast.membership, cast.lakeview, sam)
    invitation = asked(cast, cast.sam.email)
    before = used(cast)
    if comes_back:
        says_yes(cast, invitation, timedelta(hours=hours))
        assert used(cast) == before - 1
    else:
        with pytest.raises(NotEligible, match=r"24 hours ago.*certifying body"):
            says_yes(cast, invitation, timedelta(hours=hours))
        assert used(cast) == before
        invitation.refresh_from_db()
        assert invitation.accepted_at is None
    assert not seat_faults()


def test_a_term_that_was_begun_before_this_was_noted_is_not_left_behind(
    cast: Cast,
) -> None:
    invitation = asked(cast)
    [old] = Assignment.objects.filter(member=invitation.member, product=cast.membership)
    undo_all(old, now=SOON)
    start_term(
        actor=TESTER,
        member=old.member,
        program=BODY,
        sponsorship=old.sponsorship,
        life=life_of(old.member_id, BODY),
        today=TODAY,
        now=NOW,
    )
    with pytest.raises(NotEligible, match=r"holds a term\. Ask your certifying body"):
        agrees(cast, invitation)
