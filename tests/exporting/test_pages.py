"""A practice takes its tables away: from each page, or made while nobody waits."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.test import Client

from core.exporting import KEPT
from core.models import AuditEntry, ExportJob
from core.tasks import make_export
from portal.queries.exports import MOST_AT_ONCE
from tests.cast import BODY, NOW, Cast, a_member
from tests.database import WORKER, working_as
from tests.db.document_rows import rows_of_documents
from tests.exporting.builders import an_export
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.django_db]
PLACE = "/p/northside/exports/"
ASKED = {"kind": "people", "format": "xlsx", "program": BODY, "form_key": "a form"}


@pytest.fixture(autouse=True)
def at_a_time() -> Iterator[None]:
    """Stand still."""
    with time_machine.travel(NOW, tick=False):
        yield


def body_of(answer: object) -> bytes:
    """What was sent, whole."""
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def done(job: ExportJob) -> ExportJob:
    """Let the worker make it."""
    with working_as(WORKER):
        make_export(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("assignments/?only=renew&q=bob", "people"),
        ("certificates/?state=valid", "certificates"),
        ("renewals/", "renewals"),
        ("reports/?q=bob", "compliance"),
        ("orders/", "orders"),
        ("seats/", "seats"),
        ("activity/?who=alice", "activity"),
    ],
)
def test_each_page_with_a_table_leads_to_its_file_with_the_page_s_filters(
    alice: Client, page: str, kind: str
) -> None:
    shown = Page.of(alice.get(f"/p/northside/{page}"))
    links = [
        link.attributes["href"]
        for link in shown.all("a")
        if link.attributes.get("href", "").startswith(f"{PLACE}now/")
    ]
    assert len(links) == 2
    asked = dict(parse_qsl(urlsplit(page).query))
    for link in links:
        said = dict(parse_qsl(urlsplit(link).query))
        assert said["kind"] == kind
        assert asked.items() <= said.items()
        answer = alice.get(link)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert body_of(answer)


def test_documents_lead_to_who_had_them_and_to_the_practice_s_own(
    alice: Client, cast: Cast
) -> None:
    rows_of_documents(cast.northside, cast.alice)
    page = Page.of(alice.get("/p/northside/documents/"))
    found = [
        each.attributes["href"]
        for each in page.all("a")
        if "format=csv" in each.attributes.get("href", "")
    ]
    texts = [body_of(alice.get(each)).decode() for each in found]
    opened, acknowledged, own = texts
    assert "Crosswalk" in opened
    assert "opened_by" in opened
    assert "Alice Adams" in acknowledged
    assert "acknowledged_by" in acknowledged
    assert "Staffing protocol" in own


def test_the_file_holds_what_the_filters_keep_and_nobody_of_another_practice(
    alice: Client, cast: Cast
) -> None:
    a_member("Eve Ellis", cast.northside)
    whole = body_of(alice.get(f"{PLACE}now/", {"kind": "people"})).decode()
    assert "Ellis" in whole
    assert "Chen" not in whole
    some = body_of(alice.get(f"{PLACE}now/", {"kind": "people", "q": "bob"})).decode()
    assert "Baker" in some
    assert "Ellis" not in some


def test_a_long_list_leads_to_where_it_is_asked_for_with_its_filters(
    alice: Client, cast: Cast
) -> None:
    with patch.dict(MOST_AT_ONCE, csv=0):
        answer = alice.get(f"{PLACE}now/", {"kind": "people", "q": "bob"}, follow=True)
    page = Page.of(answer)
    assert "This list is long" in page.text
    assert "Filtered as on the page you came from: bob." in page.text
    (kept,) = page.all("input", name="q")
    assert kept.attributes["value"] == "bob"


def test_a_workbook_is_made_by_a_worker_sooner_than_a_csv(
    alice: Client, cast: Cast
) -> None:
    assert (MOST_AT_ONCE["xlsx"], MOST_AT_ONCE["csv"]) == (2_000, 20_000)
    with patch.dict(MOST_AT_ONCE, xlsx=0):
        asked = {"kind": "people", "format": "xlsx"}
        assert alice.get(f"{PLACE}now/", asked).status_code == 302
        assert body_of(alice.get(f"{PLACE}now/", asked | {"format": "csv"}))


def test_a_file_is_asked_for_made_and_fetched_and_the_trail_says_by_whom(
    alice: Client, cast: Cast
) -> None:
    assert "None yet." in Page.of(alice.get(PLACE)).text
    alice.post(PLACE, ASKED)
    waits = alice.get(PLACE)
    assert b'http-equiv="refresh"' in waits.content
    assert "1 file is being made. You can leave this page." in Page.of(waits).text

    job = done(ExportJob.objects.get())

    page = Page.of(alice.get(PLACE))
    assert "Download it until Nov 24, 2025." in page.text
    (link,) = [
        each.attributes["href"]
        for each in page.all("a")
        if "people-northside-2025-11-17.xlsx" in each.text
    ]
    answer = alice.get(link, follow=True)
    assert body_of(answer)[:2] == b"PK"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    entry = AuditEntry.objects.get(action="export.opened")
    assert (entry.user_id, entry.subject_id) == (cast.alice.pk, job.pk)


def test_a_table_that_is_taken_at_once_is_on_the_trail_too(
    alice: Client, cast: Cast
) -> None:
    place = f"{PLACE}now/"
    assert body_of(alice.head(place, {"kind": "people"})) == b""
    assert not AuditEntry.objects.filter(action="export.taken").exists()
    assert body_of(alice.get(place, {"kind": "people", "format": "xlsx"}))
    entry = AuditEntry.objects.get(action="export.taken")
    assert entry.sentence == "Downloaded the table “People”"
    assert (entry.user_id, entry.practice_id) == (cast.alice.pk, cast.northside.pk)


def test_a_double_click_makes_one_file(alice: Client) -> None:
    for _ in range(2):
        assert alice.post(PLACE, ASKED).status_code == 302
    assert ExportJob.objects.count() == 1


def test_another_practice_finds_neither_job_nor_file(
    alice: Client, frank: Client, cast: Cast
) -> None:
    alice.post(PLACE, ASKED)
    job = done(ExportJob.objects.get())
    assert "None yet." in Page.of(frank.get("/p/lakeview/exports/")).text
    theirs = frank.get(f"/p/lakeview/exports/{job.pk}/file/")
    missing = frank.get(f"/p/lakeview/exports/{cast.bob.pk}/file/")
    assert theirs.status_code == missing.status_code == 404


def test_a_link_opens_nothing_after_a_week(alice: Client) -> None:
    alice.post(PLACE, ASKED)
    job = done(ExportJob.objects.get())
    place = f"{PLACE}{job.pk}/file/"
    assert alice.get(place).status_code == 302
    assert job.ready_at
    assert job.expires_at == job.ready_at + KEPT
    ExportJob.objects.update(expires_at=NOW)
    assert alice.get(place).status_code == 404
    assert "The file was kept for a week." in Page.of(alice.get(PLACE)).text


def test_audit_binders_stand_on_their_own_page(alice: Client, cast: Cast) -> None:
    an_export(cast.northside, kind="audit_binder", params={"members": []})
    an_export(cast.northside)
    page = Page.of(alice.get(PLACE))
    assert "1 file is being made." in page.text
    assert "Audit binder" not in page.one("section", id="list").text


def test_the_page_says_how_far_a_file_is_and_why_one_was_not_made(
    alice: Client, cast: Cast
) -> None:
    later = NOW + timedelta(minutes=2)
    an_export(
        cast.northside, state="working", leased_until=later, done=1000, in_all=4000
    )
    an_export(cast.northside, state="failed", problem="Nobody was on the list then.")
    page = Page.of(alice.get(PLACE))
    assert page.one("progress").attributes["value"] == "25"
    assert "Nobody was on the list then." in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "secrets"}, "Choose one of the tables."),
        ({"format": "exe"}, "Choose one of the formats."),
        ({"format": ""}, "Choose a format."),
    ],
)
def test_what_is_not_offered_is_refused_in_words(
    alice: Client, changed: dict[str, str], said: str
) -> None:
    answer = alice.post(PLACE, ASKED | changed)
    assert answer.status_code == 422
    assert said in Page.of(answer).text
    assert not ExportJob.objects.exists()


def test_the_eleventh_at_a_time_is_refused_in_words(alice: Client, cast: Cast) -> None:
    for _ in range(10):
        an_export(cast.northside)
    answer = alice.post(PLACE, ASKED)
    assert answer.status_code == 422
    assert "10 files are being made already" in Page.of(answer).text


def test_the_answer_to_a_form_is_not_sent_again_by_itself(
    alice: Client, cast: Cast
) -> None:
    an_export(cast.northside)
    (part,) = Page.of(alice.get(PLACE)).all(**{"data-gs-refresh": "5"})
    assert part.attributes["id"] == "list"
    refused = alice.post(PLACE, ASKED | {"format": "exe"})
    assert refused.status_code == 422
    assert b'http-equiv="refresh"' not in refused.content
    assert b"data-gs-refresh" not in refused.content


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "people", "only": "renwe"},
        {"kind": "certificates", "state": "vaild"},
        {"kind": "activity", "what": "nothing"},
        {"kind": "activity", "since": "yesterday"},
    ],
)
def test_a_filter_that_is_not_known_never_means_everybody(
    alice: Client, asked: dict[str, str]
) -> None:
    *_, value = asked.values()
    said = f"We left out a filter we don't know: {value}."
    at_once = alice.get(f"{PLACE}now/", asked, follow=True)
    assert said in Page.of(at_once).text
    assert "Filtered as on the page" not in Page.of(at_once).text
    refused = alice.post(PLACE, ASKED | asked)
    assert refused.status_code == 422
    assert said in Page.of(refused).text
    assert not ExportJob.objects.exists()


def test_a_filter_of_another_table_is_dropped(alice: Client) -> None:
    alice.post(PLACE, ASKED | {"kind": "orders", "only": "renew", "q": "bob"})
    assert ExportJob.objects.get().params["filters"] == {}


@pytest.mark.parametrize("asked", [{"kind": "secrets"}, {"format": "exe"}])
def test_no_such_table_or_format_is_missing(
    alice: Client, asked: dict[str, str]
) -> None:
    assert alice.get(f"{PLACE}now/", asked).status_code == 404
