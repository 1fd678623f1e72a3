"""What can't be read is refused on every route: 4xx, and never a fault of ours."""

import json
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.checks import Routed, routed
from tests.gate.asking import (
    LET_IN,
    address,
    body_of,
    is_a_fault,
    nothing_kept,
    send,
    share,
)
from tests.matrix.expectations import Call, parts_of
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
# What reaches a statement is asked of both databases.
ON_BOTH = pytest.mark.matrix
ROUTED = [each for each in routed() if each.permissions]
PARAMETERS = [
    "age",
    "assign",
    "child",
    "count",
    "exported",
    "flag",
    "form_key",
    "from",
    "item",
    "kind",
    "member",
    "minutes",
    "next",
    "number",
    "only",
    "outcome",
    "page",
    "page_size",
    "practice",
    "product",
    "q",
    "reason",
    "standing",
    "state",
    "status",
    "until",
    "view",
    "width",
    "year",
]
# These answer an unknown link as a known one.
ALIKE = {"ask_for_new_invitation", "account_reset_password_from_key"}
DEEP = b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
LARGE = DEEP[:-1] + b',"b":"' + b"x" * 2**20 + b'"}'
FORM = "application/x-www-form-urlencoded"


def whole(client: Client, method: str, path: str, **how: Any) -> HttpResponse:  # noqa: ANN401
    """Send one request of which nothing stays, and read its answer whole."""
    with nothing_kept():
        response = send(client, method, path, **how)
        body_of(response)
    return response


def browser(each: Routed, world: World) -> Client:
    """Give somebody who is let in, with their cookies as they were."""
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(world.client(LET_IN[ROWS[each.name].word]).cookies)
    return client


def is_rest(each: Routed) -> bool:
    """Whether programs ask here, too."""
    return each.path.startswith("api/")


UNREADABLE = ["%00", "%FF", "%ED%A0%80", "a%C0%80b"]
ODD = ["9" * 30, "-1", "x" * 4_000, "%F0%9F%98%80'%22--"]
ADDRESSES = ["%00", "%FF%FE", "%ED%A0%80", "%2F..", "x" * 3_000]
TEXTS = ["a\0b", "\ud800", "x" * 300_000, "\u202e\ufeff"]


@pytest.mark.parametrize("value", UNREADABLE)
def test_no_route_reads_an_unreadable_question(value: str, world: World) -> None:
    asked = "&".join(f"{name}={value}" for name in PARAMETERS)
    found = {}
    for each in share(ROUTED, UNREADABLE.index(value)):
        if "GET" in each.permissions:
            path = f"{address(each, world)}?{asked}"
            response = whole(browser(each, world), "get", path)
            if response.status_code != 400:
                found[each.name] = response.status_code
    assert not found, "\n".join(map(str, found.items()))


@ON_BOTH
@pytest.mark.parametrize("value", ODD)
def test_no_odd_question_is_a_fault(value: str, world: World) -> None:
    asked = [f"{name}={value}" for name in PARAMETERS]
    found = {}
    for each in share(ROUTED, ODD.index(value)):
        if "GET" in each.permissions and not is_rest(each):
            for words in ("&".join(asked), f"q={value}&member={value}"):
                path = f"{address(each, world)}?{words}"
                status = whole(browser(each, world), "get", path).status_code
                if is_a_fault(each, status):
                    found[f"{each.name} {words[:20]}"] = status
    assert not found, "\n".join(map(str, found.items()))


@ON_BOTH
@pytest.mark.parametrize("value", ADDRESSES)
def test_no_odd_address_is_a_fault(value: str, world: World) -> None:
    found = {}
    for each in share(ROUTED, ADDRESSES.index(value)):
        for part in parts_of(each.path):
            thing = world.things[ROWS[each.name].names.get(part, part)]
            path = address(each, world).replace(thing.own, value, 1)
            method = "get" if "GET" in each.permissions else "post"
            status = whole(browser(each, world), method, path).status_code
            if is_a_fault(each, status) or (status < 400 and each.name not in ALIKE):
                found[f"{each.name} {part}"] = status
    assert not found, "\n".join(map(str, found.items()))


def sent(call: Call, world: World) -> Mapping[str, Any]:
    """Give what would work."""
    return call.send(world) if call.send else {}


def spoiled(whole_body: object, value: str) -> Iterator[Any]:
    """Give a body once for each text in it, that text replaced."""
    if isinstance(whole_body, str):
        yield value
    elif isinstance(whole_body, Mapping):
        for name, inner in whole_body.items():
            for other in spoiled(inner, value):
                yield {**whole_body, name: other}
        yield {**whole_body, value: "x"}
    elif isinstance(whole_body, list):
        for place, inner in enumerate(whole_body):
            for other in spoiled(inner, value):
                yield [*whole_body[:place], other, *whole_body[place + 1 :]]


def posted(turn: int) -> Iterator[tuple[Routed, Call]]:
    """Give the routes that take a body, those of this turn."""
    for each in share(ROUTED, turn):
        call = ROWS[each.name].calls.get("POST")
        if call is not None:
            yield each, call


@ON_BOTH
@pytest.mark.parametrize("value", TEXTS)
def test_no_odd_text_in_a_body_is_a_fault(value: str, world: World) -> None:
    found = {}
    for each, call in posted(TEXTS.index(value)):
        client, path = browser(each, world), address(each, world)
        for body in spoiled(sent(call, world), value):
            if any(hasattr(part, "read") for part in body.values()):
                continue
            how: dict[str, Any] = {"data": body}
            if is_rest(each):
                how = {"data": json.dumps(body), "content_type": "application/json"}
                how["headers"] = {"idempotency-key": uuid4().hex}
            elif "\ud800" in value:
                how = {"data": b"title=%ED%A0%80", "content_type": FORM}
            status = whole(client, "post", path, **how).status_code
            if is_a_fault(each, status):
                found[each.name] = status
    assert not found, "\n".join(map(str, found.items()))


BODIES: dict[str, tuple[bytes, str]] = {
    "deep": (DEEP, "application/json"),
    "deep and large": (LARGE, "application/json"),
    "doubled names": (b'{"a": 1, "a": 2}', "application/json"),
    "broken UTF-8 in JSON": (b'{"a": "\xff\xfe"}', "application/json"),
    "broken UTF-8 in a form": (b"title=%FF%FE&draft=%C0%80", FORM),
    "raw bytes in a form": (b"title=\xff\xfe", FORM),
    "no form": (b"<a/>", "text/xml"),
    "a list": (b"[]", "application/json"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "no JSON": (b"{", "application/json"),
    "no number": (b'{"a": NaN}', "application/json"),
    "a huge number": (b'{"a": ' + b"9" * 9_000 + b"}", "application/json"),
}


@pytest.mark.parametrize("name", BODIES)
def test_no_route_takes_an_unreadable_body(name: str, world: World) -> None:
    content, kind = BODIES[name]
    found = {}
    for each, _ in posted([*BODIES].index(name)):
        headers = {"idempotency-key": uuid4().hex} if is_rest(each) else {}
        response = whole(
            browser(each, world),
            "post",
            address(each, world),
            data=content,
            content_type=kind,
            headers=headers,
        )
        if not 400 <= response.status_code < 500:
            found[each.name] = response.status_code
    assert not found, "\n".join(map(str, found.items()))


HEADERS = {
    "forged": {
        "cookie": '__Host-session="\\000\\001\\002\\003"; __Host-csrf="\\000"',
        "authorization": "Basic \x00",
        "if-match": '"\x00\xff"',
        "idempotency-key": "\x00",
        "x-forwarded-for": "\x00, 1.2.3.4.5, ::ffff:" + "9" * 500,
        "user-agent": "\x00\xff",
        "hx-request": "\x00",
        "referer": "https://[::1",
        "content-length": "-1",
    },
    "broken": {
        "authorization": "Bearer \xff\xfe\x00",
        "if-modified-since": "never",
        "accept": "\x00/*;q=x",
        "accept-encoding": "br;q=\xff",
        "range": "bytes=9-1,a-b",
        "origin": "http://[x",
        "content-length": "x",
        "content-type": "multipart/form-data; boundary=" + "x" * 300,
    },
    "huge": {
        "cookie": "__Host-session=" + "x" * 8_000,
        "authorization": "Bearer " + "x" * 8_000,
        "if-none-match": "*" * 5_000,
        "idempotency-key": "k" * 5_000,
        "accept-language": "x" * 4_000,
        "user-agent": "x" * 8_000,
        "x-request-id": "x" * 8_000,
    },
}


@pytest.mark.parametrize("name", HEADERS)
def test_no_odd_header_is_a_fault(name: str, world: World) -> None:
    found = {}
    for each in share(ROUTED, [*HEADERS].index(name)):
        client = browser(each, world)
        if "cookie" in HEADERS[name]:
            client.cookies.clear()
        for method in sorted(set(each.permissions) & {"GET", "POST"}):
            path = address(each, world)
            how = {"headers": HEADERS[name]}
            status = whole(client, method.lower(), path, **how).status_code
            if is_a_fault(each, status):
                found[f"{method} {each.name}"] = status
    assert not found, "\n".join(map(str, found.items()))
