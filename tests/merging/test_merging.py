"""What two accounts have is in one afterwards, and undoing puts it back exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from accounts.models import Duplicate, Member, Sponsorship, WebSession
from ce_credits.models import Activity, AuditCase, ProofAllowance
from certificates.models import Certificate
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from credentials.models import Certification, Window
from renewals.services.standing import record_standing
from tests.auditing.auditing import a_case
from tests.cast import BODY, NOW, TODAY, Cast, certify
from tests.ce.reporting import counts, decided, submitted
from tests.cycles import BODY as CYCLES
from tests.cycles import certify as earn
from tests.cycles import learn
from tests.db.breaking import refused
from tests.merging.merging import (
    GROUND,
    WHY,
    everything,
    figures,
    merged,
    proved,
    second_account,
    standing,
    undone,
)

pytestmark = pytest.mark.db


def test_what_counts_in_both_counts_in_one(cast: Cast) -> None:
    other = second_account()
    decided(submitted(cast.bob, 60), "accepted")
    decided(submitted(other, 45, title="Another webinar"), "accepted")
    both = counts(cast.bob) + counts(other)

    merged(cast, proved(cast.bob, other), cast.bob)

    assert counts(cast.bob) == both > 0
    assert counts(other) == 0
    assert not Activity.objects.filter(member=other).exists()


def test_undoing_puts_everything_back_as_it_was(cast: Cast) -> None:
    other = second_account()
    earn(other, "CPCS", date(2024, 5, 10))
    decided(submitted(cast.bob, 60), "accepted")
    decided(submitted(other, 45, title="Another webinar"), "accepted")
    row = proved(cast.bob, other)
    before = everything(cast.bob), everything(other)

    row = merged(cast, row, cast.bob)
    during = everything(cast.bob), everything(other)
    undone(cast, row)

    assert (everything(cast.bob), everything(other)) == before
    assert during != before
    both = len(before[0]["Activity"]) + len(before[1]["Activity"])
    assert len(during[0]["Activity"]) == both > 1
    other.refresh_from_db()
    assert other.user is not None
    assert other.user.is_active


def test_a_second_program_goes_along_with_its_cycle_and_certificates(
    cast: Cast,
) -> None:
    other = second_account()
    earn(other, "CPCS", date(2024, 5, 10))
    had = standing(other)
    papers = set(Certificate.objects.filter(member=other).values_list("pk", flat=True))

    merged(cast, proved(cast.bob, other), cast.bob)

    assert papers
    certificates = Certificate.objects.filter(member=cast.bob, program=CYCLES)
    assert set(certificates.values_list("pk", flat=True)) == papers
    assert Certification.objects.get(program=CYCLES).member == cast.bob
    assert [e for e in standing(cast.bob) if e["program"] == CYCLES] == had
    assert standing(other) == []


def test_what_both_report_alike_counts_once(cast: Cast) -> None:
    other = second_account()
    earn(cast.bob, "CPCS", date(2022, 5, 10))
    learn(cast, "approved_education", date(2023, 2, 14), 120, "Two hours")
    bob = cast.bob
    twin = replace(cast, bob=other)
    learn(twin, "approved_education", date(2023, 2, 14), 120, "Two hours")
    alone = figures(bob)

    merged(cast, proved(bob, other), bob)

    assert Activity.objects.filter(member=bob, program=CYCLES).count() == 2
    assert figures(bob) == alone


def test_the_account_that_is_given_up_may_be_the_one_that_reports(cast: Cast) -> None:
    other = second_account()
    decided(submitted(other, 60), "accepted")
    sponsored = set(cast.bob.sponsorships.values_list("pk", flat=True))
    paid = Window.objects.filter(member=cast.bob).count()

    row = merged(cast, proved(cast.bob, other), other)

    assert set(other.sponsorships.values_list("pk", flat=True)) == sponsored
    assert Window.objects.filter(member=other).count() == paid > 0
    undone(cast, row)
    assert set(cast.bob.sponsorships.values_list("pk", flat=True)) == sponsored


def test_the_closed_account_lets_nobody_in_and_forgets_its_sessions(cast: Cast) -> None:
    other = second_account()
    WebSession.objects.create(
        session_key="k" * 64,
        session_data="",
        expire_date=NOW + timedelta(days=1),
        user=other.user,
    )
    merged(cast, proved(cast.bob, other), cast.bob)
    held = other.user
    other.refresh_from_db()
    assert (other.user, other.joined_to) == (None, cast.bob)
    assert held is not None
    held.refresh_from_db()
    assert not held.is_active
    assert not WebSession.objects.filter(user=held).exists()


def _text(letter: OutboxMessage) -> str:
    return render_to_string(f"mail/{letter.kind}.txt", letter.payload)


def test_each_trail_has_one_entry_and_both_addresses_one_letter(cast: Cast) -> None:
    other = second_account()
    Sponsorship.objects.create(
        practice=cast.lakeview, member=other, program=CYCLES, from_on=TODAY
    )
    submitted(other)
    row = merged(cast, proved(cast.bob, other), cast.bob)
    entries = AuditEntry.objects.filter(action="accounts.merged")
    found = set(entries.values_list("program", "practice", "reason"))
    assert found == {
        (BODY, None, GROUND),
        (CYCLES, None, GROUND),
        (CYCLES, cast.lakeview.pk, GROUND),
    }
    assert entries.count() == 3
    letters = OutboxMessage.objects.filter(kind="accounts_merged")
    assert sorted(letters.values_list("recipient", flat=True)) == sorted(
        [cast.user("bob").email, "bob.second@mail.example"]
    )
    said = {row.recipient: _text(row) for row in letters}
    assert "This account is kept" in said[cast.user("bob").email]
    assert "sign in with your other address" in said["bob.second@mail.example"]
    undone(cast, row)
    assert AuditEntry.objects.filter(action="accounts.parted", reason=WHY).count() == 3
    assert OutboxMessage.objects.filter(kind="accounts_parted").count() == 2


def test_merging_and_undoing_twice_is_once(cast: Cast) -> None:
    other = second_account()
    row = proved(cast.bob, other)
    first = merged(cast, row, cast.bob)
    again = merged(cast, row, cast.bob)
    assert first.merged_at == again.merged_at
    undone(cast, row)
    undone(cast, row)
    assert AuditEntry.objects.filter(action="accounts.parted").count() == 1
    with pytest.raises(Stale):
        merged(cast, row, cast.bob)


def test_a_day_later_it_stands(cast: Cast) -> None:
    row = merged(cast, proved(cast.bob, second_account()), cast.bob)
    with pytest.raises(NotEligible, match="24 hours"):
        undone(cast, row, now=NOW + timedelta(hours=24))
    undone(cast, row, now=NOW + timedelta(hours=23, minutes=59))


def test_undoing_is_refused_where_something_new_hangs_on_it(cast: Cast) -> None:
    other = second_account()
    submitted(other)
    row = merged(cast, proved(cast.bob, other), cast.bob)
    made = certify(cast.bob, code="CMSS", nth=7)
    Certification.objects.filter(pk=made.pk).update(
        recorded_at=NOW + timedelta(minutes=1)
    )
    with pytest.raises(NotEligible, match="a credential since"):
        undone(cast, row)


def test_what_is_reported_after_the_merge_stays_where_it_is(cast: Cast) -> None:
    other = second_account()
    old = submitted(other)
    row = merged(cast, proved(cast.bob, other), cast.bob)
    new = submitted(cast.bob, title="Afterwards", now=NOW + timedelta(minutes=5))
    undone(cast, row)
    assert list(Activity.objects.filter(member=other)) == [old]
    new.refresh_from_db()
    assert new.member == cast.bob


def test_files_count_against_the_room_of_the_account_kept(cast: Cast) -> None:
    other = second_account()
    for member, files in ((cast.bob, 2), (other, 3)):
        ProofAllowance.objects.create(
            member=member, files=files, bytes=files, most_files=4, most_bytes=10
        )
        submitted(member)
    ProofAllowance.objects.filter(member=other).update(most_files=500)
    row = merged(cast, proved(cast.bob, other), cast.bob)
    assert ProofAllowance.objects.get(member=cast.bob).files == 5
    undone(cast, row)
    assert ProofAllowance.objects.get(member=cast.bob).files == 2
    assert ProofAllowance.objects.get(member=other).files == 3


def test_closed_audits_go_along(cast: Cast) -> None:
    other = second_account()
    case = a_case(other)
    AuditCase.objects.filter(pk=case.pk).update(
        closed_at=NOW, closed_on=TODAY, closed_by="tests"
    )
    merged(cast, proved(cast.bob, other), cast.bob)
    case.refresh_from_db()
    assert case.member == cast.bob


def test_nobody_merges_their_own(cast: Cast) -> None:
    other = second_account()
    Member.objects.filter(pk=other.pk).update(user=cast.mona)
    other.refresh_from_db()
    row = proved(cast.bob, other)
    with pytest.raises(NotEligible, match="own record"):
        merged(cast, row, other)


@pytest.mark.parametrize("ground", ["", "   ", "x" * 401])
def test_how_it_is_known_is_asked(cast: Cast, ground: str) -> None:
    row = proved(cast.bob, second_account())
    with pytest.raises(NotUsable) as refusal:
        merged(cast, row, cast.bob, ground=ground)
    assert refusal.value.problems[0].field == "ground"


def test_whose_a_frozen_row_is_changes_by_a_merge_alone(cast: Cast) -> None:
    other = second_account()
    windows = Window.objects.filter(member=cast.bob)
    assert windows.exists()
    refused(lambda: windows.update(member=other))
    row = merged(cast, proved(cast.bob, other), other)
    undone(cast, row)
    refused(lambda: Window.objects.filter(member=cast.bob).update(member=other))
    # Not to a third person either, while the merge stands.
    merged(cast, proved(cast.bob, other, now=NOW + timedelta(hours=1)), other)
    moved = Window.objects.filter(member=other)
    assert moved.exists()
    refused(lambda: moved.update(member=cast.charlie))


def test_of_two_merges_that_give_up_one_account_one_stands(cast: Cast) -> None:
    other = second_account()
    row = merged(cast, proved(cast.bob, other), cast.bob)
    copy = Duplicate.objects.get(pk=row.pk)
    copy.pk = None
    assert "given_up" in refused(lambda: copy.save(force_insert=True))


def test_each_body_is_reckoned_on_its_own_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = second_account()
    earn(other, "CPCS", date(2024, 5, 10))
    decided(submitted(other, 45, title="Another webinar"), "accepted")
    row = proved(cast.bob, other, program=CYCLES)
    asked: dict[str, date] = {}

    def spy(*, program: str, today: date, **rest: Any) -> None:  # noqa: ANN401
        asked[program] = today
        record_standing(program=program, today=today, **rest)

    monkeypatch.setattr("renewals.services.merging_holding.record_standing", spy)
    after_midnight_in_the_east = datetime(2025, 12, 11, 5, 30, tzinfo=UTC)
    merged(
        cast,
        row,
        cast.bob,
        today=date(2025, 12, 11),
        now=after_midnight_in_the_east,
    )
    assert asked == {BODY: date(2025, 12, 10), CYCLES: date(2025, 12, 11)}
