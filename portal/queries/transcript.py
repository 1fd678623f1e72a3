"""All a holder reported, by term: for the page, the CSV file and the PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from credentials.policy import credit_words, day_words, policy_for
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import Reported, State, reported
from portal.queries.activity_workings import policy_of
from portal.queries.brought import Brought, brought
from portal.queries.learning import (
    Account,
    CreditLine,
    TermCredit,
    line_of,
    term_words,
)
from portal.queries.narrowing import Option
from portal.queries.own_programs import own_url
from renewals.queries import life_of

# What may stand in the address, and the word for it on the page.
STATES: Mapping[str, State] = {
    "approved": State.ACCEPTED,
    "submitted": State.SUBMITTED,
    "needs_information": State.RETURNED,
    "not_accepted": State.REJECTED,
}
WORDS = {
    "approved": "Approved",
    "submitted": "Submitted",
    "needs_information": "Needs information",
    "not_accepted": "Not accepted",
}


@dataclass(frozen=True)
class Entry:
    """One activity, in words and as a program reads it.

    `applied` is what of its credit counts in its term or cycle, `cut` why it is less;
    both are empty where it has no credit.
    """

    id: UUID
    state: State
    line: CreditLine
    on_text: str
    on: str
    code_of_kind: str
    kind: str
    provider: str
    minutes: str
    credits: str
    unit: str
    index: str
    rule: str
    policy: str
    licence_number: str
    code: str
    reported_by: str
    url: str
    applied: str = ""
    cut: str = ""


@dataclass(frozen=True)
class Block:
    """A term with its activities; `sums` are the rules' own totals of all of it."""

    id: str
    title: str
    entries: Sequence[Entry]
    credit: TermCredit | None
    sums: str


@dataclass(frozen=True)
class Asked:
    """What a transcript is narrowed to; empty is everything."""

    year: str = ""
    status: str = ""

    @property
    def words(self) -> str:
        """Say it on paper."""
        parts = [f"activities of {self.year}"] if self.year else []
        parts += [f"only “{WORDS[self.status]}”"] if self.status else []
        return ", ".join(parts)

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.year or self.status)


@dataclass(frozen=True)
class Transcript:
    """All the page, the file and the paper show."""

    program: str
    name: str
    body: str
    credential: str
    number: str
    as_of: date
    blocks: Sequence[Block]
    years: Sequence[Option]
    statuses: Sequence[Option]
    asked: Asked
    count: int

    @property
    def as_of_text(self) -> str:
        """The day it was put together."""
        return day_words(self.as_of)

    @property
    def pdf_url(self) -> str:
        """The same as a PDF."""
        return self._address("transcript_pdf")

    @property
    def csv_url(self) -> str:
        """The same for a spreadsheet."""
        return self._address("transcript_csv")

    @property
    def url(self) -> str:
        """The page itself, narrowed as it is."""
        return self._address("transcript")

    @property
    def whole_url(self) -> str:
        """The page with everything on it."""
        return own_url("transcript", self.program)

    @property
    def add_url(self) -> str:
        """Where the next activity is written."""
        return own_url("ce_new", self.program)

    def _address(self, name: str) -> str:
        asked = {
            "program": self.program,
            "year": self.asked.year,
            "status": self.asked.status,
        }
        kept = {key: value for key, value in asked.items() if value}
        return f"{reverse(name)}?{urlencode(kept)}"


def transcript_of(
    member: Member, program: str, *, year: str, status: str, today: date
) -> Transcript:
    """Put a member's transcript together; what can't be asked for is not narrowed."""
    rows = reported(member.pk, program)
    years = sorted({str(row.on.year) for row in rows if row.on}, reverse=True)
    asked = Asked(year if year in years else "", status if status in STATES else "")
    life = life_of(member.pk, program)
    policy = policy_for(program, on=today)
    held = life.certifications
    codes = dict.fromkeys(each.code for each in held)
    blocks = list(_blocks(Account.of(life, today, rows), asked))
    return Transcript(
        program=program,
        name=member.name,
        body=policy.body.full_name,
        credential=" and ".join(codes) or "Not certified yet",
        number=", ".join(each.number for each in held),
        as_of=today,
        blocks=blocks,
        years=[Option(each, each, each == asked.year) for each in years],
        statuses=[
            Option(value, word, value == asked.status) for value, word in WORDS.items()
        ],
        asked=asked,
        count=sum(len(block.entries) for block in blocks),
    )


def _blocks(account: Account, asked: Asked) -> Iterator[Block]:
    noun = account.books.noun
    begun = [span for span in account.spans if span.first_on <= account.books.as_of]
    shown = [(row, account.place(row)) for row in account.rows if _is_asked(row, asked)]
    for term in reversed(begun):
        mine = [row for row in account.rows if account.place(row) == term]
        brings = {each.row.activity.pk: each for each in brought(account, term, mine)}
        entries = [
            _entry(row, brings.get(row.activity.pk))
            for row, place in shown
            if place == term
        ]
        if entries or not asked.is_narrowed:
            credit = account.term(term)
            yield Block(
                id=f"term-{term.first_on}",
                title=f"{noun.capitalize()} {term_words(term)}",
                entries=entries,
                credit=credit,
                sums=_sums(credit),
            )
    before = [_entry(row) for row, place in shown if place is None]
    if before:
        where = f"CE counts in the {noun} its day falls in"
        text = f"Counts in no {noun}: {where} ({account.books.rule})."
        yield Block("before", f"Before your first {noun}", before, None, text)


def _is_asked(row: Reported, asked: Asked) -> bool:
    if asked.year and (row.on is None or str(row.on.year) != asked.year):
        return False
    return not asked.status or row.state == STATES[asked.status]


def _sums(credit: TermCredit) -> str:
    sums = credit.totals
    text = (
        f"Completed {sums.completed}, applied {sums.applied} of "
        f"{credit_words(credit.need)} {credit.unit}"
    )
    return f"{text}, still needed {sums.needed}." if credit.missing else f"{text}."


def _entry(row: Reported, brings: Brought | None = None) -> Entry:
    activity, award, line = row.activity, row.award, line_of(row)
    policy = policy_for(activity.program, on=activity.day)
    kind = policy.kind(activity.kind)
    counts = award if award and not row.waits else None
    version = policy_of(counts.policy) if counts else None
    return Entry(
        id=activity.pk,
        state=row.state,
        line=line,
        on_text=day_words(activity.day),
        on=activity.day.isoformat(),
        code_of_kind=activity.kind,
        kind=kind.label if kind else activity.kind,
        provider=activity.provider,
        minutes=str(activity.minutes or ""),
        credits=credit_words(counts.credits) if counts else "",
        unit=counts.unit if counts else policy.unit,
        index=counts.index_number if counts else "",
        rule=counts.rule if counts else "",
        policy=version.version if version else "",
        licence_number=activity.licence_number,
        code=activity.catalogue_item.code if activity.catalogue_item else "",
        reported_by=activity.reported_by,
        url=activity_url(activity),
        applied=credit_words(brings.applied) if brings else "",
        cut=brings.cut if brings else "",
    )
