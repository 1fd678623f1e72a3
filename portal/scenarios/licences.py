"""A story under a body of licences: what was learned, and what a registration asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ce_credits.rules import Credit
from credentials.policy import PolicyBook, Relicensure
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
from renewals.rules import PolicyOn, policies_of
from renewals.rules.licences import Licensed, Relicensing, relicensing


@dataclass(slots=True)
class LicenceLife:
    """What happened to a licensee, as dated facts; `notes` is the reasoning of each."""

    policies: PolicyOn
    licence: Licensed
    credits: list[Credit] = field(default_factory=list)
    notes: list[tuple[date, str]] = field(default_factory=list)

    def note(self, on: date, rule: str, text: str) -> None:
        """Keep a step of the reasoning."""
        self.notes.append((on, f"{on} {rule}: {text}"))

    def answers_on(self, day: date) -> Mapping[str, Answer]:
        """Answer every key an expectation may name, at the end of a day."""
        # What is asked follows the pack of the period's last day (X6).
        last_on = self.licence.period[1] if self.licence.period else day
        rules = self.policies(last_on).relicensure
        retired = self.licence.is_retired(day)
        asked, earned, standing = self._asked(rules, day, retired=retired)
        nothing = Answer(NOTHING, "this program asks no total")
        return {
            "earned": earned,
            "approved": Answer(NOTHING, "this program knows no approved share"),
            "need": nothing,
            "need_approved": nothing,
            "standing": standing,
            "fee": Answer(CLOSED, "nothing is applied for here"),
            "cycle": Answer(self.licence.period, "the registration period entered"),
            "certificate": Answer("none", "nothing is certified here"),
            "extension": Answer("refused", "this program knows no extension"),
            "requirements": asked,
        }

    def _asked(
        self, rules: Relicensure | None, day: date, *, retired: bool
    ) -> tuple[Answer, Answer, Answer]:
        word = "retired" if retired else "none"
        if rules is None:
            within = [
                each.credits
                for each in self.credits
                if each.counts_as_of(day) and self.licence.holds(each.on)
            ]
            return (
                Answer({}, "this program asks nothing by topic"),
                Answer(sum(within, NOTHING), "everything earned"),
                Answer(word, "its standing is not computed here"),
            )
        found = relicensing(rules, self.licence, self.credits, as_of=day)
        why = rules.retired_words if retired else "its standing is not computed here"
        basis = found.basis
        return (
            _requirements(found),
            Answer(found.earned, found.why, basis),
            Answer(word, f"{basis.rule}: {why}", basis),
        )


def _requirements(found: Relicensing) -> Answer:
    value = {
        each.code: {"have": each.have, "need": each.need, "missing": each.missing}
        for each in found.asked
    }
    return Answer(value, " ".join(each.why for each in found.asked), found.basis)


def live_licence(story: Story, book: PolicyBook) -> LicenceLife:
    """Replay a story's events; ScenarioError where one cannot have happened."""
    person = story.person
    life = LicenceLife(
        policies=policies_of(book, story.program),
        licence=Licensed(person.registration_period, person.retired_on),
    )
    for event in story.events:
        _happen(life, event)
    return life


def _happen(life: LicenceLife, event: Event) -> None:
    match event:
        case Certified():
            credential = certified_code(life.policies(event.on), event)
            life.note(event.on, credential.basis.rule, f"{event.code} earned.")
        case Applies():
            event.table.fail("apply", "nothing is applied for here")
        case Learns():
            text, rule, found = learned(life.policies(event.on), event)
            life.credits.extend(found)
            life.note(event.on, rule, text)
        case Waives():
            event.table.fail("waive", "nothing is held here that staff could free")
        case Joins():
            pass  # what a registration asks is the same for everybody
