"""The compliance matrix: each person, and each requirement they have to meet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst

from accounts.models import Practice
from core.scope import Scope, scoped
from credentials.policy import credit_words, day_words
from portal.queries.holding import held_tag
from portal.queries.learning import TermCredit, term_credit
from portal.queries.narrowing import Narrowed, Option
from portal.queries.paging import Pager, pager_of
from portal.queries.people import counts, narrowed, people
from portal.queries.shown import STANDING_TAGS, Tag
from portal.queries.standing_chart import StandingChart, standing_chart
from renewals.models import TermCertificate
from renewals.queries import Life, certificate_words, lives_of

if TYPE_CHECKING:
    from portal.queries.people import Person

PAGE_SIZE = 100
BATCH = 500
ONLY = (
    ("", "Everybody"),
    ("renew", "Renew now"),
    ("due", "Due soon"),
    ("non", "Non-members"),
)
HEADINGS = (
    "last_name",
    "first_name",
    "job_role",
    "standing",
    "renewal_date",
    "credential",
    "credits_have",
    "credits_need",
    "certificate",
    "certificate_why",
)
NO_TERM = Tag("neutral", "No term")
NOTHING_ASKED = Tag("neutral", "None asked")


@dataclass(frozen=True)
class Asked(Narrowed):
    """The filters; an empty one is no filter."""

    only: str = ""
    q: str = ""


@dataclass(frozen=True)
class Cell:
    """How a person meets a requirement, in a word and a few more."""

    tag: Tag
    text: str


@dataclass(frozen=True)
class Row:
    """One person, with a cell for each requirement."""

    name: str
    job_role: str
    record_url: str
    cells: Sequence[tuple[str, Cell]]


@dataclass(frozen=True)
class Compliance:
    """All the template shows."""

    practice_name: str
    verdict: str
    as_of: str
    q: str
    choices: Sequence[Option]
    columns: Sequence[str]
    rows: Sequence[Row]
    xlsx_url: str
    csv_url: str
    page_obj: Pager
    chart: StandingChart


COLUMNS = ("Standing", "Credential", "Continuing education", "Certificate")


def compliance(
    practice: Practice, program: str, asked: Asked, *, number: int, today: date
) -> Compliance:
    """Read a page of the matrix in a constant number of statements."""
    everybody = people(practice, program, today)
    numbers = counts(everybody, **asked.pairs)
    pager = pager_of(
        number, numbers["chosen"], PAGE_SIZE, {"program": program, **asked.pairs}
    )
    rows = list(
        narrowed(everybody, **asked.pairs)[pager.start : pager.start + PAGE_SIZE]
    )
    lives = lives_of([row.member_id for row in rows], program)

    def file(name: str) -> str:
        place = reverse(name, args=[practice.slug])
        return f"{place}?{urlencode({'program': program, **asked.pairs})}"

    return Compliance(
        practice_name=practice.name,
        verdict=_verdict(numbers),
        as_of=day_words(today),
        q=asked.q,
        choices=[Option(code, word, code == asked.only) for code, word in ONLY],
        columns=COLUMNS,
        rows=[_row(practice, row, lives[row.member_id], today) for row in rows],
        xlsx_url=file("reports_xlsx"),
        csv_url=file("reports_csv"),
        page_obj=pager,
        chart=standing_chart(practice, program, today=today),
    )


def compliance_rows(
    practice: Practice, program: str, asked: Asked, scope: Scope, *, today: date
) -> Iterator[Sequence[object]]:
    """Give the matrix as a file's rows, a batch at a time in its own transaction."""
    yield HEADINGS
    start = 0
    while True:
        with scoped(scope):
            found = narrowed(people(practice, program, today), **asked.pairs)
            batch = list(found[start : start + BATCH])
            lives = lives_of([row.member_id for row in batch], program)
            lines = [_line(row, lives[row.member_id], today) for row in batch]
        yield from lines
        if len(batch) < BATCH:
            return
        start += BATCH


def _row(practice: Practice, row: "Person", life: Life, today: date) -> Row:
    record = reverse("member_record", args=[practice.slug, row.member_id])
    cells = (
        _standing(row),
        _credential(life),
        _credit(life, row.program, today),
        _certificate(life),
    )
    return Row(
        name=row.member.name,
        job_role=row.job_role,
        record_url=f"{record}?{urlencode({'program': row.program})}",
        cells=list(zip(COLUMNS, cells, strict=True)),
    )


def _line(row: "Person", life: Life, today: date) -> Sequence[object]:
    credit = term_credit(life, row.program, today)
    certificate = _certificate(life)
    return (
        row.member.last_name,
        row.member.first_name,
        row.job_role,
        _standing(row).tag.word,
        row.last_on + timedelta(days=1) if row.last_on else "",
        str(life.certification or ""),
        credit.have if credit else "",
        credit.need if credit else "",
        certificate.tag.word,
        certificate.text,
    )


def _standing(row: "Person") -> Cell:
    tag = STANDING_TAGS[row.standing or "none"]
    if row.last_on is None:
        return Cell(tag, "No term yet")
    return Cell(tag, f"Renewal date {day_words(row.last_on + timedelta(days=1))}")


def _credential(life: Life) -> Cell:
    if life.certification is None:
        return Cell(Tag("warn", "Not earned"), "")
    return Cell(Tag("ok", "Earned"), life.certification.number)


def _credit(life: Life, program: str, today: date) -> Cell:
    credit = term_credit(life, program, today)
    if credit is None:
        return Cell(NO_TERM, "")
    if not credit.need:
        return Cell(NOTHING_ASKED, "")
    said = f"{credit_words(credit.have)} of {credit_words(credit.need)} {credit.unit}"
    if credit.missing:
        return Cell(Tag("warn", "Missing"), f"{said} by {_last_day(credit)}")
    return Cell(Tag("ok", "Complete"), said)


def _last_day(credit: TermCredit) -> str:
    return day_words(credit.term.last_on)


def _certificate(life: Life) -> Cell:
    window = life.latest
    held = next((each for each in life.certificates if each.window == window), None)
    if window is None or held is None:
        return Cell(held_tag(None), "")
    ending = life.endings.get(window.pk)
    tag = held_tag(held, ending)
    if held.state == TermCertificate.State.HELD:
        said = certificate_words(window, held, ending)
        return Cell(tag, capfirst(said.removeprefix("Certificate held: ")))
    return Cell(tag, f"Through {day_words(window.last_on)}")


def _verdict(numbers: Mapping[str, int]) -> str:
    everybody = numbers["all"]
    good = everybody - numbers["renew"] - numbers["non"]
    if not everybody:
        return "Nobody is on your list yet."
    who = "1 person is" if good == 1 else f"{good} people are"
    return f"{who} in good standing, of {everybody} on your list."
