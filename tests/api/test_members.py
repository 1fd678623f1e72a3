"""Members: who is listed, which filters narrow, and what a bad question gets."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Sponsorship
from tests.api.asking import Api, mem, places, problem, without_request_id
from tests.api.contract import Answer
from tests.cast import BODY, Cast, a_member, certify, given

RESULTS = "results"
FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Bob", "Dora", "Gus", "Nora"]),
    ({"status": "renew_now"}, ["Bob"]),
    ({"status": "due"}, ["Dora"]),
    ({"status": "good"}, ["Gus"]),
    ({"status": "none"}, ["Nora"]),
    ({"mode": "none"}, ["Nora"]),
    ({"mode": "auto"}, ["Dora"]),
    ({"mode": "manual"}, ["Bob", "Gus"]),
    ({"mode": "manual", "status": "good"}, ["Gus"]),
    ({"mode": "auto", "status": "good"}, []),
    ({"program": BODY}, ["Bob", "Dora", "Gus", "Nora"]),
    ({"renewal_before": "2025-12-01"}, ["Bob"]),
    ({"renewal_before": "2025-12-02"}, ["Bob", "Dora"]),
    ({"renewal_before": "0001-01-01"}, []),
    ({"renewal_before": "9999-12-31"}, ["Bob", "Dora", "Gus"]),
    ({"q": "dun"}, ["Dora"]),
    ({"q": "DORA d"}, ["Dora"]),
    ({"q": "dora gray"}, []),
    ({"q": "bob@bob-baker"}, ["Bob"]),
    ({"q": "%"}, []),
    ({"q": "' OR 1=1 --"}, []),
    ({"ordering": "-name"}, ["Nora", "Gus", "Dora", "Bob"]),
    ({"ordering": "renewal_date"}, ["Bob", "Dora", "Gus", "Nora"]),
    ({"ordering": "-renewal_date"}, ["Gus", "Dora", "Bob", "Nora"]),
]
NO_IDS = [
    "mem_" + "0" * 32,
    "mem_" + "f" * 31,
    "mem_" + "F" * 32,
    "mem_",
    "crt_" + "0" * 32,
    "1",
    "%00",
    "%FF",
    "..%2F",
    "mem_" + "a" * 4000,
    "٣",
]
UNREADABLE = [
    ("page_size=0", "page_size"),
    ("page_size=-1", "page_size"),
    ("page_size=101", "page_size"),
    ("page_size=1e9", "page_size"),
    ("page_size=abc", "page_size"),
    ("page_size=", "page_size"),
    ("page_size=1.0", "page_size"),
    ("page_size=1_0", "page_size"),
    ("page_size=%D9%A3", "page_size"),
    ("page_size=99999999999999999999", "page_size"),
    ("page=0", "page"),
    ("page=100001", "page"),
    ("page=1&page=2", "page"),
    ("mode=AUTO", "mode"),
    ("mode=", "mode"),
    ("mode=auto&mode=none", "mode"),
    ("status=lapsed", "status"),
    ("program=nobody", "program"),
    ("renewal_before=2025-02-31", "renewal_before"),
    ("renewal_before=12/01/2025", "renewal_before"),
    ("renewal_before=20251201", "renewal_before"),
    ("renewal_before=2025-W49-1", "renewal_before"),
    ("renewal_before=tomorrow", "renewal_before"),
    ("q=%00", "q"),
    ("q=" + "x" * 101, "q"),
    ("ordering=email", "ordering"),
    ("ordering=user__password", "ordering"),
    ("ordering=?", "ordering"),
    ("colour=red", "colour"),
    ("user__email=a", "user__email"),
    ("format=xml", "format"),
]


def names(answer: Answer) -> list[str]:
    """First names in the order of the answer."""
    return [row["first_name"] for row in answer.json()[RESULTS]]


@pytest.fixture
def people(today: date, cast: Cast) -> None:
    """Bob must renew now; Dora is due on Dec 1, Gus is good, Nora never began."""
    dora = a_member("Dora Dunn", cast.northside, mode="auto")
    gus = a_member("Gus Gray", cast.northside)
    a_member("Nora North", cast.northside, mode="auto")
    given(cast.membership, cast.northside, dora, today=date(2024, 12, 1))
    given(cast.membership, cast.northside, gus, today=date(2025, 6, 1))
    certify(gus)


def test_a_member_is_told_with_standing_date_and_certificate(
    api: Api, cast: Cast
) -> None:
    (bob,) = api.get("members").json()[RESULTS]
    assert bob["id"] == mem(cast.bob.pk)
    assert (bob["first_name"], bob["last_name"]) == ("Bob", "Baker")
    (program,) = bob["programs"]
    assert program["program"] == BODY
    assert program["standing"] == "renew_now"
    assert program["mode"] == "manual"
    assert program["renewal_date"] == "2025-11-03"
    assert program["sponsored_since"] == "2023-01-01"
    term = program["term"]
    assert (term["first_on"], term["last_on"]) == ("2024-11-03", "2025-11-02")
    assert term["certificate"]["state"] == "issued"
    assert term["certificate"]["why"]
    assert api.get(f"members/{bob['id']}").json() == bob


@pytest.mark.usefixtures("people")
def test_a_held_certificate_says_what_is_there_and_what_is_asked(
    api: Api, cast: Cast
) -> None:
    dora = api.get("members", q="dora").json()[RESULTS][0]
    certificate = dora["programs"][0]["term"]["certificate"]
    assert certificate["state"] == "held"
    assert certificate["id"] is None
    assert {"have", "need", "why"} <= certificate.keys()
    assert certificate["need"] == "0.0"


@pytest.mark.usefixtures("people")
def test_filters_narrow_and_orderings_order(api: Api) -> None:
    for query, expected in FILTERS:
        answer = api.get("members", **query)
        assert answer.status_code == 200, query
        assert names(answer) == expected, query
        assert answer.json()["count"] == len(expected), query


def test_somebody_of_another_practice_is_not_listed(api: Api) -> None:
    assert names(api.get("members", q="charlie")) == []


def test_who_left_is_not_listed_any_more(api: Api, cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 1))
    assert names(api.get("members")) == []
    problem(api.get(f"members/{mem(cast.bob.pk)}"), 404, "not-found")


def test_a_member_in_two_programs_is_listed_once(api: Api, cast: Cast) -> None:
    Sponsorship.objects.create(
        practice=cast.northside,
        member=cast.bob,
        program="another",
        from_on=date(2024, 1, 1),
    )
    answer = api.get("members").json()
    assert answer["count"] == 1
    programs = answer[RESULTS][0]["programs"]
    assert [each["program"] for each in programs] == [BODY, "another"]
    assert programs[1]["standing"] == "none"
    assert programs[1]["term"] is None


def test_a_certificate_of_another_practices_account_is_not_named(
    api: Api, cast: Cast
) -> None:
    Sponsorship.objects.filter(member=cast.charlie).update(until_on=date(2025, 10, 1))
    Sponsorship.objects.create(
        practice=cast.northside,
        member=cast.charlie,
        program=BODY,
        from_on=date(2025, 10, 2),
    )
    (charlie,) = api.get("members", q="charlie").json()[RESULTS]
    certificate = charlie["programs"][0]["term"]["certificate"]
    assert certificate["state"] == "issued"
    assert certificate["id"] is None


def test_a_malformed_id_and_a_foreign_one_are_answered_alike(
    api: Api, cast: Cast
) -> None:
    foreign = api.get(f"members/{mem(cast.charlie.pk)}")
    problem(foreign, 404, "not-found")
    for wrong in NO_IDS:
        answer = Client().get(api.path(f"members/{wrong}"), headers=api.headers)
        alike = without_request_id(answer)[:2] == without_request_id(foreign)[:2]
        assert alike, wrong


@pytest.mark.usefixtures("people")
def test_pages_lead_to_each_other(api: Api) -> None:
    first = api.get("members", page_size=3, ordering="-name").json()
    assert first["count"] == 4
    assert first["previous"] is None
    second = Client().get(first["next"], headers=api.headers)
    assert names(second) == ["Bob"]
    assert second.json()["next"] is None
    back = Client().get(second.json()["previous"], headers=api.headers)
    assert back.json() == first


def test_a_page_behind_the_last_is_not_found(api: Api) -> None:
    problem(api.get("members", page=2), 404, "not-found")
    problem(api.get("members", page=100_000), 404, "not-found")


def test_a_question_that_can_t_be_read_is_400_and_names_the_parameter(
    api: Api,
) -> None:
    for query, parameter in UNREADABLE:
        answer = Client().get(f"{api.path('members')}?{query}", headers=api.headers)
        assert places(problem(answer, 400, "malformed")) == [parameter], query


@pytest.mark.parametrize("query", ["q=%FF", "q=%ED%A0%80", "%FE=1"])
def test_a_question_that_is_no_utf_8_is_400(api: Api, query: str) -> None:
    answer = Client().get(f"{api.path('members')}?{query}", headers=api.headers)
    problem(answer, 400, "malformed")


def test_every_wrong_parameter_is_named_at_once(api: Api) -> None:
    said = problem(api.get("members", mode="x", page="y", hue="z"), 400, "malformed")
    assert sorted(places(said)) == ["hue", "mode", "page"]


@pytest.mark.parametrize("tail", ["members/mem_" + "0" * 32, "seats", "assignments"])
def test_no_address_takes_what_it_doesn_t_declare(api: Api, tail: str) -> None:
    said = problem(api.get(tail, expand="member"), 400, "malformed")
    assert places(said) == ["expand"]


@pytest.mark.db
@pytest.mark.parametrize("size", [10, 100])
def test_a_page_of_any_list_takes_three_reads_at_most_beside_the_token_s(
    api: Api, cast: Cast, size: int
) -> None:
    crowd = [a_member(f"M{place} Many", cast.northside) for place in range(size)]
    for member in crowd:
        certify(member)
    given(cast.membership, cast.northside, *crowd)
    api.get("seats")
    reads = {}
    for tail in ("members", "seats", "assignments", "certificates"):
        with CaptureQueriesContext(connection) as asked:
            rows = api.get(tail, page_size=100).json()[RESULTS]
        assert tail == "seats" or len(rows) == min(size + 1, 100)
        reads[tail] = [sql for sql in asked if "FROM" in sql["sql"]]
    counted = {tail: len(found) for tail, found in reads.items()}
    # The first read of each finds the token.
    assert counted == {"members": 4, "seats": 2, "assignments": 2, "certificates": 2}
