"""The member record: one person as their practice sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from accounts.models import Practice, Sponsorship
from certificates.models import Certificate
from core.failures import Missing
from core.models import AuditEntry
from credentials.models import Product
from credentials.policy import credit_words, day_words, zone_of
from credentials.queries import held_by
from portal.queries.holding import (
    CertificateRow,
    PaperUrl,
    TermRow,
    certificate_rows,
    term_rows,
)
from portal.queries.learning import TermCredit, term_credit
from portal.queries.people import people
from portal.queries.shown import Chip, Mode, Quality, chip, mode, quality
from portal.queries.switching import Switch, switch
from portal.queries.trail import Happened, UndoOf, happened
from renewals.queries import life_of

if TYPE_CHECKING:
    from portal.queries.people import Person


@dataclass(frozen=True)
class Record:
    """All the template shows."""

    name: str
    verdict: str
    back_url: str
    action_url: str
    action_label: str
    edit_url: str
    remove_url: str
    date: Chip
    mode: Mode
    switch: Switch
    facts: Sequence[tuple[str, str]]
    icons: Sequence[Quality]
    terms: Sequence[TermRow]
    certificates: Sequence[CertificateRow]
    ce: TermCredit | None
    activity: Sequence[Happened]


def member_record(
    practice: Practice,
    program: str,
    member_id: UUID,
    *,
    today: date,
    undo_of: UndoOf | None = None,
) -> Record:
    """Read the record of somebody the practice sponsors in a program.

    Raises:
        Missing: the practice doesn't sponsor such a member.
    """
    row = _sponsored(practice, program, member_id, today)
    life = life_of(member_id, program)
    last_on = life.latest.last_on if life.latest else None
    credit = term_credit(life, program, today)
    back = reverse("assignments", kwargs={"practice": practice.slug})
    url_of = _paper_url(practice)
    has_term, left_from = last_on is not None, row.left_from

    def to(name: str) -> str:
        place = reverse(name, args=[practice.slug, member_id])
        return f"{place}?{urlencode({'program': program})}"

    return Record(
        name=row.member.name,
        verdict=_verdict(row.standing, last_on, credit, today),
        back_url=back,
        action_url=f"{back}?{urlencode({'q': row.member.name})}",
        action_label=_action(last_on),
        edit_url=to("member_edit"),
        remove_url=to("member_remove"),
        date=chip(last_on, row.standing, today),
        mode=mode(row.renewal_mode, has_term=has_term, left_from=left_from),
        switch=switch(practice, row, last_on, left_from=left_from, today=today),
        facts=_facts(row, life.certification),
        icons=_icons(practice, row, last_on),
        terms=term_rows(life, url_of, lambda found: found.practice_id == practice.pk),
        certificates=_certificates(practice, row, today),
        ce=credit,
        activity=_activity(practice, row, undo_of),
    )


def _sponsored(
    practice: Practice, program: str, member_id: UUID, today: date
) -> "Person":
    row = people(practice, program, today).filter(member=member_id).first()
    if row is None:
        raise Missing("Not found.")
    return row


def _paper_url(practice: Practice) -> PaperUrl:
    def url_of(certificate: Certificate) -> str:
        return reverse("practice_certificate", args=[practice.slug, certificate.pk])

    return url_of


def _certificates(
    practice: Practice, row: "Person", today: date
) -> Sequence[CertificateRow]:
    issued = (
        Certificate.objects.of(practice)
        .filter(member=row.member_id, program=row.program)
        .prefetch_related("events")
    )
    return certificate_rows(list(issued), _paper_url(practice), today)


def _activity(
    practice: Practice, row: "Person", undo_of: UndoOf | None
) -> Sequence[Happened]:
    trail = AuditEntry.objects.filter(practice=practice, member=row.member_id)
    return happened(trail, zone_of(row.program), undo_of=undo_of)


def _icons(
    practice: Practice, row: "Person", last_on: date | None
) -> Sequence[Quality]:
    found = held_by(practice, row.program, [row.member_id])
    held = found.get(row.member_id, ())
    products = Product.objects.filter(program=row.program, on_line=True)
    return [quality(product, last_on, row.standing, held) for product in products]


def _facts(row: Sponsorship, certification: object) -> list[tuple[str, str]]:
    member = row.member
    facts = [("Credential", str(certification) if certification else "Not earned yet")]
    told = (
        ("Job role", row.job_role),
        ("Profession", member.profession),
        ("E-mail", member.email),
        ("Phone", member.phone),
        ("Address", member.address),
    )
    facts += [(label, value) for label, value in told if value]
    return [*facts, ("Sponsored since", day_words(row.from_on))]


def _action(last_on: date | None) -> str:
    return f"{'Renew' if last_on else 'Assign Membership'} on the assignments page"


def _verdict(
    standing: str | None,
    last_on: date | None,
    credit: TermCredit | None,
    today: date,
) -> str:
    shown = chip(last_on, standing, today)
    if last_on is None:
        return "Not a member yet. Assign Membership to begin the first term."
    first = {
        "now": f"Needs renewal now: the renewal date was {shown.text}.",
        "due": f"{shown.word}, on {shown.text}.",
    }.get(shown.kind, f"In good standing until {shown.text}.")
    if credit is None:
        return first
    have, need = credit_words(credit.have), credit_words(credit.need)
    return f"{first} {have} of {need} {credit.unit} this term."
