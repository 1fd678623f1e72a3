"""Whoever finds no answer asks the body's staff, signed in or not."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from core.models import AuditEntry, OutboxMessage
from core.throttle import ContactThrottle
from portal.models import HelpQuestion
from portal.services import forget_questions, tell_staff
from portal.tasks import tell_of_questions
from tests.asked import a_question
from tests.cast import BODY, NOW, OTHER_BODY, Cast
from tests.database import WORKER, working_as
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today", "cast")]
FORM = "/help/contact/"
HOST = "http://testserver"
STAFF = f"/staff/{BODY}/questions/"


def fields(answer: "Answer") -> dict[str, str]:
    """Names and values of a form's inputs."""
    found = [each.attributes for each in Page.of(answer).all("input")]
    return {each["name"]: each.get("value", "") for each in found if "name" in each}


def typed(client: Client, **values: str) -> dict[str, str]:
    """Fill the form in as it stands."""
    return {
        "program": BODY,
        "form_key": fields(client.get(FORM))["form_key"],
        "name": "Quinn Asks",
        "email": "quinn@mail.example",
        "text": "How do I add a course?",
    } | values


def test_a_stranger_asks_and_is_answered_by_mail(cast: Cast, erin: Client) -> None:
    client = Client()
    sent = client.post(FORM, typed(client, page="/me/", request="5c1d"), follow=True)
    row = HelpQuestion.objects.get()

    assert Page.of(sent).h1 == "Your question is sent"
    assert row.reference in Page.of(sent).text
    assert (row.user_id, row.page, row.request) == (None, "/me/", "5c1d")
    assert not OutboxMessage.objects.filter(recipient=row.email).exists()

    with working_as(WORKER):
        tell_of_questions()
    told = OutboxMessage.objects.filter(kind="help_question")
    assert sorted(each.recipient for each in told) == [
        "erin@erin-ellis.example",
        "mona@mona-moss.example",
    ]
    assert told[0].payload["request"] == "5c1d"

    place = f"{STAFF}{row.pk}/"
    assert row.reference in Page.of(erin.get(STAFF)).text
    assert "5c1d" in Page.of(erin.get(place)).text
    answered = erin.post(place, {"answer": "Choose Add CE activity."}, follow=True)
    assert "Your answer goes to quinn@mail.example." in Page.of(answered).text
    letter = OutboxMessage.objects.get(kind="help_answer")
    assert letter.recipient == "quinn@mail.example"
    assert letter.payload["answer"] == "Choose Add CE activity."
    assert list(
        AuditEntry.objects.filter(subject_id=row.pk).values_list("action", flat=True)
    ) in (["help.asked", "help.answered"], ["help.answered", "help.asked"])


def test_who_is_signed_in_need_not_say_who_they_are(bob: Client) -> None:
    data = typed(bob, email="somebody@else.example", name="Somebody Else")
    assert bob.post(FORM, data).status_code == 302
    row = HelpQuestion.objects.get()
    assert (row.name, row.email) == ("Bob Baker", "bob@bob-baker.example")
    assert row.user_id is not None


def test_the_form_knows_where_one_was_and_which_request(client: Client) -> None:
    head = Page.of(client.get("/verify/"))
    help_link = head.one("a", "gs-help").attributes["href"]
    article = client.get(help_link, headers={"referer": "http://testserver/verify/"})
    links = {each.text: each.attributes["href"] for each in Page.of(article).all("a")}
    values = fields(client.get(links["Ask for help"]))
    assert values["page"] == "/verify/"
    assert values["request"]


def test_a_page_of_an_error_tells_its_own_number(client: Client) -> None:
    lost = client.get("/nothing/here/")
    link = Page.of(lost).links["Ask for help with it"]
    values = fields(client.get(link, headers={"referer": f"{HOST}/nothing/here/"}))
    assert values["request"] == lost.headers["X-Request-ID"]
    assert values["page"] == "/nothing/here/"


@pytest.mark.parametrize(
    "referer", ["https://evil.example/verify/", "nonsense", "//evil.example/x"]
)
def test_another_site_is_not_a_page_of_ours(client: Client, referer: str) -> None:
    assert not fields(client.get(FORM, headers={"referer": referer}))["page"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter your name."),
        ("email", "quinn", "Enter an e-mail address such as name@practice.example."),
        ("text", " ", "Write your question."),
        ("text", "x" * 4001, "Use at most 4000 characters."),
        ("page", "/" * 301, "Use at most 300 characters."),
        ("form_key", "none", "Reload the page, then send the form again."),
        ("program", "nobody", "Choose one of the list."),
    ],
)
def test_what_is_missing_or_too_long_is_said_beside_its_field(
    client: Client, field: str, value: str, said: str
) -> None:
    answer = client.post(FORM, typed(client) | {field: value})
    assert answer.status_code == 422
    assert said in Page.of(answer).text
    assert not HelpQuestion.objects.exists()


def test_the_same_form_asks_once(client: Client) -> None:
    data = typed(client)
    first, second = client.post(FORM, data), client.post(FORM, data)
    assert first["Location"] == second["Location"]
    assert HelpQuestion.objects.count() == 1
    assert AuditEntry.objects.filter(action="help.asked").count() == 1


def test_too_many_questions_wait_and_lose_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContactThrottle, "THROTTLE_RATES", {"contact": "2/hour"})
    for _ in range(2):
        assert client.post(FORM, typed(client)).status_code == 302
    answer = client.post(FORM, typed(client, text="A third one"))
    assert answer.status_code == 429
    page = Page.of(answer)
    assert "A third one" in page.text
    assert "send it again in" in page.text
    assert HelpQuestion.objects.count() == 2


@pytest.mark.usefixtures("cast")
def test_staff_are_told_once() -> None:
    a_question()
    assert tell_staff(now=NOW) == 1
    assert tell_staff(now=NOW) == 0
    assert OutboxMessage.objects.filter(kind="help_question").count() == 2


def test_another_bodys_question_is_not_there(erin: Client) -> None:
    foreign = a_question(OTHER_BODY)
    assert erin.get(f"{STAFF}{foreign.pk}/").status_code == 404
    assert foreign.reference not in Page.of(erin.get(STAFF)).text


def test_the_second_answer_is_not_sent(erin: Client, mona: Client) -> None:
    place = f"{STAFF}{a_question().pk}/"
    erin.post(place, {"answer": "This way."})
    late = mona.post(place, {"answer": "That way."}, follow=True)
    assert "Your answer was not sent." in Page.of(late).text
    assert HelpQuestion.objects.get().answer == "This way."
    assert OutboxMessage.objects.filter(kind="help_answer").count() == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [(" ", "Write the answer."), ("x" * 4001, "Use at most 4000 characters.")],
)
def test_an_answer_needs_words_and_a_mails_length(
    erin: Client, answer: str, said: str
) -> None:
    place = f"{STAFF}{a_question().pk}/"
    refused = erin.post(place, {"answer": answer})
    assert refused.status_code == 422
    assert said in Page.of(refused).text
    assert HelpQuestion.objects.get().answered_at is None


def test_what_was_asked_is_shown_as_text(erin: Client) -> None:
    row = a_question(text="<script>x()</script> {{ 7*7 }}")
    body = erin.get(f"{STAFF}{row.pk}/").content.decode()
    assert "<script>x()" not in body
    assert "{{ 7*7 }}" in body


@pytest.mark.usefixtures("cast")
def test_what_was_answered_is_forgotten_after_a_year() -> None:
    kept = a_question()
    gone = a_question(answer="Yes.", answered_by="Erin", answered_at=NOW)
    assert forget_questions(before=NOW) == 0
    assert forget_questions(before=NOW + timedelta(seconds=1)) == 1
    assert list(HelpQuestion.objects.all()) == [kept]
    assert not HelpQuestion.objects.filter(pk=gone.pk).exists()


@pytest.mark.parametrize("referer", ["http://[", "http://testserver:port/", "\x7f"])
@pytest.mark.parametrize("address", [FORM, "/help/", "/help/renew/"])
def test_a_referer_that_is_none_is_nothing(
    client: Client, address: str, referer: str
) -> None:
    assert client.get(address, headers={"referer": referer}).status_code == 200


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/unsubscribe/a:b:c/", "/unsubscribe/<str:token>/"),
        ("/accounts/invite/one-use-secret/", "/accounts/invite/<str:token>/"),
        ("/p/northside/members/", "/p/northside/members/"),
    ],
)
def test_what_opens_something_is_left_out_of_the_page(
    client: Client, path: str, told: str
) -> None:
    came = client.get(FORM, headers={"referer": f"{HOST}{path}"})
    assert fields(came)["page"] == told
    assert fields(client.get(FORM, {"page": path}))["page"] == told


def test_one_home_s_addresses_count_together(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContactThrottle, "THROTTLE_RATES", {"contact": "1/hour"})
    first, second = "2001:db8::1", "2001:db8::ffff:2"
    for address, status in ((first, 302), (second, 429), ("2001:db8:0:1::1", 302)):
        answer = client.post(FORM, typed(client), REMOTE_ADDR=address)
        assert answer.status_code == status


def test_a_flood_of_questions_fills_no_mailbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("portal.services.asking.AN_HOUR", 2)
    for _ in range(3):
        a_question()
    assert tell_staff(now=NOW) == 2
    assert tell_staff(now=NOW + timedelta(minutes=59)) == 0
    assert tell_staff(now=NOW + timedelta(minutes=61)) == 1
