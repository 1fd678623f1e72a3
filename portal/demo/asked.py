"""What the demonstration's staff were asked: one answered, two to answer."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from accounts.models import User
from core.actor import Actor
from portal.demo.roster import PROGRAM
from portal.models import HelpQuestion
from portal.services import Question, answer_question, ask_staff

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], None]]
STRANGER = Actor("Somebody who was not signed in")


def question_deeds(dana: User, priya: User, at: At) -> Iterator[Deed]:
    """Ask in the past."""
    yield (
        date(2025, 11, 3),
        partial(
            _ask,
            dana,
            "Can I renew two people on different days with one order?",
            "/p/harbor-family-medicine/seats/",
            at(date(2025, 11, 3)),
            answer="Yes. An order buys renewals; you assign each when you choose.",
            by=priya,
        ),
    )
    yield (
        date(2025, 11, 14),
        partial(
            _ask,
            dana,
            "One of our scribes married. How does her new name get on the certificate?",
            "/p/harbor-family-medicine/people/",
            at(date(2025, 11, 14)),
        ),
    )
    yield (
        date(2025, 11, 15),
        partial(
            _ask,
            None,
            "A clinic gave me a number that your page does not know. Whom do I ask?",
            "/verify/",
            at(date(2025, 11, 15)),
        ),
    )


def _ask(
    user: User | None,
    text: str,
    page: str,
    now: datetime,
    *,
    answer: str = "",
    by: User | None = None,
) -> None:
    actor = Actor(user.name, user_id=user.pk) if user else STRANGER
    row = ask_staff(
        actor=actor,
        user_id=user.pk if user else None,
        question=Question(
            program=PROGRAM,
            key=uuid4(),
            name=user.name if user else "Morgan Ellery",
            email=user.email if user else "hiring@riverbend-clinic.example",
            text=text,
            page=page,
        ),
        now=now,
    )
    # Staff read it on the day.
    HelpQuestion.objects.filter(pk=row.pk).update(told_at=now)
    if by is not None:
        _answer(row.pk, answer, by, now)


def _answer(pk: UUID, text: str, by: User, now: datetime) -> None:
    answer_question(
        actor=Actor(by.name, user_id=by.pk),
        question=HelpQuestion.objects.get(pk=pk),
        text=text,
        now=now,
    )
