"""The list of tasks that an application is, and how far each of them is."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Member
from ce_credits.models import Activity
from core.words import money_words
from credentials.policy import credit_words
from portal.queries.own_programs import own_url
from portal.queries.shown import Tag
from renewals.models import Recertification
from renewals.queries import Applying

DONE, TO_DO = Tag("neutral", "Completed"), Tag("info", "Incomplete")
WAITS = Tag("neutral", "Cannot start yet")


@dataclass(frozen=True)
class Task:
    """One task of the list: how far it is, in a word, and what it is about."""

    title: str
    text: str
    tag: Tag
    url: str = ""


def tasks_of(
    member: Member, found: Applying, row: Recertification | None, today: date
) -> list[Task]:
    """List what an application asks, and how far each of it is.

    Args:
        member: who applies.
        found: what can be applied for, in a cycle.
        row: what they have written; None before they began.
        today: the day in the body's zone.
    """
    assert found.cycle is not None
    reported = own_url("transcript", found.cycle.policy.program)
    named = row is not None and row.name == member.name
    declared = row is not None and row.declared
    enough = not found.short
    # Paying re-opens what is to be reinstated: credit may follow (N8).
    ready = named and declared and (enough or not found.why_not)
    tasks = [
        Task(
            "Profile and name on the certificate",
            f"Your profile says {member.name}.",
            DONE if named else TO_DO,
            "#id_name",
        ),
        Task(
            "Credits",
            _credit_text(found, today),
            DONE if enough else TO_DO,
            reported,
        ),
        _proof_task(member, found, reported),
        Task(
            "Declaration",
            "You declare that all of it is true.",
            DONE if declared else TO_DO,
            "#id_declared",
        ),
    ]
    if found.fee is not None:
        text = f"{total_of(found)}, by card or cheque, once you have submitted."
        tasks.append(Task("Fee", text, WAITS))
    text = f"Then it goes to {found.cycle.policy.body_name}."
    return [*tasks, Task("Submit", text, TO_DO if ready else WAITS)]


def _proof_task(member: Member, found: Applying, reported: str) -> Task:
    """Say whether anything reported still lacks its proof: a draft counts nothing."""
    assert found.cycle is not None
    drafts = Activity.objects.filter(
        member=member,
        program=found.cycle.policy.program,
        state=Activity.State.DRAFT,
    ).count()
    text = "Everything that counts was submitted with its proof."
    if drafts:
        noun = "draft counts" if drafts == 1 else "drafts count"
        text = f"{drafts} {noun} nothing until submitted with proof."
    return Task("Proof", text, TO_DO if drafts else DONE, reported)


def _credit_text(found: Applying, today: date) -> str:
    need, have = found.need(today), found.have
    assert need is not None
    if found.kind == "extension":
        half = credit_words(need.extension)
        return f"{credit_words(have.credits)} credits; a request asks {half}."
    return (
        f"{credit_words(have.credits)} of {credit_words(need.credits)} credits, "
        f"{credit_words(have.approved)} of {credit_words(need.approved)} approved."
    )


def total_of(found: Applying) -> str:
    """Write what an application costs; nothing for what costs nothing yet."""
    fee = found.fee
    return money_words(fee.amount, fee.currency) if fee else ""
