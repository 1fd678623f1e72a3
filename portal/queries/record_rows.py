"""The rows of a member record, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from accounts.models import Practice, Sponsorship
from ce_credits.models import Activity, CreditAward
from ce_credits.queries import chain_of
from certificates.models import Certificate, CertificateEvent
from core.failures import Missing
from credentials.models import (
    Assignment,
    Product,
    Window,
)
from portal.queries.record_statements import issued, lines, reported, with_terms
from portal.queries.switching import Past
from renewals.models import TermCertificate
from renewals.queries import Around, Life

if TYPE_CHECKING:
    from portal.queries.record_statements import Line, Paper, Row

Kind = CertificateEvent.Kind
NEVER_SENT = (Activity.State.DRAFT, Activity.State.WITHDRAWN)


@dataclass(frozen=True)
class Person:
    """Somebody the practice sponsors, with what they have on a day."""

    held: Sponsorship
    standing: str | None
    left_from: date | None
    past: Past
    credential: str
    life: Life
    activities: Sequence[Activity]
    awards: Mapping[UUID, Sequence[CreditAward]]
    papers: Sequence[Certificate]
    ended: dict[UUID, set[str]]
    around: Around
    mails: str | None


def person(practice: Practice, program: str, member_id: UUID, today: date) -> Person:
    """Read somebody's rows in a program.

    Raises:
        Missing: the practice doesn't sponsor such a member.
    """
    rows: list[Row] = with_terms(practice.pk, program, member_id, today)
    if not rows:
        raise Missing("Not found.")
    first = rows[0]
    # Where there is no term, the row has none of the name.
    terms = [getattr(row, "term", None) for row in rows]
    windows = [term for term in terms if term is not None]
    papers: list[Paper] = issued(member_id, program)
    ended = {paper.pk: _ended(paper) for paper in papers}
    activities, awards = _activities(member_id, program)
    certificates = _certificates(windows, papers)
    life = Life(
        program=program,
        windows=windows,
        certificates=certificates,
        by_activity={pk: chain_of(of_one) for pk, of_one in awards.items()},
        endings=_endings(certificates, ended),
    )
    return Person(
        held=first.held,
        standing=first.standing,
        left_from=first.left_from,
        past=Past(joined=first.joined, tried=rows[-1].tried),
        credential=f"{first.credential} {first.number}" if first.credential else "",
        life=life,
        activities=activities,
        awards=awards,
        papers=[paper for paper in papers if paper.practice_id == practice.pk],
        ended=ended,
        around=_around(rows, life, papers),
        mails=first.mails,
    )


def _around(rows: Sequence["Row"], life: Life, papers: Sequence["Paper"]) -> Around:
    """Gather what was done about the terms, but what their assignments tell."""
    first, terms = rows[0], [row for row in rows if getattr(row, "term", None)]
    return Around(
        windows={
            each.assignment_id: each for each in life.windows if each.assignment_id
        },
        lives={first.pk: life},
        tried=frozenset(row.term.pk for row in terms if row.term and row.tried_here),
        touched=frozenset(row.term.pk for row in terms if row.term and row.tried),
        left_out=frozenset(row.term.pk for row in terms if row.term and row.left_after),
        decided={first.pk: first.decided_at} if first.decided_at else {},
        openings={
            paper.pk: opening
            for paper in papers
            if (opening := getattr(paper, "opening", None))
        },
    )


@dataclass(frozen=True)
class Given:
    """What somebody was given, the newest first, without what was undone.

    `products` are those of the line; `itself` what auto-renewal made, and `took_in`
    what took them back in who was left out.
    """

    products: Sequence[Product]
    held: Sequence[Assignment]
    itself: frozenset[UUID]
    took_in: frozenset[UUID]


def assigned(practice: Practice, program: str, member_id: UUID) -> Given:
    """Read the products of a line, and what of them and others somebody was given."""
    products: dict[UUID, Product] = {}
    held: list[Assignment] = []
    itself, took_in = set(), set()
    found: list[Line] = lines(practice.pk, program, member_id)
    for each in found:
        product = products.setdefault(each.pk, each)
        row = cast("Assignment | None", getattr(each, "given", None))
        if row is not None:
            row.product = product
            held.append(row)
            itself |= {row.pk} if each.itself else set()
            took_in |= {row.pk} if each.took_in else set()
    return Given(
        products=[each for each in products.values() if each.on_line],
        held=sorted(held, key=lambda row: (row.at, row.pk), reverse=True),
        itself=frozenset(itself),
        took_in=frozenset(took_in),
    )


def _certificates(
    windows: Sequence[Window], papers: Sequence[Certificate]
) -> list[TermCertificate]:
    by_id = {paper.pk: paper for paper in papers}
    found = []
    for window in windows:
        row = getattr(window, "term_certificate", None)
        if row is None:
            continue
        row.window = window
        if row.certificate_id in by_id:
            row.certificate = by_id[row.certificate_id]
        found.append(row)
    return found


def _ended(paper: "Paper") -> set[str]:
    kinds = ((Kind.REVOKED, paper.revoked), (Kind.SUPERSEDED, paper.superseded))
    return {str(kind) for kind, there in kinds if there}


def _endings(
    certificates: Sequence[TermCertificate], ended: dict[UUID, set[str]]
) -> dict[UUID, str]:
    # Of two events the revocation weighs more: it comes first in the alphabet too.
    return {
        row.window_id: min(ended[row.certificate_id])
        for row in certificates
        if row.certificate_id and ended.get(row.certificate_id)
    }


def _activities(
    member_id: UUID, program: str
) -> tuple[list[Activity], dict[UUID, list[CreditAward]]]:
    """Read what was reported, the latest day first, with each one's awards."""
    activities: dict[UUID, Activity] = {}
    awards: dict[UUID, list[CreditAward]] = {}
    for each in reported(member_id, program):
        first = activities.setdefault(each.pk, each)
        award = cast("CreditAward | None", getattr(each, "award", None))
        if award is not None:
            award.activity = first
            awards.setdefault(each.pk, []).append(award)
    sent = [each for each in activities.values() if each.state not in NEVER_SENT]
    return sent, awards
