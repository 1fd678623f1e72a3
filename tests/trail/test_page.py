"""Administrators and staff read what happened, search it, and take it as a file."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from core.models import AuditEntry
from portal.queries import trail_page
from tests.cast import BODY, NOW, PASSWORD, Cast
from tests.trail.entries import entry

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
SignedIn = Callable[[str], Client]
ROW = re.compile(r"<li><p>(.*?)</p>")


def sentences(answer: "Answer") -> list[str]:
    """What the page's rows say."""
    assert answer.status_code == 200
    return ROW.findall(answer.content.decode())


def table(answer: "Answer") -> list[list[str]]:
    """The rows of a file, without its headings."""
    content = answer.getvalue()
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))[1:]


def test_an_administrator_reads_their_practice_alone(
    cast: Cast, signed_in: SignedIn
) -> None:
    entry("Of Northside", practice_id=cast.northside.pk)
    entry("Of Lakeview", practice_id=cast.lakeview.pk)
    alice = signed_in("alice")
    said = sentences(alice.get("/p/northside/activity/"))
    assert said[0] == "Of Northside"
    assert "Charlie" not in str(said)
    assert "Of Lakeview" not in said
    assert len(said) == AuditEntry.objects.filter(practice=cast.northside).count()
    assert alice.get("/p/lakeview/activity/").status_code == 404
    assert signed_in("bob").get("/p/northside/activity.csv").status_code == 403


def test_staff_read_their_body_alone(cast: Cast, signed_in: SignedIn) -> None:
    entry("Of the body", program=BODY)
    entry("Of another", program="another")
    entry("Of the house")
    erin = signed_in("erin")
    page = erin.get(f"/staff/{BODY}/activity/")
    assert sentences(page)[0] == "Of the body"
    assert {"Of another", "Of the house"}.isdisjoint(sentences(page))
    assert erin.get("/staff/another/activity/").status_code == 404
    rows = table(erin.get(f"/staff/{BODY}/activity.csv"))
    assert len(rows) == AuditEntry.objects.filter(program=BODY).count()


# What is asked for, and how many of the cast's entries match it.
ASKED = [
    ("who=tests", 4),
    ("who=nobody", 0),
    ("what=seats", 1),
    ("what=product", 1),
    ("what=unknown", 4),
    ("what=seats&who=nobody", 0),
    ("since=2025-11-17", 4),
    ("since=2025-11-18", 0),
    ("until=2025-11-16", 0),
    ("until=2025-11-17", 4),
    ("since=0001-01-01&until=9999-12-31", 4),
    ("since=nonsense", 4),
    ("record=granted", 1),
    ("record=baker", 3),
    ("page=99", 4),
]


def test_filters_narrow_the_page_and_the_file_alike(
    cast: Cast, signed_in: SignedIn
) -> None:
    alice = signed_in("alice")
    for asked, count in ASKED:
        page = sentences(alice.get(f"/p/northside/activity/?{asked}"))
        rows = table(alice.get(f"/p/northside/activity.csv?{asked}"))
        assert (asked, len(page), len(rows)) == (asked, count, count)


def test_a_record_is_found_by_its_id(cast: Cast, signed_in: SignedIn) -> None:
    known = AuditEntry.objects.get(action="seats.granted", practice=cast.northside)
    path = f"/p/northside/activity/?record={known.subject_id}"
    assert sentences(signed_in("alice").get(path))[0].startswith(known.sentence)


def test_days_are_the_body_s_own(cast: Cast, signed_in: SignedIn) -> None:
    """Three in the morning, UTC, is still the evening before where the body is."""
    night = datetime(2025, 3, 2, 3, tzinfo=UTC)
    entry("At night", practice_id=cast.northside.pk, now=night)
    alice = signed_in("alice")
    path = "/p/northside/activity/?since={0}&until={0}"
    assert sentences(alice.get(path.format("2025-03-01"))) == ["At night"]
    assert sentences(alice.get(path.format("2025-03-02"))) == []


def test_pages_keep_their_filters(cast: Cast, signed_in: SignedIn) -> None:
    for number in range(60):
        entry(f"Entry {number}", practice_id=cast.northside.pk)
    alice = signed_in("alice")
    first = alice.get("/p/northside/activity/?record=entry")
    assert len(sentences(first)) == 50
    assert b"60 entries match." in first.content
    assert b'href="?record=entry&amp;page=2"' in first.content
    second = alice.get("/p/northside/activity/?record=entry&page=2")
    assert sentences(second) == [f"Entry {number}" for number in range(9, -1, -1)]


def test_the_file_is_read_in_batches_and_computes_nothing(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_page, "BATCH", 4)
    before = AuditEntry.objects.filter(practice=cast.northside).count()
    for number in range(9):
        entry(
            f"=HYPERLINK({number})",
            practice_id=cast.northside.pk,
            now=NOW + timedelta(minutes=number),
        )
    answer = signed_in("alice").get("/p/northside/activity.csv")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="activity-northside.csv"'
    )
    rows = table(answer)
    assert [row[2] for row in rows[:9]] == [
        f"'=HYPERLINK({n})" for n in range(8, -1, -1)
    ]
    assert len(rows) == before + 9
    assert len({row[10] for row in rows}) == len(rows)


def test_a_file_needs_a_sign_in_of_the_last_minutes(
    cast: Cast, signed_in: SignedIn
) -> None:
    for name, place in (("alice", "/p/northside/"), ("erin", f"/staff/{BODY}/")):
        client = signed_in(name)
        session = client.session
        for shown in session["account_authentication_methods"]:
            shown["at"] = NOW.timestamp() - 3_600
        session.save()

        led = client.get(f"{place}activity.csv?who=tests").headers["Location"]
        assert led.startswith("/accounts/confirm/?next=")
        assert client.get(f"{place}activity/").status_code == 200
        back = client.post(led, {"password": PASSWORD}).headers["Location"]

        assert back == f"{place}activity.csv?who=tests"
        assert client.get(back).headers["Content-Type"] == "text/csv; charset=utf-8"
