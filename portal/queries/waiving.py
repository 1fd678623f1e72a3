"""What waiving a term's missing credit would do (A10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from accounts.access import OWN_RECORD, is_own_record
from accounts.models import Member
from core.failures import Missing
from credentials.policy import credit_words, day_words, policy_for
from portal.queries.learning import window_words
from portal.queries.places import body_name
from renewals.models import TermCertificate

State = TermCertificate.State


@dataclass(frozen=True)
class WaivePage:
    """All the template shows; `blocked` says why nothing can be waived."""

    body_name: str
    member: str
    member_url: str
    facts: Sequence[tuple[str, str]]
    follows: Sequence[str]
    blocked: str


def term_certificate_of(member: Member, program: str, held_id: UUID) -> TermCertificate:
    """Find the certificate of one of a member's terms.

    Raises:
        Missing: the member has no such term with the body.
    """
    found = (
        TermCertificate.objects.filter(
            pk=held_id, window__member=member, window__program=program
        )
        .select_related("window__member", "window__practice")
        .first()
    )
    if found is None:
        raise Missing("Not found.")
    return found


def waive_page(held: TermCertificate, *, reader_id: UUID) -> WaivePage:
    """Say whose credit is missing, how much, and what follows from waiving it."""
    window = held.window
    policy = policy_for(window.program, on=window.last_on)
    have, need = credit_words(held.have), credit_words(held.need)
    missing = credit_words(max(held.need - held.have, Decimal(0)))
    place = {"program": window.program, "member_id": window.member_id}
    return WaivePage(
        body_name=body_name(window.program),
        member=window.member.name,
        member_url=reverse("staff_member", kwargs=place),
        facts=[
            ("Certificate", policy.terms.certificate.title),
            ("Term", window_words(window)),
            ("Credit of the term before", f"{have} of {need} {policy.unit}"),
            ("Missing", f"{missing} {policy.unit}"),
            ("Practice", window.practice.name if window.practice else "Pays alone"),
        ],
        follows=_follows(held),
        blocked=_blocked(held, reader_id),
    )


def _follows(held: TermCertificate) -> list[str]:
    window = held.window
    name, until = window.member.name, day_words(window.last_on)
    if "credential" in held.missing:
        waits = f"It stays held until {name} has earned the credential."
        return [
            f"The certificate no longer waits for credit. {waits}",
            "A waiver can't be taken back.",
        ]
    told = (
        f"{name} and the Practice Administrator are"
        if window.practice
        else (f"{name} is")
    )
    return [
        f"The certificate issues itself at once, valid through {until}.",
        "Its paper says that credit was waived.",
        f"{told} told by e-mail.",
        "A waiver can't be taken back. The certificate could be revoked.",
    ]


def _blocked(held: TermCertificate, reader_id: UUID) -> str:
    if is_own_record(reader_id, held.window.member):
        return OWN_RECORD
    if held.state == State.ISSUED:
        return "This certificate is issued. There is nothing to waive."
    if held.waived_on:
        on = day_words(held.waived_on)
        return f"The missing credit was waived on {on}. It waits for the credential."
    if "credits" not in held.missing:
        return "No credit is missing here, so there is nothing to waive."
    return ""
