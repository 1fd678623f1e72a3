"""The pages of decrees, and REST: preview, confirm, and how far it is."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Member
from renewals.models import Decree
from renewals.tasks import give_decrees
from tests.cast import Cast
from tests.decreeing.decreeing import NOV_20, STORM, number_of
from tests.portal.reading import Page
from tests.recertifying.living import a_holder, a_manager, noon, stands
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
LIST = "/staff/namss/decrees/"
NEW = f"{LIST}new/"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 20, 2025."""
    with time_machine.travel(noon(NOV_20), tick=True):
        yield


@pytest.fixture
def max_(cast: Cast) -> Client:
    """The browser of a manager."""
    return open_session(Client(), a_manager())


@pytest.fixture
def nora() -> Member:
    """Somebody whose cycle ends on Dec 1, 2025."""
    return a_holder()


def filled(numbers: str, **more: object) -> dict[str, object]:
    """The form, filled in."""
    usual = {"until_on": "2026-03-02", "reason": STORM, "form_key": str(uuid4())}
    return {**usual, "numbers": numbers, "act": "preview", **more}


def test_preview_confirm_and_how_far_it_is(max_: Client, nora: Member) -> None:
    sent = filled(f"{number_of(nora)}\nCPCS-NONE")
    page = Page.of(max_.post(NEW, sent))
    assert "1 certificant gets more time. 1 left out." in page.text
    assert "Dec 1, 2025" in page.text
    assert "Line 2: CPCS-NONE" in page.text
    assert not Decree.objects.exists()
    seen = page.value("seen")
    made = max_.post(NEW, {**sent, "act": "decree", "seen": seen})
    decree = Decree.objects.get()
    assert made.headers["Location"] == f"{LIST}{decree.pk}/"
    place = made.headers["Location"]
    assert "0 of 1 given. 1 follow by themselves." in Page.of(max_.get(place)).text
    give_decrees()
    page = Page.of(max_.get(place))
    assert "1 of 1 given." in page.text
    assert "Line 2: CPCS-NONE" in page.text
    assert STORM in Page.of(max_.get(LIST)).text
    assert stands(nora, date(2026, 3, 2)) == "extended"
    assert nora.user is not None
    mine = open_session(Client(), nora.user)
    text = Page.of(mine.get("/me/?program=namss")).text
    assert f"Until Mar 2, 2026, by decree 1 of Nov 20, 2025: {STORM}" in text


def test_what_the_preview_shows_is_what_its_form_sends_again(
    max_: Client, nora: Member
) -> None:
    sent = filled(number_of(nora))
    page = Page.of(max_.post(NEW, sent))
    again = {name: page.value(name) for name in ("months", "until_on", "form_key")}
    assert again == {name: str(sent.get(name, "")) for name in again}


def test_sent_twice_it_is_one_decree(max_: Client, nora: Member) -> None:
    sent = filled(number_of(nora))
    seen = Page.of(max_.post(NEW, sent)).value("seen")
    for _ in range(2):
        answer = max_.post(NEW, {**sent, "act": "decree", "seen": seen})
        assert answer.status_code == 302
    assert Decree.objects.count() == 1


def test_confirmed_unseen_it_shows_what_it_does(max_: Client, nora: Member) -> None:
    sent = filled(number_of(nora), act="decree")
    answer = max_.post(NEW, sent)
    assert answer.status_code == 409
    assert "has changed since you looked" in Page.of(answer).text
    assert not Decree.objects.exists()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"until_on": "soon"}, 422),
        ({"until_on": ""}, 422),
        ({"until_on": "2025-11-19"}, 422),
        ({"months": "3"}, 422),
        ({"reason": ""}, 422),
        ({"numbers": ""}, 422),
        ({"cycle_last_on": "2031-01-01"}, 422),
        ({"credential": "X"}, 422),
        ({"form_key": "x"}, 422),
        ({"numbers": "x\n" * 5001}, 422),
    ],
)
def test_what_is_wrong_is_said(
    max_: Client, nora: Member, more: dict[str, object], status: int
) -> None:
    answer = max_.post(NEW, filled(number_of(nora)) | more)
    assert answer.status_code == status
    assert Page.of(answer).problems
    assert not Decree.objects.exists()


def test_a_file_names_them_too(max_: Client, nora: Member) -> None:
    text = f"number\n{number_of(nora)}\n".encode()
    upload = SimpleUploadedFile("numbers.csv", text, "text/csv")
    page = Page.of(max_.post(NEW, filled("", file=upload)))
    assert "1 certificant gets more time. 0 left out." in page.text
