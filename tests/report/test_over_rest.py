"""The good-standing report over REST."""

import csv
import io
from base64 import b64encode
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Member
from core.throttle import LinesThrottle, VerifyThrottle
from credentials.models import GivenReport
from renewals.services.standing import record_standing
from tests.api.asking import problem
from tests.api.contract import keeps_its_word
from tests.recertifying.living import BODY, a_holder, noon
from tests.report.asking import REST, number, over_rest

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DAY = date(2026, 1, 1)


@pytest.fixture
def nora() -> Member:
    """Nora North, whose certification lapses on Jan 1, 2026."""
    member = a_holder(credits=0)
    record_standing(member_id=member.pk, program=BODY, today=DAY, now=noon(DAY))
    return member


def asked(*items: dict[str, str], **more: object) -> Any:  # noqa: ANN401
    """Ask; the answer is as the API describes it."""
    with time_machine.travel(noon(DAY), tick=False):
        answer = over_rest(items, **more)
    keeps_its_word(answer, "POST", REST)
    return answer


def test_a_list_is_answered_by_a_file_with_its_hash(nora: Member) -> None:
    whole = {"last_name": "north", "first_name": "nora", "credential": "cpcs"}
    mine = {"number": number(nora), "last_name": "North"}
    answer = asked(mine, whole, {"last_name": "North"}, {"number": number(nora)})
    assert answer.status_code == 200
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [each["words"] for each in found[:2]] == ["Lapsed Jan 1, 2026"] * 2
    assert [each["standing"] for each in found[2:]] == ["incomplete"] * 2
    digest = sha256(answer.content)
    encoded = b64encode(digest.digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{encoded}:"
    assert answer.headers["X-File-SHA256"] == digest.hexdigest()
    path = f"/api/v1/verify/reports/{digest.hexdigest()}"
    known = Client().get(path)
    keeps_its_word(known, "GET", path)
    assert known.json()["lines"] == 4
    assert known.json()["found"] == 2


def test_a_pdf_is_given_where_one_is_asked_for(nora: Member) -> None:
    answer = asked({"number": number(nora), "last_name": "North"}, format="pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_501_names_are_refused_with_the_limit(nora: Member) -> None:
    one = {"number": "CPCS-1", "last_name": "North"}
    answer = asked(*[one] * 501)
    problem(answer, 422, "validation-error")
    (wrong,) = answer.json()["errors"]
    assert wrong["pointer"] == "/items"
    assert "500" in wrong["detail"]
    assert asked(*[one] * 500).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"items": []},
        {"items": "x"},
        {"items": [1]},
        {"items": [{"name": "North"}]},
        {"items": [{"last_name": "x" * 101}]},
        {"items": [{"last_name": 1}]},
        {"items": [{"last_name": "a\n"}]},
        {"items": [{"last_name": "North"}], "format": "doc"},
        {"items": [{"last_name": "North"}], "more": 1},
    ],
)
def test_what_can_t_be_used_is_named(body: dict[str, object]) -> None:
    answer = Client().post(REST, body, content_type="application/json")
    keeps_its_word(answer, "POST", REST)
    problem(answer, 422, "validation-error")
    assert GivenReport.objects.count() == 0


@pytest.mark.parametrize("sha", ["0" * 64, "x", "g" * 64, "..", "%00", "0" * 4_000])
def test_an_unknown_hash_is_not_found(sha: str) -> None:
    problem(Client().get(f"/api/v1/verify/reports/{sha}"), 404, "not-found")


def test_a_key_changes_nothing_and_a_token_neither(nora: Member) -> None:
    headers = {"Idempotency-Key": "one", "Authorization": "Bearer cep_live_nothing"}
    body = {"items": [{"number": number(nora), "last_name": "North"}]}
    for _ in range(2):
        answer = Client().post(
            REST, body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 200
        assert "Idempotent-Replayed" not in answer.headers


def test_it_is_counted_by_request_and_by_line(
    nora: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = {"number": "CPCS-1", "last_name": "North"}
    monkeypatch.setattr(LinesThrottle, "THROTTLE_RATES", {"lines": "3/hour"})
    assert asked(*[one] * 3).status_code == 200
    refused = asked(one)
    problem(refused, 429, "rate-limited")
    assert 0 < int(refused.headers["Retry-After"]) <= 3_600
    monkeypatch.setattr(VerifyThrottle, "THROTTLE_RATES", {"verify": "2/min"})
    problem(asked(one), 429, "rate-limited")
