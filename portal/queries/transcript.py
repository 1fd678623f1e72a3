"""All a holder reported, by term: for the page, the CSV file and the PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Member
from credentials.policy import credit_words, day_words, policy_for
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import Reported, State, reported
from portal.queries.activity_workings import policy_of
from portal.queries.learning import (
    Account,
    CreditLine,
    TermCredit,
    line_of,
    term_words,
)
from renewals.queries import life_of

BEFORE = "Before your first term"
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
    """One activity, in words and as a program reads it."""

    line: CreditLine
    on_text: str
    on: str
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


@dataclass(frozen=True)
class Block:
    """A term with its activities; `sums` are the rules' own totals of all of it."""

    id: str
    title: str
    entries: Sequence[Entry]
    credit: TermCredit | None
    sums: str


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    current: bool


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
    def query(self) -> str:
        """The same, for an address."""
        kept = {"year": self.year, "status": self.status}
        found = urlencode({name: value for name, value in kept.items() if value})
        return f"?{found}" if found else ""


@dataclass(frozen=True)
class Transcript:
    """All the page, the file and the paper show."""

    name: str
    body: str
    credential: str
    number: str
    as_of: date
    blocks: Sequence[Block]
    years: Sequence[Choice]
    statuses: Sequence[Choice]
    asked: Asked
    count: int

    @property
    def as_of_text(self) -> str:
        """The day it was put together."""
        return day_words(self.as_of)

    @property
    def pdf_url(self) -> str:
        """The same as a PDF."""
        return reverse("transcript_pdf") + self.asked.query

    @property
    def csv_url(self) -> str:
        """The same for a spreadsheet."""
        return reverse("transcript_csv") + self.asked.query


def transcript_of(
    member: Member, program: str, *, year: str, status: str, today: date
) -> Transcript:
    """Put a member's transcript together; what can't be asked for is not narrowed."""
    rows = reported(member.pk, program)
    years = sorted({str(row.on.year) for row in rows if row.on}, reverse=True)
    asked = Asked(year if year in years else "", status if status in STATES else "")
    life = life_of(member.pk, program)
    policy = policy_for(program, on=today)
    held = life.certification
    blocks = list(_blocks(Account.of(life, program, today, rows), asked))
    return Transcript(
        name=member.name,
        body=policy.body.full_name,
        credential=held.code if held else "Not certified yet",
        number=held.number if held else "",
        as_of=today,
        blocks=blocks,
        years=[Choice(each, each, each == asked.year) for each in years],
        statuses=[
            Choice(value, word, value == asked.status) for value, word in WORDS.items()
        ],
        asked=asked,
        count=sum(len(block.entries) for block in blocks),
    )


def _blocks(account: Account, asked: Asked) -> Iterator[Block]:
    begun = [term for term in account.terms if term.first_on <= account.today]
    shown = [(row, account.place(row)) for row in account.rows if _is_asked(row, asked)]
    for term in reversed(begun):
        entries = [_entry(row) for row, place in shown if place == term]
        if entries or not asked.query:
            credit = account.term(term)
            yield Block(
                id=f"term-{term.first_on}",
                title=f"Term {term_words(term)}",
                entries=entries,
                credit=credit,
                sums=_sums(credit),
            )
    before = [_entry(row) for row, place in shown if place is None]
    if before:
        text = "Counts in no term: CE counts in the term its day falls in (A16)."
        yield Block("before", BEFORE, before, None, text)


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


def _entry(row: Reported) -> Entry:
    activity, award, line = row.activity, row.award, line_of(row)
    policy = policy_for(activity.program, on=activity.day)
    kind = policy.kind(activity.kind)
    counts = award if award and not row.waits else None
    version = policy_of(counts.policy) if counts else None
    return Entry(
        line=line,
        on_text=day_words(activity.day),
        on=activity.day.isoformat(),
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
    )


HEADS = (
    "Term",
    "Date",
    "Title",
    "Provider",
    "Kind",
    "Minutes",
    "Credits",
    "Unit",
    "Status",
    "Explanation",
    "Rule",
    "Policy",
    "Index number",
    "Catalogue code",
    "Licence number",
    "Reported by",
)


def csv_rows(page: Transcript) -> Iterator[Sequence[str]]:
    """Give a transcript's rows for a spreadsheet, its heads first."""
    yield HEADS
    for block in page.blocks:
        term = block.title.removeprefix("Term ")
        for each in block.entries:
            yield (
                term,
                each.on,
                each.line.title,
                each.provider,
                each.kind,
                each.minutes,
                each.credits,
                each.unit,
                each.line.tag.word,
                each.line.why,
                each.rule,
                each.policy,
                each.index,
                each.code,
                each.licence_number,
                each.reported_by,
            )
