"""Asking for the good-standing report, as anybody does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import time_machine
from django.test import Client

from accounts.models import Member
from credentials.models import Certification
from tests.portal.reading import Page

PERSON, LIST = "/verify/person/", "/verify/list/"
FILE, CHECK = "/verify/list/file/", "/verify/list/check/"
REST = "/api/v1/verify/good-standing"


def person(**typed: str) -> Any:  # noqa: ANN401  (Django's test answer)
    """Ask about one person."""
    blank = {"number": "", "last_name": "", "first_name": "", "credential": ""}
    return Client().post(PERSON, blank | typed)


def said(moment: datetime, **typed: str) -> str:
    """Ask at an instant; give the word about the credential."""
    with time_machine.travel(moment, tick=False):
        answer = person(**typed)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return Page.of(answer).one("dl", "gs-answer").one("dd").text


def by_list(lines: str, kind: str = "csv", **more: object) -> Any:  # noqa: ANN401
    """Send pasted lines."""
    return Client().post(LIST, {"lines": lines, "kind": kind, **more})


def over_rest(items: Sequence[dict[str, str]], **more: object) -> Any:  # noqa: ANN401
    """Send a list over REST."""
    body = {"items": list(items), **more}
    return Client().post(REST, body, content_type="application/json")


def number(member: Member) -> str:
    """Their certification number."""
    return Certification.objects.filter(member=member)[0].number
