"""A page of a course as its learner meets it, and the course's contents (M1, M2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from core.failures import Missing
from courses.models import Enrolment, EvaluationGiven, Page
from courses.queries import learnt_facts
from courses.queries.course_tests import rules_of
from courses.queries.learning import (
    Way,
    credit_of,
    enrolment_of,
    is_over,
    over_words,
    passed_test,
    way_of,
)
from courses.rules import clock_words, coverage, last_leaf, next_leaf
from courses.services.keeping import holes_words
from portal.queries.places import body_name

MUST_WATCH = "Watch all of it, or read its transcript: what is skipped does not count."


@dataclass(frozen=True)
class Chapter:
    """A place in a video, and the address that begins there without a script."""

    title: str
    second: str
    clock: str
    url: str


@dataclass(frozen=True)
class Film:
    """A video with all its player needs."""

    url: str
    media: str
    captions_url: str
    captions_on: bool
    transcript: str
    transcript_url: str
    second: str
    chapters: Sequence[Chapter]
    length: str
    state: str
    must_watch: str


@dataclass(frozen=True)
class PlayerPage:
    """One page: its words or its video, and where one goes from it."""

    course: str
    contents_url: str
    module: str
    title: str
    number: int
    of: int
    html: str
    film: Film | None
    done: bool
    over: str
    place_url: str
    back_url: str
    last: bool


@dataclass(frozen=True)
class Step:
    """A page, the test, the evaluation or the credit: its state in a word."""

    title: str
    url: str
    word: str
    done: bool


@dataclass(frozen=True)
class Part:
    """A module with its pages."""

    title: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class Contents:
    """A course from its first page to its credit, and where one goes on."""

    title: str
    body_name: str
    verdict: str
    sub: str
    parts: Sequence[Part]
    after: Sequence[Step]
    next_url: str
    next_label: str


def my_enrolment(member: Member, course_id: UUID) -> Enrolment:
    """Find what somebody learns.

    Raises:
        Missing: there is no such course, or they are not enrolled in it.
    """
    found = enrolment_of(member, course_id)
    if found is None:
        raise Missing("Not found.")
    return found


def my_page(way: Way, code: str) -> Page:
    """Find a page of somebody's version.

    Raises:
        Missing: it has none of this code.
    """
    found = way.page(code)
    if found is None:
        raise Missing("Not found.")
    return found


def page_url(enrolment: Enrolment, code: str, name: str = "course_page") -> str:
    """Give the address of a page of somebody's course."""
    where = {"course_id": enrolment.course_id, "code": code}
    return reverse(name, kwargs=where)


def course_url(enrolment: Enrolment, name: str) -> str:
    """Give one of the other addresses of somebody's course."""
    return reverse(name, kwargs={"course_id": enrolment.course_id})


def player_page(way: Way, page: Page, *, at: str, today: date) -> PlayerPage:
    """Show a page; a video at the second where it was left, or at `at`."""
    enrolment, codes = way.enrolment, [each.code for each in way.pages]
    before = last_leaf(way.leaves, page.code)
    return PlayerPage(
        course=enrolment.course.title,
        contents_url=course_url(enrolment, "course_contents"),
        module=page.module.title,
        title=page.title,
        number=codes.index(page.code) + 1,
        of=len(codes),
        html=page.html,
        film=_film(way, page, at, today) if page.video_id else None,
        done=page.code in way.done,
        over=over_words(enrolment) if is_over(enrolment, today) else "",
        place_url=page_url(enrolment, page.code, "course_place"),
        back_url=page_url(enrolment, before.code) if before else "",
        last=next_leaf(way.leaves, page.code) is None,
    )


def after_page(way: Way, code: str) -> str:
    """Give the address after a page: the next one, else the contents."""
    following = next_leaf(way.leaves, code)
    if following:
        return page_url(way.enrolment, following.code)
    return course_url(way.enrolment, "course_contents")


def video_state(way: Way, page: Page, today: date) -> str:
    """Say how much of a video was watched, where all of it must be."""
    if page.code in way.done:
        return "Watched."
    if not way.enrolment.version.must_watch or page.seconds is None:
        return ""
    spans = way.spans(page)
    if not spans:
        return MUST_WATCH
    unwatched = rules_of(way.enrolment.course, today).unwatched
    found = coverage(spans, seconds=page.seconds, unwatched=unwatched)
    return holes_words(found)


def contents(enrolment: Enrolment, today: date) -> Contents:
    """List a course's pages and what follows them, each with its state."""
    way = way_of(enrolment)
    parts: dict[str, list[Step]] = {}
    for page in way.pages:
        done = page.code in way.done
        url = page_url(enrolment, page.code)
        step = Step(page.title, url, "done" if done else "to do", done)
        parts.setdefault(page.module.title, []).append(step)
    after = list(_after(way))
    verdict, url, label = _going_on(way, after)
    ends = is_over(enrolment, today)
    return Contents(
        title=enrolment.course.title,
        body_name=body_name(enrolment.program),
        verdict=verdict,
        sub=over_words(enrolment) if ends else "",
        parts=[Part(title, steps) for title, steps in parts.items()],
        after=after,
        next_url="" if ends else url,
        next_label=label,
    )


def _film(way: Way, page: Page, at: str, today: date) -> Film:
    enrolment, left = way.enrolment, way.left
    assert page.video is not None
    assert page.captions is not None
    assert page.seconds is not None
    here = way.resume.code == page.code
    second = f"{way.resume.second:f}" if here else "0"
    return Film(
        url=_file_url(enrolment, page.video.name),
        media=f"video/{page.video.media}",
        captions_url=_file_url(enrolment, page.captions.name),
        captions_on=bool(left and left.captions),
        transcript=page.transcript,
        transcript_url=page_url(enrolment, page.code, "course_transcript"),
        second=at or second,
        chapters=[
            Chapter(
                title=str(title),
                second=str(begins),
                clock=clock_words(Decimal(str(begins))),
                url=f"{page_url(enrolment, page.code)}?at={begins}",
            )
            for begins, title in page.chapters
        ],
        length=clock_words(page.seconds),
        state=video_state(way, page, today),
        must_watch=MUST_WATCH if enrolment.version.must_watch else "",
    )


def _after(way: Way) -> Sequence[Step]:
    """The test, the evaluation and the credit, where the course has them."""
    enrolment, found = way.enrolment, []
    if enrolment.version.bank:
        passed = passed_test(enrolment)
        url = course_url(enrolment, "course_test")
        found.append(Step("Test", url, "passed" if passed else "to do", passed))
    if learnt_facts(enrolment).credit_kind:
        given = EvaluationGiven.objects.filter(enrolment=enrolment).exists()
        url = course_url(enrolment, "course_evaluation")
        found.append(Step("Evaluation", url, "given" if given else "to do", given))
        claimed = credit_of(enrolment) is not None
        url = course_url(enrolment, "course_credit")
        word = "claimed" if claimed else "to do"
        found.append(Step("Credit and certificate", url, word, claimed))
    return found


def _going_on(way: Way, after: Sequence[Step]) -> tuple[str, str, str]:
    """Say in a sentence how far somebody is, and which step is next."""
    enrolment, missing = way.enrolment, len(way.missing)
    if missing:
        count = len(way.pages)
        begun = way.left is not None
        verdict = f"{count - missing} of {count} pages done."
        url = page_url(enrolment, way.resume.code)
        return verdict, url, "Resume" if begun else "Begin"
    for step in after:
        if not step.done:
            return f"All pages are done. Next: {step.title.lower()}.", step.url, "Go on"
    return "You completed this course. You can read it again.", "", ""


def _file_url(enrolment: Enrolment, name: str) -> str:
    where = {"course_id": enrolment.course_id, "name": name}
    return reverse("course_file", kwargs=where)
