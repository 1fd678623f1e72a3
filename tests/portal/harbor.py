"""Dana's days at Harbor, in the demonstration's story."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from core.models import OutboxMessage
from credentials.models import SeatPool
from notifications.tasks import deliver
from tests.kept import Kept
from tests.matrix import demo_urls
from tests.portal.reading import Page


@pytest.fixture
def dana(settings: Settings, tmp_path: Path, kept_story: Kept[str], db: None) -> Client:
    """The story, told, and Dana's browser."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "core.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.ROOT_URLCONF = demo_urls.__name__
    kept_story.put_back()
    client = Client()
    client.post("/demo/enter/", {"email": "dana@demo.example"})
    return client


def line(client: Client, name: str) -> tuple[str, str]:
    """Somebody's date on the assignments page."""
    page = Page.of(client.get("/p/harbor-family-medicine/assignments/"))
    (found,) = (each for each in page.lines if each.name == name)
    return found.date


def advance(client: Client, to: str) -> None:
    """Move on."""
    assert client.post("/demo/advance/", {"to": to}).status_code == 302


def renewals_left() -> int:
    """How many renewals Harbor can still assign."""
    pools = SeatPool.objects.filter(practice__slug="harbor-family-medicine")
    return pools.get(product__code="renewals").available


def deliver_all() -> None:
    """Send whatever waits."""
    for message in OutboxMessage.objects.filter(state="waiting"):
        deliver(str(message.pk))


def items_of(message: OutboxMessage) -> list[str]:
    """The lines of a message that was sent."""
    return re.findall(r"^- (.*)$", message.text, re.MULTILINE)
