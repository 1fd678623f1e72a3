"""What stories of every plan share: an answer with its why, and what learning gave."""

from dataclasses import dataclass
from decimal import Decimal

from ce_credits.rules import Award, Credit, award, credits_of
from credentials.policy import Basis, Credential, Policy
from portal.scenarios.format import Certified, Learns

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, why it is so in a sentence with its rule, and what it rests on."""

    value: object
    why: str
    basis: Basis | None = None


def certified_code(policy: Policy, event: Certified) -> Credential:
    """Find the credential that was earned; ScenarioError where there is none."""
    found = next((c for c in policy.credentials if c.code == event.code), None)
    if found is None:
        have = ", ".join(each.code for each in policy.credentials)
        event.table.fail(
            "certified", f'"{event.code}" is no credential here (have: {have})'
        )
    return found


def learned(policy: Policy, event: Learns) -> tuple[str, str, tuple[Credit, ...]]:
    """Say what an activity gave and what became of it, its rule, and the credit."""
    activity = event.activity
    answer = award(policy, activity)
    found = credits_of(
        answer,
        event.submission,
        on=event.on,
        kind=activity.kind,
        title=activity.title or "",
        level=activity.level or "",
    )
    return _fate(answer, event, found), answer.rule, found


def _fate(answer: Award, event: Learns, found: tuple[Credit, ...]) -> str:
    submission = event.submission
    parts = [answer.explanation]
    if not submission.proof:
        parts.append("a draft without proof counts nothing")
    if submission.decision != "submitted":
        parts.append(f"{submission.decision} on {submission.decided_on}")
    if submission.determined is not None:
        parts.append(f"staff determined {submission.determined}")
    if not found:
        parts.append("counts nothing")
    return "; ".join(parts)
