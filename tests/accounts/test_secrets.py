"""A one-use link is a key: no log line holds it."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from tests.accounts.reading import FRESH

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the project's own log settings write from now on."""
    how = dict(settings.LOGGING["formatters"]["json"])
    how.pop("()")
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(ProcessorFormatter(**how))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.usefixtures("in_november")
def test_neither_an_invitation_nor_a_reset_link_is_logged(
    northside: object, link: str, log: StringIO
) -> None:
    visitor = Client()
    visitor.get(link)
    visitor.post(link, {"password": "short"})
    visitor.post(link, {"password": FRESH})
    visitor.get(link)
    visitor.get(f"/accounts/reset/{'0' * 32}-abc123-0123456789abcdef/")

    token = link.split("/")[3]
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert len(lines) >= 5
    assert token not in log.getvalue()
    assert "0123456789abcdef" not in log.getvalue()
    assert "/accounts/invite/…/" in str(lines)
