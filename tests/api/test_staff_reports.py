"""A body's managers read their reports, and staff keep their views, over REST."""

from datetime import date
from random import Random
from typing import Any

import pytest
import time_machine

from core.models import AuditEntry
from portal.models import SavedView
from tests.asked import a_view
from tests.cast import Cast
from tests.recertifying.living import BODY, noon
from tests.report.test_staff_report import staff
from tests.staff_reports.lives import a_life

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DAY = date(2026, 2, 17)
HERE = f"/api/v1/bodies/{BODY}"
MONTHS = "from=2025-03&through=2026-02"


def asked(method: str, path: str, role: str = "manager", **sent: object) -> Any:  # noqa: ANN401
    """Send a request as somebody of the body's staff."""
    with time_machine.travel(noon(DAY), tick=True):
        client = staff(role)
        data = {"data": sent, "content_type": "application/json"} if sent else {}
        return getattr(client, method)(f"{HERE}{path}", **data)


def test_reports_tell_the_figures_of_the_page() -> None:
    random = Random(5)  # noqa: S311  (dice, not secrets)
    for number in range(8):
        a_life(number, random, today=DAY)
    told = asked("get", f"/reports/renewals?{MONTHS}").json()
    assert (told["from"], told["through"]) == ("2025-03", "2026-02")
    assert (told["as_of"], told["credential"]) == ("2026-02-17", "")
    assert len(told["months"]) == 12
    for month in told["months"]:
        assert month["ended"] == sum(each["count"] for each in month["outcomes"])
    stood = asked("get", f"/reports/good-standing?{MONTHS}&credential=CPCS").json()
    assert [each["day"] for each in stood["months"]][-2:] == [
        "2026-01-31",
        "2026-02-17",
    ]
    for month in stood["months"]:
        assert month["total"] == sum(each["count"] for each in month["standings"])
    for report in ("audits", "credits"):
        assert asked("get", f"/reports/{report}").json()["months"] == []


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("from=2026-02&through=2026-01", "from", "comes after"),
        ("through=2025-1", "through", "is no month"),
        ("from=1900-01&through=2099-12", "through", "at most 60"),
        ("credential=X", "credential", "Choose one of: CPCS, CPMSM."),
        ("months=12", "months", "Use one of: from, through, credential."),
    ],
)
def test_what_cannot_be_told_names_its_parameter(
    query: str, parameter: str, words: str
) -> None:
    answer = asked("get", f"/reports/renewals?{query}")
    assert answer.status_code == 400
    (problem,) = answer.json()["errors"]
    assert problem["parameter"] == parameter
    assert words in str(answer.json())


def test_a_view_is_kept_listed_and_removed() -> None:
    new = {"name": "Overdue", "filters": "mark=overdue&kind=extension"}
    made = asked("post", "/recert-application-views", **new)
    assert made.status_code == 201
    assert made.json()["filters"] == "kind=extension&mark=overdue"
    again = asked("post", "/recert-application-views", **new)
    assert again.json()["id"] == made.json()["id"]
    listed = asked("get", "/recert-application-views").json()
    assert [each["name"] for each in listed["results"]] == ["Overdue"]
    gone = f"/recert-application-views/{made.json()['id']}"
    assert asked("delete", gone).status_code == 204
    assert asked("delete", gone).status_code == 404
    entries = AuditEntry.objects.filter(action__startswith="view.")
    assert sorted(each.action for each in entries) == ["view.removed", "view.saved"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "", "filters": "mark=held"}, "blank"),
        ({"name": "All", "filters": "mark="}, "Choose a filter first"),
        (
            {"name": "All", "filters": "mark=held&kind=nothing"},
            "The list can't be narrowed to kind=nothing.",
        ),
        ({"name": "All", "filters": "age=14"}, "The list has no filter “age”."),
        ({"name": "x" * 61, "filters": "mark=held"}, "60"),
        ({"name": "All", "filters": "mark=held", "place": "queue"}, "Use one of"),
    ],
)
def test_what_cannot_be_kept_says_why(sent: dict[str, str], words: str) -> None:
    answer = asked("post", "/recert-application-views", **sent)
    assert answer.status_code == 422
    assert words in answer.content.decode() or words == "blank"
    assert not SavedView.objects.exists()


def test_a_reviewer_keeps_views_of_the_queue_alone(cast: Cast) -> None:
    new = {"name": "Old", "filters": "age=14"}
    assert asked("post", "/queue-views", "reviewer", **new).status_code == 201
    assert asked("get", "/recert-application-views", "reviewer").status_code == 403
    theirs = a_view(BODY, SavedView.Place.APPLICATIONS)
    gone = f"/queue-views/viw_{theirs.pk.hex}"
    assert asked("delete", gone, "reviewer").status_code == 404
    assert SavedView.objects.filter(pk=theirs.pk).exists()
