"""Staff see what was sent in their body's name, its state, its error and its words."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import StaffRole
from core.models import OutboxMessage
from notifications.rules import ONE_USE
from portal.queries.mail_kinds import KINDS
from tests.cast import NOW, OTHER_BODY, TODAY, Cast, given
from tests.portal.letters import MAIL, a_message, letter_at
from tests.portal.reading import Page, said
from tests.portal.statements import statements

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def no_older_mail(cast: Cast) -> None:
    """Begin without what the cast was told."""
    OutboxMessage.objects.update(program="")


def listed(client: Client, **query: str) -> list[list[str]]:
    """Each line of the list: message, recipient, class, state."""
    page = Page.of(client.get(MAIL, query))
    return [
        [cell.text for cell in [row.one("th"), *row.all("td")]]
        for body in page.all("tbody")
        for row in body.all("tr")
    ]


def test_every_message_has_its_line(erin: Client) -> None:
    a_message("dead", last_error="550 No such person", recipient="eve@mail.example")
    a_message(created_at=NOW + timedelta(seconds=1))

    assert listed(erin) == [
        [
            "[Northside] Your membership is renewed Nov 17, 2025, 10:00 AM PST",
            "bob@mail.example",
            "Notice",
            "Sent",
        ],
        [
            "[Northside] Your membership is renewed Nov 17, 2025, 10:00 AM PST",
            "eve@mail.example",
            "Notice",
            "Not sent 550 No such person",
        ],
    ]
    assert "2 messages: 1 not sent, 0 unconfirmed." in Page.of(erin.get(MAIL)).text


def test_what_members_and_practices_are_told_stands_there(
    erin: Client, cast: Cast
) -> None:
    given(cast.renewals, cast.northside, cast.bob, today=TODAY)

    told = {line[1] for line in listed(erin)}
    assert told == {cast.bob.email, cast.alice.email}
    assert all(line[3] == "Waiting" for line in listed(erin))


def test_links_to_sign_in_by_are_in_nobodys_list(
    erin: Client, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    typed = {"first_name": "Ina", "last_name": "Vited", "email": "ina@mail.example"}
    signed_in("alice").post("/p/northside/settings/people/", typed)
    Client().post("/accounts/reset/", {"email": cast.bob.email})

    kinds = set(OutboxMessage.objects.filter(program="").values_list("kind", flat=True))
    assert {"invite", "reset"} <= kinds
    assert listed(erin) == []
    invite = OutboxMessage.objects.get(recipient="ina@mail.example")
    assert erin.get(letter_at(invite)).status_code == 404


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("waiting", "Trying again"),
        ("sending", "Sending"),
        ("sent", "Sent"),
        ("unconfirmed", "Unconfirmed"),
        ("void", "Nobody to tell"),
        ("dead", "Not sent"),
    ],
)
def test_each_state_has_its_word_and_its_filter(
    erin: Client, state: str, word: str
) -> None:
    for each in OutboxMessage.State.values:
        a_message(each)

    (line,) = listed(erin, state=state)
    assert line[3] == word
    page = Page.of(erin.get(MAIL, {"state": state}))
    (current,) = page.all("a", "gs-pill", **{"aria-current": "true"})
    assert current.text.endswith(" 1")
    assert "1 message found." in page.text


def test_the_list_is_searched_by_kind_and_by_whom_it_went_to(erin: Client) -> None:
    a_message(recipient="Eve@Mail.example")
    a_message(kind="certificate_ready", subject="[Northside] It is ready")
    a_message("dead", kind="certificate_ready", recipient="eve@mail.example")

    assert len(listed(erin, q="eve@mail")) == 2
    assert len(listed(erin, kind="certificate_ready")) == 2
    assert len(listed(erin, kind="certificate_ready", q="eve")) == 1
    assert listed(erin, kind="certificate_ready", q="eve", state="sent") == []
    page = Page.of(erin.get(MAIL, {"kind": "certificate_ready", "q": "eve"}))
    assert page.pills["Not sent 1"] == "?state=dead&kind=certificate_ready&q=eve"
    (chosen,) = page.all("option", selected="")
    assert chosen.text == "Certificate ready"


def test_a_kind_without_words_is_called_by_its_name(erin: Client) -> None:
    a_message(kind="of_a_newer_version", subject="")
    assert listed(erin)[0][0].startswith("Of a newer version")


def test_every_kind_of_a_body_s_mail_has_words() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "mail"
    kinds = {path.name.split(".")[0] for path in folder.iterdir()}
    # A warning about somebody's way in, or a practice's card, is theirs alone, as their
    # links are.
    theirs = {"security_changed", "card_stored", "card_removed", *ONE_USE}
    assert kinds - {"base", *theirs} == set(KINDS)


@pytest.mark.parametrize(
    "query",
    [f"q={'x' * 9_000}", "state=x", "kind=x", "page=x", "page=99"],
)
def test_no_search_breaks_the_page(erin: Client, query: str) -> None:
    a_message()
    assert erin.get(f"{MAIL}?{query}").status_code == 200


def test_an_empty_list_says_what_will_stand_there(erin: Client) -> None:
    page = Page.of(erin.get(MAIL))
    assert "No message yet." in page.text
    assert "Show all" not in page.links
    page = Page.of(erin.get(MAIL, {"q": "nobody"}))
    assert "No message matches." in page.text
    assert page.links["Show all"] == "?"


def test_fifty_messages_fill_a_page(erin: Client) -> None:
    for _ in range(53):
        a_message("dead")
    first, second = (listed(erin, page=page, state="dead") for page in "12")
    assert (len(first), len(second)) == (50, 3)
    page = Page.of(erin.get(MAIL, {"state": "dead"}))
    assert page.links["Next page"] == "?state=dead&page=2"


@pytest.mark.parametrize("size", [10, 500])
def test_a_longer_list_asks_no_more_of_the_database(erin: Client, size: int) -> None:
    a_message()
    few = len(statements(erin, f"{MAIL}?q=bob"))
    for _ in range(size):
        a_message()
    assert len(statements(erin, f"{MAIL}?q=bob")) == few


def test_a_letter_shows_the_words_that_left(erin: Client, cast: Cast) -> None:
    message = a_message(text="Hello <b>Bob</b>.\n\nAt http://localhost:8000/me/")

    page = Page.of(erin.get(letter_at(message)))

    assert page.h1 == "[Northside] Your membership is renewed"
    assert "Hello <b>Bob</b>." in page.text
    rows = page.one("dl", "gs-pairs").all("div")
    facts = {row.one("dt").text: row.one("dd").text for row in rows}
    assert facts["To"] == "bob@mail.example"
    assert facts["Class"] == "Notice"
    assert facts["Sent"] == "Nov 17, 2025, 10:00 AM PST"
    assert facts["Tries"] == "1"
    assert "Practice" not in facts


def test_a_letter_about_a_practice_names_it(erin: Client, cast: Cast) -> None:
    message = a_message(practice=cast.northside)
    assert "Practice Northside" in Page.of(erin.get(letter_at(message))).text


def test_a_letter_that_waits_says_when_it_is_tried_next(erin: Client) -> None:
    message = a_message(
        "waiting",
        text="",
        subject="",
        due_at=NOW + timedelta(minutes=4),
        last_error="451 Come back later",
    )
    text = Page.of(erin.get(letter_at(message))).text
    assert "The text is put together when the message leaves." in text
    assert "Next try Nov 17, 2025, 10:04 AM PST" in text
    assert "451 Come back later" in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sending", "Not sent yet. The text is put together when the message leaves."),
        ("sent", "The text was not kept."),
        ("unconfirmed", "The text was not kept."),
        ("dead", "Not sent. There is no text to show."),
        ("void", "Not sent. There is no text to show."),
    ],
)
def test_a_letter_without_words_says_why(erin: Client, state: str, words: str) -> None:
    message = a_message(state, text="")
    assert words in Page.of(erin.get(letter_at(message))).text


@pytest.mark.parametrize(
    ("state", "unanswered", "words"),
    [
        ("unconfirmed", 1, "It may have arrived. Ask, or have it sent again"),
        ("sent", 1, "It may have arrived twice."),
        ("dead", 1, "At an earlier try nobody heard the answer."),
    ],
)
def test_what_may_have_arrived_is_said(
    erin: Client, state: str, unanswered: int, words: str
) -> None:
    message = a_message(state, unanswered=unanswered)
    assert words in Page.of(erin.get(letter_at(message))).text


def test_another_bodys_letter_is_as_unknown_as_none(erin: Client) -> None:
    theirs, nobodys = a_message(program=OTHER_BODY), a_message(program="")
    gone = a_message()
    address = letter_at(gone)
    OutboxMessage.objects.filter(pk=gone.pk).update(program="")
    answers = [erin.get(each) for each in (letter_at(theirs), address)]
    answers.append(erin.get(letter_at(nobodys)))
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({said(answer) for answer in answers}) == 1
    assert listed(erin) == []


def test_a_body_without_a_policy_has_no_mail(
    cast: Cast, signed_in: Callable[[str], Client], today: object
) -> None:
    StaffRole.objects.filter(user=cast.rita).update(role="manager")
    message = a_message("dead", program=OTHER_BODY)
    client = signed_in("rita")
    for tail in ("mail/", f"mail/{message.pk}/", "jobs/"):
        assert client.get(f"/staff/{OTHER_BODY}/{tail}").status_code == 404
    again = f"/staff/{OTHER_BODY}/mail/{message.pk}/again/"
    assert client.post(again, {"seen": "1.dead.1"}).status_code == 404


def test_staff_find_the_way(erin: Client, mona: Client) -> None:
    for client in (erin, mona):
        links = Page.of(client.get("/staff/acmss/")).links
        assert links["Mail"] == MAIL
        assert links["Jobs"] == "/staff/acmss/jobs/"
