"""Staff ask an applicant for something; the applicant answers, once."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import StaffRole, User
from core.models import AuditEntry, OutboxMessage
from core.scope import Scope, scoped
from renewals.models import ApplicationQuestion, Recertification
from renewals.services import tell_answers
from tests.cast import Cast
from tests.recertifying.living import (
    a_holder,
    a_manager,
    applied,
    decided,
    fresh,
    noon,
    pays,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3, NOV_20 = date(2025, 11, 3), date(2025, 11, 20)
LIST, PLACE = "/staff/namss/applications/", "/me/recertify/namss/"
WORDS, ANSWER = "Please add the certificate of May 2.", "It is there now."


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 3, 2025."""
    with time_machine.travel(noon(NOV_3), tick=True):
        yield


@pytest.fixture
def max_(cast: Cast) -> Client:
    """The browser of a manager."""
    return open_session(Client(), a_manager())


@pytest.fixture
def sent(max_: Client) -> Recertification:
    """An application under review."""
    row = applied(a_holder(), NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


@pytest.fixture
def nora(sent: Recertification) -> Client:
    """The browser of the applicant."""
    assert sent.member.user is not None
    return open_session(Client(), sent.member.user)


def asks(client: Client, row: Recertification, words: str = WORDS) -> int:
    """Let the manager ask; give the status."""
    said = {"seen": str(fresh(row).version), "outcome": "ask", "reason": words}
    return client.post(f"{LIST}{row.pk}/", said).status_code


def answer_of(row: Recertification) -> str:
    """Where it is answered."""
    return f"{PLACE}{row.pk}/answer/"


def read(client: Client, place: str) -> str:
    """What a page says."""
    return " ".join(client.get(place).content.decode().split())


def test_it_is_asked_told_answered_and_goes_back_to_staff(
    max_: Client, nora: Client, sent: Recertification
) -> None:
    assert asks(max_, sent) == 302
    letter = OutboxMessage.objects.get(kind="application_asked")
    assert letter.payload["reason"] == WORDS
    assert "Needs information" in read(max_, LIST)
    assert "Nora North" in read(max_, f"{LIST}?mark=asked")
    page = read(nora, PLACE)
    assert "Your application needs information from you." in page
    assert f"NAMSS needs something from you: {WORDS}" in page
    assert answer_of(sent) in page
    assert WORDS in read(nora, answer_of(sent))
    assert nora.post(answer_of(sent), {"answer": ANSWER}).status_code == 302
    assert "Your application is under review." in read(nora, PLACE)
    assert ANSWER in read(max_, f"{LIST}{sent.pk}/")
    assert "Nora North" in read(max_, f"{LIST}?mark=answered")
    actions = AuditEntry.objects.filter(subject_id=sent.pk).values_list(
        "action", flat=True
    )
    assert {"application.asked", "application.answered"} <= set(actions)


def test_the_clock_is_as_it_was(max_: Client, sent: Recertification) -> None:
    asks(max_, sent)
    assert "Answer due between Nov 24 and Dec 1, 2025." in read(
        max_, f"{LIST}{sent.pk}/"
    )


def test_the_same_again_is_nothing_and_one_question_is_open(
    max_: Client, sent: Recertification
) -> None:
    assert (asks(max_, sent), asks(max_, sent)) == (302, 302)
    assert asks(max_, sent, "Something else?") == 409
    assert asks(max_, sent, "") == 422
    assert ApplicationQuestion.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="application_asked").count() == 1


def test_an_answer_is_written_once(
    max_: Client, nora: Client, sent: Recertification
) -> None:
    assert nora.get(answer_of(sent)).status_code == 404
    asks(max_, sent)
    assert nora.post(answer_of(sent), {"answer": " "}).status_code == 422
    assert nora.post(answer_of(sent), {"answer": "x" * 2001}).status_code == 422
    for status, answer in ((302, ANSWER), (302, ANSWER), (409, "No, it isn't.")):
        assert nora.post(answer_of(sent), {"answer": answer}).status_code == status
    assert ApplicationQuestion.objects.get().answer == ANSWER
    # And something else may be asked.
    assert asks(max_, sent, "And the one of June?") == 302


def test_decided_meanwhile_it_can_not_be_answered(
    max_: Client, nora: Client, sent: Recertification
) -> None:
    asks(max_, sent)
    decided(fresh(sent), "approved", NOV_20)
    assert nora.post(answer_of(sent), {"answer": ANSWER}).status_code == 409
    assert "Nothing more is asked of you." in read(nora, answer_of(sent))
    assert ApplicationQuestion.objects.get().answered_on is None


def test_nobody_else_reads_or_answers_it(
    max_: Client, sent: Recertification, cast: Cast
) -> None:
    asks(max_, sent)
    assert cast.bob.user is not None
    bob = open_session(Client(), cast.bob.user)
    assert bob.get(answer_of(sent)).status_code == 404
    assert bob.post(answer_of(sent), {"answer": ANSWER}).status_code == 404


def answered_to(*people: str) -> bool:
    """Let the worker tell staff twice; say whether these alone were mailed, once."""
    with scoped(Scope.sweep()):
        tell_answers(now=noon(NOV_3))
        tell_answers(now=noon(NOV_3))
    rows = OutboxMessage.objects.filter(kind="application_answered")
    return sorted(rows.values_list("recipient", flat=True)) == sorted(people)


def test_who_asked_is_told_of_the_answer_once(
    max_: Client, nora: Client, sent: Recertification
) -> None:
    a_manager("Mia Manager")
    asks(max_, sent)
    assert answered_to()
    nora.post(answer_of(sent), {"answer": ANSWER})
    max_user = User.objects.get(name="Max Manager")
    assert answered_to(max_user.email)
    row = OutboxMessage.objects.get(kind="application_answered")
    assert row.payload["question"] == WORDS
    assert f"{LIST}{sent.pk}/" in row.payload["url"]


def test_where_who_asked_has_left_the_managers_are_told(
    max_: Client, nora: Client, sent: Recertification
) -> None:
    mia = a_manager("Mia Manager")
    asks(max_, sent)
    StaffRole.objects.filter(user__name="Max Manager").update(until_at=noon(NOV_3))
    nora.post(answer_of(sent), {"answer": ANSWER})
    assert answered_to(mia.email)
