"""`verify_audit` names the first entry that does not fit, and ends with 0 or 1."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings

from core import verifying
from core.heads import read_heads, write_heads
from core.models import AuditEntry
from core.tasks import write_heads as nightly
from core.verifying import verify
from tests.cast import NOW, a_practice
from tests.trail import tampering
from tests.trail.entries import entry

pytestmark = [pytest.mark.db, pytest.mark.django_db]
PLACE = "house: entry 4 ("
CHANGED = "was changed, moved or put there without the key."
TAMPERED: list[tuple[Callable[[], None], str, str]] = [
    (tampering.edit, PLACE, CHANGED),
    (tampering.edit_a_value, PLACE, CHANGED),
    (tampering.leave_out, "house: entry 4 is missing.", ""),
    (tampering.leave_out_and_close, PLACE, CHANGED),
    (tampering.put_in, PLACE, CHANGED),
    (tampering.put_at_the_end, "house: entry 9 (", CHANGED),
    (tampering.swap, PLACE, CHANGED),
    (tampering.hash_again, PLACE, CHANGED),
    (tampering.use_another_key, PLACE, "marked with a key that is not known."),
    (tampering.cut_off, "house: cut off after entry 5; the database counts 8.", ""),
    (
        tampering.cut_off_with_the_head,
        "house: cut off after entry 5; 2025-11-17.json counts 8.",
        "",
    ),
    (
        tampering.cut_off_and_go_on,
        "house: entry 8 (",
        "is another than 2025-11-17.json tells.",
    ),
    (tampering.forget_the_end, "house: the row of its end is missing.", ""),
    (tampering.set_the_end_back, "house: entry 8 stands after the end, 7.", ""),
    (tampering.take_all, "house: all of its entries are missing.", ""),
]


@pytest.fixture
def heads(tmp_path: Path, settings: Settings) -> Path:
    """Eight entries of the house, three of a practice, and a folder for the heads."""
    settings.AUDIT_HEADS_PATH = tmp_path / "heads"
    practice = a_practice("New")
    for number in range(8):
        entry(f"Entry {number}", changes={"seats": (1, 2)})
    for _ in range(3):
        entry("Theirs", practice_id=practice.pk)
    return tmp_path / "heads"


@pytest.fixture(autouse=True)
def next_day() -> Iterator[None]:
    """Look at it on the day after."""
    with time_machine.travel(NOW + timedelta(days=1)):
        yield


def faults_in(heads: Path) -> tuple[str, ...]:
    """Say what is wrong with the files, on the day of the newest."""
    newest = max(place.stem for place in heads.glob("*.json"))
    return read_heads(heads, today=date.fromisoformat(newest)).faults


def run() -> tuple[int, str, str]:
    """Run the command; give its status and what it said, good and bad."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_what_nobody_touched_fits(heads: Path) -> None:
    status, out, err = run()
    assert (status, out) == (0, "11 entries in 2 chains fit.\n")
    assert "There are no heads" in err
    write_heads(folder=heads, now=NOW)
    entry("Written since")
    assert run() == (0, "12 entries in 2 chains fit.\n", "")


@pytest.mark.parametrize(
    ("tamper", "start", "end"), TAMPERED, ids=lambda each: getattr(each, "__name__", "")
)
def test_the_first_entry_that_does_not_fit_is_named(
    tamper: Callable[[], None], start: str, end: str, heads: Path
) -> None:
    write_heads(folder=heads, now=NOW)
    with tampering.superuser():
        tamper()
        status, out, err = run()
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(start)
    assert err.rstrip().endswith(end)


def test_the_chain_alone_does_not_miss_its_end(heads: Path) -> None:
    """Why there are heads outside: without them this would pass."""
    with tampering.superuser():
        tampering.cut_off_with_the_head()
        assert verify({}).faults == []


def test_a_day_has_one_file_that_is_never_written_again(heads: Path) -> None:
    place = write_heads(folder=heads, now=NOW)
    assert place == heads / "2025-11-17.json"
    assert place.stat().st_mode & 0o777 == 0o440
    before = place.read_text()
    entry("Written since")
    assert write_heads(folder=heads, now=NOW + timedelta(hours=5)) is None
    assert place.read_text() == before
    assert [each.name for each in heads.iterdir()] == [place.name]
    said = json.loads(before)
    assert said["chains"]["house"][0] == 8


def test_the_beat_and_a_command_write_it(heads: Path) -> None:
    nightly()
    assert len(list(heads.glob("*.json"))) == 1
    out = StringIO()
    call_command("audit_heads", stdout=out)
    assert "already" in out.getvalue()


def test_a_file_that_was_changed_or_taken_away_is_named(heads: Path) -> None:
    places = []
    for day in range(4):
        entry(f"Day {day}")
        places.append(write_heads(folder=heads, now=NOW + timedelta(days=day)))
    assert not faults_in(heads)
    first, second, third, _ = (place for place in places if place)
    second.chmod(0o600)
    second.write_text(second.read_text().replace('"house"', '"mouse"'))
    assert run()[0] == 1
    assert faults_in(heads)[0].startswith("2025-11-18.json was changed")
    second.unlink()
    assert faults_in(heads) == ("A file before 2025-11-19.json is missing or another.",)
    third.chmod(0o600)
    third.write_text("{")
    assert faults_in(heads)[0].startswith("2025-11-19.json was changed")
    first.rename(heads / "2025-11-10.json")
    assert faults_in(heads)[0].startswith("2025-11-10.json was changed")


def test_files_taken_away_at_either_end_are_named(heads: Path) -> None:
    first, _, last = (
        write_heads(folder=heads, now=NOW + timedelta(days=day)) for day in (-2, -1, 0)
    )
    assert run()[0] == 0
    assert last
    last.unlink()
    assert "There is no file of any day after 2025-11-16." in run()[2]
    assert first
    first.unlink()
    assert "A file before 2025-11-16.json is missing or another." in run()[2]


def test_heads_that_shrink_are_named(heads: Path) -> None:
    write_heads(folder=heads, now=NOW)
    with tampering.superuser():
        tampering.cut_off_with_the_head()
    write_heads(folder=heads, now=NOW + timedelta(days=1))
    assert faults_in(heads) == (
        "house has 8 entries in 2025-11-17.json and 5 in 2025-11-18.json.",
    )
    assert "cut off after entry 5; 2025-11-17.json counts 8" in run()[2]


def test_memory_does_not_grow_with_the_entries(
    heads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "CHUNK", 50)
    peaks = []
    verify({})
    for _ in range(2):
        for number in range(300):
            entry(f"Entry {number}")
        tracemalloc.start()
        assert not verify({}).faults
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert AuditEntry.objects.count() == 611
    # Three hundred more held at once would be some 600,000 bytes.
    assert peaks[1] - peaks[0] < 150_000
