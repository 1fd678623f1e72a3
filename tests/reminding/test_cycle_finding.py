"""Who is told of a day of their cycle: the stored standing decides, as the rules do."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from core.models import OutboxMessage
from credentials.models import Certification, StandingPeriod
from credentials.policy import Policy, policy_for
from notifications.models import Subscription
from renewals.queries import rounds_of
from renewals.rules import StandingFact
from renewals.rules.cycles import (
    Application,
    ApplicationKind,
    Earned,
    Facts,
    history,
)
from renewals.rules.cycles.facts import Outcome
from renewals.services import tell_cycles
from tests.cast import NOW, TODAY, Cast, a_user
from tests.cycles import BODY, noon
from tests.db.decree_rows import rows_of_decrees
from tests.portal.statements import AROUND
from tests.reminding.cycles import KINDS, PASSED, holder, newest, stands, told
from tests.reminding.people import moved

pytestmark = pytest.mark.db
SEVEN = date(2025, 11, 24)
DUE = (date(2025, 8, 1), "due")
LAST = date(2025, 12, 1)


def tell(day: date = SEVEN) -> int:
    """Let a day pass in the body."""
    return tell_cycles(program=BODY, today=day, now=noon(day))


def test_who_is_recertified_or_under_review_is_not_told(quiet: Cast) -> None:
    done, waits = holder("Nora Nolan"), holder("Olga Ortiz")
    stands(done, DUE, (date(2025, 9, 1), "good"), (date(2028, 8, 1), "due"))
    stands(waits, DUE, (date(2025, 9, 1), "under_review"))
    for day in (SEVEN, date(2025, 12, 2), date(2026, 1, 1), date(2026, 5, 31)):
        assert tell(day) == 0


def test_who_is_extended_is_told_of_the_extensions_end(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    extended = (date(2025, 12, 2), "extended")
    stands(member, DUE, extended, (date(2026, 6, 2), "lapsed"))
    for day in (SEVEN, date(2025, 12, 2), date(2026, 1, 1)):
        assert tell(day) == 0
    for day in (date(2026, 5, 25), date(2026, 6, 1), date(2026, 6, 2)):
        tell(day)
    assert told(member) == ["seven_days 2026-06-01", "lapsed 2025-12-01"]


def test_who_was_given_time_by_decree_is_told_of_their_own_end(quiet: Cast) -> None:
    asked, given = holder("Nora Nolan"), holder("Olga Ortiz")
    extended = (date(2025, 12, 2), "extended")
    stands(asked, DUE, extended, (date(2026, 6, 2), "lapsed"))
    stands(given, DUE, extended, (date(2026, 3, 3), "lapsed"))
    line = rows_of_decrees(given, BODY, LAST, date(2026, 3, 2))
    assert (line.cycle_last_on, line.until_on) == (LAST, date(2026, 3, 2))
    for day in (SEVEN, date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 3)):
        tell(day)
    tell(date(2026, 5, 25))
    assert told(given)[:2] == ["seven_days 2026-03-02", "lapsed 2025-12-01"]
    assert [key for key in told(asked) if "2026-03-02" in key] == []
    assert "seven_days 2026-06-01" in told(asked)
    assert "seven_days 2026-06-01" not in told(given)


def test_an_older_recording_tells_nobody_anything(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    stands(member, (date(2025, 8, 1), "good"))
    assert tell() == 0
    stands(member, DUE)
    assert tell() == 1


def test_the_second_credential_of_a_cycle_is_told_of_with_the_first(
    quiet: Cast,
) -> None:
    member = holder("Nora Nolan", "CPCS", "CPMSM")
    assert StandingPeriod.objects.filter(member=member, recording=2).exists()
    assert tell() == 1
    assert told(member) == ["seven_days 2025-12-01"]


def test_another_bodys_people_are_not_told(quiet: Cast) -> None:
    StandingPeriod.objects.create(
        member=holder("Nora Nolan", on=date(2024, 1, 1)),
        program="another",
        from_on=DUE[0],
        standing="due",
        policy="another@2025-01-01",
        recorded_at=NOW,
        recording=1,
    )
    assert tell() == 0


def test_somebody_without_an_address_is_told_where_they_sign_in(quiet: Cast) -> None:
    user = a_user("Nora Nolan")
    member, lost = holder("Nora Nolan", user=user), holder("Olga Ortiz")
    Member.objects.filter(pk__in=[member.pk, lost.pk]).update(email="")
    assert tell() == 1
    assert OutboxMessage.objects.get(kind__in=KINDS).recipient == user.email


def test_a_record_that_gave_way_to_another_is_nobody_to_tell(quiet: Cast) -> None:
    member, kept = holder("Nora Nolan"), holder("Nora Neu", on=date(2024, 1, 1))
    Member.objects.filter(pk=member.pk).update(joined_to=kept)
    assert tell() == 0


def test_whose_address_changes_is_not_told_again(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    tell()
    moved(member)
    assert tell(date(2025, 11, 25)) == 0


@pytest.mark.parametrize("state", ["void", "dead"])
def test_what_reached_nobody_is_made_good_at_another_address(
    quiet: Cast, state: str
) -> None:
    member = holder("Nora Nolan")
    tell()
    OutboxMessage.objects.update(state=state)
    moved(member)
    assert tell(date(2025, 11, 25)) == 1
    assert newest(member).recipient == member.email


def test_what_was_dropped_waits_anew_where_it_is_true_again(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    tell()
    OutboxMessage.objects.update(state="void", attempts=1)
    assert tell() == 1
    assert (newest(member).state, newest(member).attempts) == ("waiting", 0)


def test_who_ended_the_reminders_is_told_only_of_what_is_no_courtesy(
    quiet: Cast,
) -> None:
    user = a_user("Nora Nolan")
    member = holder("Nora Nolan", user=user)
    Subscription.objects.create(
        user=user, kind="reminders", on=False, from_on=TODAY, changed_at=NOW
    )
    assert tell() == 0
    assert tell(date(2025, 12, 2)) == 1
    assert told(member) == ["late 2025-12-01"]
    Subscription.objects.update(on=True)
    assert tell() == 1


def crowd(size: int) -> None:
    """So many holders whose cycle ends Dec 1, 2025, with their standing on record."""
    people = Member.objects.bulk_create(
        Member(first_name="Pat", last_name=str(n), email=f"pat{n}@mail.example")
        for n in range(size)
    )
    Certification.objects.bulk_create(
        Certification(
            member=each,
            program=BODY,
            code="CPCS",
            number=f"CPCS-{each.last_name}",
            earned_on=PASSED,
            proof="Seen",
            recorded_by="Test",
            recorded_at=NOW,
        )
        for each in people
    )
    StandingPeriod.objects.bulk_create(
        StandingPeriod(
            member=each,
            program=BODY,
            from_on=fact.from_on,
            standing=fact.standing,
            policy="namss@2025-01-01",
            recorded_at=NOW,
            recording=1,
        )
        for each in people
        for fact in history(_policy, _facts()).timeline()
    )


def _policy(on: date) -> Policy:
    return policy_for(BODY, on=on)


def _facts(*applications: Application) -> Facts:
    return Facts((Earned("CPCS", PASSED),), applications)


@pytest.mark.parametrize("size", [10, 1_000])
def test_the_statements_are_as_many_for_few_as_for_many(quiet: Cast, size: int) -> None:
    crowd(size)
    with CaptureQueriesContext(connection) as captured:
        assert tell() == size
    sent = [query["sql"] for query in captured.captured_queries]
    sent = [sql for sql in sent if not sql.startswith(AROUND)]
    # What is decreed is asked first.
    assert len(sent) == 2 + (connection.vendor == "postgresql")
    assert sent[-1].startswith("INSERT INTO")


KINDS_APPLIED: tuple[ApplicationKind, ...] = (
    "extension",
    "recertification",
    "reinstatement",
)
OUTCOMES: tuple[Outcome, ...] = ("open", "refused", "refused", "approved")


def drawn(seed: int) -> Facts:
    """What somebody applied for, and what became of it: at random, but the same."""
    dice = random.Random(seed)  # noqa: S311  (dice, not secrets)
    applications: list[Application] = []
    on = date(2025, 8, 1) + timedelta(days=dice.randrange(150))
    for kind in KINDS_APPLIED:
        if dice.random() < 0.6:
            decided = on + timedelta(days=dice.randrange(120))
            outcome = dice.choice(OUTCOMES)
            after = None if outcome == "open" else decided
            applications.append(Application(kind, on, outcome, after))
            on = decided + timedelta(days=dice.randrange(60))
    return _facts(*applications)


def test_the_database_finds_whom_the_rules_would_find(quiet: Cast) -> None:
    lives: dict[UUID, tuple[StandingFact, ...]] = {}
    for seed in range(60):
        member = holder(f"Pat Number{seed}")
        lives[member.pk] = history(_policy, drawn(seed)).timeline()
        facts = [(each.from_on, each.standing) for each in lives[member.pk][1:]]
        stands(member, *facts)
    reached: set[str] = set()
    for days in range(0, 340, 3):
        day = date(2025, 7, 30) + timedelta(days=days)
        OutboxMessage.objects.all().delete()
        tell(day)
        rows = OutboxMessage.objects.values_list("payload", flat=True)
        found = {(UUID(each["member"]), str(each["key"])) for each in rows}
        want = {
            (member, f"{BODY} {each.key}")
            for member, timeline in lives.items()
            for each in rounds_of(BODY, day)
            if each.meets(timeline, day)
        }
        assert found == want, day
        reached |= {key for _, key in want}
    assert len(reached) == 10
