"""Practices read a body's documents in good standing alone, by name, and noted."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import Sponsorship
from core.files import keep, marked_copy, stored
from core.models import AuditEntry
from credentials.models import DocumentAcknowledgement, DocumentReading
from credentials.policy import day_words, zone_of
from portal.queries.trail import when_words
from tests.billing.money import an_order, paid, prices
from tests.cast import BODY, NOW, TODAY, Cast
from tests.documents.papers import (
    PAGE,
    acknowledged,
    opened,
    pages,
    problems,
    published,
    republished,
)
from tests.portal.pressing import followed
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db
WHEN = when_words(NOW, zone_of(BODY))
MARK = f"Alice Adams · Northside · {WHEN}"


def page_of(client: Client) -> Page:
    """The practice's page."""
    return Page.of(client.get(PAGE))


def test_an_administrator_opens_a_copy_with_her_name_on_every_page(
    alice: Client, mona: Client, good: Cast
) -> None:
    version = published(mona)
    answer = opened(alice, version)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert all(MARK in page for page in pages(answer))
    (reading,) = DocumentReading.objects.of(good.northside)
    assert (reading.reader, reading.version) == ("Alice Adams", version)
    entry = AuditEntry.objects.get(action="document.opened")
    assert (entry.actor, entry.practice_id) == ("Alice Adams", good.northside.pk)
    assert "Alice Adams, version 1" in page_of(alice).text


def test_pages_that_are_turned_or_cut_carry_the_mark_where_it_is_read(
    good: Cast,
) -> None:
    paper = pikepdf.new()
    for turned in (0, 90, 180, 270):
        paper.add_blank_page(page_size=(612, 792)).rotate(turned, relative=False)
    small = paper.add_blank_page(page_size=(612, 792))
    small.cropbox = pikepdf.Array([100, 100, 400, 300])
    content = BytesIO()
    paper.save(content)
    copy = marked_copy(key=keep(content.getvalue()), lines=["José 王小明", "<b>"])
    with pikepdf.open(BytesIO(copy)) as marked:
        assert len(marked.pages) == 5
        for page in marked.pages:
            forms = [form for _, form in page.resources["/XObject"].items()]
            # The page as it was, then the mark's line and its block.
            assert len(forms) == 3
            assert [b"/Artifact BMC" in each.read_bytes() for each in forms].count(
                True
            ) == 2
    for read in PdfReader(BytesIO(copy)).pages:
        assert "José 王小明 · <b>" in read.extract_text()


def test_the_published_file_stays_as_it_was_sent(
    alice: Client, mona: Client, good: Cast
) -> None:
    version = published(mona)
    before = stored(version.file_key)
    opened(alice, version)
    assert stored(version.file_key) == before


def test_a_practice_without_a_current_term_is_told_why_and_what_to_do(
    alice: Client, mona: Client, cast: Cast, shelf: object
) -> None:
    version = published(mona)
    page = page_of(alice)
    why = (
        "No current membership since Nov 3, 2025. Assign a renewal to open the "
        "documents."
    )
    assert why in page.text
    assert page.all("a", "gs-btn-primary")[0].text == "Assign a renewal"
    assert not page.all("form", action=f"{PAGE}versions/{version.pk}/open/")
    answer = opened(alice, version)
    assert answer.status_code == 409
    assert problems(answer) == [why]
    assert acknowledged(alice, version).status_code == 409
    assert not DocumentReading.objects.exists()


def test_an_invoice_past_due_closes_them_until_it_is_paid(
    alice: Client, mona: Client, good: Cast
) -> None:
    version = published(mona)
    prices()
    an_order(good.northside)
    assert opened(alice, version).status_code == 200
    late = an_order(good.northside, today=TODAY - timedelta(days=90))
    assert late.due_on < TODAY
    answer = opened(alice, version)
    assert answer.status_code == 409
    since = day_words(late.due_on + timedelta(days=1))
    why = f"An invoice is past due since {since}. Pay it to open the documents."
    assert problems(answer) == [why]
    paid(late, "170.00")
    assert opened(alice, version).status_code == 200


def test_a_practice_that_stands_for_nobody_any_more_reads_nothing(
    alice: Client, mona: Client, good: Cast
) -> None:
    version = published(mona)
    Sponsorship.objects.of(good.northside).update(until_on=TODAY)
    assert opened(alice, version).status_code == 409
    assert "No current membership." in page_of(alice).text


def test_a_member_without_the_right_gets_403_and_a_stranger_404(
    alice: Client, bob: Client, frank: Client, mona: Client, good: Cast
) -> None:
    version = published(mona)
    assert bob.get(PAGE).status_code == 403
    assert opened(bob, version).status_code == 403
    assert "administrator" in said(bob.get(PAGE))
    assert frank.get(PAGE).status_code == 404
    assert opened(frank, version).status_code == 404
    assert not DocumentReading.objects.exists()


def test_looking_at_the_list_notes_nothing(
    alice: Client, mona: Client, good: Cast
) -> None:
    published(mona)
    alice.get(PAGE)
    assert not DocumentReading.objects.exists()


def test_a_version_is_acknowledged_once_by_whoever_opened_it(
    alice: Client, mona: Client, good: Cast
) -> None:
    version = published(mona)
    page = page_of(alice)
    assert "Read and acknowledge" in page.text
    assert "New version: read and acknowledge" not in page.text
    answer = acknowledged(alice, version)
    assert answer.status_code == 409
    assert problems(answer) == ["Open this version first, then acknowledge it."]
    opened(alice, version)
    answer = acknowledged(alice, version, read="")
    assert answer.status_code == 422
    assert problems(answer) == ["Tick that you have read it, then confirm."]
    page = followed(alice, acknowledged(alice, version))
    assert "Acknowledged by you" in page.text
    assert f"You acknowledged it {WHEN}." in page.text
    assert acknowledged(alice, version).status_code == 302
    assert DocumentAcknowledgement.objects.count() == 1
    assert AuditEntry.objects.filter(action="document.acknowledged").count() == 1


def test_a_new_version_is_to_be_acknowledged_anew_and_the_old_one_no_more(
    alice: Client, mona: Client, good: Cast
) -> None:
    first = published(mona)
    opened(alice, first)
    acknowledged(alice, first)
    second = republished(mona, first)
    page = page_of(alice)
    assert "New version: read and acknowledge" in page.text
    assert "Earlier versions (1)" in page.text
    assert opened(alice, first).status_code == 200
    assert DocumentAcknowledgement.objects.get().version == first
    opened(alice, second)
    assert acknowledged(alice, second).status_code == 302


def test_an_old_version_is_not_acknowledged(
    alice: Client, mona: Client, good: Cast
) -> None:
    first = published(mona)
    opened(alice, first)
    republished(mona, first)
    answer = acknowledged(alice, first)
    assert answer.status_code == 409
    said = "There is a newer version. Read that one, then acknowledge it."
    assert problems(answer) == [said]


def test_a_version_to_come_is_read_before_and_the_current_one_stays_current(
    alice: Client, mona: Client, good: Cast
) -> None:
    first = published(mona)
    second = republished(mona, first, effective_on="2025-12-01")
    page = page_of(alice)
    assert "From Dec 1, 2025" in page.text
    assert opened(alice, second).status_code == 200
    assert acknowledged(alice, second).status_code == 302
    opened(alice, first)
    assert acknowledged(alice, first).status_code == 302


def test_a_version_withdrawn_while_the_page_is_open_opens_no_more(
    alice: Client, mona: Client, good: Cast
) -> None:
    first = published(mona)
    second = republished(mona, first)
    opened(alice, second)
    address = f"/staff/acmss/documents/versions/{second.pk}/withdraw/"
    assert mona.post(address, {"reason": "A wrong table"}).status_code == 302
    answer = opened(alice, second)
    assert answer.status_code == 409
    assert "This version was withdrawn." in problems(answer)[0]
    assert acknowledged(alice, second).status_code == 409
    page = page_of(alice)
    assert f"Withdrawn {WHEN}: A wrong table" in page.text
    assert opened(alice, first).status_code == 200
    assert acknowledged(alice, first).status_code == 302
