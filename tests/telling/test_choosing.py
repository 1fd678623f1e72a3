"""What somebody asks for by mail, and the one click that ends it."""

from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.test import Client
from pytest_django import Settings

from core.actor import Actor
from core.models import AuditEntry
from notifications.models import Subscription
from notifications.queries import unsubscribe_path
from notifications.services import choose
from tests.cast import NOW, TODAY, Cast
from tests.cycles import first_time_dual
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.db
SETTINGS = "/settings/notifications/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def asked_for(cast: Cast, name: str = "bob") -> Subscription:
    """Have somebody ask for the weekly summary."""
    user = cast.user(name)
    by = Actor(user.name, user_id=user.pk)
    choose(actor=by, user=user, kind="weekly", on=True, today=TODAY, now=NOW)
    return Subscription.objects.get(user=user)


def test_nothing_is_asked_for_by_itself(bob: Client) -> None:
    page = Page.of(bob.get(SETTINGS))
    assert "checked" not in page.one("input", type="checkbox").attributes
    assert "be switched off." in page.text


def test_asking_and_ending_are_kept_and_noted(bob: Client, cast: Cast) -> None:
    for sent, on in (({"kind": "weekly"}, True), ({}, False)):
        for _ in range(2):
            answer = bob.post(SETTINGS, sent, follow=True)
            assert "Saved." in answer.content.decode()
        assert Subscription.objects.get().on is on
    found = AuditEntry.objects.filter(action__startswith="subscription.")
    assert [each.sentence for each in found.order_by("number")] == [
        "Asked for the weekly summary",
        "Ended the weekly summary",
    ]


def test_a_kind_there_is_not_changes_nothing(bob: Client) -> None:
    answer = bob.post(SETTINGS, {"kind": ["weekly", "renewed"]})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Subscription.objects.exists()


def choices_in(browser: Client) -> dict[str, bool]:
    """What somebody may choose: kind → whether it is ticked."""
    boxes = Page.of(browser.get(SETTINGS)).all("input", type="checkbox")
    return {each.attributes["value"]: "checked" in each.attributes for each in boxes}


def test_staff_are_offered_nothing_that_they_would_never_get(cast: Cast) -> None:
    rita = open_session(Client(), cast.rita)
    assert choices_in(rita) == {}
    said = "There is nothing to choose in your role."
    assert said in Page.of(rita.get(SETTINGS)).text
    assert rita.post(SETTINGS, {"kind": "weekly"}).status_code == 422
    assert rita.post(SETTINGS, {}).status_code == 302
    assert not Subscription.objects.exists()


def test_what_was_asked_for_in_another_role_can_be_ended(cast: Cast) -> None:
    rita = open_session(Client(), cast.rita)
    Subscription.objects.create(
        user=cast.rita, kind="weekly", on=True, from_on=TODAY, changed_at=NOW
    )
    assert choices_in(rita) == {"weekly": True}
    rita.post(SETTINGS, {})
    assert choices_in(rita) == {"weekly": False}


def test_an_administrator_who_holds_nothing_is_offered_the_summary(
    alice: Client,
) -> None:
    assert choices_in(alice) == {"weekly": False}


def test_a_certificants_reminders_are_on_until_they_end_them(
    bob: Client, cast: Cast
) -> None:
    first_time_dual(cast)
    assert choices_in(bob) == {"weekly": False, "reminders": True}
    bob.post(SETTINGS, {"kind": "reminders"})
    assert not Subscription.objects.exists()
    bob.post(SETTINGS, {"kind": "weekly"})
    assert choices_in(bob) == {"weekly": True, "reminders": False}
    bob.post(SETTINGS, {"kind": ["weekly", "reminders"]})
    assert choices_in(bob) == {"weekly": True, "reminders": True}
    found = AuditEntry.objects.filter(action__startswith="subscription.")
    assert [each.sentence for each in found.order_by("number")] == [
        "Asked for the weekly summary",
        "Ended the cycle reminders",
        "Asked for the cycle reminders",
    ]


def test_looking_at_the_link_ends_nothing(client: Client, cast: Cast) -> None:
    path = unsubscribe_path(asked_for(cast))
    page = Page.of(client.get(path))
    assert page.one("h1").text == "Stop the weekly summary?"
    assert Subscription.objects.get().on
    assert not page.all("input", name="form_key")


def test_a_mail_program_ends_it_without_a_session_or_a_key(cast: Cast) -> None:
    held = asked_for(cast)
    path = unsubscribe_path(held)
    program = Client(enforce_csrf_checks=True)
    for _ in range(3):
        answer = program.post(path, ONE_CLICK)
        assert answer.status_code == 200
        assert "You get no weekly summary any more" in answer.content.decode()
    held.refresh_from_db()
    assert not held.on
    ended = AuditEntry.objects.filter(action="subscription.ended")
    assert [each.actor for each in ended] == ["The link in the weekly summary"]
    page = Page.of(program.get(path))
    assert page.one("h1").text == "You get no weekly summary any more"


def test_a_form_of_parts_will_do_as_well(cast: Cast) -> None:
    held = asked_for(cast)
    body = (
        "--x\r\nContent-Disposition: form-data; name=List-Unsubscribe\r\n\r\n"
        "One-Click\r\n--x--\r\n"
    )
    answer = Client().post(
        unsubscribe_path(held), body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 200
    held.refresh_from_db()
    assert not held.on


def test_a_link_ends_its_own_person_s_kind_and_no_other(cast: Cast) -> None:
    mine, theirs = asked_for(cast), asked_for(cast, "charlie")
    Client().post(unsubscribe_path(mine))
    theirs.refresh_from_db()
    assert theirs.on


def test_a_link_made_up_opens_nothing(client: Client, cast: Cast) -> None:
    held = asked_for(cast)
    good = unsubscribe_path(held)
    other = Signer(salt="something else", sep=".").sign(held.pk.hex)
    made_up = [
        good.rstrip("/")[:-1] + "A/",
        f"/unsubscribe/{held.pk.hex}/",
        f"/unsubscribe/{held.pk.hex}.x/",
        f"/unsubscribe/{other}/",
        "/unsubscribe/%F0%9F%92%A5/",
        f"/unsubscribe/{'x' * 900}/",
    ]
    for path in made_up:
        assert client.get(path).status_code == 404, path
        assert client.post(path).status_code == 404, path
    held.refresh_from_db()
    assert held.on


def test_a_link_outlives_the_key_it_was_signed_with(
    client: Client, cast: Cast, settings: Settings
) -> None:
    path = unsubscribe_path(asked_for(cast))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough for anybody, and fresh"
    assert client.get(urlsplit(path).path).status_code == 200
