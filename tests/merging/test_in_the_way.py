"""What keeps two accounts from being merged, each with its way out."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.models import (
    Administration,
    Invitation,
    Member,
    Sponsorship,
    StaffRole,
)
from ce_credits.services import end_approval
from core.failures import NotEligible
from credentials.models import Product, SocietyMembership
from credentials.services import Pick, assign
from renewals.models import Recertification
from renewals.queries.merging import compare
from tests.approvals.approving import approved
from tests.auditing.auditing import a_case
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, certify, seats
from tests.cycles import BODY as CYCLES
from tests.db.money_rows import a_fee
from tests.merging.merging import merged, proved, second_account

pytestmark = pytest.mark.db
Makes = Callable[[Cast, Member], object]


def _same_credential(cast: Cast, other: Member) -> None:
    certify(cast.bob, code="CPCS", program=CYCLES)
    certify(other, code="CPCS", program=CYCLES)


def _two_practices(cast: Cast, other: Member) -> None:
    Sponsorship.objects.create(
        practice=cast.lakeview, member=other, program=BODY, from_on=TODAY
    )


def _society(cast: Cast, other: Member) -> None:
    for each in (cast.bob, other):
        SocietyMembership.objects.create(
            member=each,
            program=CYCLES,
            from_on=TODAY,
            recorded_by="tests",
            recorded_at=NOW,
        )


def _draft(member: Member) -> None:
    Recertification.objects.create(
        member=member,
        program=CYCLES,
        kind="recertification",
        state="draft",
        cycle_last_on=date(2025, 12, 31),
        created_at=NOW,
        changed_at=NOW,
    )


def _applied(cast: Cast, other: Member) -> None:
    _draft(cast.bob)
    _draft(other)


def _invited(cast: Cast, other: Member) -> None:
    assert other.user is not None
    Invitation.objects.create(
        practice=cast.lakeview,
        program=BODY,
        email=other.user.email,
        first_name="Bob",
        last_name="Baker",
        token_hash="t",
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )


def _works(cast: Cast, other: Member) -> None:
    assert other.user is not None
    StaffRole.objects.create(user=other.user, program=CYCLES, role="reviewer")


def _administers(cast: Cast, other: Member) -> None:
    assert other.user is not None
    Administration.objects.create(practice=cast.lakeview, user=other.user, from_at=NOW)


def _sponsors(cast: Cast, other: Member) -> None:
    assert other.user is not None
    approved(other.user)


def _sponsors_no_more(cast: Cast, other: Member) -> None:
    assert other.user is not None
    row = approved(other.user)
    end_approval(
        actor=TESTER,
        application=row,
        words="The speakers were others.",
        seen=row.version,
        today=TODAY,
        now=NOW,
    )


def _renamed(cast: Cast, other: Member) -> None:
    Member.objects.filter(pk=other.pk).update(first_name="Eve", last_name="Evans")
    other.refresh_from_db()


def _assigned(cast: Cast, *batches: list[Member]) -> None:
    """Assign one product in as many batches; the other is sponsored just for that."""
    product = Product.objects.get(program=BODY, code="hipaa")
    seats(cast.northside, product, 2)
    for members in batches:
        for each in members:
            if each.pk != cast.bob.pk:
                Sponsorship.objects.create(
                    practice=cast.northside,
                    member=each,
                    program=BODY,
                    from_on=TODAY,
                )
        assign(
            actor=TESTER,
            practice=cast.northside,
            product=product,
            picks=[Pick(each.pk) for each in members],
            form_key=uuid4().hex,
            today=TODAY,
            now=NOW,
        )
    Sponsorship.objects.exclude(member=cast.bob).update(until_on=TODAY)


def _one_batch(cast: Cast, other: Member) -> None:
    _assigned(cast, [cast.bob, other])


def _two_batches(cast: Cast, other: Member) -> None:
    _assigned(cast, [cast.bob], [other])


IN_THE_WAY: tuple[tuple[str, Makes], ...] = (
    ("Both have CPCS", _same_credential),
    ("Both are sponsored", _two_practices),
    ("Both are in the society", _society),
    ("Both applied", _applied),
    ("an application", lambda cast, other: _draft(other)),
    ("an audit", lambda cast, other: a_case(other)),
    ("orders", lambda cast, other: a_fee(other)),
    ("applied for an activity's approval. Keep that account", _sponsors),
    # Attendance until its end is still reported by it.
    ("applied for an activity's approval", _sponsors_no_more),
    ("an invitation", _invited),
    ("works for a body", _works),
    ("administers a practice", _administers),
    ("share neither name", _renamed),
    ("in one batch", _one_batch),
    ("neither is finished", _two_batches),
)


@pytest.mark.parametrize(
    ("words", "makes"), IN_THE_WAY, ids=[words for words, _ in IN_THE_WAY]
)
def test_it_is_refused_with_the_way_out(cast: Cast, words: str, makes: Makes) -> None:
    other = second_account()
    makes(cast, other)
    row = proved(cast.bob, other)

    problems = compare(cast.bob, other, now=NOW).in_the_way
    with pytest.raises(NotEligible) as refusal:
        merged(cast, row, cast.bob)

    assert any(words in each for each in problems)
    assert all(each.endswith(".") for each in problems)
    assert [each.text for each in refusal.value.problems] == list(problems)
    row.refresh_from_db()
    assert row.state == "proved"


def test_what_is_open_in_the_account_kept_is_in_nobodys_way(cast: Cast) -> None:
    other = second_account()
    a_case(other)
    assert compare(cast.bob, other, now=NOW).in_the_way
    assert not compare(other, cast.bob, now=NOW).in_the_way


def test_one_name_that_differs_is_a_marriage_two_are_two_people(cast: Cast) -> None:
    other = second_account()
    Member.objects.filter(pk=other.pk).update(last_name="Brown")
    other.refresh_from_db()
    assert not compare(cast.bob, other, now=NOW).in_the_way
