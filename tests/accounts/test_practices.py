"""Opening a practice and saying who runs it (A13)."""

import pytest

from accounts.models import Administration, Practice
from accounts.services import (
    appoint_administrator,
    appoint_staff,
    end_administration,
    make_practice,
    open_account,
)
from core.failures import NotUsable, Refusal
from core.models import AuditEntry
from tests.cast import (
    BODY,
    NOW,
    PASSWORD,
    TESTER,
    a_practice,
    a_user,
    an_administrator,
)

pytestmark = pytest.mark.django_db


def test_a_practice_is_opened_with_one_entry_in_the_trail() -> None:
    practice = make_practice(actor=TESTER, name=" Northside ", slug="north", now=NOW)

    assert (practice.name, practice.slug) == ("Northside", "north")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.practice) == ("practice.opened", practice)


@pytest.mark.parametrize(
    ("name", "slug", "field"),
    [
        ("", "north", "name"),
        ("North\nside", "north", "name"),
        ("x" * 201, "north", "name"),
        ("Northside", "north side", "slug"),
        ("Northside", "", "slug"),
        ("Northside", "x" * 61, "slug"),
        ("Another", "northside", "slug"),
    ],
)
def test_a_name_or_address_that_cannot_be_used_is_refused(
    name: str, slug: str, field: str
) -> None:
    a_practice("Northside")

    with pytest.raises(NotUsable) as refused:
        make_practice(actor=TESTER, name=name, slug=slug, now=NOW)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert Practice.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_the_first_administrator_is_the_practice_administrator() -> None:
    northside, alice = a_practice("Northside"), a_user("Alice Adams")

    with pytest.raises(Refusal, match="no Practice Administrator yet"):
        appoint_administrator(
            actor=TESTER, practice=northside, user=alice, named=False, now=NOW
        )
    held = appoint_administrator(
        actor=TESTER, practice=northside, user=alice, named=True, now=NOW
    )

    assert held.named
    assert AuditEntry.objects.get().sentence == (
        "Made Alice Adams Practice Administrator"
    )


def test_a_practice_has_one_practice_administrator_and_others_beside() -> None:
    northside = a_practice("Northside")
    an_administrator("Alice Adams", northside)
    ben = a_user("Ben Bright")

    with pytest.raises(Refusal, match="Hand over instead"):
        appoint_administrator(
            actor=TESTER, practice=northside, user=ben, named=True, now=NOW
        )
    appoint_administrator(
        actor=TESTER, practice=northside, user=ben, named=False, now=NOW
    )
    with pytest.raises(Refusal, match="administers Northside already"):
        appoint_administrator(
            actor=TESTER, practice=northside, user=ben, named=False, now=NOW
        )

    assert Administration.objects.filter(practice=northside).count() == 2


def test_the_practice_administrator_goes_only_by_handing_over() -> None:
    northside = a_practice("Northside")
    an_administrator("Alice Adams", northside)
    an_administrator("Ben Bright", northside, named=False)
    named, beside = Administration.objects.order_by("-named")

    with pytest.raises(Refusal, match="Hand over first"):
        end_administration(actor=TESTER, administration=named, reason="leaves", now=NOW)
    end_administration(actor=TESTER, administration=beside, reason="leaves", now=NOW)
    with pytest.raises(Refusal, match="no longer administers"):
        end_administration(
            actor=TESTER, administration=beside, reason="leaves", now=NOW
        )

    beside.refresh_from_db()
    assert beside.until_at == NOW
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.reason) == ("administrator.ended", "leaves")


def test_a_new_staff_role_ends_the_former() -> None:
    erin = a_user("Erin Ellis")
    first = appoint_staff(
        actor=TESTER, user=erin, program=BODY, role="reviewer", now=NOW
    )
    with pytest.raises(Refusal, match="reviewer"):
        appoint_staff(actor=TESTER, user=erin, program=BODY, role="reviewer", now=NOW)
    second = appoint_staff(
        actor=TESTER, user=erin, program=BODY, role="manager", now=NOW
    )

    first.refresh_from_db()
    assert (first.until_at, second.until_at) == (NOW, None)
    assert AuditEntry.objects.latest("id").program == BODY
    assert AuditEntry.objects.count() == 2
    with pytest.raises(NotUsable, match="reviewer or manager"):
        appoint_staff(actor=TESTER, user=erin, program=BODY, role="king", now=NOW)


def test_an_address_opens_one_account_whatever_its_case() -> None:
    def opened(email: str) -> None:
        open_account(
            actor=TESTER, email=email, name="Alice", password=PASSWORD, now=NOW
        )

    opened("Alice@Practice.Example")
    with pytest.raises(NotUsable, match="has an account already"):
        opened("alice@practice.example ")

    assert AuditEntry.objects.get().sentence == "Opened an account for Alice"
