"""A story under a body of cycles: its events as facts, and what is true on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ce_credits.rules import Credit, Reason
from credentials.policy import PolicyBook, credit_words
from portal.scenarios.answering import NOTHING, Answer, certified_code, learned
from portal.scenarios.format import (
    Applies,
    Certified,
    Event,
    Joins,
    Learns,
    Story,
    Waives,
)
from portal.scenarios.words import CLOSED
from renewals.rules import PolicyOn, policies_of, standing_on
from renewals.rules.cycles import (
    Application,
    ApplicationKind,
    CalendarEndsError,
    Closed,
    Cycle,
    Earned,
    Facts,
    History,
    Payment,
    counted,
    fee_on,
    history,
    known,
    totals_of,
    why_no_extension,
    why_not_taken,
)

KINDS: Mapping[str, ApplicationKind] = {
    "recertification": "recertification",
    "extension": "extension",
    "reinstatement": "reinstatement",
}


@dataclass(slots=True)
class CycleLife:
    """What happened to a person, as dated facts; `notes` is the reasoning of each."""

    policies: PolicyOn
    earned: list[Earned] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    society: list[tuple[date, bool]] = field(default_factory=list)
    notes: list[tuple[date, str]] = field(default_factory=list)

    def note(self, on: date, rule: str, text: str) -> None:
        """Keep a step of the reasoning."""
        self.notes.append((on, f"{on} {rule}: {text}"))

    def as_known(self, day: date) -> History:
        """Compute the history of what was known at the end of a day."""
        facts = Facts(tuple(self.earned), tuple(self.applications))
        return history(self.policies, known(facts, day))

    def in_society(self, day: date) -> bool:
        """Say whether the society membership is active on a day."""
        return [member for on, member in self.society if on <= day][-1]

    def answers_on(self, day: date) -> Mapping[str, Answer]:
        """Answer every key an expectation may name, at the end of a day."""
        lived = self.as_known(day)
        working, running = lived.working(day), lived.running(day)
        return {
            **_credit_answers(running, self.credits, day),
            "standing": _standing(lived, working, day),
            "fee": _fee(working, day, society_member=self.in_society(day)),
            "cycle": _cycle(running),
            "certificate": _certificate(lived, day),
            "extension": _extension(running, self.credits, day),
            "requirements": Answer({}, "this program asks nothing by topic"),
        }


def live_cycles(story: Story, book: PolicyBook) -> CycleLife:
    """Replay a story's events; ScenarioError where one cannot have happened."""
    life = CycleLife(policies=policies_of(book, story.program))
    life.society.append((date.min, story.person.society_member))
    for event in story.events:
        _happen(life, event)
    return life


def _happen(life: CycleLife, event: Event) -> None:
    match event:
        case Certified():
            _certify(life, event)
        case Applies():
            _apply(life, event)
        case Learns():
            text, rule, found = learned(life.policies(event.on), event)
            life.credits.extend(found)
            life.note(event.on, rule, text)
        case Waives():
            event.table.fail("waive", "nothing is held here that staff could free")
        case Joins():
            life.society.append((event.on, event.member))
            verb = "joined" if event.member else "left"
            price = life.policies(event.on).cycles.recertifications[0]
            life.note(event.on, price.basis.rule, f"{verb} the society.")


def _certify(life: CycleLife, event: Certified) -> None:
    credential = certified_code(life.policies(event.on), event)
    life.earned.append(Earned(event.code, event.on))
    life.note(event.on, credential.basis.rule, f"{event.code} earned.")
    _check_calendar(life, event)


def _check_calendar(life: CycleLife, event: Certified | Applies) -> None:
    """Refuse a story whose next cycle would end after the last year there is."""
    try:
        life.as_known(date.max)
    except CalendarEndsError as fault:
        event.table.fail("on", str(fault))


def _apply(life: CycleLife, event: Applies) -> None:
    kind = KINDS.get(event.word)
    if kind is None:
        have = ", ".join(KINDS)
        event.table.fail("apply", f'"{event.word}" is none of: {have}')
    payment = None if event.paid is None else Payment(event.paid, event.paid_on)
    reasons = why_not_taken(
        life.as_known(event.on).working(event.on),
        kind,
        on=event.on,
        payment=payment,
        credits=life.credits,
        society_member=life.in_society(event.on),
    )
    if reasons:
        _note_not_taken(life, event, reasons)
        return
    life.applications.append(_taken(kind, event))
    _check_calendar(life, event)
    text = f"{kind.capitalize()} taken; {event.decision or 'open'}."
    life.note(event.on, _rule(life, event.on), text)


def _taken(kind: ApplicationKind, event: Applies) -> Application:
    match event.decision:
        case "approved":
            return Application(kind, event.on, "approved", event.decided_on)
        case "refused":
            return Application(kind, event.on, "refused", event.decided_on)
        case _:
            return Application(kind, event.on)


def _rule(life: CycleLife, day: date) -> str:
    """The rule by which applications are taken."""
    return life.policies(day).cycles.application.basis.rule


def _note_not_taken(
    life: CycleLife, event: Applies, reasons: tuple[Reason, ...]
) -> None:
    text = " ".join(each.text for each in reasons)
    if event.decision == "approved":
        event.table.fail("decision", f"is approved, but it is not taken: {text}")
    text = f"{event.word.capitalize()} not taken: {text}"
    life.note(event.on, _rule(life, event.on), text)


def _credit_answers(
    cycle: Cycle | None, credits: list[Credit], day: date
) -> Mapping[str, Answer]:
    if cycle is None:
        keys = ("earned", "approved", "need", "need_approved")
        return {key: Answer(NOTHING, "no cycle has begun") for key in keys}
    rows = counted(cycle, credits, as_of=day)
    have, need = totals_of(rows), cycle.need(day)
    text = (
        f"{need.basis.rule}: {credit_words(have.credits)} of "
        f"{credit_words(need.credits)} {cycle.policy.unit}, "
        f"{credit_words(have.approved)} of {credit_words(need.approved)} approved"
    )
    why = "; ".join([text, *(row.words for row in rows if row.cuts)])
    basis = cycle.policy.cycles.counting
    return {
        "earned": Answer(have.credits, why, basis),
        "approved": Answer(have.approved, why),
        "need": Answer(need.credits, why, need.basis),
        "need_approved": Answer(need.approved, why),
    }


def _standing(lived: History, working: Cycle | None, day: date) -> Answer:
    standing = standing_on(lived.timeline(), day)
    if working is None:
        return Answer(standing, "no certification yet")
    basis = working.policy.cycles.application.basis
    why = f"{basis.rule}: cycle to {working.last_on}, {standing}"
    return Answer(standing, why, basis)


def _fee(working: Cycle | None, day: date, *, society_member: bool) -> Answer:
    fee = fee_on(working, day, society_member=society_member)
    if isinstance(fee, Closed):
        return Answer(CLOSED, f"{fee.reason.rule}: {fee.reason.text}".lstrip(": "))
    why = "; ".join(f"{each.rule}: {each.text}" for each in fee.reasons)
    return Answer(fee.amount, why)


def _cycle(running: Cycle | None) -> Answer:
    if running is None:
        return Answer(None, "no cycle has begun")
    basis = running.policy.cycles.cycle.basis
    days = (running.first_on, running.last_on)
    return Answer(days, f"{basis.rule}: to {running.last_on}", basis)


def _certificate(lived: History, day: date) -> Answer:
    """Judge the latest cycle applied for: issued once approved (N14)."""
    applied = [
        cycle
        for cycle in lived.cycles
        if any(
            each.kind != "extension" and each.outcome != "refused"
            for each in cycle.applications
        )
    ]
    if not applied:
        return Answer("none", "nothing applied for yet")
    done = applied[-1].recertified_by(day)
    basis = applied[-1].policy.cycles.words.basis
    words = "approved" if done else "not approved yet"
    return Answer("issued" if done else "none", f"{basis.rule}: {words}")


def _extension(running: Cycle | None, credits: list[Credit], day: date) -> Answer:
    if running is None:
        return Answer("refused", "no cycle has begun")
    rule = running.policy.cycles.extension.basis
    until = running.granted_until(day)
    over = until is None or day > until or running.recertified_by(day)
    if not over:
        return Answer("granted", f"{rule.rule}: granted", rule)
    have = totals_of(counted(running, credits, as_of=day))
    # The word tells of days and credits alone, also once the cycle is recertified.
    if day <= running.last_on and have.credits >= running.need(day).extension:
        return Answer("allowed", f"{rule.rule}: its credits stand", rule)
    reasons = why_no_extension(running, have, day)
    text = " ".join(f"{each.rule}: {each.text}" for each in reasons)
    return Answer("refused" if reasons else "allowed", text or rule.rule, rule)
