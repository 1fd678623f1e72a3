"""The member record: one person as their practice sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True)
class Record:
    """All the template shows."""

    name: str
    verdict: str
    back_url: str
    action_url: str
    action_label: str
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
    row: Sponsorship | None = (
        people(practice, program, today).filter(member=member_id).first()
    )
    if row is None:
        raise Missing("Not found.")
    life = life_of(member_id, program)
    last_on = life.latest.last_on if life.latest else None
    standing: str | None = getattr(row, "standing", None)
    credit = term_credit(life, program, today)
    issued = list(
        Certificate.objects.of(practice)
        .filter(member=member_id, program=program)
        .prefetch_related("events")
    )
    trail = AuditEntry.objects.filter(practice=practice, member=member_id)
    back = reverse("assignments", kwargs={"practice": practice.slug})

    def url_of(certificate: Certificate) -> str:
        return reverse(
            "practice_certificate",
            kwargs={"practice": practice.slug, "certificate_id": certificate.pk},
        )

    return Record(
        name=row.member.name,
        verdict=_verdict(standing, last_on, credit, today),
        back_url=back,
        action_url=f"{back}?{urlencode({'q': row.member.name})}",
        action_label=_action(last_on),
        date=chip(last_on, standing, today),
        mode=mode(row.renewal_mode, has_term=last_on is not None),
        switch=switch(practice, row, last_on, today=today),
        facts=_facts(row, life.certification),
        icons=_icons(practice, program, member_id, last_on, standing),
        terms=term_rows(life, url_of, lambda found: found.practice_id == practice.pk),
        certificates=certificate_rows(issued, url_of, today),
        ce=credit,
        activity=happened(trail, zone_of(program), undo_of=undo_of),
    )


def _icons(
    practice: Practice,
    program: str,
    member_id: UUID,
    last_on: date | None,
    standing: str | None,
) -> list[Quality]:
    held = held_by(practice, program, [member_id]).get(member_id, ())
    products = Product.objects.filter(program=program, on_line=True)
    return [quality(product, last_on, standing, held) for product in products]


def _facts(row: Sponsorship, certification: object) -> list[tuple[str, str]]:
    member = row.member
    facts = [("Credential", str(certification) if certification else "Not earned yet")]
    facts += [("E-mail", member.email)] if member.email else []
    facts += [("Phone", member.phone)] if member.phone else []
    facts += [("Address", member.address)] if member.address else []
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
