"""All a holder reported, by term: on a page, as a CSV file, as a PDF."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Member
from core.pdf import PdfLimitError
from credentials.policy import credit_words, policy_for
from portal.views import transcript as views
from renewals.queries import life_of
from renewals.rules import totals
from tests.cast import BODY, TODAY, Cast, credit, given
from tests.ce.reporting import a_draft, decided, submitted
from tests.matrix.asking import checksum
from tests.pdf.reading import Paper
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.db
PAGE, CSV, PDF = "/me/transcript/", "/me/transcript.csv", "/me/transcript.pdf"


def about_acmss(address: str, query: str = "") -> str:
    """The address as the page itself gives it: with the body it is about."""
    return f"{address}?program=acmss{query.replace('?', '&')}"


@pytest.fixture
def lived(cast: Cast, today: date) -> Member:
    """Bob with two terms, and something in every state."""
    given(cast.renewals, cast.northside, cast.bob)
    submitted(cast.bob, 45, on=date(2024, 1, 5), title="Too early")
    submitted(cast.bob, 60, on=date(2025, 10, 2), title="Last term")
    decided(submitted(cast.bob, 90, on=TODAY, title="Sold things"), "rejected")
    decided(submitted(cast.bob, 20, on=TODAY, title="Half a proof"), "returned")
    decided(submitted(cast.bob, 45, on=TODAY, title="Fine"), "accepted")
    submitted(cast.bob, 135, on=TODAY, title="A long day")
    a_draft(cast.bob)
    return cast.bob


def titles(page: Page) -> list[str]:
    """The activities of the page, as they stand."""
    return [row.one("a").text for row in page.all("th", scope="row")]


def rows(answer: "Answer") -> list[dict[str, str]]:
    """What a spreadsheet reads."""
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def paper(client: Client, address: str = PDF) -> Paper:
    """The PDF, as others read it."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return Paper(answer.content)


def test_it_lists_terms_and_what_lies_before_them(bob: Client, lived: Member) -> None:
    page = Page.of(bob.get(PAGE))
    assert [each.text for each in page.all("h2")] == [
        "Term Nov 17, 2025 to Nov 16, 2026",
        "Term Nov 3, 2024 to Nov 2, 2025",
        "Before your first term",
    ]
    assert titles(page)[-3:] == ["Last term", "Webinar of 2025-05-05", "Too early"]
    assert "Untitled activity" not in page.text


def test_the_sums_are_the_rules_own(bob: Client, lived: Member) -> None:
    life = life_of(lived.pk, BODY)
    page = Page.of(bob.get(PAGE))
    sums = [section.one("p", "gs-reason").text for section in page.all("section")]
    for term, text in zip(reversed(life.terms), sums, strict=False):
        policy = policy_for(BODY, on=term.last_on)
        counted = totals(
            life.terms, term, life.credits, as_of=TODAY, caps=policy.caps
        ).credits
        assert f"applied {credit_words(counted)} of 3.0 CME" in text
    assert sums[0].startswith("Completed 1.0, applied 1.0 of 3.0 CME")
    assert sums[1].startswith("Completed 4.0, applied 4.0 of 3.0 CME")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?status=approved", ["Fine", "Webinar of 2025-05-05"]),
        ("?status=not_accepted", ["Sold things"]),
        ("?status=needs_information", ["Half a proof"]),
        ("?year=2024", ["Too early"]),
        ("?year=2024&status=approved", []),
    ],
)
def test_filters_stand_in_the_address(
    bob: Client, lived: Member, query: str, shown: list[str]
) -> None:
    page = Page.of(bob.get(f"{PAGE}{query}"))
    assert titles(page) == shown
    assert page.links["Download CSV"] == about_acmss(CSV, query)
    assert page.links["Download PDF"] == about_acmss(PDF, query)
    assert [each["Title"] for each in rows(bob.get(f"{CSV}{query}"))] == shown


@pytest.mark.parametrize(
    "query", ["?year=x", "?year=9999", "?status=draft", "?status=x&year="]
)
def test_what_cannot_be_asked_for_narrows_nothing(
    bob: Client, lived: Member, query: str
) -> None:
    assert titles(Page.of(bob.get(f"{PAGE}{query}"))) == (
        titles(Page.of(bob.get(PAGE)))
    )


def test_looking_writes_nothing(bob: Client, lived: Member) -> None:
    before = checksum()
    for address in (PAGE, CSV):
        bob.get(address)
    paper(bob)
    assert checksum() == before


def test_what_matches_nothing_leads_back(bob: Client, cast: Cast) -> None:
    page = Page.of(bob.get(f"{PAGE}?status=not_accepted"))
    assert "Nothing matches." in page.text
    assert page.links["Show everything"] == about_acmss(PAGE)


def test_another_s_transcript_is_theirs_alone(bob: Client, cast: Cast) -> None:
    submitted(cast.charlie, title="Theirs")
    assert "Theirs" not in Page.of(bob.get(PAGE)).text
    assert "Theirs" not in b"".join(bob.get(CSV)).decode()


def test_the_csv_file_is_for_spreadsheets(bob: Client, lived: Member) -> None:
    answer = bob.get(CSV)
    content = b"".join(answer)
    assert content.startswith(b"\xef\xbb\xbfTerm,Date,Title,")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    number = lived.certifications.get().number
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="transcript-{number}-2025-11-17.csv"'
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = {each["Title"]: each for each in rows(bob.get(CSV))}
    fine = found["Fine"]
    assert (fine["Date"], fine["Minutes"], fine["Credits"]) == (
        "2025-11-17",
        "45",
        "1.0",
    )
    assert (fine["Rule"], fine["Policy"]) == ("A4", "acmss@2017-01-01")
    assert fine["Index number"] == "CMS06140728A"
    assert found["A long day"]["Credits"] == ""
    assert found["A long day"]["Status"] == "Under review"
    assert found["Too early"]["Term"] == "Before your first term"


@pytest.mark.parametrize(
    "title", ["=1+1", "+1", "-1", "@SUM(A1)", '=cmd|" /C calc"!A0']
)
def test_no_cell_is_a_formula(bob: Client, cast: Cast, title: str) -> None:
    submitted(cast.bob, title=title, provider="\tTab")
    (row,) = [each for each in rows(bob.get(CSV)) if each["Minutes"] == "45"]
    assert row["Title"] == f"'{title}"


def test_the_credits_of_the_file_add_up_to_the_rules_sum(
    bob: Client, lived: Member
) -> None:
    counted = sum(
        Decimal(each["Credits"] or 0)
        for each in rows(bob.get(CSV))
        if each["Term"] == "Nov 3, 2024 to Nov 2, 2025"
    )
    assert counted == Decimal("4.0")


def test_the_pdf_is_a_tagged_document_of_its_own(bob: Client, lived: Member) -> None:
    found = paper(bob)
    assert found.root["/MarkInfo"]["/Marked"]
    assert found.root["/Lang"] == "en"
    info = found.reader.metadata
    assert info is not None
    assert info.title == "Transcript of Bob Baker, Nov 17, 2025"
    for words in (
        "Transcript of continuing education",
        "Term Nov 17, 2025 to Nov 16, 2026",
        "Completed 1.0, applied 1.0 of 3.0 CME",
        "45 min → 1.0 CME",
        "Before your first term",
        "Staff decide",
        "Page 1 of",
    ):
        assert words in found.text
    assert found.fonts
    for font in found.fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_the_same_facts_give_the_same_bytes(bob: Client, lived: Member) -> None:
    assert paper(bob).content == paper(bob).content


def test_long_names_in_any_script_stay_on_the_paper(bob: Client, lived: Member) -> None:
    Member.objects.filter(pk=lived.pk).update(first_name="W" * 100, last_name="مها")
    submitted(lived, title="Ж" * 300, provider="学" * 200, on=TODAY)
    text = paper(bob).text.replace(" ", "")
    assert "W" * 40 in text
    assert "Ж" * 20 in text
    assert "学" * 20 in text


def test_many_activities_take_many_pages(bob: Client, cast: Cast) -> None:
    for day in range(1, 29):
        for month in range(1, 7):
            credit(cast.bob, "0.5", on=date(2025, month, day))
    found = paper(bob)
    assert len(found.reader.pages) > 3
    assert f"Page 1 of {len(found.reader.pages)}" in found.text


def test_a_pdf_that_cannot_be_made_says_what_to_do(
    bob: Client, lived: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise PdfLimitError("It took too long")

    monkeypatch.setattr(views, "render_transcript", fail)
    answer = bob.get(f"{PDF}?year=2025")
    page = Page.of(answer)
    assert answer.status_code == 503
    assert page.h1 == "This PDF could not be made"
    assert page.links["Back to the transcript"] == about_acmss(PAGE, "?year=2025")


def test_a_pdf_that_takes_too_long_is_given_up(
    bob: Client, lived: Member, settings: Settings
) -> None:
    settings.CERTIFICATE_SECONDS = 0
    assert bob.get(PDF).status_code == 503
    settings.CERTIFICATE_SECONDS = 30
    paper(bob)
