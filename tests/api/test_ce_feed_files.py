"""A file of completions over REST: checked, taken in, its rows and those to mend."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Member
from ce_credits.models import Activity, FeedDelivery, FeedRow
from ce_credits.tasks import take_feed
from tests.api.asking import Caller, places, problem
from tests.api.certificants import chief, day, nora, nora_asks, reviewing
from tests.api.contract import Answer
from tests.feeds.feeding import an_item

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "ce-feed-deliveries"
# The columns stand in no order of ours.
HEAD = "minutes,completed_on,activity_code,certification_no\n"


@pytest.fixture
def lines(nora: Member) -> str:
    """A good row, the same again, and one that names nobody."""
    an_item()
    number = nora.certifications.get().number
    good = f"60,2025-10-02,ETH-1,{number}\n"
    return f"{HEAD}{good}{good}\n60,2025-10-02,ETH-1,CPCS-0\n"


def send(caller: Caller, text: str, key: str = "k" * 8, **fields: str) -> Answer:
    """Send a file as a form."""
    file = SimpleUploadedFile("completions.csv", text.encode(), "text/csv")
    return caller.client.post(
        f"{caller.base}/{PLACE}",
        {"file": file, "sender": "The academy"} | fields,
        headers={"Idempotency-Key": key, **caller.headers},
    )


def mended(caller: Caller, delivery: str) -> list[str]:
    """The lines of the file of what has to be mended."""
    answer = caller.client.get(f"{caller.base}/{PLACE}/{delivery}/bad-rows.csv")
    pieces = getattr(answer, "streaming_content")  # noqa: B009
    return b"".join(pieces).decode().splitlines()


def test_a_dry_run_takes_nothing_and_names_each_row(
    reviewing: Caller, lines: str
) -> None:
    answer = send(reviewing, lines, dry_run="true")
    told = answer.json()
    assert (answer.status_code, told["rows"], told["repeated"]) == (201, 3, 1)
    (wrong,) = told["problems"]
    assert (wrong["row"], wrong["column"]) == (5, "certification_no")
    assert not FeedRow.objects.exists()
    content = mended(reviewing, told["id"])
    assert len(content) == 2
    assert "CPCS-0" in content[1]
    done = reviewing.post(f"{PLACE}/{told['id']}", {})
    assert done.status_code == 202
    again = reviewing.post(f"{PLACE}/{told['id']}", {})
    problem(again, 409, "stale-version")


def test_a_file_is_taken_in_once_and_its_rows_are_told(
    reviewing: Caller, lines: str
) -> None:
    told = send(reviewing, lines).json()
    send(reviewing, lines)
    send(reviewing, lines, key="m" * 8)
    take_feed()
    assert Activity.objects.filter(title="Ethics for all").count() == 1
    assert FeedDelivery.objects.count() == 2
    now = reviewing.get(f"{PLACE}/{told['id']}").json()
    assert (now["taken"], now["unmatched"], now["waiting"]) == (1, 1, 0)
    rows = reviewing.get(f"{PLACE}/{told['id']}/rows").json()["results"]
    assert {row["status"] for row in rows} == {"taken", "unmatched"}
    assert "No credential of the body" in mended(reviewing, told["id"])[1]
    assert reviewing.get(PLACE).json()["count"] == 2


def test_a_file_without_a_column_is_refused_by_name(
    reviewing: Caller, lines: str
) -> None:
    wrong = send(reviewing, lines.replace("completed_on", "day"))
    said = problem(wrong, 422, "validation-error")
    assert places(said) == ["/file"]
    assert not FeedDelivery.objects.exists()
