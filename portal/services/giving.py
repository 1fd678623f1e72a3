"""The good-standing report as one dated file, whose hash is kept and no name of it."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing

from core.failures import NotUsable
from core.spreadsheets import csv_lines
from credentials.models import GivenReport
from credentials.services import keep_given
from portal.layouts import ReportFacts, ReportRow, render_report
from portal.queries.good_standing import COLUMNS, Answer

# Another form of what is signed gets another salt.
SALT = "portal.good-standing.1"
SIGNED_FOR = timedelta(hours=1)
Kind = GivenReport.Kind
TYPES: Mapping[str, str] = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.PDF: "application/pdf",
}
# What was typed may be as long as four cells; 500 of those would be no PDF any more.
LONGEST_ASKED = 60
TOO_OLD = (
    "This report was made more than an hour ago, or its form was cut off. "
    "Send your list again: the new report holds today's answers."
)


class Unsigned(NotUsable):
    """What came back is no report of ours, or an old one."""


@dataclass(frozen=True)
class Rows:
    """A report before it is a file.

    Args:
        kind: of the file, one of `GivenReport.Kind`.
        cells: a row of `COLUMNS` for each line.
        as_of: the instant, as ISO text.
        as_of_text: the hour in the body's zone, in words.
        day: the body's day, as ISO text.
        found: how many of the lines were found.
        check: the address at which a file can be checked.
    """

    kind: str
    cells: Sequence[Sequence[str]]
    as_of: str
    as_of_text: str
    day: str
    found: int
    check: str

    @property
    def digest(self) -> str:
        """The SHA-256 of all it says."""
        said = json.dumps([self.as_of, *self.cells], ensure_ascii=False)
        return sha256(said.encode()).hexdigest()

    @property
    def summary(self) -> str:
        """How many were asked about, and found."""
        lines = len(self.cells)
        noun = "line" if lines == 1 else "lines"
        return f"{lines:,} {noun} asked about, {self.found:,} found."


@dataclass(frozen=True)
class Given:
    """A file as it is given out."""

    content: bytes
    kind: str
    day: str
    sha256: str

    @property
    def media_type(self) -> str:
        """Its media type."""
        return TYPES[self.kind]

    @property
    def name(self) -> str:
        """What it is saved under, without an ending."""
        return f"good-standing-{self.day}"

    @property
    def headers(self) -> Mapping[str, str]:
        """Its hash, for programs: as RFC 9530 spells it, and plainly."""
        encoded = b64encode(bytes.fromhex(self.sha256)).decode()
        return {
            "Repr-Digest": f"sha-256=:{encoded}:",
            "X-File-SHA256": self.sha256,
        }


def rows_of(
    *, answers: Sequence[Answer], kind: str, now: datetime, as_of_text: str, check: str
) -> Rows:
    """Put answers together as one dated report.

    Args:
        answers: at least one.
        kind: one of `GivenReport.Kind`.
        now: the instant that is kept.
        as_of_text: the hour in the body's zone, in words.
        check: the address at which a file can be checked.
    """
    day = next((each.as_of for each in answers if each.found), answers[0].as_of)
    return Rows(
        kind=kind,
        cells=[list(each.cells) for each in answers],
        as_of=now.isoformat(timespec="seconds"),
        as_of_text=as_of_text,
        day=day.date().isoformat(),
        found=sum(each.found for each in answers),
        check=check,
    )


def made_of(*, rows: Rows) -> Given:
    """Make the file of a report, and keep its hash: the same rows give the same bytes.

    Raises:
        PdfError: the PDF can't be made now.
    """
    content = _csv(rows) if rows.kind == Kind.CSV else _pdf(rows)
    given = Given(content, rows.kind, rows.day, sha256(content).hexdigest())
    keep_given(
        sha256=given.sha256,
        rows_sha256=rows.digest,
        kind=rows.kind,
        lines=len(rows.cells),
        found=rows.found,
        as_of=datetime.fromisoformat(rows.as_of),
    )
    return given


def sign(*, rows: Rows) -> str:
    """Spell a report for a form's hidden field: nobody else can make or change one."""
    return signing.dumps(vars(rows), salt=SALT, compress=True)


def unsign(*, signed: str) -> Rows:
    """Read what `sign` wrote within the hour.

    Raises:
        Unsigned: it is none of ours, or too old.
    """
    try:
        said: dict[str, Any] = signing.loads(signed, salt=SALT, max_age=SIGNED_FOR)
    except signing.BadSignature as error:
        raise Unsigned(TOO_OLD) from error
    return Rows(**said)


def _csv(rows: Rows) -> bytes:
    return b"".join(csv_lines([COLUMNS, *rows.cells]))


def _pdf(rows: Rows) -> bytes:
    facts = ReportFacts(
        as_of=rows.day,
        as_of_text=rows.as_of_text,
        summary=rows.summary,
        digest=rows.digest,
        check=rows.check,
        rows=[_row(dict(zip(COLUMNS, each, strict=True))) for each in rows.cells],
        demo=settings.DEMO,
    )
    return render_report(facts, seconds=settings.CERTIFICATE_SECONDS)


def _row(cells: Mapping[str, str]) -> ReportRow:
    asked = ("asked_number", "asked_last_name", "asked_first_name", "asked_credential")
    return ReportRow(
        line=cells["line"],
        asked=_cut(", ".join(cells[name] for name in asked if cells[name])),
        name=cells["name"],
        credential=cells["credential"],
        number=cells["number"],
        words=cells["words"],
    )


def _cut(asked: str) -> str:
    """Shorten what was asked, as paper shows it; the CSV keeps it whole."""
    if len(asked) <= LONGEST_ASKED:
        return asked
    return f"{asked[: LONGEST_ASKED - 1].rstrip()}…"
