"""From the change to the mailbox: what people are told when something happens."""

import re

import pytest
from django.test import Client

from accounts.models import Sponsorship, User
from core.models import OutboxMessage
from notifications.tasks import deliver
from tests.cast import PASSWORD, TODAY, Cast, given
from tests.mail.office import Office
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def deliver_all() -> None:
    """Send whatever waits."""
    for message in OutboxMessage.objects.filter(state="waiting"):
        deliver(str(message.pk))


def link_in(text: str) -> str:
    """The path of the first address in a text."""
    found = re.search(r"http://localhost:8000(/\S+)", text)
    assert found is not None
    return found[1]


def test_an_invitation_reaches_dana_and_its_link_opens(
    cast: Cast, server: Office
) -> None:
    alice = open_session(Client(), cast.alice)
    typed = {"first_name": "Dana", "last_name": "Diaz", "email": "dana@mail.example"}
    alice.post("/p/northside/settings/people/", typed)
    deliver_all()

    mail = server.arrived[-1]
    assert mail["To"] == "dana@mail.example"
    assert mail["Subject"] == "[Northside] Your invitation to Goodstanding"
    text, html = (part.get_content() for part in mail.iter_parts())
    link = link_in(text)
    assert f"http://localhost:8000{link}" in html
    Client().post(link, {"password": "a long and fresh password"})
    user = User.objects.get(email="dana@mail.example")
    assert Sponsorship.objects.get(member__user=user).practice == cast.northside


def test_a_reset_link_reaches_bob_and_sets_his_password(
    cast: Cast, server: Office
) -> None:
    bob = cast.user("bob")
    Client().post("/accounts/reset/", {"email": bob.email})
    deliver_all()

    mail = server.arrived[-1]
    assert mail["Subject"] == "[Goodstanding] Set a new password"
    client = Client()
    page = client.get(link_in(next(mail.iter_parts()).get_content()), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": f"{PASSWORD} again"})
    bob.refresh_from_db()
    assert bob.check_password(f"{PASSWORD} again")


def test_a_renewal_tells_the_holder_and_the_practice_once(
    cast: Cast, server: Office
) -> None:
    OutboxMessage.objects.update(state="sent")
    given(cast.renewals, cast.northside, cast.bob, today=TODAY)
    deliver_all()
    deliver_all()

    assert not OutboxMessage.objects.exclude(state="sent").exists()
    told = {str(mail["To"]): mail for mail in server.arrived}
    assert set(told) == {cast.bob.email, cast.alice.email}
    assert len(server.arrived) == 2
    holder = next(told[cast.bob.email].iter_parts()).get_content()
    practice = next(told[cast.alice.email].iter_parts()).get_content()
    assert "Your term: Nov 17, 2025 to Nov 16, 2026." in holder
    assert "Bob Baker" in practice
