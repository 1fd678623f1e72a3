"""The description says what is routed, all of it and nothing else."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    FormatChecker,
)

from accounts.rest import RestView
from core.problem_types import PROBLEM_TYPES
from portal.api import pages
from tests.api.contract import description
from tests.portal.reading import Page

FEED = "/api/v1/bodies/{body}/ce-feed"

METHODS = ("get", "post", "put", "patch", "delete")
# What describes the rest is not described itself.
ABOUT = {"/api/schema/", "/api/docs/"}


def routed(
    patterns: list[URLPattern | URLResolver], before: str = "/"
) -> Iterator[tuple[str, URLPattern]]:
    """Walk the routes: each address, its parameters in braces, and its pattern."""
    for entry in patterns:
        here = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from routed(entry.url_patterns, here)
        else:
            yield here, entry


def operations() -> set[tuple[str, str]]:
    """Every method of every address that is routed under /api/."""
    found = set()
    for path, pattern in routed(get_resolver().url_patterns):
        if path.startswith("/api/") and path not in ABOUT:
            view = pattern.callback.cls  # type: ignore[attr-defined]
            found |= {(path, name) for name in METHODS if hasattr(view, name)}
    return found


def test_the_description_and_the_routes_are_equal_both_ways() -> None:
    described = {
        (path, method)
        for path, operations in description()["paths"].items()
        for method in operations
    }
    assert described == operations()


def test_every_rest_route_declares_a_permission_for_each_of_its_methods() -> None:
    for path, pattern in routed(get_resolver().url_patterns):
        view = getattr(pattern.callback, "cls", None)
        if view is None:
            continue
        assert issubclass(view, RestView), path
        answered = {name.upper() for name in METHODS if hasattr(view, name)}
        assert answered == set(view.permissions), path


def test_the_served_description_is_the_one_the_tests_hold_answers_against(
    db: None,
) -> None:
    answer = Client().get("/api/schema/")
    assert answer.headers["Content-Type"] == "application/json"
    served = json.loads(answer.content)
    assert served == description()
    assert served["openapi"].startswith("3.1")


@pytest.mark.race
def test_many_may_ask_for_the_description_before_it_is_written() -> None:
    pages._written.cache_clear()  # noqa: SLF001
    with ThreadPoolExecutor(8) as pool:
        written = set(pool.map(lambda _: pages.schema_text(), range(8)))
    assert len(written) == 1


def test_every_problem_a_view_may_answer_is_described() -> None:
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            bad = {status for status in operation["responses"] if status >= "400"}
            expected = {"400", "429"}
            # A list is answered whoever is not found.
            if path != "/api/v1/verify/good-standing":
                expected.add("404")
            if operation.get("security"):
                expected |= {"401", "403"}
            if method == "post":
                expected |= {"409", "413", "415", "422"}
            assert expected <= bad, (method, path)


def test_every_operation_names_the_scope_it_needs() -> None:
    needs = {
        operation["operationId"]: operation.get("security", [])
        for operations in description()["paths"].values()
        for operation in operations.values()
    }
    assert needs["assign"][0] == {"token": ["assignments:write"]}
    assert needs["list_members"][0] == {"token": ["members:read"]}
    assert needs["verify"] == []


def test_the_problem_s_types_are_the_ones_with_pages() -> None:
    problem = description()["components"]["schemas"]["Problem"]
    kinds = problem["properties"]["type"]["enum"]
    assert kinds == [kind.path for kind in PROBLEM_TYPES.values()]


def test_bodies_say_that_they_take_nothing_else() -> None:
    schemas = description()["components"]["schemas"]
    for name in ("NewAssignmentRequest", "ItemRequest"):
        assert schemas[name]["additionalProperties"] is False
    items = schemas["NewAssignmentRequest"]["properties"]["items"]
    assert (items["minItems"], items["maxItems"]) == (1, 100)
    either = [{"required": ["member"]}, {"required": ["items"]}]
    assert schemas["NewAssignmentRequest"]["oneOf"] == either


def test_the_documentation_page_runs_no_inline_script_or_style(db: None) -> None:
    text = Client().get("/api/docs/").content.decode()
    assert "<script>" not in text
    assert "<style" not in text
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert "swagger-ui-bundle.js" in text


def test_where_no_script_runs_the_page_leads_to_the_description(db: None) -> None:
    page = Page.of(Client().get("/api/docs/"))
    place = page.one("div", id="api-docs")
    assert place.one("h2").text == "All operations"
    (link,) = place.all("a")
    assert link.attributes["href"] == place.attributes["data-schema"]


@pytest.mark.parametrize("path", ["/api/docs/", "/api/schema/", "/problems/"])
def test_the_description_is_open_to_everybody(db: None, path: str) -> None:
    assert Client().get(path).status_code == 200


def test_a_file_is_described_as_the_one_part_of_a_form() -> None:
    address = "/api/v1/me/ce-activities/{activity_id}/proofs"
    asked = description()["paths"][address]["post"]["requestBody"]
    assert list(asked["content"]) == ["multipart/form-data"]
    schema = description()["components"]["schemas"]["NewProofRequest"]
    assert schema["required"] == ["file"]
    assert schema["properties"]["file"]["format"] == "binary"
    assert schema["additionalProperties"] is False


def test_what_no_token_opens_asks_for_a_session_alone() -> None:
    session: dict[str, list[str]] = {"session": []}
    for path, operations in description()["paths"].items():
        for operation in operations.values():
            if path.startswith(("/api/v1/me/", "/api/v1/bodies/")):
                *tokens, last = operation["security"]
                assert last == session
                assert not tokens or path.startswith(FEED)


def test_the_feed_asks_for_a_body_s_token_or_a_session() -> None:
    feed = description()["paths"][FEED]
    assert feed["get"]["security"][0] == {"token": ["feed:read"]}
    assert feed["post"]["security"][0] == {"token": ["feed:write"]}
    settling = description()["paths"][f"{FEED}/{{fed_id}}/settlement"]["post"]
    assert settling["security"] == [{"session": []}]


def test_what_is_changed_by_its_copy_says_what_an_old_one_is_answered() -> None:
    for operations in description()["paths"].values():
        for operation in operations.values():
            names = {each["name"] for each in operation.get("parameters", [])}
            assert ("If-Match" in names) is ("412" in operation["responses"])


def test_every_post_takes_a_key_but_what_asks_or_tells_a_secret() -> None:
    for operations in description()["paths"].values():
        for method, operation in operations.items():
            names = {each["name"] for each in operation.get("parameters", [])}
            asks = operation["operationId"] in {
                "preview_body_audit_draw",
                "report_good_standing",
                # An answer that is kept would keep the secret.
                "make_my_transcript_link",
            }
            assert ("Idempotency-Key" in names) is (method == "post" and not asks)


def examples() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Give each example of a body with its name and its schema."""
    for operations in description()["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media in content.values():
                for name, example in media.get("examples", {}).items():
                    yield name, media["schema"], example["value"]


@pytest.mark.parametrize(("name", "schema", "value"), list(examples()))
def test_every_example_is_what_is_asked_for(
    name: str, schema: dict[str, Any], value: dict[str, Any]
) -> None:
    whole = {**schema, "components": description()["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(value)


def test_there_are_examples_of_reporting_deciding_and_quoting() -> None:
    names = {name for name, _, _ in examples()}
    assert {"AWebinar", "NotAccepted", "ByMinutes", "SeveralMembers"} <= names


def test_operations_have_names_of_their_own() -> None:
    names = [
        operation["operationId"]
        for operations in description()["paths"].values()
        for operation in operations.values()
    ]
    assert len(names) == len(set(names))
    assert {"submit_ce_activity", "submit_my_ce_activity"} <= set(names)
    assert "decide_on_body_ce_activity" in names
