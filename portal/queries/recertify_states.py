"""What an application says of itself: its verdict, and what is happening to it."""

from datetime import date, datetime

from core.words import day_words, hour_words, money_words
from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.queries import Applying, answer_of, is_paid
from renewals.rules.cycles import Cycle

State = Recertification.State
WHAT = {
    "recertification": "application",
    "extension": "request",
    "reinstatement": "application",
}


def verdict_of(found: Applying, row: Recertification | None, today: date) -> str:
    """Say where somebody stands with it on a day, in one sentence."""
    if row is not None and row.state in {State.AWAITING, State.OPEN}:
        words = "is submitted and waits for its payment"
        if row.state == State.OPEN:
            words = "needs information from you" if row.asked else "is under review"
        elif is_paid(row) and row.kind == Recertification.Kind.REINSTATEMENT:
            words = "is paid and waits for your credits"
        return f"Your {WHAT[row.kind]} {words}."
    if found.closed is not None:
        return _closed(found)
    if found.short:
        return " ".join([*(each.text for each in found.short), *_may_follow(found)])
    assert found.cycle is not None
    if found.kind == "extension":
        return f"Ask by {asked_by(found.cycle)}."
    return f"Your credits are there. {_until(found, today)}"


def _may_follow(found: Applying) -> list[str]:
    """Say that what is to be reinstated can be paid before all credit is there (N8)."""
    if found.kind != "reinstatement" or found.cycle is None:
        return []
    until = day_words(found.cycle.season.grace_until)
    return [f"You can pay now. Report what is missing by {until}."]


def asked_by(cycle: Cycle) -> str:
    """Spell until when more time can be asked for: Dec 1, 2025, 5:00 PM EST (N7)."""
    hour = cycle.policy.cycles.extension.asked_until
    at = datetime.combine(cycle.last_on, hour, cycle.policy.zone)
    return f"{day_words(cycle.last_on)}, {hour_words(hour)} {at:%Z}"


def _closed(found: Applying) -> str:
    """Say why nothing can be made; what is over says that the history is kept."""
    assert found.closed is not None
    text, cycle = found.closed.text, found.cycle
    if cycle is not None and found.closed.rule == cycle.policy.cycles.grace.basis.rule:
        return (
            f"{text} You must apply as a new candidate and pass it. "
            "Everything you reported and earned stays on your record."
        )
    return text


def _until(found: Applying, today: date) -> str:
    assert found.cycle is not None
    season = found.cycle.season
    if found.kind == "reinstatement":
        return f"Apply and pay by {day_words(season.grace_until)}."
    extra = {part.code: part.amount for part in found.fee.parts} if found.fee else {}
    currency = found.cycle.policy.cycles.currency
    granted = found.cycle.granted_until(today)
    if granted is not None and today > season.last_on:
        return f"Apply and pay by {day_words(granted)}."
    if "late" in extra:
        fee = money_words(extra["late"], currency)
        until = day_words(season.late_until)
        return f"Apply and pay by {until}. It includes the late fee of {fee}."
    return f"Apply and pay by {day_words(season.last_on)}."


def happening(row: Recertification, late_since: date | None = None) -> list[str]:
    """Say what became of what was sent, and what comes next, a sentence each.

    Args:
        row: what was sent.
        late_since: the last day it could be paid, where that is over.
    """
    policy = policy_for(row.program, on=row.cycle_last_on)
    body = policy.body_name
    said = []
    if row.submitted_on is not None:
        said.append(f"Submitted on {day_words(row.submitted_on)}.")
    if row.paid_on is not None:
        said.append(f"Paid on {day_words(row.paid_on)}, the day that counts.")
    match State(row.state):
        case State.AWAITING:
            said += [text for _, text in row.facts.get("not_taken", ())]
            said.append(_waits_for(row, body, late_since))
        case State.OPEN:
            due = answer_of(row)
            assert due is not None
            said.append(f"{body} checks your credits and decides. {due.words}.")
            said += _meanwhile(row, body)
        case State.APPROVED | State.REFUSED | State.WITHDRAWN:
            assert row.decided_on is not None
            word = row.get_state_display()
            said.append(f"{word} on {day_words(row.decided_on)}.")
            if row.reason:
                said.append(f"The reason: {row.reason}")
        case State.DRAFT:
            pass
    return said


def _meanwhile(row: Recertification, body: str) -> list[str]:
    """Say what is asked of its member while it is under review, and what is not."""
    said = []
    if row.audited is not None:
        audit = row.audited
        until = day_words(audit.due_on)
        due = f"{body} asks for proof of what counts. Answer the audit by {until}."
        sent = f"{body} looks at your answer to the audit. Then the review goes on."
        said.append(due if audit.may_answer() else sent)
        if audit.may_answer() and row.asked is None:
            return said
    elif row.held_on is not None:
        # Why is its body's staff's alone (N13).
        said.append("The check takes longer than usual. We write to you.")
    if row.asked is None:
        return [*said, "You need not do anything until then."]
    return [*said, f"{body} needs something from you: {row.asked.words}"]


def _waits_for(row: Recertification, body: str, late_since: date | None) -> str:
    """Say what a submitted application waits for, or that it waits in vain."""
    if late_since is not None:
        until = day_words(late_since)
        text = f"It had to be paid by {until}; a cheque dated by then still counts. "
        return f"{text}If you sent none, withdraw it."
    if is_paid(row) and row.kind == Recertification.Kind.REINSTATEMENT:
        return "Report the credits that are missing: then it goes to review by itself."
    if is_paid(row):
        return (
            "Nothing more is asked of you, but it can't be taken. Withdraw it, and ask "
            f"us: what you paid goes back when {body} refunds it."
        )
    return f"{body} begins its review once the whole fee is paid."
