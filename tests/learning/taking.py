"""A published course, and somebody who takes it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from accounts.models import Member
from core.actor import Actor
from core.files import keep
from courses.models import (
    Attempt,
    Course,
    CourseCredit,
    CourseFile,
    CourseVersion,
    Enrolment,
    Module,
    Page,
)
from courses.queries.sitting import bank_at, sheet_of
from courses.rules.watching import Spans
from courses.services import (
    Seen,
    answer_question,
    begin_test,
    claim_credit,
    give_evaluation,
    hand_in,
    keep_place,
    pass_page,
)
from tests.cast import NOW, TODAY
from tests.learning.sitting import own

SOCIETY = "mms"
LENGTH = Decimal(60)
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:04.000\nGood morning.\n"
ANSWERS: Mapping[str, object] = {"objectives": 5, "practice": 4, "bias": 3}
BANK = """
exam = "burnout"
title = "Burnout"
sample = true

[topics]
signs = "Signs"
help = "What helps"

[[questions]]
code = "burnout-001"
topic = "signs"
text = "Which is a sign of burnout?"
why = "It is one of three."
options = [{ text = "Exhaustion", right = true }, { text = "Hunger" }]

[[questions]]
code = "burnout-002"
topic = "help"
text = "What helps?"
why = "Rest does."
options = [{ text = "Rest", right = true }, { text = "More shifts" }]
"""


def a_course(
    *,
    program: str = SOCIETY,
    bank: str = BANK,
    must_watch: bool = True,
    film: bytes = b"a film",
    seconds: Decimal = LENGTH,
    asked: bytes = b"",
    **facts: object,
) -> CourseVersion:
    """Publish a course: words, a film, words again, a test where there is a bank.

    `asked` is the picture of each of its questions.
    """
    if asked:
        bank = bank.replace("why =", 'picture = "film.png"\npicture_words = "x"\nwhy =')
    facts = {"credit_kind": "category_1", "credit": Decimal(1)} | facts
    course = Course.objects.create(
        program=program,
        slug=uuid4().hex,
        kind="course",
        title="Burnout: seeing it, and what helps",
        provider="The society",
        released_on=TODAY,
        created_at=NOW,
        changed_at=NOW,
        **facts,
    )
    test = {"questions": 2, "pass_percent": 80, "tries": 2} if bank else {}
    version = CourseVersion.objects.create(
        course=course, number=1, bank=bank, must_watch=must_watch, **test
    )
    _pages(version, film, seconds)
    if asked:
        _file(version, "question", "png", asked)
    CourseVersion.objects.filter(pk=version.pk).update(
        published_on=TODAY, published_at=NOW, published_by="tests"
    )
    version.refresh_from_db()
    return version


def _pages(version: CourseVersion, film: bytes, seconds: Decimal) -> None:
    module = Module.objects.create(version=version, place=1, title="First")
    parts = {"version": version, "module": module}
    Page.objects.create(
        place=1,
        code="welcome",
        title="Welcome",
        kind="text",
        markdown="Hello",
        html="<p>Hello</p>",
        **parts,
    )
    Page.objects.create(
        place=2,
        code="film",
        title="The film",
        kind="video",
        video=_file(version, "video", "webm", film),
        captions=_file(version, "captions", "vtt", CAPTIONS),
        transcript="<p>Good morning.</p>",
        seconds=seconds,
        chapters=[[0, "Beginning"], [30, "Middle"]],
        **parts,
    )
    Page.objects.create(
        place=3, code="end", title="The end", kind="text", html="<p>Bye</p>", **parts
    )


def _file(version: CourseVersion, kind: str, media: str, content: bytes) -> CourseFile:
    return CourseFile.objects.create(
        version=version,
        name=f"film.{media}",
        kind=kind,
        media=media,
        file_key=keep(content),
        sha256="0" * 64,
        size=len(content),
        added_at=NOW,
    )


def enrolled(member: Member, version: CourseVersion) -> Enrolment:
    """Let somebody begin a course."""
    return Enrolment.objects.create(
        member=member,
        begun_by=member,
        program=version.course.program,
        course=version.course,
        version=version,
        started_on=TODAY,
        started_at=NOW,
    )


def page_of(enrolment: Enrolment, code: str) -> Page:
    """Find a page of somebody's version."""
    return enrolment.version.pages.get(code=code)


def watched(
    enrolment: Enrolment,
    *pairs: tuple[float, float],
    second: float = 0,
    now: datetime = NOW,
) -> Seen:
    """Let a player say what was watched of the film."""
    spans: Spans = tuple((Decimal(str(a)), Decimal(str(b))) for a, b in pairs)
    return keep_place(
        actor=own(enrolment.member),
        enrolment=enrolment,
        page=page_of(enrolment, "film"),
        second=Decimal(str(second)),
        spans=spans,
        captions=None,
        today=now.date(),
        now=now,
    )


def passes(
    enrolment: Enrolment, code: str, *, read: bool = False, now: datetime = NOW
) -> None:
    """Press Continue on a page."""
    pass_page(
        actor=own(enrolment.member),
        enrolment=enrolment,
        page=page_of(enrolment, code),
        read_instead=read,
        today=now.date(),
        now=now,
    )


def reads_all(enrolment: Enrolment) -> None:
    """Read and watch every page."""
    watched(enrolment, (0, 60))
    passes(enrolment, "welcome")
    passes(enrolment, "end")


def sits(enrolment: Enrolment, *, right: int, now: datetime = NOW) -> Attempt:
    """Take the test, with so many of its questions right."""
    actor = own(enrolment.member)
    attempt = begin_test(actor=actor, enrolment=enrolment, today=now.date(), now=now)
    bank = bank_at(attempt)
    for number, asked in enumerate(sheet_of(attempt).asked, start=1):
        good = bank.question(asked.code).right
        wanted = [n for n, place in enumerate(asked.options) if place in good]
        others = [n for n, place in enumerate(asked.options) if place not in good]
        answer_question(
            actor=actor,
            attempt=attempt,
            number=number,
            chosen=wanted if number <= right else others[:1],
            flagged=False,
            now=now,
        )
    return hand_in(actor=actor, attempt=attempt, now=now)


def evaluated(enrolment: Enrolment, answers: Mapping[str, object] = ANSWERS) -> None:
    """Fill the evaluation in."""
    give_evaluation(
        actor=own(enrolment.member),
        enrolment=enrolment,
        answers=answers,
        today=TODAY,
        now=NOW,
    )


def claims(
    enrolment: Enrolment, actor: Actor | None = None, now: datetime = NOW
) -> CourseCredit:
    """Claim the credit."""
    who = actor or own(enrolment.member)
    today = TODAY + (now - NOW)
    return claim_credit(actor=who, enrolment=enrolment, today=today, now=now)


def completed(enrolment: Enrolment) -> Enrolment:
    """Read all of it, pass its test and evaluate it."""
    reads_all(enrolment)
    if enrolment.version.bank:
        sits(enrolment, right=2)
    evaluated(enrolment)
    enrolment.refresh_from_db()
    return enrolment
