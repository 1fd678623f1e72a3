"""CE that counts in no term: the notice, the page and the mail say so."""

from datetime import date

import pytest
from django.test import Client

from core.models import OutboxMessage
from notifications.tasks import deliver
from tests.cast import Cast
from tests.mail.conftest import server
from tests.mail.office import Office
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import a_pdf, send

__all__ = ["server"]
pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf", "today")]
EARLY = date(2020, 1, 2)
WORDS = (
    "Jan 2, 2020 is before your first term, which began on Nov 3, 2024. "
    "It counts in no term."
)


def test_nobody_is_told_that_it_counts(bob: Client, cast: Cast, server: Office) -> None:
    answer = send(bob, do="submit", file=a_pdf(), on=EARLY.isoformat())
    page = followed(bob, answer)
    assert page.notices == [f"Submitted. {WORDS}"]
    assert "It was sent in, and counts in no term." in page.text
    assert "It counts. Staff may still ask" not in page.text
    deliver(str(OutboxMessage.objects.get(kind="ce_received").pk))
    said = server.arrived[-1].get_body(("plain",))
    assert said is not None
    assert "so it counts in none." in said.get_content()


def test_what_counts_is_told_so(bob: Client, cast: Cast, server: Office) -> None:
    page = followed(bob, send(bob, do="submit", file=a_pdf(), minutes="45"))
    assert page.notices == ["Submitted. 1.0 CME counts from today."]
    assert isinstance(page, Page)
    deliver(str(OutboxMessage.objects.get(kind="ce_received").pk))
    said = server.arrived[-1].get_body(("plain",))
    assert said is not None
    assert "counts in none" not in said.get_content()
