"""Switching somebody's renewal mode on their record: what it says, and what it does."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Member, Sponsorship
from core.models import AuditEntry
from renewals.models import RenewalAttempt
from renewals.services import pass_day
from tests.cast import BODY, NOW, TODAY, Cast, a_member, given
from tests.matrix.asking import checksum
from tests.portal.reading import Page

pytestmark = pytest.mark.db
SOON = TODAY - timedelta(days=350)


def place(member: Member) -> str:
    """The address of somebody's record in Northside."""
    return f"/p/northside/members/{member.pk}/"


def card(client: Client, member: Member) -> str:
    """What the record says of the renewal mode."""
    page = Page.of(client.get(place(member)))
    return page.one("section", **{"aria-labelledby": "mode"}).text


def press(client: Client, member: Member) -> Page:
    """Press the card's button, as a browser without scripts would."""
    page = Page.of(client.get(place(member)))
    form = page.one("section", **{"aria-labelledby": "mode"}).one("form")
    fields = {
        field.attributes["name"]: field.attributes["value"]
        for field in form.all("input", type="hidden")
        if field.attributes["name"] != "csrfmiddlewaretoken"
    }
    answer = client.post(form.attributes["action"], fields, follow=True)
    assert answer.redirect_chain[0][1] == 302
    return Page.of(answer)


@pytest.fixture
def eve(cast: Cast) -> Member:
    """Somebody in good standing, on manual renewal: Dec 2, 2025 is her date."""
    member = a_member("Eve Ellis", cast.northside)
    given(cast.membership, cast.northside, member, today=date(2024, 12, 2))
    return member


def test_one_press_switches_and_another_switches_back(
    alice: Client, eve: Member
) -> None:
    assert card(alice, eve) == (
        "Renewal mode Manual renewal: assign a renewal by Dec 2, 2025, or Eve is not "
        "current from that day on. Auto-renewal would use one of your renewals on "
        "Dec 2, 2025. Switch to auto-renewal"
    )
    page = press(alice, eve)
    assert page.notices == ["Eve Ellis is on auto-renewal now."]
    assert card(alice, eve) == (
        "Renewal mode Auto-renewal: one of your renewals is used on Dec 2, 2025. "
        "Switch to manual renewal"
    )
    assert Sponsorship.objects.get(member=eve).renewal_mode == "auto"
    page = press(alice, eve)
    assert page.notices == ["Eve Ellis is on manual renewal now."]
    assert Sponsorship.objects.get(member=eve).renewal_mode == "manual"


def test_the_record_shows_who_switched_and_what_stood_before(
    alice: Client, eve: Member
) -> None:
    activity = press(alice, eve).one("section", **{"aria-labelledby": "activity"})
    newest = activity.all("li")[0].text
    assert newest.startswith(
        "Switched Eve Ellis to auto-renewal. Renewal mode: manual → auto"
    )
    assert newest.endswith("Alice Adams")


def test_a_form_sent_twice_switches_once(alice: Client, eve: Member) -> None:
    for said in ("is on auto-renewal now", "was on auto-renewal already"):
        answer = alice.post(f"{place(eve)}renewal-mode/", {"mode": "auto"}, follow=True)
        assert Page.of(answer).notices == [f"Eve Ellis {said}."]
    assert AuditEntry.objects.filter(action="renewal_mode.switched").count() == 1


def test_before_the_first_term_it_says_what_comes_later(
    alice: Client, cast: Cast
) -> None:
    nina = a_member("Nina New", cast.northside)
    assert card(alice, nina) == (
        "Renewal mode Manual renewal, from the first renewal date on. Auto-renewal "
        "uses one of your renewals on each renewal date. Switch to auto-renewal"
    )
    press(alice, nina)
    assert "Auto-renewal, from the first renewal date on." in card(alice, nina)


def test_whose_date_passed_just_now_would_be_renewed_within_minutes(
    alice: Client, cast: Cast
) -> None:
    # Bob's renewal date was Nov 3, two weeks ago: the last day auto-renewal acts.
    assert card(alice, cast.bob) == (
        "Renewal mode Manual renewal. The renewal date has passed: assign a renewal "
        "on the assignments page. Auto-renewal would use one of your renewals within "
        "minutes. Switch to auto-renewal"
    )


def test_whose_date_passed_long_ago_is_renewed_by_hand(
    alice: Client, cast: Cast
) -> None:
    member = a_member("Olga Old", cast.northside)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 2))
    assert "Auto-renewal would begin with the next renewal date." in card(alice, member)


def test_what_was_tried_is_not_promised_again(alice: Client, cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(renewal_mode="auto")
    pass_day(program=BODY, today=TODAY, now=NOW)
    assert RenewalAttempt.objects.get().outcome == "no_seat"
    assert "within minutes" not in card(alice, cast.bob)
    press(alice, cast.bob)
    assert "Auto-renewal would begin with the next renewal date." in card(
        alice, cast.bob
    )
    page = Page.of(alice.get(place(cast.bob)))
    assert "Did not renew Bob Baker on Nov 3, 2025. Reason: No renewal" in page.text


@pytest.mark.parametrize("mode", ["", "none", "AUTO", "\x00", "x" * 5000])
def test_a_mode_there_is_none_of_changes_nothing(
    alice: Client, eve: Member, mode: str
) -> None:
    before = checksum()
    answer = alice.post(f"{place(eve)}renewal-mode/", {"mode": mode}, follow=True)
    assert Page.of(answer).notices == [
        "Choose auto-renewal or manual renewal. Nothing was changed."
    ]
    assert checksum() == before


def test_somebody_elses_member_or_program_is_not_there(
    alice: Client, cast: Cast, eve: Member
) -> None:
    before = checksum()
    for address, fields in (
        (place(cast.charlie), {"mode": "auto"}),
        (place(eve), {"mode": "auto", "program": "another"}),
    ):
        assert alice.post(f"{address}renewal-mode/", fields).status_code == 404
    Sponsorship.objects.filter(member=eve).update(until_on=TODAY)
    gone = alice.post(f"{place(eve)}renewal-mode/", {"mode": "auto"})
    assert gone.status_code == 404
    Sponsorship.objects.filter(member=eve).update(until_on=None)
    assert checksum() == before
