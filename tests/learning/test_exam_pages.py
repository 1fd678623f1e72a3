"""The pages of an exam: before, one question at a time, handing in, what came of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from courses.models import Answer, Attempt
from courses.queries.sitting import bank_at, sheet_of
from credentials.models import Assignment
from tests.cast import NOW, Cast
from tests.learning.sitting import answers, begun, sat, was_given
from tests.signing import open_session

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


@pytest.fixture
def bob(cast: Cast) -> Client:
    client = Client()
    open_session(client, cast.user("bob"))
    return client


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """The server's clock, which a test may move on."""
    later = [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: NOW + later[0])
    return later


def place(given: Assignment, name: str = "exam", *more: int) -> str:
    return reverse(name, args=[given.pk, *more])


@pytest.mark.usefixtures("at_noon")
def test_from_home_to_the_result(cast: Cast, bob: Client) -> None:
    given = was_given(cast, "hipaa")
    home = bob.get(reverse("me")).content.decode()
    assert place(given) in home
    assert "Opens when" not in home
    before = bob.get(place(given)).content.decode()
    for words in ("25", "40 minutes", "80 % right", "3 of 3", "I take this exam alone"):
        assert words in before, words
    answer = bob.post(place(given), {"sworn": "on"})
    assert answer["Location"] == place(given, "exam_question", 1)
    attempt = Attempt.objects.get()
    answers(attempt, right=20)
    review = bob.get(place(given, "exam_submit")).content.decode()
    assert "25 of 25 answered" in review
    after = bob.post(place(given, "exam_submit"), follow=True).content.decode()
    for words in ("Passed", "80 %, 20 of 25 right", "You passed this exam."):
        assert words in after, words
    assert "passed 80 %" in bob.get(reverse("me")).content.decode().lower()


@pytest.mark.usefixtures("at_noon")
def test_without_the_tick_nothing_begins_and_the_field_says_so(
    cast: Cast, bob: Client
) -> None:
    given = was_given(cast, "hipaa")
    answer = bob.post(place(given), {})
    assert answer.status_code == 422
    assert "Read the declaration, and tick it." in answer.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("at_noon")
def test_a_page_tells_its_own_question_and_no_other_and_never_what_is_right(
    cast: Cast, bob: Client
) -> None:
    given = was_given(cast, "hipaa")
    attempt = begun(given)
    bank = bank_at(attempt)
    codes = [each.code for each in sheet_of(attempt).asked]
    page = bob.get(place(given, "exam_question", 3)).content.decode()
    for number, code in enumerate(codes, start=1):
        question = bank.question(code)
        shown = question.text.replace("'", "&#x27;").replace('"', "&quot;")
        assert (shown in page) == (number == 3), code
        assert code not in page
        assert question.why not in page
    assert attempt.seed not in page


@pytest.mark.usefixtures("at_noon")
def test_each_answer_is_saved_and_is_there_again_elsewhere(
    cast: Cast, bob: Client
) -> None:
    given = was_given(cast, "hipaa")
    begun(given)
    url = place(given, "exam_question", 2)
    saved = bob.post(url, {"chosen": "1", "flagged": "on", "go": "save"})
    assert saved.status_code == 204
    elsewhere = Client()
    open_session(elsewhere, cast.user("bob"))
    page = elsewhere.get(url).content.decode()
    assert 'value="1" checked' in page
    assert "answered, flagged" in page
    on = elsewhere.post(url, {"chosen": "0", "go": "next"})
    assert on["Location"] == place(given, "exam_question", 3)
    assert Answer.objects.count() == 1


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("chosen", ["9", "x", "-1"])
def test_an_answer_that_was_not_offered_is_refused(
    cast: Cast, bob: Client, chosen: str
) -> None:
    given = was_given(cast, "hipaa")
    begun(given)
    answer = bob.post(place(given, "exam_question", 1), {"chosen": chosen})
    assert answer.status_code == 422
    assert "Choose among the answers" in answer.content.decode()
    assert bob.get(place(given, "exam_question", 26)).status_code == 404


def test_after_the_end_nothing_is_taken_and_what_was_saved_is_marked(
    cast: Cast, bob: Client, at_noon: list[timedelta]
) -> None:
    given = was_given(cast, "hipaa")
    attempt = begun(given)
    answers(attempt, right=20)
    at_noon[0] = timedelta(minutes=41)
    url = place(given, "exam_question", 1)
    assert bob.post(url, {"chosen": "0", "go": "save"}).status_code == 409
    told = bob.post(url, {"chosen": "0"}, follow=True).content.decode()
    assert "The exam is handed in." in told
    row = Attempt.objects.get()
    assert (row.right, row.passed, row.ended_at) == (20, True, attempt.ends_at)


def test_looking_after_the_end_changes_nothing_and_says_what_happens(
    cast: Cast, bob: Client, at_noon: list[timedelta]
) -> None:
    given = was_given(cast, "hipaa")
    begun(given)
    at_noon[0] = timedelta(minutes=41)
    for name, more in (("exam", ()), ("exam_question", (1,)), ("exam_submit", ())):
        page = bob.get(place(given, name, *more), follow=True).content.decode()
        assert "Your answers are being marked" in page
    assert Attempt.objects.running().exists()


@pytest.mark.usefixtures("at_noon")
def test_who_failed_reads_what_to_learn_again_and_from_when(
    cast: Cast, bob: Client
) -> None:
    given = was_given(cast, "hipaa")
    attempt = sat(given, right=10)
    page = bob.get(place(given)).content.decode()
    told = ("80 % right is needed to pass.", "Learn again", "Nov 18, 2025")
    for words in ("Not passed", "40 %, 10 of 25 right", *told):
        assert words in page, words
    assert "Start the test" not in page
    question = bank_at(attempt).question(sheet_of(attempt).asked[0].code)
    assert question.text not in page


@pytest.mark.usefixtures("at_noon")
def test_a_question_of_no_running_exam_leads_to_its_beginning(
    cast: Cast, bob: Client
) -> None:
    given = was_given(cast, "hipaa")
    told = bob.get(place(given, "exam_question", 1), follow=True).content.decode()
    assert "This exam is not running. Begin it here." in told


def test_somebody_elses_exam_is_not_there(cast: Cast, bob: Client) -> None:
    given = was_given(cast, "hipaa", to=cast.bob)
    stranger = Client()
    open_session(stranger, cast.user("charlie"))
    for name, more in (("exam", ()), ("exam_question", (1,)), ("exam_submit", ())):
        assert stranger.get(place(given, name, *more)).status_code == 404
        assert stranger.post(place(given, name, *more)).status_code == 404


@pytest.mark.usefixtures("at_noon")
def test_what_has_no_exam_says_that_it_is_not_published(
    cast: Cast, bob: Client
) -> None:
    given = was_given(cast, "mscat-training")
    assert "No exam is published" in bob.get(place(given)).content.decode()
    assert (
        "Opens when the course is published" in bob.get(reverse("me")).content.decode()
    )
