"""What came between a merge and its undoing: refused, taken back, or gone along."""

from datetime import date, timedelta

import pytest

from accounts.models import Member
from certificates.models import Certificate, CertificateEvent, Opening
from certificates.services import open_paper
from core.failures import NotEligible
from credentials.models import Assignment, Window
from renewals.models import MovedDeadline, Recertification, RenewalAttempt
from renewals.queries import facts_of, history_of
from renewals.services import merge_accounts, undo_merge
from tests.auditing.auditing import a_case
from tests.cast import (
    NOW,
    TESTER,
    TODAY,
    Cast,
    a_member,
    a_user,
    certify,
    credit,
    given,
)
from tests.ce.reporting import submitted
from tests.cycles import BODY as CYCLES
from tests.decreeing.decreeing import NOV_20, decreed, known, listed, number_of
from tests.decreeing.decreeing import given as give_all
from tests.merging.merging import (
    GROUND,
    WHY,
    manager,
    merged,
    proved,
    second_account,
    undone,
)
from tests.recertifying.living import a_holder, noon
from tests.renewing.test_certificates import latest
from tests.undoing.undone import renew, undo_all

pytestmark = pytest.mark.db
LATER, LAST = NOW + timedelta(minutes=5), NOW + timedelta(minutes=20)


def _short_of_credit(cast: Cast) -> tuple[Member, Member]:
    """Two halves of the credit that a held certificate waits for."""
    member = a_member("Bob Baker", cast.northside, user=a_user("Zed B"))
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    credit(member, "1.5", on=date(2025, 3, 3))
    given(cast.renewals, cast.northside, member)
    other = second_account()
    credit(other, "1.5", on=date(2025, 4, 4))
    return member, other


@pytest.mark.parametrize("keeps_its_term", [True, False])
def test_the_certificate_that_the_merge_issued_is_taken_back(
    cast: Cast, *, keeps_its_term: bool
) -> None:
    member, other = _short_of_credit(cast)
    kept = member if keeps_its_term else other
    row = merged(cast, proved(member, other), kept, now=LATER)
    assert latest(kept).state == "issued"

    undone(cast, row, now=LAST)

    held = latest(member)
    assert (held.state, held.certificate) == ("held", None)
    first = Certificate.objects.get(source_id=held.window_id)
    assert first.member == member
    assert first.events.get().kind == CertificateEvent.Kind.SUPERSEDED
    # What suffices later is issued anew, not the one that was taken back.
    credit(member, "1.5", on=date(2025, 5, 5))
    row = merged(cast, proved(member, other, now=LAST), member, now=LAST)
    anew = latest(member).certificate
    assert anew is not None
    assert (anew.edition, anew.events.count()) == (2, 0)


def test_a_certificate_of_the_merge_that_was_opened_lets_it_stand(cast: Cast) -> None:
    member, other = _short_of_credit(cast)
    row = merged(cast, proved(member, other), member, now=LATER)
    paper = latest(member).certificate
    assert paper is not None
    open_paper(actor=TESTER, certificate=paper, way=Opening.Way.PAGE, now=LATER)
    with pytest.raises(NotEligible, match="the merge stands"):
        undone(cast, row, now=LAST)
    row.refresh_from_db()
    assert row.state == "merged"


@pytest.mark.parametrize("sponsored_is_kept", [True, False])
def test_a_term_that_was_taken_back_is_in_nobodys_way(
    cast: Cast, *, sponsored_is_kept: bool
) -> None:
    other = second_account()
    kept = cast.bob if sponsored_is_kept else other
    submitted(other)
    row = merged(cast, proved(cast.bob, other), kept)
    made = renew(cast.northside, cast.renewals, kept)
    with pytest.raises(NotEligible, match="Take that back first"):
        undone(cast, row, now=LAST)
    undo_all(*made)

    undone(cast, row, now=LAST)

    # It names the sponsorship, so it is where that is.
    assert Assignment.objects.get(pk=made[0].pk).member == cast.bob
    assert Window.every.get(assignment=made[0].pk).member == cast.bob


def test_what_was_tried_since_goes_along_with_its_sponsorship(cast: Cast) -> None:
    other = second_account()
    row = merged(cast, proved(cast.bob, other), other)
    term = Window.objects.filter(member=other).latest("sequence")
    tried = RenewalAttempt.objects.create(
        window=term,
        member=other,
        practice=cast.northside,
        sponsorship=other.sponsorships.get(),
        on=TODAY,
        outcome="no_seat",
        at=LATER,
    )
    undone(cast, row, now=LAST)
    tried.refresh_from_db()
    assert tried.member == cast.bob


def test_an_audit_since_can_not_be_taken_back(cast: Cast) -> None:
    other = second_account()
    submitted(other)
    before = NOW - timedelta(minutes=5)
    row = merged(cast, proved(cast.bob, other), cast.bob, now=before)
    a_case(cast.bob)
    with pytest.raises(NotEligible, match="an audit since") as said:
        undone(cast, row)
    assert "The merge stands" in said.value.text
    assert "Take that back" not in said.value.text


def test_an_application_decided_since_lets_the_merge_stand(cast: Cast) -> None:
    other = second_account()
    kept = Recertification.objects.create(
        member=cast.bob,
        program=CYCLES,
        kind="recertification",
        state="draft",
        cycle_last_on=date(2025, 12, 31),
        created_at=NOW,
        changed_at=NOW,
    )
    certify(other, code="CPCS", program=CYCLES)
    row = merged(cast, proved(cast.bob, other), cast.bob)
    mine = Recertification.objects.filter(pk=kept.pk)
    mine.update(
        state="approved",
        name="Bob Baker",
        declared=True,
        submitted_on=TODAY,
        paid_on=TODAY,
        decided_on=TODAY,
        decided_by="tests",
        policy="test",
        changed_at=LATER,
    )
    with pytest.raises(NotEligible, match="a decision on an application"):
        undone(cast, row, now=LAST)


def _decreed_between(cast: Cast, *, both: bool) -> tuple[Member, Member]:
    """Merge a holder of a cycle into another account, decree, and undo it."""
    holder = a_holder("Zed Baker")
    known(holder)
    if holder.user is None:
        holder.user = a_user("Zed N")
        holder.save()
    kept = second_account()
    if both:
        certify(kept, code="CPMSM", program=CYCLES, nth=8)
    at = noon(NOV_20)
    row = proved(kept, holder, program=CYCLES, now=at)
    row = merge_accounts(
        actor=manager(cast),
        duplicate=row,
        keep=kept.pk,
        ground=GROUND,
        today=NOV_20,
        now=at,
    )
    decreed(listed(number_of(kept)))
    give_all()
    undo_merge(
        actor=manager(cast),
        duplicate=row,
        reason=WHY,
        today=NOV_20,
        now=at + timedelta(hours=3),
    )
    return holder, kept


def test_what_was_decreed_since_goes_along_with_its_cycle(cast: Cast) -> None:
    holder, _ = _decreed_between(cast, both=False)
    assert MovedDeadline.objects.get().member == holder
    life = history_of(facts_of(holder.pk, CYCLES), CYCLES, as_of=NOV_20)
    cycle = life.working(NOV_20)
    assert cycle is not None
    assert cycle.granted_until(NOV_20)


def test_what_was_decreed_since_for_both_lets_the_merge_stand(cast: Cast) -> None:
    with pytest.raises(NotEligible, match="more time by a decree since"):
        _decreed_between(cast, both=True)
