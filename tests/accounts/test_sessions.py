"""Sessions: how long they last, which there are, and what ends them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts.models import User, WebSession
from accounts.rules import browser_words, hash_of
from accounts.services import (
    appoint_administrator,
    appoint_staff,
    end_administration,
    set_password,
)
from accounts.sessions import forget_sessions
from accounts.tasks import forget
from tests.accounts.reading import said, sign_in
from tests.cast import BODY, NOW, TESTER, Cast, a_user, an_administrator
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
HERE, END = "/accounts/security/", "/accounts/security/sessions/"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand still until the test moves the clock."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def browser_of(user: User, agent: str = "") -> Client:
    """Sign somebody in by the form."""
    client = Client(headers={"user-agent": agent})
    assert sign_in(client, user.email).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Whether the next click finds somebody signed in."""
    return client.get(HERE).status_code == 200


def test_half_an_hour_without_a_click_ends_it(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    bob = browser_of(cast.user("bob"))
    for _ in range(4):
        clock.shift(timedelta(minutes=29))
        assert is_in(bob)

    clock.shift(timedelta(minutes=30, seconds=1))

    assert not is_in(bob)
    assert WebSession.objects.filter(user=cast.user("bob")).count() == 0


def test_twelve_hours_end_it_whatever_is_clicked(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    bob = browser_of(cast.user("bob"))
    for _ in range(24):
        clock.shift(timedelta(minutes=29, seconds=59))
        assert is_in(bob)

    clock.shift(timedelta(seconds=25))

    assert not is_in(bob)


def test_a_click_is_noted_once_a_minute(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    bob = browser_of(cast.user("bob"))
    before = WebSession.objects.get(user=cast.user("bob")).session_data
    clock.shift(timedelta(seconds=59))
    bob.get(HERE)
    assert WebSession.objects.get(user=cast.user("bob")).session_data == before
    clock.shift(timedelta(seconds=1))
    bob.get(HERE)
    assert WebSession.objects.get(user=cast.user("bob")).session_data != before


def test_bob_sees_his_sessions_and_ends_one(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    here = browser_of(cast.user("bob"), CHROME)
    clock.shift(timedelta(minutes=2))
    there = browser_of(cast.user("bob"), "Mozilla/5.0 (iPhone) Version/17 Safari/604")
    page = here.get(HERE)
    visits = page.context["page"]["visits"]

    assert [(each["browser"], each["current"]) for each in visits] == [
        ("Chrome on Windows", True),
        ("Safari on an iPhone", False),
    ]
    assert str(there.session.session_key) not in said(page)
    here.post(END, {"session": visits[1]["mark"]})

    assert is_in(here)
    assert not is_in(there)


def test_what_lies_in_the_table_opens_no_session(cast: Cast) -> None:
    browser = browser_of(cast.user("bob"))
    row = WebSession.objects.get(user=cast.user("bob"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key

    assert row.session_key == hash_of(str(browser.session.session_key))
    assert not is_in(thief)
    assert is_in(browser)


def test_ending_all_others_leaves_this_one(cast: Cast) -> None:
    here, *others = (browser_of(cast.user("bob")) for _ in range(3))

    here.post(END, {"session": "others"})

    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_nobody_ends_a_session_that_is_not_theirs(cast: Cast) -> None:
    bob, charlie = (browser_of(cast.user(name)) for name in ("bob", "charlie"))
    mark = bob.get(HERE).context["page"]["visits"][0]["mark"]

    for sent in (mark, "", "nothing", "a\x00b"):
        assert charlie.post(END, {"session": sent}).status_code == 404
    assert is_in(bob)


def _new_password(cast: Cast) -> None:
    set_password(user=cast.alice, password="another long password", now=NOW)


def _staff(cast: Cast) -> None:
    appoint_staff(actor=TESTER, user=cast.alice, program=BODY, role="reviewer", now=NOW)


def _second_practice(cast: Cast) -> None:
    appoint_administrator(
        actor=TESTER, practice=cast.lakeview, user=cast.alice, named=False, now=NOW
    )


def _switched_off(cast: Cast) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)


@pytest.mark.parametrize(
    "change", [_new_password, _staff, _second_practice, _switched_off]
)
def test_a_changed_password_role_or_account_ends_every_session(
    cast: Cast, change: Callable[[Cast], None]
) -> None:
    browsers = [open_session(Client(), cast.alice) for _ in range(2)]
    bob = open_session(Client(), cast.user("bob"))

    change(cast)

    assert [is_in(each) for each in browsers] == [False, False]
    assert is_in(bob)


def test_a_role_that_ended_ends_every_session(cast: Cast) -> None:
    dora = an_administrator("Dora Dean", cast.northside, named=False)
    browser = open_session(Client(), dora)
    held = dora.administrations.get()

    end_administration(actor=TESTER, administration=held, reason="left", now=NOW)

    assert not is_in(browser)


def test_changing_ones_password_keeps_this_session_alone(cast: Cast) -> None:
    here, there = (browser_of(cast.user("bob")) for _ in range(2))
    key = here.session.session_key
    here.post(
        "/accounts/password/change/",
        {
            "oldpassword": "correct horse battery staple",
            "password1": "another long enough password",
        },
    )

    assert is_in(here)
    assert here.session.session_key != key
    assert not is_in(there)


def test_sessions_that_are_over_are_forgotten_with_the_rest(cast: Cast) -> None:
    browser_of(cast.user("bob"))
    sam = browser_of(a_user("Nora New"))
    own = hash_of(str(sam.session.session_key))
    WebSession.objects.exclude(session_key=own).update(
        expire_date=NOW - timedelta(seconds=1)
    )

    forget()

    assert WebSession.objects.count() == 1
    assert forget_sessions(now=NOW) == 0


def test_a_browser_is_called_by_the_words_its_owner_knows() -> None:
    assert browser_words(CHROME) == "Chrome on Windows"
    assert browser_words("Firefox/140.0") == "Firefox"
    assert browser_words("curl/8 (Linux)") == "A browser"
    assert browser_words("") == "A browser"
