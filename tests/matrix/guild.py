"""A second body with a pack, so that its staff have pages to see nothing on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import StaffRole
from credentials.policy import book
from tests.cast import a_user
from tests.matrix.actors import browser

GUILD = "guild"
PACKS = Path(__file__).parents[1] / "rules" / "packs"


@contextmanager
def with_the_guild() -> Iterator[None]:
    """Let the guild have its pack."""
    both = book.load_book(book.PACKS, PACKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "default_book", lambda: both)
        yield


def staff_of_the_guild(role: str) -> Client:
    """Somebody who works for another body than the one both practices are with."""
    user = a_user(f"Gil {role.title()}")
    StaffRole.objects.create(user=user, program=GUILD, role=role)
    return browser(user)
