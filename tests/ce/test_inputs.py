"""Positions, levels, academic credits, housekeeping and paid time: asked and kept."""

from decimal import Decimal
from typing import Any

import pytest

from ce_credits.models import Activity, CreditAward
from ce_credits.services import (
    Report,
    Ruling,
    decide,
    problems_of,
    record_accepted_activity,
    start_draft,
    withdraw,
)
from core.failures import NotUsable
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.ce.reporting import holder
from tests.ce.society import DONE, SOCIETY, a_report, credit_of, submitted

pytestmark = pytest.mark.db

REPORTS: dict[str, tuple[Report, str, dict[str, object]]] = {
    "housekeeping within its allowance": (
        a_report("approved_education", minutes=60, housekeeping_minutes=10),
        "1",
        {"housekeeping_minutes": 10},
    ),
    "housekeeping above it": (
        a_report("approved_education", minutes=60, housekeeping_minutes=30),
        "0.5",
        {"housekeeping_minutes": 30},
    ),
    "unpaid expert work": (
        a_report("subject_matter_expert", minutes=120, paid=False),
        "2",
        {"paid": False},
    ),
    "a course": (
        a_report("college_course", academic_credits=Decimal("1.50")),
        "6",
        {"academic_credits": "1.50"},
    ),
    "two positions": (
        a_report("volunteer_service", positions=2, level="national"),
        "4",
        {"positions": 2, "level": "national"},
    ),
    "one position": (
        a_report("volunteer_service", level="state"),
        "1",
        {"level": "state"},
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_kind_asks_is_kept_and_counts_n9_n10(cast: Cast, name: str) -> None:
    report, credits, kept = REPORTS[name]
    activity = submitted(cast.bob, report)
    activity.refresh_from_db()
    assert activity.inputs == kept
    assert activity.steps.get().facts["inputs"] == kept
    assert credit_of(activity).credits == Decimal(credits)


def test_credit_keeps_title_and_level_of_what_it_was_given_for_n10_n12(
    cast: Cast,
) -> None:
    report = a_report("volunteer_service", title="Board", level="national")
    activity = submitted(cast.bob, report)
    assert (credit_of(activity).title, credit_of(activity).level) == (
        "Board",
        "national",
    )
    withdraw(
        actor=holder(cast.bob),
        activity=activity,
        seen=activity.version,
        today=TODAY,
        now=NOW,
    )
    assert credit_of(activity).title == "Board"
    assert not CreditAward.objects.filter(title="").exists()


PAID = "paid -> no credit, paid expert work brings no credit; unpaid, verified hours do"
BAD: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "no academic credits": (
        "college_course",
        {},
        "academic_credits",
        "Enter the course's academic credits.",
    ),
    "academic credits of nothing": (
        "college_course",
        {"academic_credits": Decimal(0)},
        "academic_credits",
        "Enter the course's academic credits.",
    ),
    "academic credits in words": (
        "college_course",
        {"academic_credits": "three"},
        "academic_credits",
        "Enter the course's academic credits.",
    ),
    "academic credits beyond any course": (
        "college_course",
        {"academic_credits": Decimal(999_999)},
        "academic_credits",
        "One activity brings at most 1,000 CE. Check what you entered.",
    ),
    "no level": ("volunteer_service", {}, "level", "Choose national or state."),
    "another level": (
        "volunteer_service",
        {"level": "county"},
        "level",
        "Choose national or state.",
    ),
    "half a position": (
        "volunteer_service",
        {"level": "state", "positions": "1.5"},
        "positions",
        "1.5 -> no credit, give a whole number above 0",
    ),
    "more positions than there are": (
        "volunteer_service",
        {"level": "state", "positions": 10**6},
        "positions",
        "One activity brings at most 1,000 CE. Check what you entered.",
    ),
    "paid expert work": (
        "subject_matter_expert",
        {"minutes": 60, "paid": True},
        "paid",
        PAID,
    ),
    "expert work of which nobody says whether it was paid": (
        "subject_matter_expert",
        {"minutes": 60},
        "paid",
        "Say whether you were paid for it.",
    ),
    "more housekeeping than the whole": (
        "approved_education",
        {"minutes": 60, "housekeeping_minutes": 61},
        "housekeeping_minutes",
        "61 min of housekeeping -> no credit, is more than the whole activity",
    ),
    "housekeeping below nothing": (
        "approved_education",
        {"minutes": 60, "housekeeping_minutes": -1},
        "housekeeping_minutes",
        "-1 min of housekeeping -> no credit, give whole minutes, 0 or more",
    ),
    "no time": (
        "teaching",
        {},
        "minutes",
        "no length -> no credit, give the minutes",
    ),
    "a month of minutes": (
        "teaching",
        {"minutes": 10**6},
        "minutes",
        "One activity brings at most 1,000 CE. Check what you entered.",
    ),
    "a kind that never counts": (
        "product_training",
        {},
        "kind",
        "Product training -> no credit, training on a product never counts",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_stands_at_its_own_field(cast: Cast, name: str) -> None:
    kind, facts, field, text = BAD[name]
    report = a_report(kind, **facts)
    found = problems_of(report=report, program=SOCIETY, today=TODAY)
    assert [(each.field, each.text) for each in found] == [(field, text)]
    with pytest.raises(NotUsable) as refusal:
        submitted(cast.bob, report)
    assert refusal.value.problems == found
    with pytest.raises(NotUsable) as refusal:
        recorded(cast, kind, **facts)
    assert refusal.value.problems == found
    assert not CreditAward.objects.filter(activity__program=SOCIETY).exists()


def test_what_a_kind_does_not_ask_is_left_aside(cast: Cast) -> None:
    report = a_report("teaching", minutes=60, paid=True, level="x", positions="many")
    activity = submitted(cast.bob, report)
    assert activity.inputs == {}
    assert credit_of(activity).credits == 2


def test_a_draft_keeps_what_was_typed_of_any_kind(cast: Cast) -> None:
    typed = {"kind": "teaching", "level": "national", "paid": "yes", "cycle_id": "1"}
    draft = start_draft(
        actor=holder(cast.bob), member=cast.bob, program=SOCIETY, typed=typed, now=NOW
    )
    del typed["cycle_id"]
    assert draft.typed == typed


def recorded(cast: Cast, kind: str, **facts: Any) -> Activity:  # noqa: ANN401
    """Have staff write down what they saw the proof of."""
    return record_accepted_activity(
        actor=TESTER,
        member=cast.bob,
        program=SOCIETY,
        kind=kind,
        title="Seen",
        on=DONE,
        minutes=facts.pop("minutes", None),
        inputs=facts,
        proof="transcript",
        reason="sent by mail",
        today=TODAY,
        now=NOW,
    )


def test_staff_record_a_course_with_its_academic_credits_n10(cast: Cast) -> None:
    activity = recorded(cast, "college_course", academic_credits=Decimal(3))
    assert activity.inputs == {"academic_credits": "3"}
    assert activity.steps.get().facts == {"minutes": None, "inputs": activity.inputs}
    assert credit_of(activity).credits == 12


def ruled(activity: Activity, outcome: str = "accepted", **ruling: Any) -> Activity:  # noqa: ANN401
    """What staff say of it, having seen its newest version."""
    return decide(
        actor=TESTER,
        activity=activity,
        seen=activity.version,
        ruling=Ruling(outcome, **ruling),
        today=TODAY,
        now=NOW,
    )


def test_staff_correct_what_the_proof_shows_otherwise(cast: Cast) -> None:
    report = a_report("volunteer_service", positions=3, level="national")
    activity = submitted(cast.bob, report)
    with pytest.raises(NotUsable) as refusal:
        ruled(activity, inputs={"level": "state"})
    assert [each.field for each in refusal.value.problems] == ["words"]
    ruled(activity, inputs={"level": "state"}, words="A chapter of the state.")
    activity.refresh_from_db()
    assert activity.inputs == {"positions": 3, "level": "state"}
    assert activity.steps.latest("number").facts["inputs"] == activity.inputs
    assert credit_of(activity).credits == 3
    assert credit_of(activity).level == "state"


def test_staff_correct_minutes_and_the_rest_stays(cast: Cast) -> None:
    report = a_report("approved_education", minutes=120, housekeeping_minutes=40)
    activity = submitted(cast.bob, report)
    assert credit_of(activity).credits == Decimal("1.5")
    ruled(activity, minutes=60, words="The certificate says one hour.")
    activity.refresh_from_db()
    assert (activity.minutes, activity.inputs) == (60, {"housekeeping_minutes": 40})
    assert credit_of(activity).credits == Decimal("0.5")


def test_approving_as_it_was_reported_needs_no_words(cast: Cast) -> None:
    report = a_report("college_course", academic_credits=Decimal("3.0"))
    activity = submitted(cast.bob, report)
    ruled(activity, inputs={"academic_credits": Decimal(3), "level": "national"})
    activity.refresh_from_db()
    assert activity.state == Activity.State.ACCEPTED
    assert "level" not in activity.inputs


def test_a_correction_the_rules_refuse_stands_at_its_field(cast: Cast) -> None:
    activity = submitted(cast.bob, a_report("volunteer_service", level="state"))
    with pytest.raises(NotUsable) as refusal:
        ruled(activity, inputs={"level": "county"}, words="As the letter says.")
    assert [(each.field, each.text) for each in refusal.value.problems] == [
        ("level", "Choose national or state.")
    ]


def test_what_is_not_accepted_keeps_what_was_reported(cast: Cast) -> None:
    activity = submitted(cast.bob, a_report("volunteer_service", level="state"))
    ruled(activity, "rejected", ground="no_proof", inputs={"level": "national"})
    activity.refresh_from_db()
    assert activity.inputs == {"level": "state"}
    assert credit_of(activity).credits == 0
    assert credit_of(activity).level == "state"
