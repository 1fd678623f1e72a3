"""What a live activity brings who was there, and what a code does not tell."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits.models import Activity
from certificates.models import Certificate
from core.failures import NotEligible, NotUsable
from courses.models import (
    LiveActivity,
    LiveAnswers,
    LiveClaim,
)
from courses.queries.live import codes_of
from courses.services.live_claiming import WRONG_CODE
from tests.cast import Cast
from tests.learning.taking import ANSWERS, SOCIETY
from tests.live.holding import (
    HELD,
    LETTER_FROM,
    a_live,
    at,
    claims,
    finds,
    registered,
    was_there,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
DAY = timedelta(days=1)
UNTIL = HELD + timedelta(days=60)


def physician(member: Member) -> Member:
    member.profession = "MD"
    member.save()
    return member


def test_a_physician_claims_credit_with_the_evaluation_once(cast: Cast) -> None:
    mine = was_there(physician(cast.bob), a_live())
    code = codes_of(mine.live)[0].lower().replace("-", " ")
    assert finds(mine, typed=f"  {code} ", name=("bob", "BAKER")) == mine
    with pytest.raises(NotUsable):
        claims(mine, answers={})
    assert not LiveAnswers.objects.exists()
    claim = claims(mine)
    assert (claim.kind, claim.credits) == ("category_1", Decimal("1.5"))
    assert claim.activity is not None
    assert (claim.activity.on, claim.activity.state) == (HELD, "accepted")
    paper = claim.certificate
    assert (paper.facts["title"], paper.valid_from) == ("Certificate of Credit", HELD)
    assert claims(mine) == claim
    assert claims(mine, today=UNTIL + DAY) == claim
    assert finds(mine, today=UNTIL + DAY) == mine
    counts = [each.objects.count() for each in (LiveClaim, LiveAnswers)]
    assert counts == [1, 1]
    assert Activity.objects.filter(program=SOCIETY).count() == 1
    assert Certificate.objects.filter(program=SOCIETY).count() == 1
    said = LiveAnswers.objects.get()
    assert (said.answers, said.month) == (dict(ANSWERS), LETTER_FROM.replace(day=1))


def test_whoever_is_no_physician_gets_attendance_as_does_all_without_credit(
    cast: Cast,
) -> None:
    other = claims(was_there(cast.bob, a_live()))
    assert (other.kind, other.credits) == ("attendance", Decimal(0))
    assert other.certificate.facts["title"] == "Certificate of Attendance"
    plain = a_live(credit_kind="", credit=None)
    claim = claims(was_there(physician(cast.charlie), plain))
    assert (claim.kind, claim.activity) == ("attendance", None)
    assert "credits" not in claim.certificate.facts.get("subtitle", "")


def test_a_code_that_opens_nothing_says_the_same_whatever_is_wrong(cast: Cast) -> None:
    live = a_live()
    bob = was_there(cast.bob, live)
    code = codes_of(live)[0]
    elsewhere = a_live(title="Another one")
    registered_only = registered(cast.charlie, live)
    cancelled = was_there(cast.bob, a_live(title="A third one"))
    LiveActivity.objects.filter(pk=cancelled.live_id).update(
        cancelled_at=at(HELD), cancelled_why="Ill"
    )
    for row, typed in (
        (bob, "AAAA-BBBB-CCCC"),
        (bob, ""),
        (bob, codes_of(elsewhere)[0]),
        (bob, codes_of(live)[1]),
        (bob, codes_of(cancelled.live)[0]),
        (registered_only, code),
    ):
        with pytest.raises(NotUsable) as refused:
            finds(row, typed=typed or "-")
        assert refused.value.text == WRONG_CODE


def test_another_name_is_told_how_it_has_to_be_written(cast: Cast) -> None:
    mine = was_there(cast.bob, a_live())
    with pytest.raises(NotUsable, match="exactly as you registered") as refused:
        finds(mine, name=("Rob", "Baker"))
    fields = [each.field for each in refused.value.problems]
    assert fields == ["first_name", "last_name"]
    assert "Bob" not in refused.value.text


def test_before_the_last_session_and_after_the_deadline_nothing_is_claimed(
    cast: Cast,
) -> None:
    mine = was_there(cast.bob, a_live())
    with pytest.raises(NotEligible, match="from Nov 6, 2025 on"):
        finds(mine, today=HELD - DAY)
    for act in (finds, claims):
        with pytest.raises(NotEligible, match=r"open until Jan 5, 2026.*staff of MMS"):
            act(mine, today=UNTIL + DAY)
    assert finds(mine, today=UNTIL) == mine
    assert not LiveClaim.objects.exists()
