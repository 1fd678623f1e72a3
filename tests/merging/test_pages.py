"""The pages: reporting, proving, comparing, merging, refusing, undoing."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Duplicate, Member
from accounts.services.reporting_duplicates import signed_duplicate
from ce_credits.models import AuditCase
from certificates.models import Badge
from core.models import OutboxMessage
from credentials.models import Assignment, Certification, LeftOut, Window
from renewals.models import RenewalAttempt
from tests.auditing.auditing import a_case
from tests.cast import BODY, NOW, OTHER_BODY, TODAY, Cast, a_member, a_user
from tests.cycles import BODY as CYCLES
from tests.cycles import certify as earn
from tests.db.seat_rows import rows_of_lowering
from tests.merging.merging import (
    GROUND,
    WHY,
    everything,
    proved,
    reported,
    second_account,
)

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
HERE = "/me/duplicate/"


@pytest.fixture
def other(cast: Cast) -> Member:
    """Bob's second account."""
    return second_account()


def _one(row: Duplicate, program: str = BODY) -> str:
    place = {"program": program, "duplicate_id": row.pk}
    return reverse("staff_duplicate", kwargs=place)


def test_the_answer_is_the_same_whoever_has_the_address(
    bob: Client, cast: Cast, other: Member
) -> None:
    said = set()
    for email in ("bob.second@mail.example", "nobody@mail.example"):
        answer = bob.post(HERE, {"email": email, "program": BODY}, follow=True)
        assert answer.status_code == 200
        said.add(answer.content.decode().replace(email, "").count("link"))
    assert len(said) == 1
    assert OutboxMessage.objects.filter(kind="account_proof").count() == 2


def test_a_wrong_address_is_said_at_its_field(bob: Client) -> None:
    answer = bob.post(HERE, {"email": "bob", "program": BODY})
    assert answer.status_code == 422
    assert b"Enter an address such as" in answer.content


def test_another_body_than_ones_own_is_refused(bob: Client) -> None:
    answer = bob.post(HERE, {"email": "a@mail.example", "program": OTHER_BODY})
    assert answer.status_code == 422


def test_the_link_asks_first_and_then_proves(
    bob: Client, charlie: Client, cast: Cast, other: Member
) -> None:
    row = reported(cast.bob, other)
    link = f"{HERE}{signed_duplicate(duplicate_id=row.pk)}/"
    assert b"Is this account yours too?" in bob.get(link).content
    row.refresh_from_db()
    assert row.state == "asked"
    assert charlie.get(link).status_code == 404
    assert charlie.post(link).status_code == 404
    assert bob.post(link).status_code == 302
    row.refresh_from_db()
    assert row.other == other
    assert b"compare the two" in bob.get(HERE).content
    assert bob.get(f"{HERE}nonsense/").status_code == 404


def test_staff_compare_merge_and_undo(mona: Client, cast: Cast, other: Member) -> None:
    row = proved(cast.bob, other)
    listed = mona.get(reverse("staff_duplicates", kwargs={"program": BODY}))
    assert b"1 report waits." in listed.content
    page = mona.get(_one(row)).content.decode()
    assert "bob.second@mail.example" in page
    assert "Merge the two accounts" in page
    turned = mona.get(f"{_one(row)}?keep={other.pk}").content.decode()
    assert turned.index("bob.second@mail.example") < turned.index("given up")

    asked = {"act": "merge", "keep": str(cast.bob.pk)}
    assert mona.post(_one(row), asked).status_code == 422
    assert mona.post(_one(row), asked | {"ground": GROUND}).status_code == 302
    page = mona.get(_one(row)).content.decode()
    assert "Undo the merge" in page
    assert GROUND in page
    answer = mona.post(_one(row), {"act": "undo", "reason": WHY})
    assert answer.status_code == 302
    assert WHY in mona.get(_one(row)).content.decode()


def test_staff_leave_two_people_as_they_are(
    mona: Client, bob: Client, cast: Cast, other: Member
) -> None:
    Member.objects.filter(pk=other.pk).update(first_name="Eve", last_name="Evans")
    row = proved(cast.bob, other)
    page = mona.get(_one(row)).content.decode()
    assert "share neither name" in page
    assert "Merge the two accounts" not in page
    forced = {"act": "merge", "keep": str(cast.bob.pk), "ground": GROUND}
    answer = mona.post(_one(row), forced)
    assert answer.status_code == 409
    assert b"share neither name" in answer.content
    assert mona.post(_one(row), {"act": "refuse", "reason": WHY}).status_code == 302
    assert WHY in bob.get(HERE).content.decode()
    assert OutboxMessage.objects.filter(kind="accounts_not_merged").count() == 1


def test_staff_read_what_became_of_reports_of_who_stands_with_no_body(
    mona: Client, other: Member
) -> None:
    third = a_member("Bob Baker", None, user=a_user("Bob Three"))
    row = proved(other, third)
    answer = mona.post(_one(row), {"act": "refuse", "reason": WHY}, follow=True)
    assert answer.status_code == 200
    assert WHY in answer.content.decode()
    place = reverse("staff_duplicates", kwargs={"program": BODY})
    assert "Not merged" in mona.get(place).content.decode()
    row = proved(other, third, now=NOW + timedelta(minutes=1))
    sent = {"act": "merge", "keep": str(third.pk), "ground": GROUND}
    mona.post(_one(row), sent)
    answer = mona.post(_one(row), {"act": "undo", "reason": WHY}, follow=True)
    assert WHY in answer.content.decode()


def test_the_account_kept_reads_of_it_whichever_reported(
    mona: Client, bob: Client, cast: Cast, other: Member
) -> None:
    row = proved(other, cast.bob)
    sent = {"act": "merge", "keep": str(cast.bob.pk), "ground": GROUND}
    assert mona.post(_one(row), sent).status_code == 302
    assert "Your two accounts are one now" in bob.get(HERE).content.decode()
    mona.post(_one(row), {"act": "undo", "reason": WHY})
    assert WHY in bob.get(HERE).content.decode()


@pytest.mark.parametrize("keep", ["", "x", "00000000-0000-0000-0000-000000000001"])
def test_what_is_neither_of_the_two_is_not_kept(
    mona: Client, cast: Cast, other: Member, keep: str
) -> None:
    row = proved(cast.bob, other)
    sent = {"act": "merge", "keep": keep, "ground": GROUND}
    assert mona.post(_one(row), sent).status_code in {302, 404, 422}
    assert mona.post(_one(row), {"act": "nonsense"}).status_code == 404


def test_another_bodys_staff_and_reviewers_do_not_merge(
    erin: Client, rita: Client, mona: Client, cast: Cast, other: Member
) -> None:
    row = proved(cast.bob, other)
    asked = reported(cast.charlie, other)
    assert erin.get(_one(row)).status_code == 403
    assert rita.get(_one(row)).status_code == 404
    assert mona.get(_one(row, CYCLES)).status_code == 404
    # What nobody proved yet is not staff's to read.
    assert mona.get(_one(asked)).status_code == 404


def test_within_the_walls_all_of_it_moves_and_goes_back(
    mona: Client, cast: Cast, other: Member
) -> None:
    a_case(cast.bob)
    AuditCase.objects.update(closed_at=NOW, closed_on=TODAY, closed_by="tests")
    earn(cast.bob, "CPCS", date(2024, 5, 10))
    rows_of_lowering(cast.bob.sponsorships.get())
    RenewalAttempt.objects.create(
        window=Window.objects.filter(member=cast.bob)[0],
        member=cast.bob,
        practice=cast.northside,
        sponsorship=cast.bob.sponsorships.get(),
        on=TODAY,
        outcome="no_seat",
        at=NOW,
    )
    earned = Certification.objects.get(member=cast.bob, code="CPCS")
    Badge.objects.create(
        member=cast.bob, program=CYCLES, certification=earned, shared_at=NOW
    )
    row = proved(cast.bob, other)
    had = everything(cast.bob)
    counted = {name: len(rows) for name, rows in had.items()}

    sent = {"act": "merge", "keep": str(other.pk), "ground": GROUND}
    assert mona.post(_one(row), sent).status_code == 302
    now_has = {name: len(rows) for name, rows in everything(other).items()}
    left = everything(cast.bob)
    assert now_has == counted | {"Member": 1}
    assert {name for name, rows in left.items() if rows} == {"Member"}
    assert RenewalAttempt.objects.get().member == other
    assert not Assignment.objects.filter(member=cast.bob).exists()
    assert not LeftOut.objects.filter(member=cast.bob).exists()

    assert mona.post(_one(row), {"act": "undo", "reason": WHY}).status_code == 302
    assert everything(cast.bob) == had
    assert RenewalAttempt.objects.get().member == cast.bob
