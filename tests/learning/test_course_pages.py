"""A course's pages, its player's saving, its test, evaluation and credit, as pages."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from courses.models import (
    Course,
    CourseCredit,
    CourseVersion,
    Enrolment,
    EvaluationAnswers,
    Watched,
    Whereabouts,
)
from credentials.policy import zone_of
from tests.cast import TODAY, Cast
from tests.learning.taking import (
    a_course,
    claims,
    completed,
    enrolled,
    reads_all,
    sits,
    watched,
)
from tests.portal.reading import Node, Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
Signed = Callable[[str], Client]
EVALUATION = {"objectives": "5", "practice": "4", "bias": "3", "change": "Rest."}


@pytest.fixture
def version() -> CourseVersion:
    return a_course()


@pytest.fixture
def mine(cast: Cast, version: CourseVersion) -> Enrolment:
    cast.bob.profession = "MD"
    cast.bob.save()
    return enrolled(cast.bob, version)


@pytest.fixture
def bob(signed_in: Signed) -> Client:
    return signed_in("bob")


def url(mine: Enrolment, page: str, /, **where: object) -> str:
    return reverse(page, kwargs={"course_id": mine.course_id, **where})


def place(bob: Client, mine: Enrolment, code: str = "film", **data: str) -> "Answer":
    return bob.post(url(mine, "course_place", code=code), data)


def text_of(answer: "Answer") -> str:
    return Page.of(answer).one("main").text


def with_mark(page: Page, tag: str, mark: str) -> list[Node]:
    return [each for each in page.all(tag) if mark in each.attributes]


def test_the_contents_lead_on(bob: Client, mine: Enrolment) -> None:
    page = bob.get(url(mine, "course_contents"))
    assert "0 of 3 pages done." in text_of(page)
    assert f'href="{url(mine, "course_page", code="welcome")}">Begin' in page.text
    watched(mine, (0, 12), second=12)
    page = bob.get(url(mine, "course_contents"))
    assert f'href="{url(mine, "course_page", code="film")}">Resume' in page.text


def test_without_a_script_continue_leads_through(bob: Client, mine: Enrolment) -> None:
    answer = bob.post(url(mine, "course_page", code="welcome"))
    assert answer["Location"] == url(mine, "course_page", code="film")
    assert Whereabouts.objects.get().page.code == "film"
    refused = bob.post(url(mine, "course_page", code="film"))
    assert refused.status_code == 409
    assert "Not watched yet: 0:00 to 1:00." in text_of(refused)
    transcript = bob.get(url(mine, "course_transcript", code="film"))
    assert "Good morning." in text_of(transcript)
    answer = bob.post(url(mine, "course_page", code="film"), {"go": "read"})
    assert answer["Location"] == url(mine, "course_page", code="end")
    answer = bob.post(url(mine, "course_page", code="end"))
    assert answer["Location"] == url(mine, "course_contents")
    assert "Next: test." in text_of(bob.get(answer["Location"]))


def test_the_player_has_what_it_needs(bob: Client, mine: Enrolment) -> None:
    watched(mine, (0, 12), second=12)
    page = bob.get(url(mine, "course_page", code="film"))
    tree = Page.of(page)
    source, track = tree.one("source").attributes, tree.one("track").attributes
    assert source["src"].endswith("/files/film.webm#t=12.00")
    assert (track["kind"], "default" in track) == ("captions", False)
    (captions,) = with_mark(tree, "button", "data-gs-captions")
    assert captions.attributes["aria-pressed"] == "false"
    assert [each.text for each in with_mark(tree, "a", "data-gs-at")] == [
        "0:00 Beginning",
        "0:30 Middle",
    ]
    assert bob.get(url(mine, "course_page", code="film") + "?at=30").text.count("#t=30")


def test_saving_keeps_place_spans_and_captions(bob: Client, mine: Enrolment) -> None:
    answer = place(bob, mine, second="31.5", spans="[[0, 31.5]]", captions="on")
    assert answer.json()["done"] is False
    assert "Not watched yet: 0:31 to 1:00" in answer.json()["state"]
    row = Whereabouts.objects.get()
    assert (row.second, row.captions) == (Decimal("31.5"), True)
    place(bob, mine, second="60", spans="[[31, 59]]")
    assert Watched.objects.get().done_at
    page = bob.get(url(mine, "course_page", code="film"))
    assert "default" in Page.of(page).one("track").attributes
    place(bob, mine, code="end")
    assert Whereabouts.objects.get().page.code == "end"


@pytest.mark.parametrize(
    "data",
    [
        {"second": "soon"},
        {"spans": "[1]"},
        {"spans": "["},
        {"second": "1", "spans": "[[0]]"},
        {"spans": "[" * 9000},
    ],
)
def test_what_no_player_sends_is_refused_in_words(
    bob: Client, mine: Enrolment, data: dict[str, str]
) -> None:
    answer = place(bob, mine, **data)
    assert answer.status_code == 422
    assert answer.json()["problem"].startswith("Send the ")
    assert not Whereabouts.objects.exists()


def test_a_course_that_ends_while_it_is_open_says_so(
    bob: Client, mine: Enrolment
) -> None:
    mine.course.expires_on = TODAY
    mine.course.save()
    answer = place(bob, mine, second="5")
    assert answer.status_code == 409
    assert "ended on Nov 17, 2025" in answer.json()["problem"]
    page = bob.get(url(mine, "course_page", code="film"))
    assert page.status_code == 409
    assert "ended on Nov 17, 2025" in page.text
    late = bob.post(url(mine, "course_page", code="welcome"))
    assert late.status_code == 409
    assert "<p>Hello</p>" not in late.text
    assert bob.get(url(mine, "course_file", name="film.webm")).status_code == 410
    assert "ended on Nov 17" in text_of(bob.get(url(mine, "course_contents")))


def test_on_its_last_day_a_course_s_test_says_until_when_it_brings_anything(
    bob: Client, mine: Enrolment
) -> None:
    words = "What you haven't finished and claimed by midnight"
    today = clock.today(zone_of(mine.program))
    for last, said in ((today + timedelta(days=1), False), (today, True)):
        Course.objects.filter(pk=mine.course_id).update(expires_on=last)
        assert (words in text_of(bob.get(url(mine, "course_test")))) == said
    # Also once it is passed; not once it is claimed.
    completed(mine)
    assert words in text_of(bob.get(url(mine, "course_test")))
    claims(mine)
    assert words not in text_of(bob.get(url(mine, "course_test")))


def test_files_go_to_whoever_learns_the_course(
    bob: Client, mine: Enrolment, signed_in: Signed
) -> None:
    film = url(mine, "course_file", name="film.webm")
    part = bob.get(film, headers={"Range": "bytes=2-3"})
    assert (part.status_code, b"".join(part)) == (206, b"fi")
    captions = bob.get(url(mine, "course_file", name="film.vtt"))
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert b"".join(captions).startswith(b"WEBVTT")
    assert bob.get(url(mine, "course_file", name="other.webm")).status_code == 404
    assert signed_in("charlie").get(film).status_code == 404


def test_the_test_is_sat_as_an_exam_is(bob: Client, mine: Enrolment) -> None:
    page = bob.get(url(mine, "course_test"))
    assert "Read every page of the course first." in text_of(page)
    assert bob.post(url(mine, "course_test")).status_code == 409
    reads_all(mine)
    assert "80 % right" in text_of(bob.get(url(mine, "course_test")))
    begun = bob.post(url(mine, "course_test"))
    assert begun["Location"] == url(mine, "course_question", number=1)
    bob.post(begun["Location"], {"chosen": "0", "go": "next"})
    handed = bob.post(url(mine, "course_submit"))
    assert handed["Location"] == url(mine, "course_test")
    assert "of 2 right" in text_of(bob.get(handed["Location"]))
    assert bob.get(url(mine, "course_question", number=1)).status_code == 302


def test_who_fails_reads_score_topics_and_what_is_left(
    bob: Client, mine: Enrolment
) -> None:
    reads_all(mine)
    sits(mine, right=0)
    text = text_of(bob.get(url(mine, "course_test")))
    assert "0 %, 0 of 2 right 80 % right is needed to pass. Not passed" in text
    assert "Not passed Learn again" in text
    assert "1 of 2" in text


def test_evaluation_then_credit_then_certificate(bob: Client, mine: Enrolment) -> None:
    reads_all(mine)
    sits(mine, right=2)
    wrong = bob.post(url(mine, "course_evaluation"), {"objectives": "9"})
    assert wrong.status_code == 422
    assert text_of(wrong).count("Choose an answer: ") >= 2
    answer = bob.post(url(mine, "course_evaluation"), EVALUATION)
    assert answer["Location"] == url(mine, "course_credit")
    assert EvaluationAnswers.objects.get().answers["change"] == "Rest."
    assert "You can claim 1.0 AMA PRA Category 1 Credit." in text_of(
        bob.get(url(mine, "course_credit"))
    )
    bob.post(url(mine, "course_credit"))
    page = bob.get(url(mine, "course_credit"))
    assert "You claimed 1.0 AMA PRA Category 1 Credit on " in text_of(page)
    paper = CourseCredit.objects.get().certificate
    assert paper is not None
    assert reverse("my_certificate", args=[paper.pk]) in page.text
    shown = bob.get(reverse("verify", args=[paper.number]))
    assert "The credential today" not in shown.text
    assert "Completed" in shown.text
    assert bob.get(reverse("my_certificates")).status_code == 200
    assert bob.get(f"{reverse('transcript')}?program=mms").status_code == 200
    again = bob.post(url(mine, "course_credit"), follow=True)
    assert "Nothing was added." in again.text
    assert CourseCredit.objects.count() == 1
    given = bob.get(url(mine, "course_evaluation"), follow=True)
    assert "kept without your name" in given.text


def test_others_read_why_it_is_attendance(
    bob: Client, mine: Enrolment, cast: Cast
) -> None:
    cast.bob.profession = "Medical scribe"
    cast.bob.save()
    completed(mine)
    text = text_of(bob.get(url(mine, "course_credit")))
    assert "You can claim a certificate of attendance." in text
    assert "The profession in your record is Medical scribe." in text
    assert "These count: MD, DO, MBBS" in text


def test_another_course_of_theirs_is_no_other_body_s(
    signed_in: Signed, mine: Enrolment
) -> None:
    for name in ("course_contents", "course_test", "course_credit"):
        assert signed_in("charlie").get(url(mine, name)).status_code == 404
