"""What a claim writes, of a course or a live activity: its credit, its certificate."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.rules import Award
from ce_credits.services import record_accepted_activity
from certificates.models import Certificate
from certificates.rules import FOR_GOOD
from certificates.services import COURSE_LAYOUT, Draft, issue
from core.actor import Actor
from courses.services.offering import Offered
from credentials.policy import CoursePaper, credit_words, policy_for

ATTENDANCE = "attendance"


@dataclass(frozen=True)
class Earning:
    """Who earned what here, and on which day; `source_id` is the row it came of."""

    member: Member
    program: str
    source_id: UUID
    paper: CoursePaper
    title: str
    on: date
    proof: str
    reason: str


def claimed_words(*, answer: Award) -> str:
    """Say what a claim brings, in a few words."""
    if answer.attendance_only:
        return "a certificate of attendance"
    return f"{credit_words(answer.credits or Decimal(0))} {answer.unit}"


def report_credit(
    earning: Earning, offered: Offered, today: date, now: datetime
) -> Activity:
    """Write it down as an activity that staff need not look at."""
    return record_accepted_activity(
        # The portal saw it completed: nobody decides on a record of their own.
        actor=Actor.system("courses"),
        member=earning.member,
        program=earning.program,
        kind=offered.facts.credit_kind,
        title=earning.title,
        provider=offered.facts.provider,
        on=earning.on,
        minutes=offered.minutes,
        inputs=offered.inputs,
        proof=earning.proof,
        reason=earning.reason,
        today=today,
        now=now,
    )


def certify_credit(
    actor: Actor,
    earning: Earning,
    offered: Offered | None,
    today: date,
    now: datetime,
) -> Certificate:
    """Issue its certificate: of credit, or of attendance where it brings none (M5)."""
    paper = earning.paper
    credited = offered is not None and not offered.attendance
    answer = offered.answer if offered is not None and credited else None
    draft = Draft(
        layout=COURSE_LAYOUT,
        program=earning.program,
        member=earning.member,
        holder_name=earning.member.name,
        certification=None,
        # What is learnt is a person's, whoever they work for.
        practice=None,
        sponsorship=None,
        source_id=earning.source_id,
        issuer=policy_for(earning.program, on=earning.on).body_name,
        title=paper.credit_title if answer else paper.attendance_title,
        subtitle=claimed_words(answer=answer) if answer else "",
        seal=paper.seal,
        credential_title=earning.title,
        credential_number="",
        statement=paper.credit_statement if answer else paper.attendance_statement,
        number_prefix=paper.number_prefix,
        attestation_prefix=None,
        valid_from=earning.on,
        valid_until=FOR_GOOD,
        credits_have=answer.credits if answer else None,
        credits_need=None,
        unit=answer.unit if answer else "",
        waived=False,
    )
    return issue(actor=actor, draft=draft, today=today, now=now)
