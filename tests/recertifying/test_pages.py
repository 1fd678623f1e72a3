"""The holder's pages: a task list, what is happening, and plain words at the end."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Member, User
from core.models import AuditEntry
from renewals.models import Recertification
from tests.cast import Cast
from tests.recertifying.living import a_holder, applied, decided, fresh, noon, pays
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "/me/recertify/namss/"
NOV_3 = date(2025, 11, 3)
COMPLETE = {"seen": "0", "name": "Nora North", "declared": "on", "act": "submit"}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 3, 2025."""
    with time_machine.travel(noon(NOV_3), tick=True):
        yield


@pytest.fixture
def nora(cast: Cast) -> Member:
    """Nora, who has all her credits."""
    return a_holder()


@pytest.fixture
def client(nora: Member) -> Client:
    """Nora's browser."""
    assert nora.user is not None
    return open_session(Client(), nora.user)


def shown(client: Client, place: str = PLACE, *, on: date = NOV_3) -> str:
    """What a page says on a day."""
    with time_machine.travel(noon(on), tick=True):
        # A session of that day: an older one has ended by then.
        open_session(client, User.objects.get(name="Nora North"))
        answer = client.get(place)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def row() -> Recertification:
    """The one application there is."""
    return Recertification.objects.get()


def test_it_is_a_list_of_tasks_with_the_fee_of_the_day(client: Client) -> None:
    page = shown(client)
    assert "Apply and pay by Dec 1, 2025." in page
    assert "30.0 of 30.0 credits, 15.0 of 15.0 approved." in page
    for words in ("Completed", "Incomplete", "Cannot start yet", "$375.00", "Rule N6"):
        assert words in page
    assert "join first, then apply, and it costs $175.00 less" in page


def test_a_draft_is_kept_and_comes_back(client: Client) -> None:
    kept = {"seen": "0", "name": "Nora", "act": "keep"}
    assert client.post(PLACE, kept).status_code == 302
    assert row().state == "draft"
    assert 'value="Nora"' in shown(client)


def test_its_words_follow_what_became_of_it(client: Client) -> None:
    assert "<h1>Apply for recertification</h1>" in shown(client)
    client.post(PLACE, COMPLETE)
    page = shown(client)
    assert "<h1>Your recertification application</h1>" in page
    assert "Withdraw application</a>" in page
    pays(row().order, NOV_3)
    assert f"Order {row().order} of $375.00: paid." in shown(client)


def test_submitted_it_says_what_is_happening(client: Client) -> None:
    assert client.post(PLACE, COMPLETE).status_code == 302
    page = shown(client)
    assert "Your application is submitted and waits for its payment." in page
    assert f"/me/orders/{row().order_id}/" in page
    pays(row().order, NOV_3)
    page = shown(client)
    assert "Your application is under review." in page
    assert "Answer due between Nov 24 and Dec 1, 2025." in page


def test_pressed_twice_it_is_submitted_once(client: Client) -> None:
    for _ in range(2):
        assert client.post(PLACE, COMPLETE).status_code == 302
    assert AuditEntry.objects.filter(action="application.submitted").count() == 1


def test_another_name_says_how_it_is_changed_and_keeps_what_was_typed(
    client: Client,
) -> None:
    answer = client.post(PLACE, {**COMPLETE, "name": "N. North"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "as it stands in your profile: Nora North" in page
    assert 'value="N. North"' in page
    # What it shows can be sent again.
    again = {**COMPLETE, "seen": str(row().version)}
    assert client.post(PLACE, again).status_code == 302


def test_changed_in_another_tab_it_says_so_and_keeps_what_was_typed(
    client: Client,
) -> None:
    client.post(PLACE, {"seen": "0", "name": "First", "act": "keep"})
    answer = client.post(PLACE, {"seen": "0", "name": "Second", "act": "keep"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed in another tab" in page
    assert 'value="Second"' in page
    assert f'name="seen" value="{row().version}"' in page
    assert row().name == "First"


def test_before_its_day_it_says_when_it_opens(client: Client) -> None:
    page = shown(client, on=date(2025, 7, 31))
    assert "The application opens on Aug 1, 2025." in page
    assert "Submit" not in page


def test_from_july_it_says_plainly_that_only_an_exam_helps(client: Client) -> None:
    for place in (PLACE, f"{PLACE}reinstate/"):
        page = shown(client, place, on=date(2026, 7, 1))
        assert (
            "only a new exam helps. You must apply as a new candidate and pass" in page
        )
        assert "Everything you reported and earned stays on your record." in page


def test_late_and_lapsed_it_leads_to_what_there_is(client: Client) -> None:
    page = shown(client, on=date(2025, 12, 2))
    assert "It includes the late fee of $50.00." in page
    page = shown(client, on=date(2026, 1, 1))
    assert f'href="{PLACE}reinstate/"' in page
    page = shown(client, f"{PLACE}reinstate/", on=date(2026, 1, 1))
    assert "$525.00" in page
    assert "Apply and pay by Jun 30, 2026." in page


def test_more_time_says_its_hour_and_what_it_costs_later(client: Client) -> None:
    page = shown(client, f"{PLACE}extension/")
    assert "Ask by Dec 1, 2025, 5:00 PM EST." in page
    assert "Granted, you have until Jun 1, 2026." in page
    assert "CE tracking tables are not accepted as proof." in page
    assert client.post(f"{PLACE}extension/", COMPLETE).status_code == 302
    assert (row().kind, row().state) == ("extension", "open")


def test_withdrawing_says_what_becomes_of_the_money(client: Client) -> None:
    client.post(PLACE, COMPLETE)
    pays(row().order, NOV_3)
    place = f"{PLACE}{row().pk}/withdraw/"
    assert "$375.00 you paid goes back only when NAMSS refunds it" in shown(
        client, place
    )
    assert client.post(place, {"seen": "1"}).status_code == 409
    assert client.post(place, {"seen": str(row().version)}).status_code == 302
    assert row().state == "withdrawn"
    # And there is room for a new one.
    assert client.post(PLACE, COMPLETE).status_code == 302


def test_refused_it_gives_the_reason_and_lets_one_apply_again(
    client: Client, nora: Member
) -> None:
    sent = applied(nora, NOV_3)
    pays(sent.order, NOV_3)
    decided(fresh(sent), "refused", NOV_3 + timedelta(days=1), "A proof is missing.")
    page = shown(client, on=NOV_3 + timedelta(days=2))
    assert "The reason: A proof is missing." in page
    assert "Submit, $375.00" in page


def test_of_a_body_without_cycles_there_is_no_such_page(client: Client) -> None:
    assert client.get("/me/recertify/acmss/").status_code == 404
    assert client.get("/me/recertify/nobody/").status_code == 404


def test_submitted_from_an_old_tab_nothing_is_sent_and_nothing_is_lost(
    client: Client,
) -> None:
    client.post(PLACE, {"seen": "0", "name": "First", "act": "keep"})
    client.post(PLACE, {"seen": "1", "name": "Second", "act": "keep"})
    answer = client.post(PLACE, COMPLETE | {"seen": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "check it, then send it again" in page
    assert 'value="Nora North"' in page
    assert (row().state, row().name) == ("draft", "Second")
    again = client.post(PLACE, COMPLETE | {"seen": str(row().version)})
    assert again.status_code == 302
    assert (row().state, row().name) == ("awaiting", "Nora North")


def test_short_of_credit_a_draft_can_be_kept_and_nothing_sent(cast: Cast) -> None:
    olga = a_holder("Olga Ono", credits=28)
    assert olga.user is not None
    client = open_session(Client(), olga.user)
    page = client.get(PLACE).content.decode()
    assert 'value="submit"' not in page
    assert "You can submit once your credits are there." in page
    answer = client.post(PLACE, COMPLETE | {"name": "Olga Ono"})
    assert answer.status_code == 409
    assert "28.0 of 30.0 credits" in answer.content.decode()
    assert row().state == "draft"
