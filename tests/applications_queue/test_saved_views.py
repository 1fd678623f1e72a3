"""Managers keep the filters of the applications under a name."""

from datetime import date
from typing import Any

import pytest
import time_machine

from portal.models import SavedView
from tests.recertifying.living import BODY, noon
from tests.report.test_staff_report import staff

pytestmark = [pytest.mark.django_db, pytest.mark.db]
LIST = f"/staff/{BODY}/applications/"
HELD = "?mark=held"


def send(path: str, role: str = "manager", **sent: str) -> Any:  # noqa: ANN401
    """Send a form as somebody of the body's staff."""
    with time_machine.travel(noon(date(2025, 11, 17)), tick=True):
        return staff(role).post(path, sent)


def test_filters_are_kept_opened_and_removed() -> None:
    assert send(LIST, name="Held", filters=HELD).headers["Location"] == LIST + HELD
    row = SavedView.objects.get()
    assert (row.place, row.query) == ("applications", HELD)
    with time_machine.travel(noon(date(2025, 11, 17)), tick=True):
        shown = staff("manager").get(LIST + HELD).content.decode()
        # A view of this list is none of the queue's.
        assert (
            "Held" not in staff("manager").get(f"/staff/{BODY}/queue/").content.decode()
        )
    assert "Remove the view “Held”" in shown
    assert send(f"/staff/{BODY}/views/{row.pk}/remove/").status_code == 404
    gone = f"{LIST}views/{row.pk}/remove/"
    assert send(gone, "reviewer").status_code == 403
    assert send(gone).headers["Location"] == LIST
    assert not SavedView.objects.exists()
    assert send(gone).status_code == 404


def test_what_cannot_be_kept_says_why() -> None:
    for name, filters, words in (
        ("", HELD, "Give the view a name."),
        ("All", "?mark=nothing", "Choose a filter first, then save the view."),
    ):
        answer = send(LIST, name=name, filters=filters)
        assert answer.status_code == 422
        assert words in answer.content.decode()
