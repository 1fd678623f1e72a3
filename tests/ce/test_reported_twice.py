"""What a reviewer is shown of a report: twice, with a known file, another length."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.queries import (
    Twins,
    credits_by_member,
    duplicates_of,
    marked,
    same_files,
    twins,
)
from ce_credits.rules import Told
from ce_credits.services import save_draft, submit, withdraw
from tests.cast import BODY, NOW, OTHER_BODY, TODAY, Cast, a_proof
from tests.ce.reporting import (
    DONE,
    a_draft,
    a_report,
    counts,
    decided,
    holder,
    submitted,
)

pytestmark = pytest.mark.db


def alike(
    member: Member, title: str, minutes: int | None = None, on: date | None = DONE
) -> list[tuple[Activity, str]]:
    """What the member reported that may be the same, and by what."""
    told = Told(title, on, minutes)
    found = duplicates_of(member_id=member.pk, program=BODY, told=told)
    return [(each.activity, each.likeness) for each in found]


def marks(activity: Activity) -> set[str]:
    """What one activity is marked with."""
    row = marked(Activity.objects.filter(pk=activity.pk)).get()
    names = ("same_file", "for_staff", "differs", "again")
    return {name for name in names if getattr(row, name)}


@pytest.mark.parametrize(
    "title",
    [
        "Webinar",
        "WEBINAR",
        "  Web inar ",
        "\N{FULLWIDTH LATIN CAPITAL LETTER W}ebinar",
        "web\N{NO-BREAK SPACE}inar",
    ],
)
def test_case_and_spaces_make_no_other_title(cast: Cast, title: str) -> None:
    first = submitted(cast.bob)
    assert alike(cast.bob, title) == [(first, "title")]
    second = submitted(cast.bob, title=title)
    found = twins(BODY, [cast.bob.pk])
    assert found.hours == {}
    assert found.titles == {first.pk: {second.pk}, second.pk: {first.pk}}


def test_another_title_day_or_member_is_no_duplicate(cast: Cast) -> None:
    submitted(cast.bob)
    submitted(cast.bob, 50, title="Webinar 2")
    submitted(cast.bob, on=DONE + timedelta(days=1))
    submitted(cast.charlie)
    assert twins(BODY, [cast.bob.pk, cast.charlie.pk]) == Twins({}, {})
    assert len(alike(cast.bob, "Webinar")) == 1


def test_as_many_minutes_of_a_day_may_be_the_same_hour(cast: Cast) -> None:
    first = submitted(cast.bob)
    assert alike(cast.bob, "Seminar", 45) == [(first, "hour")]
    assert alike(cast.bob, "Seminar", 46) == alike(cast.bob, "Seminar") == []
    assert alike(cast.bob, "Seminar", 45, on=None) == []
    second = submitted(cast.bob, title="Seminar", kind="call")
    assert twins(BODY, [cast.bob.pk]) == Twins(
        {}, {first.pk: frozenset({second.pk}), second.pk: frozenset({first.pk})}
    )


def test_the_sessions_of_one_conference_are_not_each_the_same_hour(cast: Cast) -> None:
    titles = ("Pain and opioids", "Stroke update", "Sleep in the elderly")
    rows = [submitted(cast.bob, title=each) for each in titles]
    assert twins(BODY, [cast.bob.pk]) == Twins({}, {})
    assert alike(cast.bob, "Lunch talk", 45) == []
    # One of them in other words, or again, is told; so are two of another length.
    assert alike(cast.bob, "Update on stroke", 45) == [(rows[1], "hour")]
    assert alike(cast.bob, "stroke update", 45)[0] == (rows[1], "title")
    first, second = (submitted(cast.bob, 30, title=each) for each in ("Gout", "Asthma"))
    hours = twins(BODY, [cast.bob.pk]).hours
    assert hours == {first.pk: {second.pk}, second.pk: {first.pk}}


def test_two_providers_gave_two_hours(cast: Cast) -> None:
    submitted(cast.bob, title="Gout", provider="Northside")
    second = submitted(cast.bob, title="Asthma", provider="Tufts")
    assert twins(BODY, [cast.bob.pk]) == Twins({}, {})
    told = Told("Asthma and allergy", DONE, 45, "Tufts University")
    found = duplicates_of(member_id=cast.bob.pk, program=BODY, told=told)
    assert [(each.activity, each.likeness) for each in found] == [(second, "hour")]


def test_the_same_title_is_told_before_the_same_hour(cast: Cast) -> None:
    first = submitted(cast.bob)
    second = submitted(cast.bob, title="Seminar")
    assert alike(cast.bob, "seminar", 45) == [(second, "title"), (first, "hour")]


def test_an_activity_is_no_duplicate_of_itself(cast: Cast) -> None:
    first = submitted(cast.bob)
    found = duplicates_of(
        member_id=cast.bob.pk,
        program=BODY,
        told=Told("Webinar", DONE, 45),
        besides=first.pk,
    )
    assert found == []


def test_what_was_withdrawn_or_not_accepted_stands_in_nobodys_way(cast: Cast) -> None:
    gone, refused = submitted(cast.bob), submitted(cast.bob)
    withdraw(actor=holder(cast.bob), activity=gone, seen=1, today=TODAY, now=NOW)
    decided(refused, "rejected")
    a_draft(cast.bob)
    assert alike(cast.bob, "Webinar", 45) == []
    assert twins(BODY, [cast.bob.pk]) == Twins({}, {})


def test_twins_read_one_statement_however_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        submitted(cast.bob)
    with django_assert_num_queries(1):
        members = Activity.objects.values_list("member", flat=True)
        assert len(twins(BODY, members).titles) == 3


def test_the_same_file_is_marked_whoever_sent_it(cast: Cast) -> None:
    first = submitted(cast.bob, file={"content": "one"})
    second = submitted(cast.charlie, file={"content": "one"})
    alone = submitted(cast.bob, title="Other")
    assert marks(first) == marks(second) == {"same_file"}
    assert marks(alone) == set()
    (found,) = same_files(first)
    assert found.activity == second
    assert found.proof_id == first.proofs.get().pk


def test_a_file_of_a_draft_or_of_another_body_marks_nothing(cast: Cast) -> None:
    first = submitted(cast.bob, file={"content": "one"})
    a_draft(cast.charlie, content="one")
    other = submitted(cast.charlie, title="Elsewhere", file={"content": "one"})
    Activity.objects.filter(pk=other.pk).update(program=OTHER_BODY)
    assert marks(first) == set()
    assert same_files(first) == []


def test_a_file_that_was_taken_away_marks_nothing(cast: Cast) -> None:
    first = submitted(cast.bob, file={"content": "one"})
    second = submitted(cast.charlie, file={"content": "one"})
    second.proofs.update(removed_at=NOW)
    assert marks(first) == marks(second) == set()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, set()),
        ({"title": "Something else"}, set()),
        ({"minutes": 45, "on": "2025-10-02"}, set()),
        ({"minutes": 50}, {"differs"}),
        ({"on": "2025-10-03"}, {"differs"}),
        ({"minutes": None, "on": None}, set()),
        ({"minutes": "junk", "on": "2025-10-02"}, {"differs"}),
    ],
)
def test_a_file_that_says_otherwise_is_marked(
    cast: Cast, said: dict[str, object], found: set[str]
) -> None:
    activity = submitted(cast.bob, file={"said": said})
    assert marks(activity) == found


def test_what_the_rules_leave_to_staff_is_marked_a6(cast: Cast) -> None:
    activity = submitted(cast.bob, 121)
    assert marks(activity) == {"for_staff"}


def test_what_was_sent_again_is_marked(cast: Cast) -> None:
    activity = submitted(cast.bob)
    decided(activity, "returned")
    assert marks(activity) == set()
    again(activity, DONE)
    assert marks(activity) == {"again"}


def again(activity: Activity, on: date) -> None:
    """Let the holder send an activity once more."""
    actor = holder(activity.member)
    save_draft(
        actor=actor,
        activity=activity,
        typed={"title": "Webinar"},
        seen_saves=0,
        now=NOW,
    )
    a_proof(activity)
    submit(
        actor=actor,
        activity=activity,
        seen=activity.version,
        report=a_report(on=on),
        today=TODAY,
        now=NOW,
    )


def test_an_activity_that_moves_to_an_earlier_day_counts_once(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob)
    decided(activity, "returned")
    again(activity, DONE - timedelta(days=30))
    assert counts(cast.bob) == before + 1
    found = credits_by_member([cast.bob.pk], BODY)[cast.bob.pk]
    assert {each.on for each in found if each.counts_as_of(TODAY)} == {
        date(2025, 5, 5),
        DONE - timedelta(days=30),
    }
