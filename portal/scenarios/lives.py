"""A story's events, turned into the dated facts that the rules ask for.

Only for programs of terms: a membership, then renewals. Every fact carries its day, so
one pass over the events answers for any day afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ce_credits.rules import Credit
from credentials.policy import PolicyBook
from portal.scenarios.answering import certified_code, learned
from portal.scenarios.format import (
    Applies,
    Certified,
    Event,
    Joins,
    Learns,
    Story,
    Waives,
)
from renewals.rules import (
    Application,
    OutOfCalendarError,
    PolicyOn,
    SecondMembershipError,
    Term,
    apply_term,
    policies_of,
    waive,
)

APPLICATIONS: Mapping[str, Application] = {
    "membership": "membership",
    "renewal": "renewal",
}


@dataclass(slots=True)
class Life:
    """What happened to a person under one program, as dated facts.

    `notes` says what each event led to, for the whole reasoning of a result.
    """

    policies: PolicyOn
    terms: list[Term] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    certified_on: date | None = None
    notes: list[tuple[date, str]] = field(default_factory=list)

    def note(self, on: date, rule: str, text: str) -> None:
        """Keep a step of the reasoning."""
        self.notes.append((on, f"{on} {rule}: {text}"))


def live_terms(story: Story, book: PolicyBook) -> Life:
    """Replay a story's events; ScenarioError where one cannot have happened."""
    life = Life(policies=policies_of(book, story.program))
    for event in story.events:
        _happen(life, event)
    return life


def _happen(life: Life, event: Event) -> None:
    match event:
        case Certified():
            _certify(life, event)
        case Applies():
            _apply(life, event)
        case Learns():
            _learn(life, event)
        case Waives():
            _waive(life, event)
        case Joins():
            pass  # a program of terms asks nothing of it


def _certify(life: Life, event: Certified) -> None:
    credential = certified_code(life.policies(event.on), event)
    if life.certified_on is None:
        life.certified_on = event.on
    life.note(event.on, credential.basis.rule, f"{event.code} earned.")


def _apply(life: Life, event: Applies) -> None:
    application = APPLICATIONS.get(event.word)
    if application is None:
        have = ", ".join(APPLICATIONS)
        event.table.fail("apply", f'"{event.word}" is none of: {have}')
    if event.decision == "refused":
        event.table.fail("decision", f"nobody refuses a {event.word} here")
    try:
        applied = apply_term(
            life.policies, life.terms, application, on=event.on, paid=event.paid
        )
    except SecondMembershipError as fault:
        event.table.fail("apply", str(fault))
    except OutOfCalendarError as fault:
        event.table.fail("on", str(fault))
    life.note(event.on, applied.reason.rule, applied.reason.text)
    if applied.term is not None:
        life.terms.append(applied.term)
    elif event.decision == "approved":
        event.table.fail("decision", f"is approved, but: {applied.reason.text}")


def _learn(life: Life, event: Learns) -> None:
    text, rule, found = learned(life.policies(event.on), event)
    life.credits.extend(found)
    life.note(event.on, rule, text)


def _waive(life: Life, event: Waives) -> None:
    if not life.terms:
        event.table.fail("waive", "there is no certificate to free yet")
    life.terms[-1] = waive(life.terms[-1], on=event.on)
    rule = life.policies(event.on).terms.certificate.basis.rule
    life.note(event.on, rule, f"Staff waived the missing credit: {event.reason}")
