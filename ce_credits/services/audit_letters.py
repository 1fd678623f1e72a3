"""Mail about audits: selected, due in some days, closed.

The first two are put together when they leave: whoever answered meanwhile is not
reminded, and a case that is closed is not announced.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ce_credits.events import AuditClosed
from ce_credits.models import AuditCase
from ce_credits.services.audit_practice_letters import tell_sponsor
from core.actor import Actor
from core.audit import record
from core.day_entries import DayEntry, put_in
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell
from credentials.policy import day_words, policy_for

SELECTED, DUE, CLOSED = "audit_selected", "audit_due", "audit_closed"
MOST_AT_ONCE = 500


def tell_selected(case: AuditCase, now: datetime) -> None:
    """Queue the letter that says somebody is audited, what is asked, and by when."""
    _queue(SELECTED, case, now)
    tell_sponsor(SELECTED, case, now)


@transaction.atomic
def remind_audits(*, program: str, today: date, now: datetime) -> int:
    """Queue the reminder of each audit that is due soon and not answered, once.

    Args:
        program: the body whose audits are looked at.
        today: the day it is in the body's zone.
        now: the instant, UTC.

    Returns:
        How many were queued.
    """
    audit = policy_for(program, on=today).audit
    if audit is None:
        return 0
    until = today + timedelta(days=audit.remind_days)
    mine = AuditCase.objects.select_for_update(
        of=("self",), no_key=True, skip_locked=True
    )
    waiting = mine.of_program(program).open().select_related("member__user")
    due = list(
        waiting.filter(
            sent_at=None, reminded_at=None, due_on__gte=today, due_on__lte=until
        )[:MOST_AT_ONCE]
    )
    for case in due:
        _queue(DUE, case, now)
        tell_sponsor(DUE, case, now)
        record(
            actor=Actor.system("reminders"),
            action="audit.reminded",
            subject=case,
            member_id=case.member_id,
            program=program,
            sentence=f"Reminded {case.member.name} of an audit",
            now=now,
        )
    AuditCase.objects.filter(pk__in=[each.pk for each in due]).update(reminded_at=now)
    return len(due)


def on_audit_closed(event: AuditClosed) -> None:
    """Tell a member that their audit is closed, and what was found.

    The practice that holds their seat hears that it is closed, and no more.
    """
    case = AuditCase.objects.select_related("member__user").get(pk=event.case_id)
    tell_sponsor(CLOSED, case, event.now)
    if not case.member.written_to:
        return
    tell(
        kind=CLOSED,
        subject_id=case.pk,
        recipient=case.member.written_to,
        program=case.program,
        payload={
            "practice": policy_for(case.program, on=case.opened_on).body_name,
            "name": case.member.first_name,
            "items": _found(case),
            "url": _url(case),
        },
        now=event.now,
    )


def compose_audit(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Say what an audit asks and by when; None where there is nobody to tell."""
    case = (
        AuditCase.objects.open()
        .filter(pk=message.subject_id)
        .select_related("member__user")
        .first()
    )
    if case is None or case.member.written_to.lower() != message.recipient.lower():
        return None
    if message.kind == DUE and case.sent_at is not None:
        return None
    entry = DayEntry(
        key=f"audit-{case.pk}",
        day=case.due_on,
        title="Answer to the audit due",
        text="Send a copy of the certificates that the audit asks for.",
        url=_url(case),
        made_at=message.created_at,
    )
    return Letter(letter_words(case), enclosures=[put_in(entry)])


def letter_words(case: AuditCase) -> dict[str, object]:
    """Give the words of the letter, which staff read before it is sent, too."""
    items = case.items.select_related("activity")
    return words_of(
        body=policy_for(case.program, on=case.opened_on).body_name,
        name=case.member.first_name,
        titles=[f"{each.activity}, {day_words(each.activity.day)}" for each in items],
        due_on=case.due_on,
        url=_url(case),
    )


def words_of(
    *, body: str, name: str, titles: list[str], due_on: date, url: str
) -> dict[str, object]:
    """Put the letter's words together; a preview names nobody."""
    return {
        "practice": body,
        "name": name,
        "items": titles,
        "due_text": day_words(due_on),
        "url": url,
    }


def _queue(kind: str, case: AuditCase, now: datetime) -> None:
    if not case.member.written_to:
        return
    tell(
        kind=kind,
        subject_id=case.pk,
        recipient=case.member.written_to,
        program=case.program,
        payload={},
        now=now,
    )


def _found(case: AuditCase) -> list[str]:
    found = []
    for item in case.items.select_related("activity"):
        policy = policy_for(case.program, on=item.activity.day)
        ground = policy.ground(item.ground)
        said = [item.get_outcome_display()]
        said += [ground.text] if ground else []
        said += [item.finding] if item.finding else []
        found.append(f"{item.activity}: {'. '.join(said)}")
    return found


def _url(case: AuditCase) -> str:
    return settings.BASE_URL + reverse("my_audit", kwargs={"case_id": case.pk})
