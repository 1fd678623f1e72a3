"""Staff record and correct what asks more than time: the form follows the kind."""

import pytest
from django.test import Client

from accounts.models import StaffRole
from ce_credits.models import Activity
from tests.cast import Cast
from tests.ce.society import SOCIETY, a_report, certified, credit_of, submitted
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


@pytest.fixture(autouse=True)
def _at_the_society(cast: Cast) -> None:
    certified(cast.bob)
    StaffRole.objects.create(user=cast.erin, program=SOCIETY, role="reviewer")


def asked(page: Page) -> dict[str, bool]:
    """Each part that some kinds ask alone, and whether it is hidden."""
    return {
        part.attributes["data-gs-asked"]: "hidden" in part.attributes
        for part in page.all("div")
        if "data-gs-asked" in part.attributes
    }


def member_page(cast: Cast) -> str:
    """The address of Bob's page among the society's staff."""
    return f"/staff/{SOCIETY}/members/{cast.bob.pk}/"


def record(client: Client, cast: Cast, **typed: str) -> Page | Activity:
    """Record an activity; the page where that was refused."""
    page = Page.of(client.get(member_page(cast)))
    fields = {
        "title": "Seen",
        "on": "2025-10-01",
        "proof": "transcript",
        "reason": "sent in by mail",
        "form_key": page.value("activity-form_key"),
    }
    named = {f"activity-{name}": text for name, text in (fields | typed).items()}
    answer = client.post(f"{member_page(cast)}activity/", named)
    if answer.status_code == 302:
        return Activity.objects.filter(program=SOCIETY).latest("created_at")
    assert answer.status_code == 422
    return Page.of(answer)


def test_the_form_begins_with_what_the_first_kind_asks(
    erin: Client, cast: Cast
) -> None:
    found = asked(Page.of(erin.get(member_page(cast))))
    shown = [name for name, hidden in found.items() if not hidden]
    assert shown == [
        *("kind", "title", "on", "minutes", "housekeeping_minutes"),
        *("credits", "proof", "reason"),
    ]
    assert set(found) - set(shown) == {"paid", "academic_credits", "positions", "level"}


def test_a_course_is_recorded_with_its_credits_n10(erin: Client, cast: Cast) -> None:
    typed = {"kind": "college_course", "academic_credits": "3"}
    activity = record(erin, cast, **typed, minutes="", level="national")
    assert isinstance(activity, Activity)
    assert activity.inputs == {"academic_credits": "3"}
    assert credit_of(activity).credits == 12


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        (
            {"kind": "volunteer_service", "positions": "1"},
            "level",
            "Choose national or state.",
        ),
        (
            {"kind": "subject_matter_expert", "minutes": "60", "paid": "yes"},
            "paid",
            "paid -> no credit, paid expert work",
        ),
        (
            {"kind": "college_course", "academic_credits": "x" * 300},
            "academic_credits",
            "Enter the course's academic credits.",
        ),
    ],
)
def test_a_refusal_stands_at_a_field_that_is_shown(
    erin: Client, cast: Cast, typed: dict[str, str], field: str, text: str
) -> None:
    page = record(erin, cast, **typed)
    assert isinstance(page, Page)
    (problem,) = page.problems
    assert problem.startswith(text)
    assert asked(page)[field] is False


def review(activity: Activity) -> str:
    """The address of an activity's review."""
    return f"/staff/{SOCIETY}/review/{activity.pk}/"


def test_a_reviewer_corrects_the_level_with_a_word_on_why(
    erin: Client, cast: Cast
) -> None:
    report = a_report("volunteer_service", positions=2, level="national")
    activity = submitted(cast.bob, report)
    page = Page.of(erin.get(review(activity)))
    assert "Level National" in page.text
    assert page.value("positions") == "2"
    assert not page.all("input", name="minutes")
    sent = {"seen": page.value("seen"), "positions": "2", "level": "state"}
    tried = Page.of(erin.post(review(activity), sent | {"outcome": "check"}))
    assert "2 x state → 2.0 CE, 1 for each" in tried.text
    sent["outcome"] = "accepted"
    refused = erin.post(review(activity), sent)
    assert refused.status_code == 422
    erin.post(review(activity), sent | {"words": "A chapter."})
    activity.refresh_from_db()
    assert activity.state == Activity.State.ACCEPTED
    assert activity.inputs == {"positions": 2, "level": "state"}
    assert credit_of(activity).credits == 2


def test_a_level_nobody_has_is_refused_at_its_field(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob, a_report("volunteer_service", level="state"))
    sent = {"seen": str(activity.version), "level": "county", "outcome": "accepted"}
    answer = erin.post(review(activity), sent | {"words": "As the letter says."})
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Choose national or state."]


def test_minutes_and_housekeeping_are_corrected_together_n9(
    erin: Client, cast: Cast
) -> None:
    report = a_report("approved_education", minutes=120, housekeeping_minutes=40)
    activity = submitted(cast.bob, report)
    sent = {
        "seen": str(activity.version),
        "minutes": "120",
        "housekeeping_minutes": "0",
        "outcome": "accepted",
        "words": "There was no break.",
    }
    erin.post(review(activity), sent)
    activity.refresh_from_db()
    assert activity.inputs == {"housekeeping_minutes": 0}
    assert credit_of(activity).credits == 2
