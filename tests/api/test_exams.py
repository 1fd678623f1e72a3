"""An assigned exam over REST: declared, begun, answered, handed in (A14)."""

import json
from datetime import timedelta

import pytest

from core import public_ids
from courses.models import Answer, Attempt
from courses.queries.sitting import bank_at, sheet_of
from courses.services import hand_in
from credentials.models import Assignment
from credentials.services import undo
from tests.api.asking import Caller, places, problem
from tests.api.contract import Answer as Answered
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member
from tests.learning.sitting import SKIN, begun, begun_with_pictures, sat, was_given

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SWORN = {"sworn": True}


@pytest.fixture
def given(cast: Cast) -> Assignment:
    return was_given(cast, "hipaa")


@pytest.fixture
def place(given: Assignment) -> str:
    return f"exams/{public_ids.spell('asn', given.pk)}/attempts"


def put(own: Caller, tail: str, body: object) -> Answered:
    return own.send("PUT", tail, json.dumps(body).encode())


def test_what_one_was_given_is_listed(
    own: Caller, cast: Cast, given: Assignment
) -> None:
    was_given(cast, "mscat-manual")
    undone = was_given(cast, "specialty", SKIN)
    undo(
        actor=TESTER,
        practice=cast.northside,
        assignment_ids=[undone.pk],
        days={BODY: TODAY},
        now=NOW,
    )
    was_given(cast, "hipaa", to=a_member("Cara Other", cast.northside))
    (found,) = own.get("exams").json()["results"]
    assert found["id"] == public_ids.spell("asn", given.pk)
    assert (found["product"], found["state"], found["result"]) == (
        "hipaa",
        "assigned",
        "",
    )
    shut = f"exams/{public_ids.spell('asn', undone.pk)}/attempts"
    problem(own.get(shut), 404, "not-found")


def test_an_exam_is_declared_begun_answered_and_handed_in(
    own: Caller, place: str, given: Assignment
) -> None:
    before = own.get(place).json()
    assert (before["results"], before["left"], before["why_not"]) == ([], 3, "")
    asks = before["asks"]
    assert (asks["questions"], asks["minutes"], asks["pass_percent"]) == (25, 40, "80")
    assert asks["affidavit"]
    attempt = own.post(place, SWORN).json()
    # Again it is the one that runs.
    assert own.post(place, SWORN).json() == attempt
    of, row = f"{place}/{attempt['id']}", Attempt.objects.get()
    bank = bank_at(row)
    for number, asked in enumerate(sheet_of(row).asked, start=1):
        good = bank.question(asked.code).right
        chosen = [n for n, option in enumerate(asked.options) if option in good]
        shown = put(own, f"{of}/questions/{number}", {"chosen": chosen}).json()
        assert [each["place"] for each in shown["options"] if each["chosen"]] == chosen
        assert "right" not in shown
    assert own.get(f"{of}/questions/1").json()["of"] == 25
    handed = own.post(f"{of}/submit", {}).json()
    assert (handed["passed"], handed["right"], handed["weak_topics"]) == (True, 25, [])
    assert own.post(f"{of}/submit", {}).json() == handed
    problem(own.get(f"{of}/questions/1"), 409, "stale-version")
    problem(put(own, f"{of}/questions/1", {"chosen": [0]}), 409, "stale-version")
    again = problem(own.post(place, SWORN), 409, "not-eligible")
    assert again["detail"] == own.get(place).json()["why_not"]
    given.refresh_from_db()
    assert own.get("exams").json()["results"][0]["result"] == given.label


def test_without_the_declaration_nothing_begins(own: Caller, place: str) -> None:
    for body in ({"sworn": False}, {}, {"sworn": "on"}):
        wrong = problem(own.post(place, body), 422, "validation-error")
        assert places(wrong) == ["/sworn"]
    assert not Attempt.objects.exists()


def test_who_fails_reads_the_topics_and_from_when_on_it_can_be_taken_again(
    own: Caller, place: str, given: Assignment
) -> None:
    sat(given, right=19)
    found = own.get(place).json()
    (result,) = found["results"]
    assert (result["passed"], result["right"], found["left"]) == (False, 19, 2)
    assert result["weak_topics"]
    assert found["why_not"].startswith("You can take it again from ")


def test_after_its_time_nothing_is_asked_or_kept(
    own: Caller, place: str, given: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = f"{place}/{public_ids.spell('att', begun(given).pk)}"
    late = NOW + timedelta(minutes=41)
    monkeypatch.setattr("portal.api.sitting.clock.now", lambda: late)
    problem(own.get(f"{of}/questions/1"), 409, "stale-version")
    problem(put(own, f"{of}/questions/1", {"chosen": [0]}), 409, "stale-version")
    assert not Answer.objects.exists()
    assert own.post(f"{of}/submit", {}).json()["passed"] is False


@pytest.mark.parametrize("number", ["0", "26", "99999999999999999999"])
def test_a_question_that_is_not_there_is_missing(
    own: Caller, place: str, given: Assignment, number: str
) -> None:
    here = f"{place}/{public_ids.spell('att', begun(given).pk)}/questions/{number}"
    problem(own.get(here), 404, "not-found")
    problem(put(own, here, {"chosen": [0]}), 404, "not-found")


def test_a_try_of_another_exam_is_none_of_this_one(
    own: Caller, place: str, given: Assignment, cast: Cast
) -> None:
    other = begun(was_given(cast, "specialty", SKIN))
    begun(given)
    of = f"{place}/{public_ids.spell('att', other.pk)}"
    problem(own.get(f"{of}/questions/1"), 404, "not-found")
    problem(own.post(f"{of}/submit", {}), 404, "not-found")


def test_what_opens_no_exam_says_so(own: Caller, cast: Cast) -> None:
    manual = was_given(cast, "mscat-manual")
    here = f"exams/{public_ids.spell('asn', manual.pk)}/attempts"
    found = own.get(here).json()
    assert (found["asks"], found["left"]) == (None, 0)
    refused = problem(own.post(here, SWORN), 409, "not-eligible")
    assert "No exam is published" in refused["detail"]


def test_the_picture_of_a_question_is_read_while_the_exam_runs(
    own: Caller, place: str, given: Assignment
) -> None:
    attempt = begun_with_pictures(given)
    question = f"{place}/{public_ids.spell('att', attempt.pk)}/questions/1"
    assert own.get(question).json()["picture_words"] == "An abdomen"
    found = own.get(f"{question}/picture")
    assert (found.status_code, found.headers["Content-Type"]) == (200, "image/png")
    problem(own.get(f"{question}00/picture"), 404, "not-found")
    hand_in(actor=TESTER, attempt=attempt, now=NOW)
    problem(own.get(f"{question}/picture"), 409, "stale-version")
