"""All a holder reported, by term: for the page, the CSV file and the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import Member
from credentials.policy import Policy, day_words, policy_for
from portal.queries.activity_reported import SENT_BACK, reported
from portal.queries.learning import Account
from portal.queries.own_programs import own_url
from portal.queries.transcript_asked import (
    STATES,
    Asked,
    Filter,
    choices_of,
    is_of_licences,
)
from portal.queries.transcript_entries import Block, blocks_of
from renewals.queries import life_of


@dataclass(frozen=True)
class Where:
    """Where a transcript stands: a holder's own pages, or behind a link they gave.

    `program` is what the addresses name it by; behind a link they name nothing.
    """

    page: str
    pdf: str
    csv: str = ""
    program: str = ""

    @property
    def is_own(self) -> bool:
        """Whether its holder looks at it, signed in."""
        return bool(self.program)


@dataclass(frozen=True)
class Transcript:
    """All the page, the file and the paper show."""

    program: str
    heading: str
    name: str
    body: str
    credential: str
    number: str
    as_of: date
    blocks: Sequence[Block]
    filters: Sequence[Filter]
    asked: Asked
    narrowed: str
    where: Where
    count: int

    @property
    def as_of_text(self) -> str:
        """The day it was put together."""
        return day_words(self.as_of)

    @property
    def pdf_url(self) -> str:
        """The same as a PDF."""
        return self.asked.at(self.where.pdf, program=self.where.program)

    @property
    def csv_url(self) -> str:
        """The same for a spreadsheet, which groups by itself."""
        return self.asked.at(self.where.csv, program=self.where.program, grouped=False)

    @property
    def url(self) -> str:
        """The page itself, narrowed as it is."""
        return self.asked.at(self.where.page, program=self.where.program)

    @property
    def whole_url(self) -> str:
        """The page with everything on it."""
        return Asked().at(self.where.page, program=self.where.program)

    @property
    def add_url(self) -> str:
        """Where the next activity is written."""
        return own_url("ce_new", self.program)

    @property
    def share_url(self) -> str:
        """Where links to it are made."""
        return own_url("transcript_links", self.program)

    @property
    def sums_note(self) -> str:
        """What the sums are of, where not all is listed."""
        whole = self.narrowed and any(block.credit for block in self.blocks)
        return "The sums below count the whole term." if whole else ""


def own_place(program: str) -> Where:
    """Name the holder's own pages of their transcript."""
    return Where(
        page=reverse("transcript"),
        pdf=reverse("transcript_pdf"),
        csv=reverse("transcript_csv"),
        program=program,
    )


def transcript_of(
    member: Member, program: str, asked: Asked, *, where: Where, today: date
) -> Transcript:
    """Put a member's transcript together; what can't be asked for is not narrowed.

    All that was ever reported is in it, however long ago (M6). Behind a link, what
    staff sent back is left out: that is between its holder and the body.
    """
    states = {
        word: state
        for word, state in STATES.items()
        if where.is_own or state not in SENT_BACK
    }
    rows = [row for row in reported(member.pk, program) if row.state in states.values()]
    life = life_of(member.pk, program)
    policy = policy_for(program, on=today)
    account = Account.of(life, today, rows)
    choices = choices_of(account, policy, states=states)
    asked = choices.take(asked)
    held = life.certifications
    blocks = blocks_of(account, policy, asked)
    return Transcript(
        program=program,
        heading=heading_of(policy),
        name=member.name,
        body=policy.body.full_name,
        credential=_held_words(policy, [each.code for each in held]),
        number=", ".join(each.number for each in held),
        as_of=today,
        blocks=blocks,
        filters=choices.filters(asked),
        asked=asked,
        narrowed=choices.words(asked),
        where=where,
        count=len({entry.id for block in blocks for entry in block.entries}),
    )


def heading_of(policy: Policy) -> str:
    """Call it what the body's people do: My CME, where one holds a licence (M6)."""
    return f"My {policy.unit}" if is_of_licences(policy) else "Transcript"


def _held_words(policy: Policy, codes: Sequence[str]) -> str:
    if not codes and is_of_licences(policy):
        return policy.body_name
    return " and ".join(dict.fromkeys(codes)) or "Not certified yet"
