"""Every error under /api/ is a problem, and every kind of problem has its page."""

from collections.abc import Iterator

import pytest
from django.test import Client

import core.idempotency
import core.problems  # noqa: F401  (their refusals are counted below)
from core.failures import Refusal
from core.problem_types import BY_STATUS, PROBLEM_TYPES
from tests.api.asking import Api, problem


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v1/practices",
        "/api/v1/practices/northside",
        "/api/v1/practices/northside/members/",
        "/api/v1/practices/north%20side/members",
        "/api/v1/practices/%00/members",
        "/api/v1/verify/",
        "/api/v2/verify/1",
    ],
)
def test_an_address_that_isn_t_there_is_not_found(db: None, path: str) -> None:
    problem(Client().get(path), 404, "not-found")


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
)
def test_a_method_that_isn_t_answered_says_which_are(db: None, method: str) -> None:
    answer = Client().generic(method, "/api/v1/practices/northside/seats")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_head_answers_as_get_without_a_body(api: Api) -> None:
    answer = Client().head(api.path("members"), headers=api.headers)
    assert answer.status_code == 200
    assert not answer.content


@pytest.mark.parametrize(
    "media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_body_that_isn_t_json_is_415(api: Api, media: str) -> None:
    headers = api.headers | {"Idempotency-Key": "one"}
    answer = Client().post(
        api.path("assignments"), b"product=1", media, headers=headers
    )
    problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png", ";;"])
def test_whatever_is_accepted_the_answer_is_json(api: Api, accept: str) -> None:
    headers = api.headers | {"Accept": accept}
    good = Client().get(api.path("members"), headers=headers)
    assert good.headers["Content-Type"] == "application/json"
    problem(Client().get(api.path("nothing"), headers=headers), 404, "not-found")


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*how: object, **more: object) -> None:
        raise ZeroDivisionError("the secret reason")

    monkeypatch.setattr("portal.api.members.members", fault)
    client = Client(raise_request_exception=False)
    answer = client.get(api.path("members"), headers=api.headers)
    said = problem(answer, 500, "server-error")
    assert "secret" not in answer.content.decode()
    assert said["request_id"]


def test_a_problem_names_the_request(api: Api) -> None:
    ids = {
        problem(api.get("members", x=1), 400, "malformed")["request_id"]
        for _ in range(2)
    }
    assert len(ids) == 2
    assert all(ids)


@pytest.mark.parametrize("slug", PROBLEM_TYPES)
def test_each_kind_has_a_page_that_says_what_to_do(db: None, slug: str) -> None:
    kind = PROBLEM_TYPES[slug]
    moved = Client().get(kind.path)
    assert moved.headers["Location"] == f"{kind.path}/"
    page = Client().get(f"{kind.path}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert str(kind.status) in text
    assert kind.slug in text


def test_the_list_leads_to_every_page(db: None) -> None:
    text = Client().get("/problems/").content.decode()
    for slug in PROBLEM_TYPES:
        assert f'href="/problems/{slug}/"' in text


def test_an_unknown_kind_has_no_page(db: None) -> None:
    assert Client().get("/problems/nothing/").status_code == 404


def test_every_refusal_of_the_house_is_a_known_kind() -> None:
    for refusal in _all_below(Refusal):
        assert refusal.slug in PROBLEM_TYPES, refusal
        kind = PROBLEM_TYPES[refusal.slug]
        assert refusal.status in {kind.status, kind.if_match}, refusal


def test_each_status_stands_for_a_kind_of_that_status() -> None:
    assert {status: kind.status for status, kind in BY_STATUS.items()} == {
        status: status for status in BY_STATUS
    }


def _all_below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _all_below(each)
