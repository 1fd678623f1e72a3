"""Yes: one record, one sponsor, and each side knows its own part."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Invitation, Member, Sponsorship
from accounts.services import accept_as, end_sponsorship, invite
from core.failures import Missing, NotEligible
from core.models import AuditEntry, OutboxMessage
from core.scope import Scope
from credentials.models import Assignment, SeatPool, Window
from credentials.queries import seat_faults
from tests.cast import (
    BODY,
    NOW,
    TESTER,
    TODAY,
    Cast,
    a_member,
    a_practice,
    a_user,
    certify,
    credit,
    given,
)
from tests.consent.asking import PARTS, agrees, asked, packages
from tests.db.walling import within

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


def sponsors(cast: Cast) -> list[str]:
    """Who sponsors Charlie today."""
    found = cast.charlie.sponsorships.filter(until_on=None)
    return [each.practice.name for each in found.select_related("practice")]


def test_one_record_comes_over_with_its_credential_ce_and_renewal_date(
    cast: Cast,
) -> None:
    windows = list(Window.objects.filter(member=cast.charlie).values())
    invitation = asked(cast)
    empty = invitation.member
    assert empty is not None
    assert sponsors(cast) == ["Lakeview"]

    assert agrees(cast, invitation) == cast.charlie

    assert sponsors(cast) == ["Northside"]
    former = Sponsorship.objects.get(practice=cast.lakeview, member=cast.charlie)
    assert former.until_on == TODAY
    assert list(Window.objects.filter(member=cast.charlie).values()) == windows
    assert cast.charlie.certifications.count() == 1
    assert list(Member.objects.of(cast.northside)) == [cast.bob, cast.charlie]
    empty.refresh_from_db()
    assert empty.joined_to == cast.charlie
    assert not empty.sponsorships.filter(until_on=None).exists()
    assert empty not in Member.objects.of_program(BODY)


def test_what_was_assigned_comes_along_and_the_membership_s_seat_comes_back(
    cast: Cast,
) -> None:
    agrees(cast, asked(cast))
    held = Assignment.objects.exclude(state="undone")
    mine = held.filter(member=cast.charlie, practice=cast.northside)
    assert not held.filter(member__last_name="Chen", member__user=None).exists()
    codes = set(mine.values_list("product__code", flat=True))
    assert codes == set(PARTS) - {"membership"}
    used = {
        pool.product.code: pool.used
        for pool in SeatPool.objects.filter(practice=cast.northside)
        if pool.product.code in PARTS
    }
    # Bob's membership is Northside's own.
    assert used == {
        "membership": 1,
        "mscat-manual": 1,
        "hipaa": 1,
        "mscat-assessment": 1,
    }
    assert not seat_faults()


def test_the_seat_that_came_back_begins_a_first_term(cast: Cast) -> None:
    sam = a_member("Sam Stone", None, user=cast.sam)
    invitation = asked(cast, cast.sam.email)
    accept_as(invitation=invitation, user=cast.sam, today=TODAY, now=NOW)
    assert Window.objects.get(member=sam).practice == cast.northside
    mine = Assignment.objects.filter(member=sam).exclude(state="undone")
    assert set(mine.values_list("product__code", flat=True)) == set(PARTS)
    assert not seat_faults()


def test_the_practice_s_own_words_come_along(cast: Cast) -> None:
    invitation = asked(cast)
    held = Sponsorship.objects.get(member=invitation.member)
    held.job_role, held.external_id, held.renewal_mode = "Scribe", "E-1", "auto"
    held.save()
    agrees(cast, invitation)
    new = cast.charlie.sponsorships.get(practice=cast.northside)
    assert (new.job_role, new.external_id, new.renewal_mode) == (
        "Scribe",
        "E-1",
        "auto",
    )


def test_each_practice_gets_one_letter_and_entries_of_its_own(cast: Cast) -> None:
    agrees(cast, asked(cast))
    letters = OutboxMessage.objects.filter(kind__in=("member_left", "member_joined"))
    told = sorted(letters.values_list("kind", "recipient", "practice__name"))
    assert told == [
        ("member_joined", cast.alice.email, "Northside"),
        ("member_left", cast.frank.email, "Lakeview"),
    ]
    for letter in letters:
        other = {"Northside": "Lakeview", "Lakeview": "Northside"}
        assert other[letter.payload["practice"]] not in str(letter.payload)
    left = AuditEntry.objects.get(action="member.left")
    assert (left.practice, left.member) == (cast.lakeview, cast.charlie)
    assert "Northside" not in left.sentence
    ours = AuditEntry.objects.filter(practice=cast.northside)
    actions = set(ours.values_list("action", flat=True))
    assert {"invitation.accepted", "records.joined"} <= actions


def test_another_program_s_sponsor_stays(cast: Cast) -> None:
    other = a_practice("Cedar")
    Sponsorship.objects.create(
        practice=other, member=cast.charlie, program="another", from_on=TODAY
    )
    agrees(cast, asked(cast))
    assert sorted(sponsors(cast)) == ["Cedar", "Northside"]


@pytest.mark.parametrize(
    "what", ["a credential", "continuing education", "more", "more once"]
)
def test_two_full_records_don_t_meet_and_nothing_is_half_done(
    cast: Cast, what: str
) -> None:
    invitation = asked(cast)
    empty = invitation.member
    assert empty is not None
    if what == "a credential":
        certify(empty)
    elif what.startswith("more"):
        # Where it ended, the practice doesn't see what that body put on the record.
        Sponsorship.objects.create(
            practice=cast.northside,
            member=empty,
            program="another",
            from_on=TODAY,
            until_on=None if what == "more" else TODAY,
        )
    else:
        credit(empty, "1.0", on=TODAY)
    words = f"holds {what.removesuffix(' once')}.*certifying body"
    with (
        pytest.raises(NotEligible, match=words),
        within(Scope.joining(invitation.pk)),
    ):
        agrees(cast, invitation)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert sponsors(cast) == ["Lakeview"]
    assert not OutboxMessage.objects.filter(kind="member_left").exists()


def test_two_practices_may_both_ask_and_the_last_yes_counts(cast: Cast) -> None:
    cedar = a_practice("Cedar")
    packages(cedar)
    first = asked(cast)
    second = invite(
        actor=TESTER,
        practice=cedar,
        program=BODY,
        first_name="Charlie",
        last_name="Chen",
        email=cast.charlie.email,
        now=NOW,
    )
    agrees(cast, first)
    agrees(cast, second)
    assert sponsors(cast) == ["Cedar"]
    assert cast.charlie.sponsorships.count() == 3


def test_a_yes_in_two_tabs_is_one(cast: Cast) -> None:
    invitation = asked(cast)
    agrees(cast, invitation)
    with pytest.raises(Missing):
        agrees(cast, Invitation.objects.get(pk=invitation.pk))
    assert OutboxMessage.objects.filter(kind="member_joined").count() == 1
    assert Sponsorship.objects.filter(practice=cast.northside).count() == 3


def test_whom_the_former_practice_removed_meanwhile_just_joins(cast: Cast) -> None:
    invitation = asked(cast)
    end_sponsorship(
        actor=TESTER,
        sponsorship=cast.charlie.sponsorships.get(),
        reason="moves",
        today=TODAY,
        now=NOW,
    )
    agrees(cast, invitation)
    assert sponsors(cast) == ["Northside"]
    assert not OutboxMessage.objects.filter(kind="member_left").exists()


def test_whom_the_asking_practice_removed_can_t_say_yes(cast: Cast) -> None:
    invitation = asked(cast)
    end_sponsorship(
        actor=TESTER,
        sponsorship=Sponsorship.objects.get(member=invitation.member),
        reason="a slip",
        today=TODAY,
        now=NOW,
    )
    with pytest.raises(Missing):
        agrees(cast, invitation)
    assert sponsors(cast) == ["Lakeview"]


def test_an_expired_question_moves_nobody(cast: Cast) -> None:
    invitation = asked(cast)
    with pytest.raises(Missing), transaction.atomic():
        accept_as(
            invitation=invitation,
            user=cast.user("charlie"),
            today=TODAY,
            now=NOW + timedelta(days=8),
        )
    assert sponsors(cast) == ["Lakeview"]


def test_what_is_assigned_already_is_not_there_twice(cast: Cast) -> None:
    """Somebody who comes back still has the manual of their first time."""
    agrees(cast, asked(cast))
    end_sponsorship(
        actor=TESTER,
        sponsorship=cast.charlie.sponsorships.get(until_on=None),
        reason="leaves",
        today=TODAY,
        now=NOW,
    )
    agrees(cast, asked(cast, key="again"))
    mine = Assignment.objects.filter(member=cast.charlie, product__code="mscat-manual")
    assert mine.count() == 1
    assert not seat_faults()


def test_a_person_without_a_record_gets_the_practice_s(cast: Cast) -> None:
    nora = a_user("Nora New")
    invitation = asked(cast, nora.email)
    member = accept_as(invitation=invitation, user=nora, today=TODAY, now=NOW)
    assert member == invitation.member
    assert member.joined_to is None


def test_what_the_former_practice_issued_stays_with_it(
    cast: Cast, frank: Client
) -> None:
    given(cast.renewals, cast.lakeview, cast.charlie)
    agrees(cast, asked(cast))
    page = frank.get("/p/lakeview/certificates/").content.decode()
    assert "Charlie Chen" in page
    assert frank.get(f"/p/lakeview/members/{cast.charlie.pk}/").status_code == 404


def test_the_walls_of_an_invitation_are_as_wide_as_it_takes(cast: Cast) -> None:
    """The same as above, as the web's role on PostgreSQL, in the link's scope alone."""
    invitation = asked(cast)
    with within(Scope.joining(invitation.pk)):
        agrees(cast, invitation)
    assert sponsors(cast) == ["Northside"]
