"""Drawing an attempt from its bank, which is kept as it was (A14)."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from courses.models import Attempt, QuestionBank
from courses.rules import Bank, draw_sheet, ends_at


@dataclass(frozen=True)
class Paper:
    """What is drawn from: a bank and its text, how many questions, for how long."""

    bank: Bank
    text: str
    questions: int
    minutes: int


def draw_attempt(
    paper: Paper, *, today: date, now: datetime, **facts: object
) -> Attempt:
    """Draw the questions of an attempt by a new seed, and start its clock.

    Args:
        paper: what it is drawn from.
        today: the day in the body's zone.
        now: the instant, UTC.
        facts: whose attempt it is, at what, and under which policy.
    """
    seed, number = token_hex(32), paper.questions
    sheet = draw_sheet(paper.bank, number=number, seed=seed)
    return Attempt.objects.create(
        bank=_kept(paper, now),
        seed=seed,
        number=number,
        sheet=[[each.code, list(each.options)] for each in sheet.asked],
        started_on=today,
        started_at=now,
        ends_at=ends_at(now, paper.minutes),
        **facts,
    )


def _kept(paper: Paper, now: datetime) -> QuestionBank:
    """Keep the bank as it is drawn from, once for all who draw from it."""
    bank = paper.bank
    row = QuestionBank(
        sha256=bank.sha256,
        exam=bank.exam,
        specialty=bank.specialty,
        title=bank.title,
        text=paper.text,
        at=now,
    )
    QuestionBank.objects.bulk_create([row], ignore_conflicts=True)
    return QuestionBank.objects.get(sha256=bank.sha256)
