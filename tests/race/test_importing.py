"""Several import at one moment: one import runs, and each person is added once."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from accounts.models import Member, RosterImport, Sponsorship
from accounts.tasks import import_roster
from core.models import AuditEntry
from tests.cast import Cast
from tests.race.hands import Hand, at_once, send_all, statuses
from tests.rosters.waiting import a_roster

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
Browsers = Callable[[str, int], list[Client]]
PRESS = {"do": "import", "whole": "0", "invite": "on"}
COUNT = 40


def a_checked_roster(cast: Cast, mark: str) -> RosterImport:
    """A checked file of people nobody knows."""
    blank = dict.fromkeys(("role", "renewal_mode", "renewal_date", "external_id"), "")
    names = {"first_name": "Nora", "last_name": "New"}
    rows = [
        [n, {**names, "email": f"{mark}{n}@mail.example", **blank}]
        for n in range(2, COUNT + 2)
    ]
    return a_roster(cast.northside, rows=rows, new=COUNT, row_count=COUNT)


def test_of_two_files_started_at_once_one_is_imported(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    rosters = [a_checked_roster(cast, mark) for mark in "ab"]
    hands = [
        Hand(client, f"/p/northside/members/import/{rosters[n % 2].pk}/", PRESS)
        for n, client in enumerate(browsers("alice", 6))
    ]
    answers = send_all(server, hands)
    assert set(statuses(answers)) == {302}
    states = RosterImport.objects.values_list("state", flat=True)
    assert sorted(states) == ["checked", "importing"]
    assert AuditEntry.objects.filter(action="roster.started").count() == 1


def test_two_workers_at_one_roster_add_each_person_once(cast: Cast) -> None:
    roster = a_checked_roster(cast, "a")
    RosterImport.objects.filter(pk=roster.pk).update(state="importing", invite=True)
    before = Sponsorship.objects.count()
    at_once([partial(import_roster, str(roster.pk)) for _ in range(4)])
    roster.refresh_from_db()
    assert (roster.state, roster.added, roster.done) == ("done", COUNT, COUNT)
    assert Sponsorship.objects.count() == before + COUNT
    assert Member.objects.filter(last_name="New").count() == COUNT
    assert AuditEntry.objects.filter(action="roster.imported").count() == 1
