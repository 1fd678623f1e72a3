"""One activity as its holder sees it: credit with its reason, proofs, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from accounts.models import Member
from ce_credits.models import Activity, ActivityStep, Proof
from ce_credits.rules import only_asked
from credentials.policy import credit_words, day_words, policy_for, zone_of
from portal.queries.activity_inputs import input_facts, inputs_typed
from portal.queries.activity_mine import (
    draft_line,
    edit_url,
    next_of,
    withdraw_url,
)
from portal.queries.activity_place import Place, place_of_member
from portal.queries.activity_reported import Reported, State, read, reported
from portal.queries.activity_typed import day_typed, standing_of, typed_of
from portal.queries.activity_workings import arrows
from portal.queries.brought import cut_of
from portal.queries.learning import (
    TAGS,
    WAITS,
    Account,
    CreditLine,
    line_of,
    said_of,
)
from portal.queries.shown import Tag
from portal.queries.trail import when_words
from renewals.queries import life_of

HAPPENED = {
    ActivityStep.Kind.SUBMITTED: "Submitted",
    ActivityStep.Kind.RECORDED: "Recorded by staff",
    ActivityStep.Kind.ACCEPTED: "Approved",
    ActivityStep.Kind.REJECTED: "Not accepted",
    ActivityStep.Kind.RETURNED: "Needs information",
    ActivityStep.Kind.WITHDRAWN: "Withdrawn",
}
ADVICE = {
    State.DRAFT: "This is a draft. It counts nothing until you submit it with proof.",
    State.RETURNED: "Staff need more information. It counts again once you send it.",
    State.REJECTED: "Staff did not accept this. You can correct it and send it again.",
    State.SUBMITTED: "It counts. Staff may still ask for more.",
    State.ACCEPTED: "Staff approved this. There is nothing left to do.",
}
NO_TERM = "It was sent in, and counts in no term."
KEPT_BACK = (
    "An open audit did not accept this. It counts nothing. You can correct it and send "
    "it again once the audit is closed."
)
WAITING = "A staff member decides on the credit. It counts from that day on."


@dataclass(frozen=True)
class Event:
    """One step: what, when, by whom, and the reason given."""

    word: str
    when_text: str
    who: str
    reason: str


@dataclass(frozen=True)
class ProofRow:
    """A file that proves it: `detail` says how large it is."""

    id: UUID
    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class ActivityPage:
    """All the template shows."""

    title: str
    tag: Tag
    advice: str
    reason: str
    action: str
    action_url: str
    withdraw_url: str
    withdraw: str
    version: int
    facts: Sequence[tuple[str, str]]
    place: str
    line: CreditLine
    proofs: Sequence[ProofRow]
    proof_words: str
    history: Sequence[Event]


def my_activity(
    member: Member, activity_id: UUID, *, today: date
) -> ActivityPage | None:
    """Read one of a member's activities; None where there is no such one of theirs."""
    mine = Activity.objects.visible_to(member).shown().filter(pk=activity_id)
    row = next(iter(read(mine)), None)
    if row is None:
        return None
    found, action = row.activity, next_of(row)
    place, line, cut = _credit(member, row, today)
    return ActivityPage(
        title=str(found),
        tag=WAITS if row.waits else TAGS[row.state],
        advice=_advice(row, place, cut),
        reason=_sent_back(row.steps[0] if row.steps else None, found),
        action=action,
        action_url=edit_url(found) if action else "",
        withdraw_url="" if row.state == State.ACCEPTED else withdraw_url(found),
        withdraw="Discard draft" if row.state == State.DRAFT else "Withdraw",
        version=found.version,
        facts=_facts(found),
        place=place.words or place.warning,
        line=line,
        proofs=proofs_of(found),
        proof_words=f"Seen by staff: {found.proof}" if found.proof else "",
        history=[_event(step, found) for step in row.steps],
    )


def _advice(row: Reported, place: Place, cut: str) -> str:
    """Say what it counts now, and what there is to do."""
    if row.waits:
        return WAITING
    if row.state == State.SUBMITTED and place.in_none:
        return NO_TERM
    if cut and row.state in {State.SUBMITTED, State.ACCEPTED}:
        return f"It is on your record. {cut}"
    return KEPT_BACK if row.activity.kept_back else ADVICE[row.state]


def sent_words(member: Member, activity: Activity, *, today: date) -> str:
    """Say what an activity that was just submitted counts, and why not more."""
    mine = reported(member.pk, activity.program)
    row = next(each for each in mine if each.activity.pk == activity.pk)
    if row.waits:
        return "Submitted. A staff member decides on the credit."
    if row.award is None:
        return f"Submitted. It brings no credit: {arrows(row.told)}."
    account = Account.of(life_of(member.pk, activity.program), today, mine)
    place = place_of_member(member.pk, account.books, row.on)
    if place.term is None and place.warning:
        return f"Submitted. {place.warning}"
    if cut := cut_of(account, row):
        return f"Submitted. {cut}"
    figure = f"{credit_words(row.award.credits)} {row.award.unit}"
    return f"Submitted. {figure} counts from today."


def proofs_of(activity: Activity) -> list[ProofRow]:
    """List an activity's own files; those that answer an audit are on its page."""
    return [_proof(each) for each in activity.proofs.there().reported()]


def _proof(proof: Proof) -> ProofRow:
    place = {"activity_id": proof.activity_id, "proof_id": proof.pk}
    pages = "1 page" if proof.pages == 1 else f"{proof.pages} pages"
    return ProofRow(
        id=proof.pk,
        name=proof.name,
        detail=f"{proof.kind.upper()}, {filesizeformat(proof.size)}, {pages}",
        url=reverse("my_proof", kwargs=place),
    )


def newest_reason(activity: Activity) -> str:
    """Quote why staff sent an activity back; empty where they did not."""
    step = activity.steps.order_by("-number").first()
    return _sent_back(step, activity)


def _sent_back(step: ActivityStep | None, activity: Activity) -> str:
    sent_back = {ActivityStep.Kind.RETURNED, ActivityStep.Kind.REJECTED}
    return said_of(step, activity) if step and step.kind in sent_back else ""


def _credit(
    member: Member, row: Reported, today: date
) -> tuple[Place, CreditLine, str]:
    """Say in which term it counts, give its line, and why it brings less than that."""
    if row.state == State.DRAFT:
        draft = replace(draft_line(row.activity, today), url="", action="")
        return Place(None), draft, ""
    program = row.activity.program
    life = life_of(member.pk, program)
    account = Account.of(life, today, reported(member.pk, program))
    found = place_of_member(member.pk, account.books, row.on)
    line = line_of(row)
    if line.steps:
        line = replace(line, steps=[*line.steps, *_totals(account, row)])
    return found, line, cut_of(account, row)


def _totals(account: Account, row: Reported) -> list[tuple[str, str]]:
    """Say what the activity's term has with it, and would have without it."""
    term = account.place(row)
    if term is None or row.credit is None:
        return []
    others = [
        each.credit
        for each in account.rows
        if each.credit and each.activity.pk != row.activity.pk
    ]
    without = replace(account, credits=others).term(term)
    with_it = account.term(term)
    text = f"{credit_words(without.have)} without it, {credit_words(with_it.have)} with"
    return [(f"Total of its {with_it.noun}", f"{text} it")]


def _facts(activity: Activity) -> list[tuple[str, str]]:
    draft = activity.state == State.DRAFT
    stands = typed_of(activity) if draft else standing_of(activity)
    on = day_typed(stands.get("on", ""))
    kind = policy_for(activity.program, on=on or date.max).kind(stands.get("kind", ""))
    facts = [
        ("Kind", kind.label if kind else ""),
        ("Done on", day_words(on) if on else ""),
        ("Provider", stands.get("provider", "")),
        ("Minutes", stands.get("minutes", "")),
        *input_facts(only_asked(kind, inputs_typed(stands)), activity.program),
        ("Catalogue code", stands.get("item", "")),
        ("Licence number", stands.get("licence_number", "")),
        ("Reported by", activity.reported_by),
    ]
    return [(label, value) for label, value in facts if value]


def history_of(activity: Activity) -> list[Event]:
    """List what happened to an activity, the newest first."""
    return [_event(step, activity) for step in activity.steps.order_by("-number")]


def _event(step: ActivityStep, activity: Activity) -> Event:
    return Event(
        word=HAPPENED[ActivityStep.Kind(step.kind)],
        when_text=when_words(step.at, zone_of(activity.program)),
        who=step.by,
        reason=said_of(step, activity),
    )
