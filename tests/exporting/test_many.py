"""Five thousand people: all of them are in the file, and no more of them in memory."""

import tracemalloc
from pathlib import Path

import pytest

from accounts.models import Member, Practice, Sponsorship
from core.extracts import FORMATS, write_table
from core.scope import Scope, scoped
from portal.queries.export_kinds import BY_CODE
from portal.queries.exports import table_of
from tests.cast import BODY, TODAY, a_practice
from tests.database import WEB, working_as

pytestmark = [pytest.mark.db, pytest.mark.django_db]
EVERYBODY, MANY, FEW = 5_000, 2_000, 500
SMALL = 700_000


def crowded(name: str, many: int) -> Practice:
    """A practice of so many people."""
    practice = a_practice(name)
    members = Member.objects.bulk_create(
        Member(first_name=f"Pat{n}", last_name="Many", email=f"{name}{n}@mail.example")
        for n in range(many)
    )
    Sponsorship.objects.bulk_create(
        Sponsorship(practice=practice, member=each, program=BODY, from_on=TODAY)
        for each in members
    )
    return practice


def written(practice: Practice, path: Path, ending: str) -> int:
    """Write everybody; give how many."""
    scope = Scope.practice(practice.pk)
    with path.open("w+b") as file, working_as(WEB):
        with scoped(scope):
            table = table_of(practice, BY_CODE["people"], BODY, {}, TODAY)
        return write_table(table, file, scope, ending=ending, title="People")


def grown(practice: Practice, path: Path, ending: str) -> int:
    """Give by how many bytes the memory grew while everybody was written."""
    tracemalloc.start()
    written(practice, path, ending)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_five_thousand_people_are_all_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    assert written(crowded("huge", EVERYBODY), path, "csv") == EVERYBODY
    assert path.read_bytes().count(b"\n") == EVERYBODY + 1


def test_more_people_take_no_more_memory(tmp_path: Path) -> None:
    large, small = crowded("large", MANY), crowded("small", FEW)
    for ending in FORMATS:
        # What is read for the first time is kept for all times.
        written(small, tmp_path / "warm", ending)
        least = grown(small, tmp_path / "small", ending)
        assert grown(large, tmp_path / "large", ending) < least + SMALL, ending
