"""A holder reports what asks more than time; the form follows the kind unscripted."""

import pytest
from django.test import Client

from ce_credits.models import Activity
from tests.cast import Cast, a_proof
from tests.ce.reporting import decided
from tests.ce.society import SOCIETY, a_report, certified, submitted
from tests.portal.reading import Page
from tests.portal.society import HERE, checked, sent, shown
from tests.portal.writing import (
    NEW,
    a_pdf,
    mine,
    place,
    send,
)

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


@pytest.fixture(autouse=True)
def _certified(cast: Cast) -> None:
    certified(cast.bob)


def told(page: Page) -> str:
    """What an answer puts beside the kind."""
    return page.one("div", **{"hx-swap-oob": "innerHTML:#ce-kind"}).text


ASKED = {
    "": {"minutes"},
    "sponsored_education": {"minutes", "housekeeping_minutes"},
    "teaching": {"minutes"},
    "subject_matter_expert": {"minutes", "paid"},
    "college_course": {"academic_credits"},
    "volunteer_service": {"positions", "level"},
    "journal_article": set(),
}


@pytest.mark.parametrize("kind", ASKED)
def test_checking_a_kind_brings_its_fields_n9_n10(
    bob: Client, cast: Cast, kind: str
) -> None:
    answer = sent(bob, "check", kind=kind)
    page = Page.of(bob.get(place(mine(cast.bob), "edit/")))
    assert answer.status_code == 302
    assert shown(page) == ASKED[kind]


def test_each_kind_tells_a_script_what_it_asks(bob: Client, cast: Cast) -> None:
    options = Page.of(bob.get(HERE)).one("select", name="kind").all("option")
    told = {
        each.attributes["value"]: set(each.attributes["data-gs-asks"].split())
        for each in options
        if "data-gs-asks" in each.attributes
    }
    assert {kind: told[kind] for kind in ASKED if kind} == {
        kind: asked for kind, asked in ASKED.items() if kind
    }


def test_a_body_that_asks_nothing_more_has_no_such_field(
    bob: Client, cast: Cast
) -> None:
    page = Page.of(bob.get(NEW))
    assert shown(page) == {"minutes"}
    assert not page.all("select", name="level")
    assert not page.all("optgroup")


def test_kinds_that_never_count_stand_apart_n11(bob: Client, cast: Cast) -> None:
    group = Page.of(bob.get(HERE)).one("select", name="kind").one("optgroup")
    assert group.attributes["label"] == "These never count"
    assert "Product training" in [each.text for each in group.all("option")]


def test_what_never_counts_is_said_before_any_upload_n11(
    bob: Client, cast: Cast
) -> None:
    says = "This never counts: training on a product never counts."
    page = checked(bob, kind="product_training", minutes="60")
    assert told(page) == says
    assert page.one("p", "gs-quote").text == "No credit"
    answer = sent(bob, "submit", kind="product_training", file=a_pdf())
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.one("div", id="ce-kind").text == says
    assert page.problems == [
        "Product training → no credit, training on a product never counts"
    ]
    assert mine(cast.bob).state == Activity.State.DRAFT


PAID = "paid → no credit, paid expert work brings no credit; unpaid, verified hours do"
LINES = {
    "a level to come": (
        {"kind": "volunteer_service"},
        [],
        "Choose national or state.",
    ),
    "a course without its credits": (
        {"kind": "college_course"},
        [],
        "Enter the course's academic credits.",
    ),
    "time to come": ({"kind": "teaching", "title": ""}, [], "Give the minutes."),
    "a course": (
        {"kind": "college_course", "academic_credits": "1.5"},
        ["6.0 CE"],
        "1.5 academic credits → 6.0 CE, 4 for each",
    ),
    "two positions": (
        {"kind": "volunteer_service", "level": "national", "positions": "2"},
        ["4.0 CE"],
        "2 x national → 4.0 CE, 2 for each",
    ),
    "paid expert work": (
        {"kind": "subject_matter_expert", "minutes": "60", "paid": "yes"},
        ["No credit"],
        PAID,
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_the_panel_answers_what_was_typed_so_far(
    bob: Client, cast: Cast, name: str
) -> None:
    typed, figure, line = LINES[name]
    page = checked(bob, **typed)
    assert [each.text for each in page.all("p", "gs-quote")] == figure
    assert page.all("p", "gs-reason")[0].text == line


BAD: dict[str, tuple[dict[str, str], str, str]] = {
    "no level": ({"kind": "volunteer_service"}, "level", "Choose national or state."),
    "a level of nobody's": (
        {"kind": "volunteer_service", "level": "'; --"},
        "level",
        "Choose national or state.",
    ),
    "academic credits in words": (
        {"kind": "college_course", "academic_credits": "three"},
        "academic_credits",
        "Enter the course's academic credits.",
    ),
    "academic credits without end": (
        {"kind": "college_course", "academic_credits": "9" * 500},
        "academic_credits",
        "Enter the course's academic credits.",
    ),
    "paid": (
        {"kind": "subject_matter_expert", "minutes": "60", "paid": "yes"},
        "paid",
        "paid → no credit",
    ),
    "nobody says whether it was paid": (
        {"kind": "subject_matter_expert", "minutes": "60"},
        "paid",
        "Say whether you were paid for it.",
    ),
    "more housekeeping than time": (
        {
            "kind": "approved_education",
            "minutes": "60",
            "housekeeping_minutes": "90",
        },
        "housekeeping_minutes",
        "90 min of housekeeping → no credit, is more than the whole activity",
    ),
    "housekeeping in words": (
        {
            "kind": "approved_education",
            "minutes": "60",
            "housekeeping_minutes": "a few",
        },
        "housekeeping_minutes",
        "a few min of housekeeping → no credit, give whole minutes, 0 or more",
    ),
    "positions of a dreamer": (
        {"kind": "volunteer_service", "level": "state", "positions": "1e9"},
        "positions",
        "1e9 → no credit, give a whole number above 0",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_stands_at_a_field_that_is_on_the_page(
    bob: Client, cast: Cast, name: str
) -> None:
    typed, field, text = BAD[name]
    answer = sent(bob, "submit", file=a_pdf(), **typed)
    page = Page.of(answer)
    assert answer.status_code == 422
    (problem,) = page.problems
    assert problem.startswith(text)
    assert field in shown(page)
    (part,) = page.all("div", **{"data-gs-asked": field})
    assert part.one("", "gs-field-bad").text.find(text) >= 0
    assert mine(cast.bob).state == Activity.State.DRAFT


def test_a_holder_submits_positions_and_sees_them_again_n10(
    bob: Client, cast: Cast
) -> None:
    answer = sent(
        bob,
        "submit",
        file=a_pdf(),
        kind="volunteer_service",
        level="national",
        positions="2",
        paid="yes",
        minutes="45",
    )
    activity = mine(cast.bob)
    assert answer.status_code == 302
    assert (activity.program, activity.state) == (SOCIETY, Activity.State.SUBMITTED)
    assert activity.inputs == {"positions": 2, "level": "national"}
    assert activity.minutes is None
    facts = Page.of(bob.get(place(activity))).text
    assert "Number of positions 2" in facts
    assert "Level National" in facts
    assert "Was it paid?" not in facts


def test_what_was_sent_back_is_found_in_the_form_again(bob: Client, cast: Cast) -> None:
    report = a_report("subject_matter_expert", minutes=60, paid=False)
    activity = decided(submitted(cast.bob, report), "returned")
    page = Page.of(bob.get(place(activity, "edit/")))
    chosen = page.one("select", name="paid").one("option", selected="")
    assert chosen.attributes["value"] == "no"


def test_a_draft_of_another_kind_keeps_what_was_typed_before(
    bob: Client, cast: Cast
) -> None:
    sent(bob, "save", kind="volunteer_service", level="national")
    draft = mine(cast.bob)
    a_proof(draft)
    send(
        bob,
        place(draft, "edit/"),
        "submit",
        kind="teaching",
        level="national",
        minutes="60",
    )
    draft.refresh_from_db()
    assert (draft.state, draft.inputs) == (Activity.State.SUBMITTED, {})
