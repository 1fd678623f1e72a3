"""A body's staff see who read and who acknowledged which version of a document."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Sponsorship
from core.models import AuditEntry
from credentials.models import DocumentReading, DocumentVersion
from credentials.policy import zone_of
from portal.queries import readers
from portal.queries.trail import when_words
from tests.cast import BODY, NOW, TODAY, Cast
from tests.documents.papers import STAFF, acknowledged, opened, published, republished
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db
WHEN = when_words(NOW, zone_of(BODY))


def place(version: DocumentVersion) -> str:
    """The address of a document's readers."""
    return f"{STAFF}{version.document_id}/readers/"


def lines(page: Page) -> list[list[str]]:
    """The cells of every line."""
    bodies = [row for body in page.all("tbody") for row in body.all("tr")]
    return [[cell.text for cell in [*row.all("th"), *row.all("td")]] for row in bodies]


def test_readers_stand_by_version_with_when_how_often_and_acknowledged(
    alice: Client, mona: Client, erin: Client, good: Cast
) -> None:
    first = published(mona)
    opened(alice, first)
    acknowledged(alice, first)
    second = republished(mona, first)
    opened(alice, second)
    opened(alice, second)
    later = NOW + timedelta(hours=1)
    DocumentReading.objects.create(
        version=second,
        practice=good.northside,
        user=good.alice,
        reader="Alice Adams",
        at=later,
    )
    link = Page.of(erin.get(STAFF)).links["Readers of Crosswalk"]
    assert link == place(first)
    page = Page.of(erin.get(link))
    assert page.h1 == "Readers of Crosswalk"
    headings = [each.text for each in page.all("h2")]
    assert headings.index("Version 2") < headings.index("Version 1")
    often = f"3 times, last {when_words(later, zone_of(BODY))}"
    assert lines(page) == [
        ["Alice Adams", "Northside", WHEN, often, "Not yet"],
        ["Alice Adams", "Northside", WHEN, "Once", WHEN],
    ]
    assert "0 of 2 practices have acknowledged version 2." in page.text


def test_practices_that_have_not_acknowledged_the_newest_version_are_named(
    alice: Client, mona: Client, erin: Client, good: Cast
) -> None:
    version = published(mona)
    page = Page.of(erin.get(place(version), {"show": "missing"}))
    assert lines(page) == [
        ["Lakeview", "Not opened yet"],
        ["Northside", "Not opened yet"],
    ]
    opened(alice, version)
    page = Page.of(erin.get(place(version), {"show": "missing"}))
    assert lines(page)[1] == ["Northside", f"Opened {WHEN}"]
    acknowledged(alice, version)
    page = Page.of(erin.get(place(version), {"show": "missing"}))
    assert lines(page) == [["Lakeview", "Not opened yet"]]
    assert "1 of 2 practices have acknowledged version 1." in page.text
    Sponsorship.objects.of(good.lakeview).update(until_on=TODAY)
    page = Page.of(erin.get(place(version), {"show": "missing"}))
    assert "No acknowledgement is missing." in page.text
    assert "1 of 1 practice has acknowledged version 1." in page.text


def test_who_acknowledged_by_another_name_than_they_read_by_is_told_apart(
    alice: Client, mona: Client, erin: Client, good: Cast
) -> None:
    version = published(mona)
    DocumentReading.objects.create(
        version=version,
        practice=good.northside,
        user=good.alice,
        reader="Payroll (Alice Adams)",
        at=NOW,
    )
    acknowledged(alice, version)
    (line,) = lines(Page.of(erin.get(place(version))))
    assert line[0] == "Payroll (Alice Adams)"
    assert line[4] == f"{WHEN} By Alice Adams"


def test_a_practice_is_found_by_a_part_of_its_name(
    alice: Client, mona: Client, erin: Client, good: Cast
) -> None:
    version = published(mona)
    opened(alice, version)
    page = Page.of(erin.get(place(version), {"q": "north"}))
    assert [line[1] for line in lines(page)] == ["Northside"]
    page = Page.of(erin.get(place(version), {"q": "lake"}))
    assert lines(page) == []
    assert "No practice of this name is in the list." in page.text
    assert page.pills["Not acknowledged 1"] == "?show=missing&q=lake"
    page = Page.of(erin.get(place(version), {"q": "lake", "show": "missing"}))
    assert lines(page) == [["Lakeview", "Not opened yet"]]


def test_long_lists_come_in_pages(
    mona: Client, erin: Client, good: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "PAGE_SIZE", 1)
    version = published(mona)
    page = Page.of(erin.get(place(version), {"show": "missing"}))
    assert lines(page) == [["Lakeview", "Not opened yet"]]
    assert page.links["Next page"] == "?show=missing&page=2"
    page = Page.of(erin.get(place(version), {"show": "missing", "page": "2"}))
    assert lines(page) == [["Northside", "Not opened yet"]]


def test_a_document_that_nobody_opened_says_so(
    mona: Client, erin: Client, good: Cast
) -> None:
    version = published(mona)
    page = Page.of(erin.get(place(version)))
    assert "Nobody has opened it yet." in page.text
    address = f"{STAFF}versions/{version.pk}/withdraw/"
    mona.post(address, {"reason": "A wrong table"})
    page = Page.of(erin.get(place(version), {"show": "missing"}))
    assert "Every version is withdrawn: there is none to acknowledge." in page.text
    assert "No version is there to be acknowledged." in page.text


def test_staff_of_another_body_and_people_of_practices_find_no_such_page(
    alice: Client,
    mona: Client,
    good: Cast,
    signed_in: Callable[[str], Client],
) -> None:
    version = published(mona)
    opened(alice, version)
    rita = signed_in("rita")
    assert rita.get(place(version)).status_code == 404
    elsewhere = f"/staff/another/documents/{version.document_id}/readers/"
    answer = rita.get(elsewhere)
    assert answer.status_code == 404
    assert "Alice" not in said(answer)
    assert alice.get(place(version)).status_code == 404


def test_looking_at_the_readers_notes_nothing(
    alice: Client, mona: Client, erin: Client, good: Cast
) -> None:
    version = published(mona)
    opened(alice, version)
    before = AuditEntry.objects.count(), DocumentReading.objects.count()
    erin.get(place(version))
    assert (AuditEntry.objects.count(), DocumentReading.objects.count()) == before
