"""Whoever has an account sees in the portal what they were mailed."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Administration, Member, StaffRole
from core.letters import Letter
from core.mail import SERVER
from notifications import tasks
from notifications.models import Notice
from notifications.services import forget_notices, note
from tests.cast import BODY, NOW, Cast, a_member, a_user, an_administrator
from tests.mail.payloads import PAYLOADS, URL
from tests.mail.queue import queued
from tests.portal.reading import Page
from tests.signing import client_without_second_factor, open_session
from tests.telling.told import a_letter, a_notice, deliver_all, of_practice, titles_of

pytestmark = pytest.mark.db
UNNOTED = {
    "order_placed",
    "invite",
    "reset",
    "account_proof",
    "ce_received",
    "ce_decided",
    "help_answer",
}
HERE = "/notifications/"


def test_what_is_mailed_stands_in_the_portal(bob: Client, cast: Cast) -> None:
    a_letter("renewed", cast.bob.email, cast.northside)
    deliver_all()

    notice = Notice.objects.get()
    title = "[Northside] Your membership is renewed: next renewal date Nov 17, 2026"
    assert (notice.user, notice.title) == (cast.user("bob"), title)
    assert (notice.place, notice.path) == ("own", "/me/")
    page = Page.of(bob.get(HERE))
    assert title in page.text
    assert "1 unread." in page.text


def test_a_letter_is_noted_once_however_often_it_is_tried(cast: Cast) -> None:
    message = a_letter("renewed", cast.bob.email, cast.northside)
    for _ in range(3):
        note(message=message, letter=Letter(message.payload), now=NOW)
    tasks.deliver(str(message.pk))
    assert Notice.objects.count() == 1


def test_a_letter_no_server_takes_is_in_the_portal_all_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(tasks, "send", refuse)
    message = a_letter("renewed", cast.bob.email, cast.northside)
    tasks.deliver(str(message.pk))
    SERVER.end()
    message.refresh_from_db()
    assert message.sent_at is None
    assert len(titles_of(cast.user("bob"))) == 1


@pytest.mark.parametrize("kind", ["invite", "reset"])
def test_a_link_that_lets_somebody_in_is_never_noted(kind: str, cast: Cast) -> None:
    message = queued(kind, recipient=cast.alice.email)
    note(message=message, letter=Letter({"url": URL}), now=NOW)
    tasks.deliver(str(message.pk))
    assert not Notice.objects.exists()


def test_no_notice_holds_anything_of_a_letter_but_subject_and_page(
    cast: Cast,
) -> None:
    url = "http://localhost:8000/accounts/invite/one-use-secret-of-somebody/"
    message = queued("renewed", recipient=cast.bob.email, url=url)
    note(message=message, letter=Letter(message.payload), now=NOW)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://elsewhere.example/me/",
        "http://localhost:8000.evil.example/me/",
        "http://localhost:8000/nothing/here/",
        "http://localhost:8000/verify/CMS-1/",
        f"http://localhost:8000/me/?{'x' * 400}",
    ],
)
def test_a_letter_that_leads_to_no_page_of_theirs_is_not_noted(
    url: str, cast: Cast
) -> None:
    message = queued("renewed", recipient=cast.bob.email, url=url)
    note(message=message, letter=Letter(message.payload), now=NOW)
    assert not Notice.objects.exists()


def test_an_address_without_an_account_has_no_notice(cast: Cast) -> None:
    nora = a_member("Nora North", cast.northside)
    a_letter("renewed", nora.email, cast.northside)
    a_letter("renewed", "nobody@mail.example", cast.northside)
    deliver_all()
    assert not Notice.objects.exists()


def test_who_signs_in_with_an_address_comes_before_who_is_written_to_there(
    cast: Cast,
) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(email=cast.alice.email)
    a_letter("renewed", cast.alice.email.upper(), cast.northside)
    deliver_all()
    assert Notice.objects.get().user == cast.alice


def test_an_address_of_ones_own_on_the_registry_will_do(cast: Cast) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(email="bob@work.example")
    a_letter("renewed", "bob@work.example", cast.northside)
    deliver_all()
    assert Notice.objects.get().user == cast.user("bob")


def test_an_address_that_several_share_is_nobody_s(cast: Cast) -> None:
    """Else whoever is entered with another's address would read what they are told."""
    a_member("Dave", cast.lakeview)
    Member.objects.filter(first_name="Dave").update(email="dave@mail.example")
    Member.objects.filter(pk=cast.bob.pk).update(email="dave@mail.example")
    a_letter("ce_received", "dave@mail.example")
    deliver_all()
    assert not Notice.objects.exists()


def test_every_kind_of_letter_leads_to_a_page_of_a_role_or_is_not_noted(
    cast: Cast,
) -> None:
    """A new kind whose button leads to a public page would stand nowhere."""
    for kind in PAYLOADS:
        # The button of an answer leads to the help system, which is open to all.
        if kind in UNNOTED:
            continue
        message = a_letter(kind, cast.alice.email, cast.northside)
        url = str(message.payload["url"]).replace("/orders/one/", "/orders/")
        letter = Letter({**message.payload, "url": url})
        note(message=message, letter=letter, now=NOW)
        assert Notice.objects.filter(message_id=message.pk).exists(), kind


def test_what_is_told_of_a_practice_goes_with_the_role(
    alice: Client, cast: Cast
) -> None:
    of_practice(cast.alice, cast.northside, "[Northside] Bob Baker renewed")
    a_notice(cast.alice, "[Goodstanding] Your password was changed")
    assert "Bob Baker" in alice.get(HERE).content.decode()
    an_administrator("Nina New", cast.northside, named=False)
    held = Administration.objects.filter(practice=cast.northside, user=cast.alice)
    held.update(until_at=NOW, named=False)

    page = Page.of(alice.get(HERE))
    assert "Bob Baker" not in page.text
    assert "Your password was changed" in page.text
    assert "1 unread." in page.text
    hidden = Notice.objects.get(title__contains="Bob")
    assert alice.post(f"{HERE}{hidden.pk}/read/").status_code == 404
    alice.post(f"{HERE}read/")
    hidden.refresh_from_db()
    assert hidden.read_at is None


def test_what_is_told_of_a_practice_needs_the_second_step(cast: Cast) -> None:
    of_practice(cast.alice, cast.northside, "[Northside] Bob Baker renewed")
    a_notice(cast.alice, "[Goodstanding] Your password was changed")
    page = Page.of(client_without_second_factor(cast.alice).get(HERE))
    assert "Bob Baker" not in page.text
    assert "Your password was changed" in page.text


def test_nobody_sees_or_marks_another_s(bob: Client, cast: Cast) -> None:
    theirs = a_notice(cast.user("charlie"), "[Lakeview] Told Charlie")
    assert "Told Charlie" not in bob.get(HERE).content.decode()
    missing = bob.post(f"{HERE}{theirs.message_id}/read/")
    foreign = bob.post(f"{HERE}{theirs.pk}/read/")
    assert foreign.status_code == missing.status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_one_person_s_roles_stand_in_one_list(cast: Cast) -> None:
    cast.northside.administrations.create(user=cast.frank, from_at=NOW)
    frank = open_session(Client(), cast.frank)
    of_practice(cast.frank, cast.northside, "[Northside] One")
    of_practice(cast.frank, cast.lakeview, "[Lakeview] Two")
    a_notice(cast.frank, "[Goodstanding] Three")
    text = Page.of(frank.get(HERE)).text
    assert all(each in text for each in ("One", "Two", "Three", "3 unread."))


def test_a_body_s_notice_goes_with_the_role(cast: Cast) -> None:
    a_notice(cast.erin, "Queue", program=BODY, place="staff", path="/staff/acmss/")
    erin = open_session(Client(), cast.erin)
    assert "Queue" in Page.of(erin.get(HERE)).one("main").text
    StaffRole.objects.filter(user=cast.erin).update(until_at=NOW)
    assert "Queue" not in Page.of(erin.get(HERE)).one("main").text


def test_open_marks_it_read_and_leads_on(bob: Client, cast: Cast) -> None:
    notice = a_notice(cast.user("bob"), path="/me/", place="own")
    answer = bob.post(f"{HERE}{notice.pk}/read/", {"open": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    bob.post(f"{HERE}{notice.pk}/read/", {"only": "unread", "page": "7"})
    notice.refresh_from_db()
    assert notice.read_at == first


def test_marking_read_leads_back_to_where_they_were(bob: Client, cast: Cast) -> None:
    notice = a_notice(cast.user("bob"))
    sent = {"only": "unread", "page": "2"}
    answer = bob.post(f"{HERE}{notice.pk}/read/", sent)
    assert answer["Location"] == f"{HERE}?only=unread&page=2"
    odd = bob.post(f"{HERE}{notice.pk}/read/", {"only": "//evil", "page": "x"})
    assert odd["Location"] == f"{HERE}?page=1"


def test_only_the_unread_and_pages_stand_in_the_address(
    bob: Client, cast: Cast
) -> None:
    user = cast.user("bob")
    for number in range(30):
        at = NOW + timedelta(minutes=number)
        a_notice(user, f"Told {number:02}", created_at=at, read_at=NOW)
    a_notice(user, "Fresh")
    assert "Told 29" in bob.get(HERE).content.decode()
    assert "Told 00" in bob.get(f"{HERE}?page=2").content.decode()
    page = Page.of(bob.get(f"{HERE}?only=unread"))
    assert "Fresh" in page.text
    assert "Told" not in page.one("main").text.replace("Told by", "")
    bob.post(f"{HERE}read/")
    page = Page.of(bob.get(f"{HERE}?only=unread"))
    assert "You have read everything." in page.text


def test_the_bell_says_how_many_are_unread(bob: Client, cast: Cast) -> None:
    for place in ("/me/", "/help/", "/home/", HERE, "/settings/calendar/"):
        bell = Page.of(bob.get(place, follow=True)).one("a", "gs-bell")
        assert bell.attributes["aria-label"] == "Notifications", place
    notices = [a_notice(cast.user("bob"), f"Told {each}") for each in range(3)]
    for place in ("/me/", "/help/", HERE, "/settings/calendar/", "/no/page/"):
        bell = Page.of(bob.get(place, follow=True)).one("a", "gs-bell")
        assert bell.attributes["aria-label"] == "Notifications, 3 unread", place
    bob.post(f"{HERE}{notices[0].pk}/read/")
    bell = Page.of(bob.get("/me/")).one("a", "gs-bell")
    assert bell.attributes["aria-label"] == "Notifications, 2 unread"
    assert bell.text == "2"


def test_nobody_signed_in_has_no_bell(client: Client, cast: Cast) -> None:
    assert not Page.of(client.get("/help/")).all("a", "gs-bell")


def test_notices_go_after_a_year(cast: Cast) -> None:
    a_notice(cast.alice, "old", created_at=NOW - timedelta(days=400))
    a_notice(cast.alice, "new")
    assert forget_notices(before=NOW - tasks.NOTICES_KEPT, most=1) == 1
    assert titles_of(cast.alice) == ["new"]


def test_a_person_nobody_knows_has_an_empty_list(today: object, cast: Cast) -> None:
    page = Page.of(open_session(Client(), a_user("Una Unknown")).get(HERE))
    assert "Nothing yet." in page.text
