"""The holder's page: where do I stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import Invitation, Member
from certificates.models import Certificate, CertificateEvent
from credentials.models import StandingPeriod, Window
from credentials.policy import credit_words, day_words, policy_for
from portal.queries.activity_mine import draft_line, own_line
from portal.queries.activity_reported import (
    SENT_BACK,
    Reported,
    drafts_of,
    reported,
)
from portal.queries.activity_whys import Why, whys_of
from portal.queries.assigned_to_me import Given, assigned_to
from portal.queries.holding import CertificateRow, certificate_rows
from portal.queries.lacking import lacking_lines
from portal.queries.learning import (
    Account,
    CreditLine,
    TermCredit,
    Trio,
    term_credit,
    term_words,
)
from portal.queries.own_programs import own_url
from portal.queries.own_renewal import renewal_offered
from portal.queries.shown import STANDING_TAGS, Measure, Tag, days_words
from renewals.models import TermCertificate
from renewals.queries import Life, certificate_words, life_of

MOST_SHOWN = 20


@dataclass(frozen=True)
class TermCard:
    """The term a day is in, with its CE."""

    title: str
    tag: Tag
    measure: Measure
    totals: Trio
    whys: Sequence[Why]
    activities: Sequence[CreditLine]
    more: int


@dataclass(frozen=True)
class CertificateCard:
    """The newest certificate: a sentence, why, and the ways to it."""

    text: str
    why: str
    pdf_url: str
    verify_url: str


@dataclass(frozen=True)
class Ways:
    """Where the credit that is missing can come from: what, and what it gives."""

    title: str
    ways: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """A practice that asks somebody to join, and the page where they answer."""

    practice: str
    url: str


@dataclass(frozen=True)
class Me:
    """All the template shows."""

    eyebrow: str
    verdict: str
    sub: str
    add_url: str
    learn_url: str
    transcript_url: str
    renew_url: str
    asked: Sequence[Question]
    cards: Sequence[TermCard]
    drafts: Sequence[CreditLine]
    elsewhere: Sequence[CreditLine]
    ways: Ways | None
    lacking: Sequence[tuple[str, str]]
    certificate: CertificateCard
    past: Sequence[CertificateRow]
    assigned: Sequence[Given]


def my_standing(
    member: Member, program: str, *, asks: Sequence[Invitation] = (), today: date
) -> Me:
    """Read where a member stands in a program on a day, and who asks them to join."""
    life = life_of(member.pk, program)
    rows = reported(member.pk, program)
    credit = term_credit(life, program, today, rows)
    standing = term_standing(member, program, today)
    issued = list(
        Certificate.objects.visible_to(member)
        .filter(program=program)
        .prefetch_related("events")
    )
    code = life.certification.code if life.certification else "not certified yet"
    # A course that was taken says nothing of how one stands.
    current = next((row for row in issued if not row.for_good), None)
    account = Account.of(life, today, rows)
    cards = [_card(account, credit, standing)] if credit else []
    drafts = [draft_line(each, today) for each in drafts_of(member.pk, program)]
    return Me(
        eyebrow=f"{member.name}, {code}",
        verdict=term_verdict(credit, today),
        sub=term_sub(life, standing, today),
        add_url=own_url("ce_new", program),
        learn_url=own_url("my_learning", program),
        transcript_url=own_url("transcript", program),
        renew_url=renew_url(member, program, life, today),
        asked=questions(asks),
        cards=cards,
        drafts=drafts,
        elsewhere=[own_line(row) for row in _elsewhere(account, credit)],
        lacking=lacking_lines(
            program, credit.unit, credit.missing, credit.missing_approved
        )
        if credit
        else (),
        ways=_ways(credit, drafts, program) if credit and credit.missing else None,
        certificate=_certificate(life, current, today),
        past=certificate_rows([row for row in issued if row != current], _url, today),
        assigned=assigned_to(
            member, program, first_term=_in_first_term(life, today), today=today
        ),
    )


def questions(asks: Sequence[Invitation]) -> list[Question]:
    """List who asks somebody to join, each with the page to answer on."""
    return [
        Question(each.practice.name, reverse("asked_to_join", args=[each.pk]))
        for each in asks
    ]


def renew_url(member: Member, program: str, life: Life, today: date) -> str:
    """Give the page on which a member renews; empty where they are not led there."""
    offered = renewal_offered(member, program, life.latest, today=today)
    return reverse("my_renewal") if offered else ""


def _in_first_term(life: Life, today: date) -> bool:
    return len(life.windows) == 1 and today <= life.windows[0].last_on


def term_standing(member: Member, program: str, today: date) -> str:
    """Read how a member stands on a day, as it is known now."""
    found = (
        StandingPeriod.objects.filter(
            member=member, program=program, from_on__lte=today
        )
        .order_by("-recording", "-from_on")
        .values_list("standing", flat=True)
        .first()
    )
    return found or "none"


def term_verdict(credit: TermCredit | None, today: date) -> str:
    """Say in a sentence what a term has, and what is due by when."""
    if credit is None:
        return "Your first term has not begun yet."
    have, need = credit_words(credit.have), credit_words(credit.need)
    first = f"You have {have} of {need} {credit.unit}."
    if not credit.missing:
        return f"{first} This term is complete."
    more, last_on = credit_words(credit.missing), credit.term.last_on
    if today > last_on:
        return f"{first} {more} more are missing."
    return f"{first} {more} more by {day_words(last_on)}."


def term_sub(life: Life, standing: str, today: date) -> str:
    """Say when a membership is renewed, or has been due to be."""
    latest = life.latest
    if latest is None:
        return "It begins when your practice assigns you a membership."
    on = day_words(latest.renewal_on)
    if standing == "renew_now":
        return f"Your membership ended. It has needed renewal since {on}."
    left = days_words((latest.renewal_on - today).days)
    return f"Your renewal date is {on}: {left} left."


def _card(account: Account, credit: TermCredit, standing: str) -> TermCard:
    term = credit.term
    code = policy_for(account.program, on=term.last_on).credential.code
    mine = [row for row in account.rows if account.place(row) == term]
    return TermCard(
        title=f"{code}, term {term_words(term)}",
        tag=STANDING_TAGS[standing],
        measure=credit.measure,
        totals=credit.totals,
        whys=whys_of(account, credit),
        activities=[own_line(row) for row in mine[:MOST_SHOWN]],
        more=max(0, len(mine) - MOST_SHOWN),
    )


def _ways(
    credit: TermCredit, drafts: Sequence[CreditLine], program: str
) -> Ways | None:
    policy = policy_for(program, on=credit.term.last_on)
    ways = [
        (f"Your draft “{draft.title}”", draft.credit.removeprefix("+"))
        for draft in drafts
        if draft.credit.startswith("+")
    ]
    for band in policy.bands.rows if policy.bands else ():
        length = band.words().removeprefix("band ")
        worth = f"{credit_words(band.credits)} {credit.unit}"
        ways.append((f"Any activity {length}", worth))
    missing = credit_words(credit.missing)
    return Ways(f"Where the next {missing} can come from", ways) if ways else None


def _elsewhere(account: Account, credit: TermCredit | None) -> list[Reported]:
    """List what lies outside the term and still waits for somebody, or for a term."""
    here = credit.term if credit else None
    placed = [(row, account.place(row)) for row in account.rows]
    return [
        row
        for row, term in placed
        if term is None or (term != here and (row.waits or row.state in SENT_BACK))
    ][:MOST_SHOWN]


def _certificate(
    life: Life, current: Certificate | None, today: date
) -> CertificateCard:
    held = _newest_held(life)
    why = certificate_words(*held) if held else ""
    if current is None:
        text = "Held for now." if held else "None yet."
        return CertificateCard(text, why, "", "")
    text = _certificate_words(current, today)
    verify = reverse("verify", kwargs={"number": current.number})
    return CertificateCard(text, why, _url(current), verify)


def _certificate_words(certificate: Certificate, today: date) -> str:
    until = day_words(certificate.valid_until)
    for event in certificate.events.all():
        if event.kind == CertificateEvent.Kind.REVOKED:
            return f"Your last certificate was revoked on {day_words(event.on)}."
    if today > certificate.valid_until:
        return f"Your last certificate was valid through {until}."
    if certificate.paper == Certificate.Paper.FAILED:
        return f"Issued, valid through {until}. Its PDF could not be made."
    if certificate.paper != Certificate.Paper.READY:
        return f"Issued, valid through {until}. The PDF is being prepared."
    return f"Your certificate is valid through {until}."


def _newest_held(life: Life) -> tuple[Window, TermCertificate] | None:
    for held in sorted(life.certificates, key=lambda row: -row.window.sequence):
        if held.state == TermCertificate.State.HELD:
            return held.window, held
        return None
    return None


def _url(certificate: Certificate) -> str:
    return reverse("my_certificate", kwargs={"certificate_id": certificate.pk})
