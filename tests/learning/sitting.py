"""Somebody who was given an exam, and what they do with it."""

import re
from datetime import datetime, timedelta
from unittest import mock
from uuid import uuid4

from accounts.models import Member
from core.actor import Actor
from courses.models import Attempt
from courses.queries import Held, bank_of
from courses.queries.sitting import bank_at, sheet_of
from courses.rules import Bank, bank_of_text
from courses.services import answer_question, begin_attempt, hand_in
from credentials.models import Assignment, Product
from credentials.services import ALL_ALIKE, Choice, Pick, assign
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, seats

DAY = timedelta(days=1)
SHOWN = 'picture = "abdomen-in-four.png"\npicture_words = "An abdomen"\n'
SKIN = Choice("dermatology", "Dermatology")


def own(member: Member) -> Actor:
    """The member as who acts."""
    return Actor(member.name, user_id=member.user_id)


def was_given(
    cast: Cast, code: str, choice: Choice = ALL_ALIKE, to: Member | None = None
) -> Assignment:
    """Give Bob, or somebody else at Northside, a product of the body's."""
    product = Product.objects.get(program=BODY, code=code)
    seats(cast.northside, product, 1)
    batch = assign(
        actor=TESTER,
        practice=cast.northside,
        product=product,
        picks=[Pick((to or cast.bob).pk)],
        form_key=uuid4().hex,
        today=TODAY,
        now=NOW,
        choice=choice,
    )
    return batch.assignments.get()


def begun(assignment: Assignment, now: datetime = NOW) -> Attempt:
    """Let its member begin the exam, sworn."""
    return begin_attempt(
        actor=own(assignment.member),
        assignment=assignment,
        sworn=True,
        today=now.date(),
        now=now,
    )


def begun_with_pictures(assignment: Assignment) -> Attempt:
    """Begin an exam each of whose questions shows a picture of another exam's."""

    def shown(held: Held) -> tuple[Bank, str]:
        _, text = bank_of(held)
        text = re.sub(r"(?m)^picture.*\n", "", text)
        text = text.replace("\nwhy = ", f"\n{SHOWN}why = ")
        return bank_of_text(text), text

    with mock.patch("courses.services.sitting.bank_of", shown):
        return begun(assignment)


def answers(attempt: Attempt, *, right: int, now: datetime = NOW) -> None:
    """Answer the first so many questions rightly, and the rest wrongly."""
    bank = bank_at(attempt)
    for number, asked in enumerate(sheet_of(attempt).asked, start=1):
        good = bank.question(asked.code).right
        places = [shown for shown, place in enumerate(asked.options) if place in good]
        wrong = [
            shown for shown, place in enumerate(asked.options) if place not in good
        ]
        answer_question(
            actor=own(attempt.member),
            attempt=attempt,
            number=number,
            chosen=places if number <= right else wrong[:1],
            flagged=False,
            now=now,
        )


def sat(assignment: Assignment, *, right: int, now: datetime = NOW) -> Attempt:
    """Begin, answer and hand in."""
    attempt = begun(assignment, now)
    answers(attempt, right=right, now=now)
    return hand_in(actor=own(attempt.member), attempt=attempt, now=now)
