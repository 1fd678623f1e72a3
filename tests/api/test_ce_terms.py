"""Terms over REST: what each asks, what is there, what is missing, and why."""

from datetime import date

import pytest

from accounts.models import Sponsorship
from certificates.models import Certificate
from core.public_ids import spell
from credentials.models import Window
from tests.api.asking import Api, Caller, mem, places, problem, secret_of, tail_of
from tests.api.reporting import submitted
from tests.cast import BODY, Cast, a_member, certify, credit, given

pytestmark = pytest.mark.db


def tail(cast: Cast) -> str:
    """Where a practice reads Bob's terms."""
    return f"members/{mem(cast.bob.pk)}/terms"


def test_a_term_says_what_it_asks_and_what_counts(
    api: Api, own: Caller, cast: Cast
) -> None:
    (term,) = api.get(tail(cast)).json()["results"]
    window = Window.objects.get(member=cast.bob)
    assert term["id"] == spell("trm", window.pk)
    assert (term["first_on"], term["last_on"]) == ("2024-11-03", "2025-11-02")
    assert (term["renewal_on"], term["program"]) == ("2025-11-03", BODY)
    assert (term["unit"], term["need"]) == ("CME", "3.0")
    assert (term["completed"], term["have"], term["missing"]) == ("3.0", "3.0", "0.0")
    (counted,) = term["activities"]
    assert (counted["title"], counted["on"]) == ("Webinar of 2025-05-05", "2025-05-05")
    assert counted["credit"]["amount"] == "3.0"
    assert counted["credit"]["rule"] == "A4"
    assert counted["credit"]["explanation"] == "3.0 CME"
    certificate = Certificate.objects.get(member=cast.bob)
    assert term["certificate"]["state"] == "issued"
    assert term["certificate"]["id"] == spell("crt", certificate.pk)
    assert own.get("terms").json()["results"] == [term]


def test_what_is_submitted_counts_at_once_and_what_is_taken_away_no_more(
    api: Api, own: Caller, body: Caller, cast: Cast
) -> None:
    made = submitted(own, cast, minutes=45)
    (term,) = own.get("terms").json()["results"]
    assert (term["completed"], term["have"], term["missing"]) == ("4.0", "4.0", "0.0")
    assert [each["credit"]["index_number"] for each in term["activities"]] == [
        None,
        "CMS06140728A",
    ]
    sent = {"version": 1, "outcome": "rejected", "ground": "wrong_name"}
    body.post(tail_of(made, "decision"), sent)
    (term,) = api.get(tail(cast)).json()["results"]
    assert (term["completed"], len(term["activities"])) == ("3.0", 1)


def test_what_is_missing_is_told(own: Caller, cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    credit(cast.bob, "1.5", on=date(2025, 11, 17))
    newest, before = own.get("terms").json()["results"]
    assert (newest["have"], newest["need"], newest["missing"]) == ("1.5", "3.0", "1.5")
    assert newest["applied_on"] == "2025-11-17"
    # A day between the terms counts in the one before (A16).
    assert before["have"] == "3.0"
    assert own.get("terms", page_size=1, page=2).json()["results"] == [before]
    problem(own.get("terms", page=9), 404, "not-found")


def test_a_held_certificate_says_why(api: Api, cast: Cast) -> None:
    gus = a_member("Gus Gray", cast.northside)
    certify(gus)
    given(cast.membership, cast.northside, gus, today=date(2024, 11, 3))
    credit(gus, "1.5", on=date(2025, 5, 5))
    given(cast.renewals, cast.northside, gus)
    newest, closed = api.get(f"members/{mem(gus.pk)}/terms").json()["results"]
    assert (closed["have"], closed["missing"]) == ("1.5", "1.5")
    held = newest["certificate"]
    assert (held["state"], held["id"]) == ("held", None)
    assert (held["have"], held["need"]) == ("1.5", "3.0")
    assert {reason["rule"] for reason in held["why"]} >= {"A10"}


def test_a_stranger_s_terms_are_not_there(api: Api, cast: Cast) -> None:
    for wrong in (mem(cast.charlie.pk), "mem_" + "0" * 32, "bob"):
        problem(api.get(f"members/{wrong}/terms"), 404, "not-found")
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 1))
    problem(api.get(tail(cast)), 404, "not-found")


def test_another_practice_s_paper_is_not_named(api: Api, cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 1))
    Sponsorship.objects.create(
        practice=cast.lakeview,
        member=cast.bob,
        program=BODY,
        from_on=date(2025, 11, 2),
        renewal_mode="manual",
    )
    lakeview = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    (term,) = lakeview.get(tail(cast)).json()["results"]
    assert term["certificate"]["state"] == "issued"
    assert term["certificate"]["id"] is None


def test_a_filter_that_isn_t_known_is_refused(own: Caller) -> None:
    for query in ({"program": "another"}, {"year": "2025"}, {"page_size": "101"}):
        said = problem(own.get("terms", **query), 400, "malformed")
        assert places(said) == list(query)
