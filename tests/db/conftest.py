"""Rows in every table, made once in a process and put back for each test."""

import pytest
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, full_cast
from tests.db.rows import rare_rows
from tests.db.two_practices import fill
from tests.kept import Kept, keep


def _rare() -> Cast:
    everybody = full_cast()
    rare_rows(everybody)
    return everybody


def _filled() -> Cast:
    everybody = full_cast()
    fill(everybody)
    return everybody


@pytest.fixture(scope="session")
def kept_rare(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[Cast]:
    """Make the cast and a row in each table."""
    with django_db_blocker.unblock():
        return keep(_rare)


@pytest.fixture(scope="session")
def kept_filled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Kept[Cast]:
    """Make the cast and rows of both practices."""
    with django_db_blocker.unblock():
        return keep(_filled)


@pytest.fixture
def rare(kept_rare: Kept[Cast], db: None) -> Cast:
    """The cast, and a row in each table that it leaves empty."""
    return kept_rare.put_back()


@pytest.fixture
def filled(kept_filled: Kept[Cast], db: None) -> Cast:
    """The cast, and rows of both practices in every table."""
    return kept_filled.put_back()
