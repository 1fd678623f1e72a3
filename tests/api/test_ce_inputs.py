"""Kinds that ask more than time, over REST: taken, held against the kind, shown."""

from typing import Any

import pytest

from accounts.models import StaffRole
from tests.api.asking import Caller, places, problem, tail_of
from tests.api.contract import Answer
from tests.api.reporting import proved, row_of
from tests.cast import BODY, Cast
from tests.ce.society import SOCIETY, a_report, certified, submitted
from tests.matrix.asking import checksum

pytestmark = pytest.mark.db
NONE = {
    "housekeeping_minutes": None,
    "paid": None,
    "academic_credits": None,
    "positions": None,
    "level": None,
}
BOARD = {"kind": "volunteer_service", "title": "Board", "on": "2025-10-02"}


@pytest.fixture(autouse=True)
def _certified(cast: Cast) -> None:
    certified(cast.bob)


def inputs(body: dict[str, Any]) -> dict[str, Any]:
    """What an answer says of what kinds ask beside time."""
    return {name: body[name] for name in NONE}


def where(answer: Answer) -> list[str]:
    """Where the errors stand of what was refused."""
    return places(problem(answer, 422, "validation-error"))


def begun(own: Caller, **sent: object) -> dict[str, Any]:
    """Begin an activity of the society."""
    answer = own.post("ce-activities", {"program": SOCIETY, **sent})
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


QUOTES: dict[str, tuple[dict[str, object], dict[str, object], str]] = {
    "housekeeping": (
        {"kind": "approved_education", "minutes": 60, "housekeeping_minutes": 30},
        {"housekeeping_minutes": 30},
        "0.5",
    ),
    "unpaid": (
        {"kind": "subject_matter_expert", "minutes": 60, "paid": False},
        {"paid": False},
        "1.0",
    ),
    "a course": (
        {"kind": "college_course", "academic_credits": "1.50"},
        {"academic_credits": "1.5"},
        "6.0",
    ),
    "positions": (
        {"kind": "volunteer_service", "positions": 2, "level": "national"},
        {"positions": 2, "level": "national"},
        "4.0",
    ),
}


@pytest.mark.parametrize("name", QUOTES)
def test_a_quote_takes_and_shows_what_a_kind_asks_n9_n10(
    own: Caller, name: str
) -> None:
    sent, shown, amount = QUOTES[name]
    told = own.post("credit-quotes", {"program": SOCIETY, **sent}).json()
    assert inputs(told) == NONE | shown
    assert (told["outcome"], told["amount"]) == ("awarded", amount)


REFUSED_QUOTES: dict[str, dict[str, object]] = {
    "paid": {"kind": "subject_matter_expert", "minutes": 60, "paid": True},
    "no level": {"kind": "volunteer_service"},
    "above the whole": {
        "kind": "approved_education",
        "minutes": 60,
        "housekeeping_minutes": 61,
    },
    "never": {"kind": "product_training"},
}


@pytest.mark.parametrize("name", REFUSED_QUOTES)
def test_a_quote_says_what_brings_no_credit(own: Caller, name: str) -> None:
    sent = {"program": SOCIETY, **REFUSED_QUOTES[name]}
    told = own.post("credit-quotes", sent).json()
    assert (told["outcome"], told["amount"]) == ("refused", None)


BAD: dict[str, tuple[dict[str, object], str]] = {
    "a level of no course": (
        {"kind": "college_course", "academic_credits": "3", "level": "national"},
        "/level",
    ),
    "another level": ({"kind": "volunteer_service", "level": "county"}, "/level"),
    "positions of a talk": ({"kind": "teaching", "positions": 1}, "/positions"),
    "paid where nobody asks": ({"kind": "teaching", "paid": False}, "/paid"),
    "housekeeping of a talk": (
        {"kind": "teaching", "minutes": 60, "housekeeping_minutes": 0},
        "/housekeeping_minutes",
    ),
    "academic credits of a board": (
        {"kind": "volunteer_service", "level": "state", "academic_credits": "1"},
        "/academic_credits",
    ),
    "yes in words": ({"kind": "subject_matter_expert", "paid": "yes"}, "/paid"),
    "a number for yes": ({"kind": "subject_matter_expert", "paid": 1}, "/paid"),
    "a float": (
        {"kind": "college_course", "academic_credits": 1.5},
        "/academic_credits",
    ),
    "no position": ({"kind": "volunteer_service", "positions": 0}, "/positions"),
    "less than nothing": (
        {"kind": "approved_education", "housekeeping_minutes": -1},
        "/housekeeping_minutes",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_a_kind_does_not_ask_is_refused_by_name(own: Caller, name: str) -> None:
    sent, pointer = BAD[name]
    before = checksum()
    for tail in ("credit-quotes", "ce-activities"):
        answer = own.post(tail, {"program": SOCIETY, **sent})
        assert where(answer) == [pointer]
    assert checksum() == before


def test_a_body_without_such_kinds_asks_none(own: Caller) -> None:
    sent = {"program": BODY, "kind": "webinar", "minutes": 45, "level": "national"}
    assert where(own.post("credit-quotes", sent)) == ["/level"]


def test_a_draft_shows_what_was_sent_and_counts_once_submitted(own: Caller) -> None:
    made = begun(own, **BOARD, level="national", positions=2)
    assert inputs(made) == NONE | {"level": "national", "positions": 2}
    proved(made)
    done = own.post(tail_of(made, "submit"), {}).json()
    assert inputs(done) == inputs(made)
    assert (done["minutes"], done["credit"]["amount"]) == (None, "4.0")
    assert row_of(done).inputs == {"positions": 2, "level": "national"}


def test_what_is_missing_is_named_when_it_is_submitted(own: Caller) -> None:
    for kind, pointer in (
        ("volunteer_service", "/level"),
        ("college_course", "/academic_credits"),
        ("subject_matter_expert", "/paid"),
    ):
        made = begun(own, **BOARD | {"kind": kind}, minutes=60)
        proved(made)
        assert where(own.post(tail_of(made, "submit"), {})) == [pointer]


def test_changing_the_kind_leaves_what_it_does_not_ask(own: Caller) -> None:
    made = begun(own, **BOARD, level="national")
    changed = own.patch(tail_of(made), {"kind": "teaching", "minutes": 60}).json()
    assert inputs(changed) == NONE
    wrong = own.patch(tail_of(made), {"level": "state"})
    assert where(wrong) == ["/level"]
    back = own.patch(tail_of(made), {"kind": "subject_matter_expert", "paid": False})
    assert inputs(back.json()) == NONE | {"paid": False}
    emptied = own.patch(tail_of(made), {"paid": None})
    assert inputs(emptied.json()) == NONE


def test_staff_see_and_correct_what_the_proof_shows(
    body: Caller, own: Caller, cast: Cast
) -> None:
    StaffRole.objects.create(user=cast.erin, program=SOCIETY, role="reviewer")
    society = Caller(f"/api/v1/bodies/{SOCIETY}", {}, body.browser)
    submitted(cast.bob, a_report("volunteer_service", positions=2, level="national"))
    (made,) = society.get("ce-activities").json()["results"]
    assert inputs(made) == NONE | {"level": "national", "positions": 2}
    said = {"version": 1, "outcome": "accepted", "level": "state"}
    decision = tail_of(made, "decision")
    assert where(society.post(decision, said)) == ["/words"]
    wrong = said | {"words": "A chapter.", "academic_credits": "1"}
    assert where(society.post(decision, wrong)) == ["/academic_credits"]
    county = said | {"words": "A chapter.", "level": "county"}
    assert where(society.post(decision, county)) == ["/level"]
    done = society.post(decision, said | {"words": "A chapter."}).json()
    assert inputs(done) == NONE | {"level": "state", "positions": 2}
    assert done["credit"]["amount"] == "2.0"
