"""The last place at something live goes to one, and a claim is one claim."""

from functools import partial
from uuid import UUID

import pytest

from accounts.models import Member
from certificates.models import Certificate
from core.failures import NotEligible
from courses.models import LiveActivity, LiveAnswers, LiveClaim, LiveRegistration
from tests.cast import Cast, a_member, a_user
from tests.live.holding import a_live, claims, registered, was_there
from tests.race.hands import at_once

pytestmark = [pytest.mark.race, pytest.mark.db, pytest.mark.usefixtures("shelf")]
HANDS = 6


def test_the_last_place_goes_to_one(cast: Cast, server: str) -> None:
    live = a_live(capacity=1)
    names = [f"Hand {number}" for number in range(HANDS)]
    people = [a_member(each, None, user=a_user(each)) for each in names]
    acts = [partial(_registers, each.pk, live.pk) for each in people]
    assert sorted(at_once(acts)) == [False] * (HANDS - 1) + [True]
    assert LiveRegistration.objects.get().place == 1


def test_a_claim_is_made_once(cast: Cast, server: str) -> None:
    row = was_there(cast.bob, a_live())
    acts = [partial(_claims, row.pk) for _ in range(HANDS)]
    assert len(set(at_once(acts))) == 1
    assert LiveClaim.objects.count() == LiveAnswers.objects.count() == 1
    assert Certificate.objects.filter(program="mms").count() == 1


def _registers(member_id: UUID, live_id: UUID) -> bool:
    member = Member.objects.get(pk=member_id)
    try:
        registered(member, LiveActivity.objects.get(pk=live_id))
    except NotEligible:
        return False
    return True


def _claims(row_id: UUID) -> UUID:
    rows = LiveRegistration.objects.select_related("member", "live")
    return claims(rows.get(pk=row_id)).pk
