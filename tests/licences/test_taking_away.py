"""Bob takes away a licence that he entered by mistake."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Member
from core.failures import Refusal, Stale
from core.models import AuditEntry
from renewals.models import Licence
from renewals.services import change_licence, enter_licence, remove_licence
from tests.api.asking import Caller, problem
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.licences.conftest import PERIOD
from tests.merging.merging import merged, proved, second_account, undone
from tests.portal.reading import Page

pytestmark = pytest.mark.db
SURE = {"do": "remove", "seen": "1", "sure": "on"}


def removed(licence: Licence, seen: int = 1) -> Licence:
    """Take a licence away, having seen a version."""
    return remove_licence(
        actor=TESTER, licence=licence, seen=seen, today=TODAY, now=NOW
    )


def test_it_is_taken_away_once_he_is_sure_and_the_trail_keeps_it(
    licence: Licence, signed_in: Callable[[str], Client]
) -> None:
    bob = signed_in("bob")
    place = f"/me/licences/{licence.pk}/"
    page = Page.of(bob.get(place))
    assert "Take licence MA 123 away" in page.text
    unsure = bob.post(place, {"do": "remove", "seen": "1"})
    assert unsure.status_code == 422
    assert "Say that you entered it by mistake." in Page.of(unsure).text
    assert Licence.objects.get().removed_at is None
    gone = bob.post(place, SURE, follow=True)
    assert "Licence MA 123 is taken away." in Page.of(gone).text
    assert "You entered no licence yet." in Page.of(gone).text
    assert bob.get(place).status_code == 404
    entry = AuditEntry.objects.get(action="licence.removed")
    assert entry.member == licence.member
    assert "Took away licence MA 123, registered Jun 1, 2024" in entry.sentence


def test_again_changes_nothing_on_the_page_and_over_rest(
    licence: Licence, own: Caller, signed_in: Callable[[str], Client]
) -> None:
    bob, tail = signed_in("bob"), f"licences/lic_{licence.pk.hex}"
    for _ in range(2):
        assert own.send("DELETE", tail, b"").status_code == 204
        assert bob.post(f"/me/licences/{licence.pk}/", SURE).status_code == 302
    assert AuditEntry.objects.filter(action="licence.removed").count() == 1
    assert own.get(tail).status_code == 404
    assert own.get("licences").json()["count"] == 0


def test_its_number_can_be_entered_anew(licence: Licence, physician: Member) -> None:
    removed(licence)
    again = enter_licence(
        actor=TESTER, member=physician, program="mms", details=PERIOD, now=NOW
    )
    assert again.pk != licence.pk
    assert list(Licence.objects.visible_to(physician)) == [again]


def test_of_two_the_second_is_told(licence: Licence) -> None:
    other = replace(PERIOD, last_on=date(2026, 6, 30))
    change_licence(actor=TESTER, licence=licence, details=other, seen=1, now=NOW)
    with pytest.raises(Stale):
        removed(licence)
    removed(licence, seen=2)
    with pytest.raises(Stale):
        change_licence(actor=TESTER, licence=licence, details=PERIOD, seen=3, now=NOW)


def test_one_that_is_retired_stays_as_the_public_check_says_so_m11(
    licence: Licence, own: Caller, signed_in: Callable[[str], Client]
) -> None:
    Licence.objects.update(retired_on=TODAY)
    words = (
        "This licence is retired since Nov 17, 2025, and checks of your certificates"
    )
    with pytest.raises(Refusal, match=words):
        removed(licence)
    answer = signed_in("bob").post(f"/me/licences/{licence.pk}/", SURE)
    assert answer.status_code == 422
    assert words in Page.of(answer).text
    refused = own.send("DELETE", f"licences/lic_{licence.pk.hex}", b"")
    assert problem(refused, 409, "conflict")["detail"].startswith(words)
    Licence.objects.update(retired_on=TODAY + timedelta(days=1))
    removed(licence)


def test_somebody_else_s_is_nobody_s(
    licence: Licence, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    charlie = signed_in("charlie")
    assert charlie.post(f"/me/licences/{licence.pk}/", SURE).status_code == 404
    other = Caller("/api/v1/me", {}, charlie)
    tail = f"licences/lic_{licence.pk.hex}"
    assert other.send("DELETE", tail, b"").status_code == 404
    assert Licence.objects.get().removed_at is None


@pytest.mark.parametrize("whose", ["kept", "given up"])
def test_one_taken_away_is_not_in_the_way_of_the_other_account_s(
    cast: Cast, physician: Member, whose: str
) -> None:
    other = second_account()
    mine, theirs = (
        enter_licence(actor=TESTER, member=each, program="mms", details=PERIOD, now=NOW)
        for each in (physician, other)
    )
    removed(mine if whose == "kept" else theirs)
    row = merged(cast, proved(physician, other), physician)
    held = Licence.objects.filter(member=physician)
    assert set(held) == {mine, theirs}
    undone(cast, row)
    assert list(Licence.objects.filter(member=other)) == [theirs]


def test_over_rest_only_the_licence_that_was_read_is_taken_away(
    licence: Licence, own: Caller
) -> None:
    tail = f"licences/lic_{licence.pk.hex}"
    copy = {"If-Match": own.get(tail).headers["ETag"]}
    body = {"number": "MA 123", "first_on": "2024-06-01", "last_on": "2027-05-31"}
    said = json.dumps(body | {"version": 1}).encode()
    newer = own.send("PUT", tail, said, **copy)
    assert newer.headers["ETag"] == own.get(tail).headers["ETag"]
    problem(own.send("DELETE", tail, b"", **copy), 412, "stale-version")
    assert Licence.objects.get().removed_at is None
    copy = {"If-Match": newer.headers["ETag"]}
    for _ in range(2):
        assert own.send("DELETE", tail, b"", **copy).status_code == 204


@pytest.mark.parametrize("seen", ["9" * 12, "9" * 30, "-1", "x"])
def test_a_version_that_nobody_could_have_seen_changes_nothing(
    licence: Licence, signed_in: Callable[[str], Client], seen: str
) -> None:
    bob, place = signed_in("bob"), f"/me/licences/{licence.pk}/"
    days = {"first_on": "2024-06-01", "last_on": "2026-06-30"}
    for said in (SURE, {"number": "MA 123", **days}):
        assert bob.post(place, said | {"seen": seen}).status_code in (409, 422)
    licence.refresh_from_db()
    assert (licence.version, licence.removed_at) == (1, None)
