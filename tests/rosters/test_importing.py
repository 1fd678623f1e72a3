"""A roster is checked and imported: all or nothing, or the good rows only."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Invitation, Member, RosterImport, Sponsorship
from accounts.services import check_roster, forget_rosters, roster_saving, start_import
from accounts.services.roster_saving import import_batch
from accounts.tasks import import_roster
from core.actor import Actor
from core.failures import NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from tests.cast import BODY, NOW, TODAY, Cast

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
NAMES = ["first_name", "last_name", "email", "role", "renewal_mode", "external_id"]
ALICE = Actor("Alice")


def today_in(program: str) -> date:
    """The day in the body's zone."""
    return TODAY


def people(count: int, mark: str = "") -> list[list[str]]:
    """Rows of so many people whom nobody knows."""
    return [
        [f"N{n}", "New", f"{mark}n{n}@mail.example", "Scribe", "auto", f"{mark}X{n}"]
        for n in range(count)
    ]


def check(cast: Cast, rows: Sequence[Sequence[str]]) -> RosterImport:
    """Check a file of these rows."""
    return check_roster(
        actor=ALICE,
        practice=cast.northside,
        program=BODY,
        name="roster.csv",
        rows=list(enumerate([NAMES, *rows], start=1)),
        renewals={},
        now=NOW,
    )


def run(
    roster: RosterImport, *, whole: bool = False, invite: bool = False
) -> RosterImport:
    """Import a checked file as the worker does."""
    start_import(actor=ALICE, roster=roster, whole=whole, invite=invite, now=NOW)
    import_roster(str(roster.pk))
    roster.refresh_from_db()
    return roster


def on_list(cast: Cast) -> int:
    """How many the practice stands for."""
    return Sponsorship.objects.of(cast.northside).open().count()


def counted(cast: Cast) -> tuple[int, int, int]:
    """How many are on the list, on the registry, and have mail waiting."""
    return on_list(cast), Member.objects.count(), OutboxMessage.objects.count()


def test_checking_ten_rows_two_of_them_bad_saves_nobody(cast: Cast) -> None:
    before = on_list(cast), Member.objects.count()
    rows = people(10)
    rows[3][2], rows[7][4] = "nobody", "sometimes"
    roster = check(cast, rows)
    assert (roster.row_count, roster.bad, roster.new) == (10, 2, 8)
    assert [(each["row"], each["column"]) for each in roster.problems] == [
        (5, "email"),
        (9, "renewal_mode"),
    ]
    assert (on_list(cast), Member.objects.count()) == before
    said = AuditEntry.objects.get(action="roster.checked").sentence
    assert said.endswith(". Rows: 10, with problems: 2")


def test_good_rows_only_leaves_the_bad_ones_to_be_mended(cast: Cast) -> None:
    before = on_list(cast)
    rows = [*people(3), ["", "", "x", "", "", ""]]
    roster = run(check(cast, rows))
    assert (roster.state, roster.added, roster.bad) == ("done", 3, 1)
    assert on_list(cast) == before + 3
    assert roster.rows == []
    assert [number for number, _ in roster.cells] == [1, 5]
    found = Sponsorship.objects.get(external_id="X1")
    assert (found.job_role, found.renewal_mode) == ("Scribe", "auto")
    assert found.from_on == TODAY
    assert found.member.user is None
    assert not Invitation.objects.exists()
    entry = AuditEntry.objects.get(action="roster.imported")
    assert (entry.practice_id, entry.actor) == (cast.northside.pk, "Alice")


def test_all_or_nothing_is_refused_while_a_row_is_bad(cast: Cast) -> None:
    roster = check(cast, [*people(1), ["", "", "x", "", "", ""]])
    with pytest.raises(NotUsable) as refusal:
        run(roster, whole=True)
    assert refusal.value.problems[0].field == "whole"


def test_all_or_nothing_saves_nobody_when_a_row_no_longer_fits(cast: Cast) -> None:
    roster = check(cast, people(3))
    start_import(actor=ALICE, roster=roster, whole=True, invite=True, now=NOW)
    cast.bob.sponsorships.update(external_id="x2")
    before = on_list(cast)
    import_roster(str(roster.pk))
    roster.refresh_from_db()
    assert (roster.state, roster.bad, roster.added) == ("failed", 1, 0)
    assert on_list(cast) == before
    assert not OutboxMessage.objects.filter(kind="invite").exists()


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    run(check(cast, people(3)))
    before = counted(cast)
    roster = check(cast, people(3))
    assert (roster.new, roster.changed, roster.bad) == (0, 0, 0)
    roster = run(roster, invite=True)
    assert (roster.state, roster.added, roster.updated) == ("done", 0, 0)
    assert (
        on_list(cast),
        Member.objects.count(),
        OutboxMessage.objects.count(),
    ) == before


def test_somebody_on_the_list_gets_role_and_mode_and_keeps_the_rest(cast: Cast) -> None:
    row = [cast.bob.first_name, "Other", cast.bob.email.upper(), "Lead", "auto", "B7"]
    roster = check(cast, [row])
    assert (roster.new, roster.changed) == (0, 1)
    assert [each["column"] for each in roster.notes] == ["last_name"]
    roster = run(roster)
    assert (roster.added, roster.updated) == (0, 1)
    held = cast.bob.sponsorships.get(until_on=None)
    assert (held.job_role, held.renewal_mode, held.external_id) == (
        "Lead",
        "auto",
        "B7",
    )
    assert Member.objects.get(pk=cast.bob.pk).last_name == cast.bob.last_name


def test_somebody_of_another_practice_is_answered_like_a_stranger(cast: Cast) -> None:
    """They get a record of this practice's own, and join by accepting alone."""
    theirs = cast.charlie
    rows = [
        ["Ann", "Else", theirs.email, "", "", ""],
        ["Ned", "New", "ned@mail.example", "", "", ""],
    ]
    roster = check(cast, rows)
    assert (roster.new, roster.problems, roster.notes) == (2, [], [])
    run(roster, invite=True)
    assert Member.objects.filter(email=theirs.email).count() == 2
    theirs.refresh_from_db()
    assert (theirs.first_name, theirs.sponsorships.count()) == ("Charlie", 1)
    mails = OutboxMessage.objects.filter(kind="invite").order_by("recipient")
    assert {each.recipient for each in mails} == {theirs.email, "ned@mail.example"}
    assert {frozenset(each.payload) for each in mails} == {
        frozenset({"practice", "name", "url", "date_text"})
    }


def test_whoever_was_invited_before_has_one_open_invitation(cast: Cast) -> None:
    roster = check(cast, people(1))
    Invitation.objects.create(
        practice=cast.northside, program=BODY, email="n0@mail.example",
        first_name="N", last_name="N", token_hash="x", created_at=NOW, expires_at=NOW,
    )  # fmt: skip
    run(roster, invite=True)
    open_now = Invitation.objects.get(accepted_at=None, replaced_at=None)
    assert open_now.member == Member.objects.get(email="n0@mail.example")


def test_one_import_runs_at_a_time(cast: Cast) -> None:
    first, second = check(cast, people(1)), None
    start_import(actor=ALICE, roster=first, whole=False, invite=False, now=NOW)
    second = check(cast, people(2))
    with pytest.raises(Stale, match="Another import is running"):
        run(second)
    with pytest.raises(Stale, match="started or replaced"):
        start_import(actor=ALICE, roster=first, whole=False, invite=False, now=NOW)
    import_roster(str(first.pk))
    assert run(second).added == 1


def test_a_newer_check_replaces_an_older_one(cast: Cast) -> None:
    first = check(cast, people(1))
    check(cast, people(2))
    first.refresh_from_db()
    assert (first.state, first.cells) == ("replaced", [])
    with pytest.raises(Stale):
        run(first)


def test_an_import_that_was_killed_goes_on_where_it_stood(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_saving, "BATCH", 2)
    roster = check(cast, people(5))
    start_import(actor=ALICE, roster=roster, whole=False, invite=False, now=NOW)
    before = on_list(cast)
    assert import_batch(roster_id=roster.pk, today_in=today_in, now=NOW)
    roster.refresh_from_db()
    assert (roster.done, roster.added, on_list(cast)) == (2, 2, before + 2)
    import_roster(str(roster.pk))
    roster.refresh_from_db()
    assert (roster.state, roster.done, on_list(cast)) == ("done", 5, before + 5)
    assert not import_batch(roster_id=roster.pk, today_in=today_in, now=NOW)
    assert not import_batch(roster_id=UUID(int=1), today_in=today_in, now=NOW)


def test_an_import_that_fails_on_our_side_ends_and_the_file_again_does_the_rest(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_saving, "BATCH", 2)
    roster = check(cast, people(4))
    start_import(actor=ALICE, roster=roster, whole=False, invite=False, now=NOW)
    assert import_batch(roster_id=roster.pk, today_in=today_in, now=NOW)
    with monkeypatch.context() as broken:
        broken.setattr(roster_saving, "_add", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            import_roster(str(roster.pk))
    roster.refresh_from_db()
    assert (roster.state, roster.done, roster.added) == ("failed", 2, 2)
    assert AuditEntry.objects.filter(action="roster.failed").count() == 1
    again = run(check(cast, people(4)))
    assert (again.state, again.added) == ("done", 2)


def test_a_batch_takes_no_more_statements_for_two_hundred_than_for_two(
    cast: Cast,
) -> None:
    counts = []
    for count in (2, 200):
        rows = [
            [*row[:2], f"{count}-{row[2]}", *row[3:5], f"{count}-{row[5]}"]
            for row in people(count)
        ]
        roster = check(cast, rows)
        start_import(actor=ALICE, roster=roster, whole=False, invite=True, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            import_batch(roster_id=roster.pk, today_in=today_in, now=NOW)
        counts.append(len(asked))
    # SQLite takes a few hundred rows at a time.
    assert counts[1] <= counts[0] + 10


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(10_000, marks=pytest.mark.drill)]
)
def test_thousands_of_rows_are_checked_and_imported_in_seconds(
    cast: Cast, count: int
) -> None:
    begun = time.monotonic()
    roster = check(cast, people(count))
    assert time.monotonic() - begun < 15
    assert run(roster).added == count


def test_what_nobody_came_back_to_is_emptied(cast: Cast) -> None:
    roster = check(cast, people(1))
    assert forget_rosters(before=NOW) == 0
    assert forget_rosters(before=NOW + timedelta(days=1)) == 1
    roster.refresh_from_db()
    assert (roster.cells, roster.rows) == ([], [])


def test_columns_can_be_chosen_and_have_to_be_chosen_once(cast: Cast) -> None:
    rows = [(1, ["a", "b", "c"]), (2, ["Nora", "New", "nora@mail.example"])]
    given: dict[str, Any] = {
        "actor": ALICE,
        "practice": cast.northside,
        "program": BODY,
        "name": "x",
    }
    given |= {"rows": rows, "renewals": {}, "now": NOW}
    assert check_roster(**given).columns == {}
    with pytest.raises(NotUsable, match="last name"):
        check_roster(**given, columns={"first_name": 0, "email": 2})
    with pytest.raises(NotUsable, match="chosen already"):
        check_roster(**given, columns={"first_name": 0, "last_name": 0, "email": 2})
    chosen = check_roster(
        **given, columns={"first_name": 0, "last_name": 1, "email": 2}
    )
    assert (chosen.new, chosen.bad) == (1, 0)
