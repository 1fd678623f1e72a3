"""Links to one's own transcript over REST: made, listed, revoked."""

import pytest
from django.test import Client

from core.models import UsedKey
from portal.models import TranscriptLink
from tests.api.asking import Caller, problem
from tests.cast import Cast

pytestmark = pytest.mark.db
LINK = {"program": "acmss", "name": "New employer"}


def test_a_link_is_made_opened_and_revoked(own: Caller, cast: Cast) -> None:
    made = own.post("transcript-links", LINK | {"days": 30})
    assert made.status_code == 201
    link = made.json()
    assert (link["status"], link["until_on"]) == ("works", "2025-12-17")
    path = link["url"].removeprefix("http://localhost:8000")
    assert Client().get(path).status_code == 200
    (listed,) = own.get("transcript-links", program="acmss").json()["results"]
    assert "url" not in listed
    assert listed["opened_at"].startswith("2025-11-17T18:00")
    for _ in range(2):
        ended = own.post(f"transcript-links/{link['id']}/revoke", {})
        assert (ended.status_code, ended.json()["status"]) == (200, "revoked")
    assert Client().get(path).status_code == 404


def test_no_kept_answer_keeps_the_secret(own: Caller) -> None:
    for _ in range(2):
        made = own.post("transcript-links", LINK, key="the-same")
        assert made.json()["until_on"] == "2026-02-15"
    assert TranscriptLink.objects.count() == 2
    assert not UsedKey.objects.exists()


def test_bad_input_names_its_field(own: Caller) -> None:
    found = problem(
        own.post("transcript-links", LINK | {"days": 366}), 422, "validation-error"
    )
    assert found["errors"][0]["pointer"] == "/days"
    found = problem(
        own.post("transcript-links", {"program": "acmss"}), 422, "validation-error"
    )
    assert found["errors"][0]["pointer"] == "/name"
    assert own.get("transcript-links", program="nobody").status_code == 400
    assert own.post("transcript-links/tln_0/revoke", {}).status_code == 404
