"""An employer checks a list: one dated file, known again by its hash."""

import csv
import io
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from certificates.models import Certificate
from core.throttle import LinesThrottle
from credentials.models import GivenReport
from renewals.services.standing import record_standing
from tests.cast import a_member
from tests.files.test_tables import workbook
from tests.pdf.reading import Paper
from tests.portal.reading import Page
from tests.portal.statements import AROUND
from tests.recertifying.living import BODY, a_holder, certified, noon
from tests.report.asking import CHECK, FILE, LIST, by_list, number

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DAY = date(2025, 12, 10)
LAST = "Certified through Dec 1, 2025 (last approved)"


@pytest.fixture
def nora() -> Member:
    """Nora North, whose cycle ended on Dec 1, 2025."""
    member = a_holder(credits=0)
    record_standing(member_id=member.pk, program=BODY, today=DAY, now=noon(DAY))
    return member


def downloaded(page: Page) -> Any:  # noqa: ANN401  (Django's test answer)
    """Press the page's button."""
    (field,) = page.all("input", name="report")
    return Client().post(FILE, {"report": field.attributes["value"]})


def rows_in(content: bytes) -> list[dict[str, str]]:
    """Read a CSV file's rows."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def answered(answer: Any) -> tuple[Page, Any]:  # noqa: ANN401
    """The page of a list, and the file it offers."""
    assert answer.status_code == 200, answer.content.decode()[:3000]
    page = Page.of(answer)
    return page, downloaded(page)


def test_pasted_lines_are_answered_by_one_dated_file(nora: Member) -> None:
    lines = f"{number(nora)}, North\nNorth; Nora; cpcs\n\nSouth\tSam\tCPCS\nNorth\n"
    with time_machine.travel(noon(DAY), tick=False):
        page, file = answered(by_list(lines))
        assert page.h1 == "4 lines asked about, 2 found."
        assert "As of Dec 10, 2025, 12:00 PM EST." in page.text
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = 'attachment; filename="good-standing-2025-12-10.csv"'
    assert file.headers["Content-Disposition"] == name
    rows = rows_in(file.content)
    assert [each["standing"] for each in rows] == [
        "last_approved",
        "last_approved",
        "not_found",
        "incomplete",
    ]
    assert rows[0] == {
        "line": "1",
        "asked_number": number(nora),
        "asked_last_name": "North",
        "asked_first_name": "",
        "asked_credential": "",
        "name": "Nora North",
        "credential": "CPCS",
        "number": number(nora),
        "issuer": "National Association Medical Staff Services",
        "standing": "last_approved",
        "words": LAST,
        "certified_through": "2025-12-01",
        "since": "",
        "as_of": "2025-12-10T12:00:00-05:00",
    }
    assert rows[2]["words"] == "No credential matches"


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_the_page_shows_the_hash_of_the_very_file(nora: Member, kind: str) -> None:
    page, file = answered(by_list(f"{number(nora)}, North", kind))
    digest = sha256(file.content).hexdigest()
    assert digest in page.text
    assert file.headers["X-File-SHA256"] == digest
    assert file.headers["Repr-Digest"].startswith("sha-256=:")
    assert downloaded(page).content == file.content
    kept = GivenReport.objects.get()
    assert (kept.sha256, kept.kind, kept.lines, kept.found) == (digest, kind, 1, 1)


def test_a_pdf_says_its_hour_and_a_digest_of_its_rows(nora: Member) -> None:
    with time_machine.travel(noon(DAY), tick=False):
        _, file = answered(by_list(f"{number(nora)}, North", "pdf"))
    text = Paper(file.content).text
    assert "As of Dec 10, 2025, 12:00 PM EST" in text
    assert LAST in text
    assert GivenReport.objects.get().rows_sha256 in text.replace(" ", "")
    assert nora.email not in text


def test_a_file_is_known_again_and_a_changed_one_is_not(nora: Member) -> None:
    _, file = answered(by_list(f"{number(nora)}, North"))

    def checked(content: bytes) -> str:
        upload = SimpleUploadedFile("report.csv", content)
        return Page.of(Client().post(CHECK, {"file": upload})).h1

    assert checked(file.content) == "We gave out this file"
    assert checked(file.content + b" ") == "We did not give out this file"
    assert checked(b"") == "We did not give out this file"
    assert Client().post(CHECK).status_code == 422


def test_nothing_kept_names_anybody(nora: Member) -> None:
    answered(by_list(f"{number(nora)}, North"))
    (row,) = GivenReport.objects.values()
    kept = " ".join(map(str, row.values()))
    assert "North" not in kept
    assert number(nora) not in kept


@pytest.mark.parametrize("order", [("number", "last_name"), ("Last Name", "Number")])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_s_columns_are_known_by_their_names(
    nora: Member, order: tuple[str, str], form: str
) -> None:
    cells = {"number": number(nora), "last": "North"}
    row = [cells["last" if "ast" in head else "number"] for head in order]
    content = (
        workbook(list(order), row)
        if form == "xlsx"
        else f"{','.join(order)}\n{','.join(row)}\n".encode()
    )
    upload = SimpleUploadedFile(f"people.{form}", content)
    _, file = answered(by_list("", file=upload))
    assert [each["name"] for each in rows_in(file.content)] == ["Nora North"]


def test_columns_nobody_knows_are_refused_by_name(nora: Member) -> None:
    upload = SimpleUploadedFile("people.csv", b"a,b\n1,2\n")
    answer = by_list("", file=upload)
    assert answer.status_code == 422
    assert "The first row must name the columns" in Page.of(answer).problems[0]


def test_five_hundred_are_answered_and_one_more_is_refused(nora: Member) -> None:
    line = f"{number(nora)}, North\n"
    page, _ = answered(by_list(line * 500))
    assert page.h1 == "500 lines asked about, 500 found."
    answer = by_list(line * 501)
    assert answer.status_code == 422
    (problem,) = Page.of(answer).problems
    assert problem.startswith("These are 501 lines. Send at most 500 at a time")
    below = "\n".join(["number,last_name", *[line.strip()] * 501])
    upload = SimpleUploadedFile("people.csv", below.encode())
    assert by_list("", file=upload).status_code == 422
    assert GivenReport.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("", "Paste at least one line, or choose a file."),
        (" \n,,\n", "Paste at least one line, or choose a file."),
        ("x" * 150_001, "This is too much text. Send at most 500 lines at a time."),
    ],
)
def test_nothing_and_too_much_is_said(lines: str, problem: str) -> None:
    answer = by_list(lines)
    assert answer.status_code == 422
    assert problem in Page.of(answer).problems


def test_lines_and_a_file_at_once_are_one_too_many(nora: Member) -> None:
    upload = SimpleUploadedFile("people.csv", b"number,last_name\n1,2\n")
    answer = by_list("1, North", file=upload)
    assert answer.status_code == 422
    assert "not both" in Page.of(answer).problems[0]


def test_no_cell_is_a_formula(nora: Member) -> None:
    _, file = answered(by_list('=1+1, =HYPERLINK("x")\n-2+3, @SUM, +1'))
    for row in rows_in(file.content):
        for name, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@")), (name, cell)


def test_however_long_a_list_is_the_statements_are_the_same(nora: Member) -> None:
    others = [a_member(f"Ann No{place}", None) for place in range(30)]
    for each in others:
        certified(each)
        record_standing(member_id=each.pk, program=BODY, today=DAY, now=noon(DAY))

    def asked(members: list[Member]) -> int:
        lines = "\n".join(f"{number(m)}, {m.last_name}" for m in members)
        with CaptureQueriesContext(connection) as captured:
            assert by_list(lines).status_code == 200
        sent = [query["sql"] for query in captured.captured_queries]
        return len([sql for sql in sent if not sql.startswith(AROUND)])

    few, many = asked([nora, others[0]]), asked([nora, *others])
    assert few == many <= 6


def test_a_report_is_ours_or_is_not_given_out(nora: Member) -> None:
    with time_machine.travel(noon(DAY), tick=False) as clock:
        page = Page.of(by_list(f"{number(nora)}, North"))
        (field,) = page.all("input", name="report")
        signed = field.attributes["value"]
        for bent in ("", "x", signed[:-1], f"{signed}x", signed.replace(":", "")):
            assert Client().post(FILE, {"report": bent}).status_code == 422, bent
        clock.shift(3_601)
        late = Client().post(FILE, {"report": signed})
        assert late.status_code == 422
        assert "more than an hour ago" in Page.of(late).problems[0]


def test_lists_count_by_their_lines(
    nora: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LinesThrottle, "THROTTLE_RATES", {"lines": "5/hour"})
    line = f"{number(nora)}, North\n"
    assert by_list(line * 3).status_code == 200
    refused = by_list(line * 3)
    assert refused.status_code == 429
    assert "as many people as it may for now" in Page.of(refused).problems[0]
    assert "In good standing" not in Page.of(refused).text


def test_a_name_that_breaks_out_of_a_page_stays_text(nora: Member) -> None:
    answer = by_list("<script>alert(1)</script>, North")
    assert b"<script>alert" not in answer.content


def test_the_form_is_shown_and_found_from_the_verify_page(nora: Member) -> None:
    assert Page.of(Client().get(LIST)).h1 == "Check a list"
    assert LIST.encode() in Client().get("/verify/").content


def test_a_certificate_s_number_stands_for_its_credential(nora: Member) -> None:
    held = nora.certifications.get()
    paper = Certificate.objects.create(
        program=BODY,
        member=nora,
        certification=held,
        source_id=uuid4(),
        number="NAMSS-7Q4K-29XD-M3V5",
        facts={},
        valid_from=DAY,
        valid_until=DAY,
        issued_on=DAY,
        issued_at=noon(DAY),
    )
    lines = f"{paper.number.lower()}, North\n{paper.number}, South\nNONE, North\n"
    with time_machine.travel(noon(DAY), tick=False):
        _, file = answered(by_list(lines))
    first, second, third = rows_in(file.content)
    assert (first["name"], first["number"]) == ("Nora North", held.number)
    assert {second["standing"], third["standing"]} == {"not_found"}


def test_five_hundred_with_the_longest_names_are_a_pdf(
    nora: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How long that takes is another question: here it is how many pages.
    monkeypatch.setattr("django.conf.settings.CERTIFICATE_SECONDS", 600)
    wide = "W" * 100
    Member.objects.filter(pk=nora.pk).update(first_name=wide, last_name=wide)
    with time_machine.travel(noon(DAY), tick=False):
        page = Page.of(by_list(f"{number(nora)}, {wide}\n" * 500, "pdf"))
    assert page.h1 == "500 lines asked about, 500 found."
    assert GivenReport.objects.get().lines == 500


def test_what_was_asked_is_cut_on_paper_alone(nora: Member) -> None:
    wide = "W" * 100
    with time_machine.travel(noon(DAY), tick=False):
        _, file = answered(by_list(f"{wide}; {wide}; {wide}\n", "pdf"))
        _, table = answered(by_list(f"{wide}; {wide}; {wide}\n"))
    words = "".join(Paper(file.content).text.split())
    assert f"{'W' * 59}…" in words
    assert "W" * 60 not in words
    assert rows_in(table.content)[0]["asked_last_name"] == wide
