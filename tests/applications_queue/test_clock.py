"""The clock of three to four weeks: on the list, the page, and the holder's own."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from renewals.models import Recertification
from tests.cast import Cast
from tests.portal.statements import statements
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
SEP_1, NOV_3, NOV_10 = date(2025, 9, 1), date(2025, 11, 3), date(2025, 11, 10)
LIST = "/staff/namss/applications/"


@pytest.fixture(autouse=True)
def manager(cast: Cast) -> User:
    """Max, who manages the body."""
    return a_manager()


def sent(name: str, on: date, credits: int = 30) -> Recertification:
    """An application under review since a day."""
    row = applied(a_holder(name, credits=credits), on)
    pays(row.order, on)
    return fresh(row)


def seen(address: str, on: date = NOV_10) -> str:
    """What Max reads at an address on a day."""
    with time_machine.travel(noon(on), tick=True):
        client = open_session(Client(), User.objects.get(name="Max Manager"))
        answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_is_due_first_stands_first_and_says_between_which_days() -> None:
    sent("Nora North", NOV_10)
    sent("Otto Old", SEP_1)
    page = seen(LIST)
    assert page.index("Otto Old") < page.index("Nora North")
    assert "Answer due between Dec 1 and Dec 8, 2025" in page
    assert "2 applications wait for a decision. 1 overdue." in page


def test_overdue_begins_the_day_after_the_last_and_is_said_in_words() -> None:
    sent("Otto Old", SEP_1)
    assert "Overdue</span>" not in seen(LIST, date(2025, 9, 29))
    assert "Overdue</span>" in seen(LIST, date(2025, 9, 30))


def test_the_list_is_narrowed_by_state_kind_name_and_what_is_overdue() -> None:
    sent("Nora North", NOV_10)
    sent("Otto Old", SEP_1)
    applied(a_holder("Exa Extra", credits=16), NOV_3, "extension")
    done = sent("Dora Done", SEP_1)
    decided(done, "approved", NOV_3)
    assert "Dora Done" not in seen(LIST)
    assert "Dora Done" in seen(f"{LIST}?state=decided")
    late = seen(f"{LIST}?mark=overdue")
    assert "Otto Old" in late
    assert "Nora North" not in late
    more = seen(f"{LIST}?kind=extension")
    assert "Exa Extra" in more
    assert "Otto Old" not in more
    assert "No application matches." in seen(f"{LIST}?q=nobody")
    # What no filter is called is none.
    assert "Otto Old" in seen(f"{LIST}?kind=none&mark=x&state=y&page=99")


def test_the_holder_reads_the_same_days() -> None:
    row = sent("Nora North", NOV_10)
    with time_machine.travel(noon(NOV_10), tick=True):
        assert row.member.user is not None
        client = open_session(Client(), row.member.user)
        page = client.get("/me/recertify/namss/").content.decode()
    assert "Answer due between Dec 1 and Dec 8, 2025." in page


@pytest.mark.parametrize("count", [2, 20])
def test_the_list_sends_as_many_statements_for_few_as_for_many(count: int) -> None:
    for each in range(count):
        applied(a_holder(f"Exa Extra{each}", credits=16), NOV_3, "extension")
    with time_machine.travel(noon(NOV_10), tick=True):
        client = open_session(Client(), User.objects.get(name="Max Manager"))
        assert len(statements(client, LIST)) == 10
