"""The member record: one person as their practice sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from accounts.models import Practice, Sponsorship
from certificates.models import Certificate
from credentials.policy import credit_words, day_words, zone_of
from portal.addresses import practice_url
from portal.queries.activity_reported import Reported
from portal.queries.holding import (
    CertificateRow,
    PaperUrl,
    TermRow,
    certificate_rows,
    term_rows,
)
from portal.queries.learning import (
    Account,
    CreditLine,
    TermCredit,
    line_of,
    term_words,
)
from portal.queries.record_mails import Mailed, mails_of
from portal.queries.record_rows import assigned, person
from portal.queries.record_statements import entries
from portal.queries.record_undoing import stands_for
from portal.queries.shown import Chip, Mode, Quality, chip, mode, quality
from portal.queries.switching import Switch, switch
from portal.queries.trail import Happened, told
from portal.queries.undoing import undo_among
from renewals.queries import Span

if TYPE_CHECKING:
    from portal.queries.record_rows import Person

MOST_SHOWN = 20


@dataclass(frozen=True)
class Learned:
    """What was reported for one term: its credit lines, and how many more there are."""

    title: str
    lines: Sequence[CreditLine]
    more: int


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
    learned: Sequence[Learned]
    mails: Sequence[Mailed]
    activity: Sequence[Happened]


def member_record(
    practice: Practice, program: str, member_id: UUID, *, today: date, now: datetime
) -> Record:
    """Read the record of somebody the practice sponsors in a program.

    Args:
        today: the day it is in the body's zone.
        now: the real instant: it decides what can still be undone.

    Raises:
        Missing: the practice doesn't sponsor such a member.
    """
    found = person(practice, program, member_id, today)
    row, life = found.held, found.life
    row.practice = practice
    given = assigned(practice, program, member_id)
    last_on = life.latest.last_on if life.latest else None
    account = Account.of(life, today, _reported(found))
    credit = account.present()
    back = practice_url(practice.slug, "assignments")
    url_of = _paper_url(practice)
    has_term, left_from = last_on is not None, found.left_from
    undo_of = undo_among(practice, given.held, stands_for(found, given, today), now)

    def to(name: str) -> str:
        place = practice_url(practice.slug, name, member_id=member_id)
        return f"{place}?{urlencode({'program': program})}"

    return Record(
        name=row.member.name,
        verdict=_verdict(found.standing, last_on, credit, today),
        back_url=back,
        action_url=f"{back}?{urlencode({'q': row.member.name})}",
        action_label=_action(last_on),
        edit_url=to("member_edit"),
        remove_url=to("member_remove"),
        date=chip(last_on, found.standing, today),
        mode=mode(row.renewal_mode, has_term=has_term, left_from=left_from),
        switch=switch(
            practice, row, last_on, left_from=left_from, past=found.past, today=today
        ),
        facts=_facts(row, found.credential),
        icons=[
            quality(of, last_on, found.standing, given.held) for of in given.products
        ],
        terms=term_rows(life, url_of, lambda paper: paper.practice_id == practice.pk),
        certificates=certificate_rows(found.papers, url_of, today, ended=found.ended),
        ce=credit,
        learned=_by_term(account),
        mails=mails_of(found.mails, zone_of(program)),
        activity=told(entries(practice.pk, member_id), zone_of(program), undo_of),
    )


def _paper_url(practice: Practice) -> PaperUrl:
    def url_of(certificate: Certificate) -> str:
        place = practice.slug, "practice_certificate"
        return practice_url(*place, certificate_id=certificate.pk)

    return url_of


def _reported(found: "Person") -> list[Reported]:
    return [
        # The newest award comes first.
        Reported(activity=each, awards=found.awards.get(each.pk, [])[::-1], steps=[])
        for each in found.activities
    ]


def _by_term(account: Account) -> list[Learned]:
    """List what was reported by the term it counts in, the newest term first."""
    by_place: dict[Span | None, list[Reported]] = {}
    for row in account.rows:
        by_place.setdefault(account.place(row), []).append(row)
    terms: list[Span | None] = [*reversed(account.spans), None]
    return [
        Learned(
            title=f"Term {term_words(term)}" if term else "Outside any term",
            lines=[line_of(row) for row in rows[:MOST_SHOWN]],
            more=max(0, len(rows) - MOST_SHOWN),
        )
        for term in terms
        if (rows := by_place.get(term))
    ]


def _facts(row: Sponsorship, credential: str) -> list[tuple[str, str]]:
    member = row.member
    facts = [("Credential", credential or "Not earned yet")]
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
