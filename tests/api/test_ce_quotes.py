"""What an activity would be worth: told with its why, and saved nowhere."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, Sponsorship
from ce_credits.services import Report
from core.public_ids import spell
from portal.queries.activity_quote import quote
from tests.api.asking import Api, Caller, places, problem
from tests.cast import BODY, Cast
from tests.matrix.asking import checksum

WEBINAR = {"program": BODY, "kind": "webinar"}


def test_a_quote_says_credit_and_why(api: Api) -> None:
    told = api.post("credit-quotes", {**WEBINAR, "minutes": 45}).json()
    line = "45 min -> 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A"
    assert told == {
        "program": BODY,
        "kind": "webinar",
        "on": "2025-11-17",
        "minutes": 45,
        "housekeeping_minutes": None,
        "paid": None,
        "academic_credits": None,
        "positions": None,
        "level": None,
        "stated_credits": None,
        "website": None,
        "topics": None,
        "outcome": "awarded",
        "amount": "1.0",
        "unit": "CME",
        "approved": None,
        "rule": "A4",
        "band": "band over 30 and up to 60 min",
        "index_number": "CMS06140728A",
        "explanation": line,
        "policy": "acmss@2017-01-01",
        "reasons": [{"rule": "A4", "text": line, "ruling": False}],
    }


@pytest.mark.parametrize(
    ("minutes", "amount", "index"),
    [
        (29, "0.5", "CMS06140727A"),
        (30, "0.5", "CMS06140727A"),
        (31, "1.0", "CMS06140728A"),
        (60, "1.0", "CMS06140728A"),
        (61, "1.5", "CMS06140729A"),
        (90, "1.5", "CMS06140729A"),
        (91, "2.0", "CMS06140730A"),
        (120, "2.0", "CMS06140730A"),
    ],
)
def test_the_bands_are_the_body_s(
    own: Caller, minutes: int, amount: str, index: str
) -> None:
    told = own.post("credit-quotes", {**WEBINAR, "minutes": minutes}).json()
    assert (told["amount"], told["index_number"]) == (amount, index)
    assert any(reason["ruling"] for reason in told["reasons"]) is (minutes == 30)


CATEGORY_1 = {"program": "mms", "kind": "category_1", "minutes": 60}


@pytest.mark.parametrize(("profession", "amount"), [("DO", "1.0"), ("RN", "0.0")])
def test_what_is_for_physicians_is_answered_by_ones_own_record(
    own: Caller, cast: Cast, profession: str, amount: str
) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(profession=profession)
    told = own.post("credit-quotes", CATEGORY_1).json()
    assert told["amount"] == amount
    today = date.fromisoformat(told["on"])
    report = Report(kind="category_1", title="", on=today, minutes=60)
    bob = Member.objects.get(pk=cast.bob.pk)
    line = quote(bob, "mms", report, today=today).line
    assert line == told["explanation"].replace("->", "→")


def test_a_practice_names_whose_record_is_read(api: Api, cast: Cast) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(profession="MD")
    open_ = cast.bob.sponsorships.get()
    Sponsorship.objects.create(
        practice=open_.practice, member=cast.bob, program="mms", from_on=open_.from_on
    )
    named = {**CATEGORY_1, "member": spell("mem", cast.bob.pk)}
    assert api.post("credit-quotes", named).json()["amount"] == "1.0"
    assert api.post("credit-quotes", CATEGORY_1).json()["amount"] == "0.0"
    foreign = {**CATEGORY_1, "member": spell("mem", cast.charlie.pk)}
    problem(api.post("credit-quotes", foreign), 404, "not-found")


def test_beyond_the_bands_staff_would_decide(own: Caller) -> None:
    told = own.post("credit-quotes", {**WEBINAR, "minutes": 121}).json()
    assert (told["outcome"], told["amount"], told["rule"]) == ("staff", None, "A6")
    assert (told["band"], told["index_number"], told["minutes"]) == (None, None, 121)
    assert told["explanation"].endswith("A staff member will decide.")


@pytest.mark.parametrize(
    ("title", "outcome", "minutes"),
    [
        ("Billing (1 hr 15 min)", "awarded", 75),
        ("Billing (45 min) or 50 min", "refused", None),
        ("Billing", "refused", None),
        ("Billing, 2.5 min", "refused", None),
        ("", "refused", None),
    ],
)
def test_the_title_speaks_where_no_minutes_are_sent(
    own: Caller, title: str, outcome: str, minutes: int | None
) -> None:
    told = own.post("credit-quotes", {**WEBINAR, "title": title}).json()
    assert (told["outcome"], told["minutes"]) == (outcome, minutes)
    assert (told["amount"] is None) is (outcome != "awarded")
    typed = {**WEBINAR, "title": title, "minutes": 45}
    assert own.post("credit-quotes", typed).json()["minutes"] == 45


def test_nothing_is_saved(api: Api) -> None:
    before = checksum()
    with CaptureQueriesContext(connection) as captured:
        answer = api.client.post(
            api.path("credit-quotes"),
            {**WEBINAR, "minutes": 45},
            "application/json",
            headers=api.headers,
        )
    assert answer.status_code == 200
    writes = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        # That the token was used.
        and "accounts_apitoken" not in query["sql"]
    ]
    assert not writes
    assert checksum() == before


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, ["/kind", "/program"]),
        ({"program": BODY}, ["/kind"]),
        ({**WEBINAR, "on": "2025-02-31"}, ["/on"]),
        ({**WEBINAR, "on": None}, ["/on"]),
        ({**WEBINAR, "save": True}, ["/save"]),
        ({**WEBINAR, "member": "mem_" + "0" * 32}, ["/member"]),
        ({**WEBINAR, "title": "t" * 301}, ["/title"]),
        ({**WEBINAR, "title": "a\nb"}, ["/title"]),
        ([], [""]),
    ],
)
def test_a_question_that_can_t_be_answered_is_422(
    own: Caller, sent: object, expected: list[str]
) -> None:
    said = problem(own.post("credit-quotes", sent), 422, "validation-error")
    assert sorted(places(said)) == expected
