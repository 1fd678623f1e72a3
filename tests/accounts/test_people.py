"""The people page: who of a practice can sign in, at any size of its list."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Practice, User
from tests.cast import NOW, a_member, a_user
from tests.signing import open_session

pytestmark = pytest.mark.django_db
PAGE = "/p/northside/settings/people/"
DANA = {"first_name": "Dana", "last_name": "Diaz", "email": "dana@mail.example"}


def test_the_page_tells_who_can_sign_in(browser: Client, northside: Practice) -> None:
    a_member("Bob Baker", northside, user=a_user("Bob Baker"))
    gone = a_user("Gina Gold")
    gone.is_active = False
    gone.save()
    a_member("Gina Gold", northside, user=gone)
    a_member("Hugo Hart", northside)
    with time_machine.travel(NOW, tick=False) as clock:
        browser.post(PAGE, DANA)
        clock.shift(timedelta(days=8))
        open_session(browser, User.objects.get(name="Alice Adams"))
        page = browser.get(PAGE).context["page"]

    told = {row["name"]: (row["role"], row["tag"]["word"]) for row in page["people"]}
    assert told == {
        "Alice Adams": ("Practice Administrator", "Active"),
        "Dana Diaz": ("Invited", "Invitation ended Nov 24, 2025"),
        "Bob Baker": ("Member", "Active"),
        "Gina Gold": ("Member", "Switched off"),
        "Hugo Hart": ("Member", "No account"),
    }


def test_an_administrator_who_is_a_member_stands_there_once(
    browser: Client, northside: Practice, alice: User
) -> None:
    a_member("Alice Adams", northside, user=alice)

    rows = browser.get(PAGE).context["page"]["people"]

    assert [row["role"] for row in rows] == ["Member, Practice Administrator"]


def test_the_page_asks_the_database_equally_often_at_any_size(
    browser: Client, northside: Practice
) -> None:
    asked, page = [], {}
    for more in (10, 140):
        for number in range(more):
            a_member(f"Member{number:03} Lastname", northside)
        with CaptureQueriesContext(connection) as statements:
            page = browser.get(PAGE).context["page"]
        asked.append(len(statements))

    assert len(page["people"]) == 101
    assert asked[0] == asked[1]


def test_the_second_page_goes_on_where_the_first_ended(
    browser: Client, northside: Practice
) -> None:
    for number in range(103):
        a_member(f"M{number:03} Lastname", northside)

    first = browser.get(PAGE).context["page"]
    second = browser.get(f"{PAGE}?page=2").context["page"]

    assert first["page_obj"]["next_url"] == "?page=2"
    names = [row["name"] for row in [*first["people"][1:], *second["people"]]]
    assert names == [f"M{number:03} Lastname" for number in range(103)]
    for odd in ("0", "-1", "abc", "999999999999999999999"):
        assert browser.get(f"{PAGE}?page={odd}").status_code == 200
