"""Setting a new password: by a mailed link, or with the present one."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models import AuditEntry, OutboxMessage
from core.passwords import NotCommon
from tests.accounts.reading import FRESH, headers, reset_link_to, said, sign_in
from tests.cast import NOW, PASSWORD, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def ask(email: str) -> str:
    """Ask for a link and give its path."""
    Client().post("/accounts/reset/", {"email": email})
    return reset_link_to(email)


def use(link: str, password: str = FRESH) -> tuple[Client, str]:
    """Open a link and set a password; give the client and the last page's text."""
    client = Client()
    page = client.get(link, follow=True)
    if "form" not in (page.context or {}):
        return client, said(page)
    answer = client.post(
        page.request["PATH_INFO"], {"password1": password}, follow=True
    )
    return client, said(answer)


def test_a_link_sets_a_new_password(alice: User) -> None:
    _, text = use(ask(alice.email))

    assert "Password saved" in text
    assert sign_in(Client(), alice.email, FRESH).status_code == 302
    assert sign_in(Client(), alice.email, PASSWORD).status_code == 200


def test_known_unknown_and_switched_off_addresses_are_answered_alike(
    alice: User,
) -> None:
    bob = a_user("Bob Baker")
    bob.is_active = False
    bob.save()
    answers = []
    for email in (alice.email, "nobody@practice.example", bob.email):
        client = Client()
        answer = client.post("/accounts/reset/", {"email": email})
        page = client.get(answer["Location"])
        answers.append((answer.status_code, headers(answer), said(page)))

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 302
    assert OutboxMessage.objects.count() == 3
    assert mail.outbox == []


def test_the_request_does_the_same_work_for_known_and_unknown_addresses(
    alice: User,
) -> None:
    asked = []
    for email in (alice.email, "nobody@practice.example"):
        with CaptureQueriesContext(connection) as statements:
            Client().post("/accounts/reset/", {"email": email})
        asked.append([query["sql"].split(" ")[0] for query in statements])

    assert asked[0] == asked[1]


def test_only_who_signs_in_is_mailed_and_no_link_is_stored(alice: User) -> None:
    bob = a_user("Bob Baker")
    bob.is_active = False
    bob.save()
    for email in (bob.email, "nobody@practice.example", alice.email.upper()):
        Client().post("/accounts/reset/", {"email": email})

    link = reset_link_to(alice.email)

    assert [sent.to for sent in mail.outbox] == [[alice.email]]
    rows = dict(OutboxMessage.objects.values_list("recipient", "state"))
    assert rows == {
        alice.email: "sent",
        bob.email: "void",
        "nobody@practice.example": "void",
    }
    assert link not in str(OutboxMessage.objects.values())


def test_a_link_works_once(alice: User) -> None:
    link = ask(alice.email)
    use(link)

    _, text = use(link, "yet another long password")

    assert "This link has ended" in text
    assert sign_in(Client(), alice.email, FRESH).status_code == 302


def test_a_form_left_open_in_another_tab_sets_nothing_after_the_link_was_used(
    alice: User,
) -> None:
    link = ask(alice.email)
    tab = Client()
    page = tab.get(link, follow=True)
    use(link)

    late = tab.post(page.request["PATH_INFO"], {"password1": "a late long password"})

    assert "This link has ended" in said(late)
    assert sign_in(Client(), alice.email, FRESH).status_code == 302


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_a_link_works_for_an_hour(alice: User, minutes: int, *, works: bool) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        link = ask(alice.email)
        clock.shift(timedelta(minutes=minutes))
        _, text = use(link)

    assert ("Password saved" in text) is works
    assert ("This link has ended" in text) is not works


def test_an_unknown_link_is_answered_like_a_used_one(alice: User) -> None:
    link = ask(alice.email)
    use(link)
    unknown = f"/accounts/reset/{'0' * 32}-abc123-0123456789abcdef/"

    assert use(unknown)[1] == use(link)[1]
    assert Client().get(unknown).status_code == Client().get(link).status_code


def test_signing_in_ends_a_link(alice: User) -> None:
    link = ask(alice.email)
    sign_in(Client(), alice.email)

    assert "This link has ended" in use(link)[1]


@pytest.mark.parametrize("header", ["x-forwarded-host", "host"])
def test_a_mailed_link_never_carries_a_host_somebody_sent(
    alice: User, header: str
) -> None:
    answer = Client().post(
        "/accounts/reset/", {"email": alice.email}, headers={header: "evil.example"}
    )

    assert answer.status_code == (400 if header == "host" else 302)
    if answer.status_code == 302:
        assert reset_link_to(alice.email).startswith("/accounts/reset/")
        assert "evil" not in str(mail.outbox[0].message())


def test_the_link_keeps_out_of_caches_and_referrers(alice: User) -> None:
    client = Client()
    first = client.get(ask(alice.email))
    form = client.get(first["Location"])

    assert "set-password" in first["Location"]
    for answer in (first, form):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    # Without it a browser would post the form with an Origin of "null".
    assert '<meta name="referrer" content="same-origin">' in said(form)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "easy to guess"),
        ("passwordpassword", "easy to guess"),
        ("qwertyuiop123", "easy to guess"),
        ("alice.adams1", "too much like your e-mail"),
        ("goodstanding1", "easy to guess"),
        ("alice@alice-adams.example", "too much like your e-mail"),
        ("", "Enter a password."),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(
    alice: User, password: str, words: str
) -> None:
    _, text = use(ask(alice.email), password)

    assert words in text
    assert "There is a problem" in text
    assert sign_in(Client(), alice.email).status_code == 302


@pytest.mark.parametrize(
    "password", ["four unusual plain words", "Tr7!kd0-Wq2z", "x" + "ü7é-" * 40]
)
def test_what_is_hard_to_guess_is_taken_whatever_it_is_made_of(
    alice: User, password: str
) -> None:
    _, text = use(ask(alice.email), password)
    assert "Password saved" in text


def test_none_of_the_passwords_that_are_tried_first_can_be_set() -> None:
    listed = NotCommon().passwords
    long_ones = [each for each in listed if len(each) >= 12]

    assert len(listed) > 20_000
    assert len(long_ones) > 300
    for each in long_ones:
        with pytest.raises(ValidationError, match="easy to guess"):
            validate_password(each)


def test_no_password_keeps_a_process_busy() -> None:
    """Signs that may stand for letters have many readings, more with each place."""
    signs = "4@8({[<369!1|0$5+7%2" * 4
    took = []
    for password in (signs[:32], signs):
        began = time.process_time()
        validate_password(password)
        took.append(time.process_time() - began)
    assert took[1] < 3 * took[0]


def test_none_at_all_is_too_short() -> None:
    with pytest.raises(ValidationError, match="at least 12 characters"):
        validate_password("")


def test_a_new_password_ends_every_other_session(alice: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, alice.email)
    assert elsewhere.get("/accounts/password/change/").status_code == 200

    use(ask(alice.email))

    assert elsewhere.get("/accounts/password/change/").status_code == 302


def test_the_trail_tells_of_link_and_password_and_holds_no_secret(
    alice: User,
) -> None:
    link = ask(alice.email)
    use(link)

    made, changed = AuditEntry.objects.order_by("at")
    assert (made.action, made.actor) == ("password.link_made", "Goodstanding (mail)")
    assert (changed.action, changed.user_id) == ("password.set", alice.pk)
    assert link.split("-", 1)[1] not in str(AuditEntry.objects.values())
    assert FRESH not in str(changed.__dict__)


def test_asking_again_and_again_is_limited(alice: User) -> None:
    answers = [
        Client().post("/accounts/reset/", {"email": alice.email}).status_code
        for _ in range(6)
    ]

    assert answers == [302] * 5 + [429]


def test_alice_changes_her_password_with_the_present_one(alice: User) -> None:
    client = Client()
    sign_in(client, alice.email)
    wrong = client.post(
        "/accounts/password/change/", {"oldpassword": "a guess", "password1": FRESH}
    )
    right = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": FRESH}
    )

    assert "isn&#x27;t your current password" in said(wrong)
    assert right.status_code == 302
    assert client.get("/accounts/password/change/").status_code == 200
    assert sign_in(Client(), alice.email, FRESH).status_code == 302
    assert AuditEntry.objects.get().action == "password.set"


def test_somebody_without_a_password_is_led_to_a_link(alice: User) -> None:
    alice.set_unusable_password()
    alice.save()
    client = Client()
    client.force_login(
        alice, backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    answer = client.get("/accounts/password/change/")

    assert answer["Location"] == "/accounts/reset/"
