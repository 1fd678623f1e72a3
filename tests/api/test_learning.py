"""A course over REST: progress, test, evaluation, credit."""

import json
from datetime import timedelta

import pytest

from core import public_ids
from courses.models import (
    Attempt,
    CourseCredit,
    CourseVersion,
    Enrolment,
    EvaluationAnswers,
)
from courses.queries.sitting import bank_at, sheet_of
from courses.services import begin_test
from tests.api.asking import Caller, places, problem
from tests.api.contract import Answer
from tests.cast import NOW, TODAY, Cast
from tests.files.samples import picture
from tests.learning.sitting import own as own_of
from tests.learning.taking import a_course, enrolled, reads_all, sits

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
CHOICES = {"objectives": 5, "practice": 4, "bias": 3}


@pytest.fixture
def version() -> CourseVersion:
    return a_course()


@pytest.fixture
def mine(cast: Cast, version: CourseVersion) -> Enrolment:
    cast.bob.profession = "DO"
    cast.bob.save()
    return enrolled(cast.bob, version)


@pytest.fixture
def place(mine: Enrolment) -> str:
    return f"enrolments/{public_ids.spell('enr', mine.pk)}"


def put(own: Caller, tail: str, body: object) -> Answer:
    return own.send("PUT", tail, json.dumps(body).encode())


def test_from_the_first_page_to_the_credit(
    own: Caller, place: str, mine: Enrolment
) -> None:
    begin = own.get(f"{place}/progress").json()
    assert (begin["page"], begin["second"], begin["captions"]) == (
        "welcome",
        "0.00",
        None,
    )
    kept = own.post(
        f"{place}/progress",
        {
            "page": "film",
            "second": "31.50",
            "spans": [["0", "31.50"]],
            "captions": True,
        },
    ).json()
    assert (kept["page"], kept["second"], kept["captions"]) == ("film", "31.50", True)
    assert kept["pages"][1]["spans"] == [["0.00", "31.50"]]
    early = own.post(f"{place}/progress", {"page": "film", "go_on": True})
    assert (
        "Not watched yet: 0:31 to 1:00" in problem(early, 409, "not-eligible")["detail"]
    )
    for page in ("welcome", "film", "end"):
        own.post(
            f"{place}/progress", {"page": page, "go_on": True, "read_instead": True}
        )
    _sit(own, place, mine)
    problem(own.post(f"{place}/credit", {}), 409, "not-eligible")
    asked = own.get(f"{place}/evaluation").json()
    assert asked["given"] is False
    wrong = own.post(f"{place}/evaluation", {"choices": {"objectives": 5}})
    assert places(problem(wrong, 422, "validation-error")) == ["/practice", "/bias"]
    said = {"choices": CHOICES, "words": {"change": "Rest."}}
    assert own.post(f"{place}/evaluation", said).json()["given"] is True
    earned = own.post(f"{place}/credit", {}).json()
    assert (earned["kind"], earned["credits"]) == ("category_1", "1.00")
    assert own.post(f"{place}/credit", {}).json() == earned
    assert CourseCredit.objects.count() == 1


def _sit(own: Caller, place: str, mine: Enrolment) -> None:
    attempt = own.post(f"{place}/attempts", {}).json()
    row = mine.attempts.get()
    bank, of = bank_at(row), f"{place}/attempts/{attempt['id']}"
    for number, asked in enumerate(sheet_of(row).asked, start=1):
        good = bank.question(asked.code).right
        chosen = [n for n, option in enumerate(asked.options) if option in good]
        shown = put(own, f"{of}/questions/{number}", {"chosen": chosen}).json()
        assert [each["place"] for each in shown["options"] if each["chosen"]] == chosen
        assert "right" not in shown
    handed = own.post(f"{of}/submit", {}).json()
    assert (handed["passed"], handed["right"], handed["weak_topics"]) == (True, 2, [])
    problem(own.get(f"{of}/questions/1"), 409, "stale-version")
    tries = own.get(f"{place}/attempts").json()
    assert (len(tries["results"]), tries["left"]) == (1, 1)


def test_the_picture_of_a_question_is_given_while_its_test_runs(
    own: Caller, cast: Cast
) -> None:
    asked = a_course(asked=picture())
    mine, theirs = enrolled(cast.bob, asked), enrolled(cast.charlie, asked)
    for each in (mine, theirs):
        reads_all(each)
    other = begin_test(
        actor=own_of(cast.charlie), enrolment=theirs, today=TODAY, now=NOW
    )
    place = f"enrolments/{public_ids.spell('enr', mine.pk)}"
    foreign = public_ids.spell("att", other.pk)
    nowhere = public_ids.spell("att", mine.pk)
    answers = [
        own.get(f"{place}/attempts/{each}/questions/1/picture")
        for each in (foreign, nowhere)
    ]
    # Another's test, and none at all, read the same.
    told = [problem(each, 404, "not-found") for each in answers]
    assert [each["detail"] for each in told] == [told[0]["detail"]] * 2
    attempt = own.post(f"{place}/attempts", {}).json()
    of = f"{place}/attempts/{attempt['id']}"
    assert own.get(f"{of}/questions/1").json()["picture_words"] == "x"
    given = own.get(f"{of}/questions/1/picture")
    assert given.getvalue().startswith(b"\x89PNG")
    assert given.headers["Content-Type"] == "image/png"
    assert given.headers["Cache-Control"] == "private, no-store"
    # It is named like any other: the file's own name may tell the answer.
    assert "film" not in given.headers["Content-Disposition"]
    for number in (0, attempt["questions"] + 1):
        problem(own.get(f"{of}/questions/{number}/picture"), 404, "not-found")
    own.post(f"{of}/submit", {})
    problem(own.get(f"{of}/questions/1/picture"), 409, "stale-version")


def test_a_picture_is_given_no_more_once_the_time_is_up(
    own: Caller, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = enrolled(cast.bob, a_course(asked=picture()))
    reads_all(mine)
    place = f"enrolments/{public_ids.spell('enr', mine.pk)}"
    attempt = own.post(f"{place}/attempts", {}).json()
    url = f"{place}/attempts/{attempt['id']}/questions/1/picture"
    later = NOW + timedelta(hours=1)
    monkeypatch.setattr("portal.api.course_attempts.clock.now", lambda: later)
    problem(own.get(url), 409, "stale-version")
    assert Attempt.objects.get().ended_at is None


def test_the_tries_say_when_it_is_the_course_s_last_day(
    own: Caller, place: str, mine: Enrolment
) -> None:
    assert own.get(f"{place}/attempts").json()["last_day"] == ""
    mine.course.expires_on = TODAY
    mine.course.save()
    said = own.get(f"{place}/attempts").json()["last_day"]
    assert said.endswith("claimed by midnight (EST) brings nothing.")


def test_a_question_without_a_picture_has_none(
    own: Caller, place: str, mine: Enrolment
) -> None:
    reads_all(mine)
    attempt = own.post(f"{place}/attempts", {}).json()
    of = f"{place}/attempts/{attempt['id']}/questions/1"
    assert own.get(of).json()["picture_words"] == ""
    problem(own.get(f"{of}/picture"), 404, "not-found")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"page": "film", "second": 3}, "/second"),
        ({"page": "film", "spans": [["0"]]}, "/spans"),
        ({"page": "no such page", "second": "0"}, "/page"),
        ({}, "/page"),
    ],
)
def test_what_can_not_be_kept_is_named(
    own: Caller, place: str, body: dict[str, object], where: str
) -> None:
    found = places(
        problem(own.post(f"{place}/progress", body), 422, "validation-error")
    )
    assert found[0].startswith(where)


def test_a_page_that_is_not_there_is_missing(own: Caller, place: str) -> None:
    problem(own.post(f"{place}/progress", {"page": "gone"}), 404, "not-found")
    problem(own.get(f"{place}x/progress"), 404, "not-found")


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999"])
def test_a_question_that_is_not_there_is_missing(
    own: Caller, place: str, mine: Enrolment, number: str
) -> None:
    reads_all(mine)
    attempt = own.post(f"{place}/attempts", {}).json()
    here = f"{place}/attempts/{attempt['id']}/questions/{number}"
    problem(own.get(here), 404, "not-found")
    problem(put(own, here, {"chosen": [0]}), 404, "not-found")


@pytest.mark.parametrize(
    "body",
    [
        {"choices": {"objectives": 10**30}},
        {"choices": {"objectives": -1}},
        {"choices": {"objectives": True}},
        {"choices": {"\0": 1}},
        {"choices": []},
        {
            "choices": {"objectives": 5, "practice": 5, "bias": 5},
            "words": {"change": "\0"},
        },
        {
            "choices": {"objectives": 5, "practice": 5, "bias": 5},
            "words": {"change": "\ud800"},
        },
        {
            "choices": {"objectives": 5, "practice": 5, "bias": 5},
            "words": {"bias": "5"},
        },
    ],
)
def test_an_odd_evaluation_is_refused(
    own: Caller, place: str, mine: Enrolment, body: dict[str, object]
) -> None:
    reads_all(mine)
    sits(mine, right=2)
    assert 400 <= own.post(f"{place}/evaluation", body).status_code < 500
    assert not EvaluationAnswers.objects.exists()
