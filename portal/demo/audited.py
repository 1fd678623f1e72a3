"""An audit of the body of cycles: two were drawn, one answered, one still may."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from accounts.models import User
from ce_credits.models import AuditCase
from ce_credits.rules import Size
from ce_credits.services import (
    DRAWABLE,
    Draw,
    Finding,
    Sample,
    add_audit_proof,
    close_case,
    decide_item,
    draw_audit,
    due_day,
    send_answer,
)
from core.actor import Actor
from portal.demo.certificants import MANAGER
from portal.demo.papers import certificate_file
from portal.demo.roster import CYCLES, DOMAIN

# Of these months and this kind there is one submission each of Ana's and Ben's.
FROM_ON, UNTIL_ON, KIND = date(2023, 5, 1), date(2023, 10, 31), "approved_education"
DRAWN_ON, SENT_ON, CLOSED_ON = date(2025, 11, 5), date(2025, 11, 10), date(2025, 11, 12)
# Ana's is open: her answer is due in December.
ANSWERS = "Ben Halloran"

At = Callable[[date], datetime]


def audit_deeds(at: At) -> Iterator[tuple[date, Callable[[], object]]]:
    """Give what staff drew, what was answered, and how it ended, each with its day."""
    yield DRAWN_ON, partial(_draw, at)
    yield SENT_ON, partial(_answer, at)
    yield CLOSED_ON, partial(_close, at)


def _manager() -> Actor:
    user = User.objects.get(email=f"{MANAGER}@{DOMAIN}")
    return Actor(user.name, user_id=user.pk)


def _draw(at: At) -> None:
    draw_audit(
        actor=_manager(),
        program=CYCLES,
        sample=Sample(
            from_on=FROM_ON,
            until_on=UNTIL_ON,
            size=Size(percent=100),
            states=[each.value for each in DRAWABLE],
            kinds=[KIND],
            exclude_years=2,
            due_on=due_day(program=CYCLES, today=DRAWN_ON),
        ),
        draw=Draw(uuid4(), "5f1c2e8a9b3d4706"),
        today=DRAWN_ON,
        now=at(DRAWN_ON),
    )


def _case() -> AuditCase:
    first, _, last = ANSWERS.partition(" ")
    cases = AuditCase.objects.of_program(CYCLES).select_related("member__user")
    return cases.get(member__first_name=first, member__last_name=last)


def _answer(at: At) -> None:
    """Have its member add a copy of each certificate, and send it."""
    case = _case()
    actor = Actor(case.member.name, user_id=case.member.user_id)
    for item in case.items.select_related("case", "activity__member"):
        done = item.activity
        paper = certificate_file(
            case.member.name, title=str(done), on=done.day, minutes=done.minutes or 0
        )
        add_audit_proof(actor=actor, item=item, upload=paper, now=at(SENT_ON))
    send_answer(actor=actor, case=case, words={}, today=SENT_ON, now=at(SENT_ON))


def _close(at: At) -> None:
    """Let the manager verify each of them, and close the audit."""
    case, actor = _case(), _manager()
    for item in case.items.select_related("case__member__user", "activity__member"):
        case.refresh_from_db()
        decide_item(
            actor=actor,
            item=item,
            seen=case.version,
            finding=Finding("verified", item.activity.version),
            today=CLOSED_ON,
            now=at(CLOSED_ON),
        )
    case.refresh_from_db()
    close_case(
        actor=actor, case=case, seen=case.version, today=CLOSED_ON, now=at(CLOSED_ON)
    )
