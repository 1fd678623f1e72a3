"""A sponsor's programme as it was sent, with the credit it brings (M12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ce_credits.models import ApprovalApplication
from ce_credits.queries import approval_policy, credit_stated
from ce_credits.rules import Programme
from credentials.policy import Policy, day_words
from portal.queries.activity_inputs import topic_words

SORTS = {
    "education": "",
    "housekeeping": "Housekeeping",
    "break": "Break, does not count",
}


@dataclass(frozen=True)
class ProgrammeShown:
    """A programme as it was sent, with the credit it brings and why."""

    facts: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, str, str]]
    speakers: Sequence[tuple[str, str]]
    credit: str
    minutes_text: str
    why: Sequence[tuple[str, str]]


def programme_shown(application: ApprovalApplication) -> ProgrammeShown:
    """Show what was sent, and what it brings whoever attends all of it."""
    said, policy = Programme.of(application.facts), approval_policy(application)
    kind, stated = policy.kind(said.kind), credit_stated(application)
    where = "Online" if said.place == "online" else "In person"
    return ProgrammeShown(
        facts=[
            ("Sponsor", said.sponsor),
            ("Contact", f"{said.contact_name}, {said.contact_email}"),
            ("Kind of credit", kind.label if kind else said.kind),
            *_about(said, policy),
            ("Held on", ", ".join(map(day_words, said.days))),
            ("Where", f"{where}: {said.where}"),
            ("Disclosures are told", said.disclosures or "Not said"),
            ("Evaluation", said.evaluation or "Not said"),
        ],
        parts=[
            (
                part.title,
                f"{part.minutes} min",
                ", ".join(filter(None, (SORTS[part.sort], part.speaker))),
            )
            for part in said.parts
        ],
        speakers=[
            (
                f"{each.name}, {each.credentials}",
                each.disclosure or "Nothing to disclose",
            )
            for each in said.speakers
        ],
        credit=stated.words,
        minutes_text=f"{stated.minutes:,} minutes count",
        why=[(each.rule, each.text.replace("->", "→")) for each in stated.reasons],
    )


def _about(said: Programme, policy: Policy) -> Sequence[tuple[str, str]]:
    topics = topic_words(said.topics, policy.program)
    return [("About", topics)] if topics else []
