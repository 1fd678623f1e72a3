"""An audit as its member sees it, and the line on their home."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.forms import BoundField
from django.urls import reverse

from accounts.models import Member
from ce_credits.models import AuditCase, AuditItem, Proof
from core.failures import Missing
from credentials.policy import day_words, policy_for
from portal.queries.places import body_name
from portal.queries.shown import Tag

OUTCOMES = {
    "": Tag("neutral", "Not decided yet"),
    AuditItem.Outcome.VERIFIED.value: Tag("ok", "Verified"),
    AuditItem.Outcome.NOT_ACCEPTED.value: Tag("bad", "Not accepted"),
}


class Fields(Protocol):
    """A form whose fields are asked by name."""

    def __getitem__(self, name: str) -> BoundField: ...


@dataclass(frozen=True)
class File:
    """One file of an answer."""

    id: str
    name: str
    url: str


@dataclass(frozen=True)
class Asked:
    """One item: what is asked about, what was answered and found."""

    number: int
    title: str
    done_text: str
    url: str
    files: Sequence[File]
    words: str
    tag: Tag
    finding: str
    open: bool
    file_field: BoundField
    words_field: BoundField


@dataclass(frozen=True)
class OwnAudit:
    """All the page shows."""

    heading: str
    sub: str
    lead: str
    open: bool
    items: Sequence[Asked]


@dataclass(frozen=True)
class Banner:
    """The line on the holder's home."""

    text: str
    url: str


def audit_of_mine(member: Member, case_id: UUID) -> AuditCase:
    """Find an audit of a member.

    Raises:
        Missing: there is none, or it is somebody else's.
    """
    found = AuditCase.objects.visible_to(member).filter(pk=case_id)
    case = found.select_related("member").first()
    if case is None:
        raise Missing("Not found.")
    return case


def proof_of_answer(member: Member, of: AuditCase | AuditItem, proof_id: UUID) -> Proof:
    """Find a file of an answer, or of one item of it.

    Raises:
        Missing: it answers something else, or is gone.
    """
    mine = Proof.objects.visible_to(member).there()
    where = {"audit_item__case" if isinstance(of, AuditCase) else "audit_item": of}
    found = mine.filter(pk=proof_id, **where).first()
    if found is None:
        raise Missing("Not found.")
    return found


def own_audit(case: AuditCase, form: Fields) -> OwnAudit:
    """Show an audit to its member."""
    items = case.items.select_related("activity").prefetch_related("proofs")
    count = len(items)
    noun = "document" if count == 1 else "documents"
    return OwnAudit(
        heading=f"Audit: {count} {noun} due {day_words(case.due_on)}",
        sub=f"{body_name(case.program)} asks for proof of what you reported.",
        lead=_lead(case),
        open=case.may_answer(),
        items=[_asked(case, each, form) for each in items],
    )


def audit_banners(member: Member) -> list[Banner]:
    """Say which audits wait for a member's answer."""
    waiting = AuditCase.objects.visible_to(member).open().filter(sent_at=None)
    return [_banner(each) for each in waiting.prefetch_related("items")]


def _banner(case: AuditCase) -> Banner:
    count = len(case.items.all())
    noun = "document" if count == 1 else "documents"
    return Banner(
        text=f"Audit: {count} {noun} due {day_words(case.due_on)}",
        url=reverse("my_audit", kwargs={"case_id": case.pk}),
    )


def _lead(case: AuditCase) -> str:
    if case.closed_on is not None:
        return f"Closed on {day_words(case.closed_on)}. This is what staff found."
    if case.sent_on is not None:
        return (
            f"You sent your response on {day_words(case.sent_on)}. "
            "It is locked while staff look at it."
        )
    return (
        "Add a copy of the certificate, or documentation of the hours, to each item. "
        "A list that you wrote yourself is no proof. Your credit counts meanwhile."
    )


def _asked(case: AuditCase, item: AuditItem, form: Fields) -> Asked:
    policy = policy_for(case.program, on=item.activity.day)
    ground = policy.ground(item.ground)
    said = [f"{ground.text[:1].upper()}{ground.text[1:]}"] if ground else []
    said += [item.finding] if item.finding else []
    return Asked(
        number=item.number,
        title=str(item.activity),
        done_text=day_words(item.activity.day),
        url=reverse("my_activity", kwargs={"activity_id": item.activity_id}),
        files=[_file(each) for each in item.proofs.all() if each.removed_at is None],
        words=item.words,
        tag=OUTCOMES[item.outcome],
        finding=". ".join(said),
        open=case.may_answer() and not item.outcome,
        file_field=form[f"file-{item.number}"],
        words_field=form[f"words-{item.number}"],
    )


def _file(proof: Proof) -> File:
    place = {"activity_id": proof.activity_id, "proof_id": proof.pk}
    return File(str(proof.pk), proof.name, reverse("my_proof", kwargs=place))
