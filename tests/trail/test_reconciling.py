"""Counters, ledgers and assignments are held together; nothing is repaired silently."""

from io import StringIO

import pytest
import structlog
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from structlog.testing import capture_logs

from credentials import tasks
from credentials.models import Assignment, SeatPool
from tests.cast import BODY, Cast, seats
from tests.matrix.asking import checksum
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.db
UNUSED = "7 are shown as available, the ledger has 6."
USED = "1 are counted as used, 0 are assigned."


def run() -> tuple[int, str]:
    """Run the command; give its status and all it said."""
    out = StringIO()
    try:
        call_command("reconcile", stdout=out, stderr=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_what_agrees_is_said_to(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 6)
    assert run() == (0, "All seats and all money agree.\n")


def test_each_contradiction_is_reported_and_left(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats(cast.northside, cast.renewals, 6)
    pools = SeatPool.objects.filter(practice=cast.northside)
    pools.filter(product=cast.renewals).update(granted=F("granted") + 1)
    lakes = Assignment.objects.filter(practice=cast.lakeview)
    lakes.update(state=Assignment.State.UNDONE)
    before = checksum()
    status, said = run()
    assert status == 1
    assert said.splitlines() == [
        f"Lakeview, Membership: {USED}",
        f"Northside, Renewals: {UNUSED}",
    ]
    # One that was used before goes on writing where it wrote then.
    monkeypatch.setattr(tasks, "logger", structlog.get_logger())
    with capture_logs() as logs:
        tasks.reconcile()
    errors = [log for log in logs if log["log_level"] == "error"]
    assert [log["said"] for log in errors] == [USED, UNUSED]
    assert checksum() == before
    page = Page.of(open_session(client, cast.erin).get(f"/staff/{BODY}/jobs/"))
    assert UNUSED in page.text
    assert "2 pools of seats do not add up." in page.text
