"""SQLite's tables, made once and kept: making them takes most of a short run.

They lie under `.cache/` by a fingerprint of what makes them, so that a change of any of
it makes them anew. PostgreSQL's are made each time, on a server of their own.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".cache" / "migrated"
# Migrations, and what they call.
MAKERS = ("*/migrations/*.py", "*/*guard*.py", "core/**/*.py", "config/**/*.*")
READ = (".py", ".sql", ".toml")


def fingerprint(root: Path) -> str:
    """Sum up what makes the tables of the code in a folder."""
    seen = hashlib.sha256(f"{django.VERSION} {sys.version}".encode())
    for path in sorted({each for glob in MAKERS for each in root.glob(glob)}):
        if path.suffix in READ:
            seen.update(f"\n{path.relative_to(root)}\n".encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()[:32]


@cache
def place() -> Path:
    """Give where the tables are kept that this code makes."""
    return FOLDER / f"{fingerprint(ROOT)}.sqlite3"


def lay_out(database: Path | str) -> None:
    """Put a copy of what is kept where a database is to be; nothing where none is."""
    if place().exists():
        shutil.copyfile(place(), database)


def keep(database: Path | str) -> None:
    """Keep a database in which nothing was done but to make its tables."""
    if place().exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / f"{os.getpid()}.part"
    made.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(database)) as whole,
        closing(sqlite3.connect(made)) as copy,
    ):
        whole.backup(copy)
    # What other code made is of no use any more.
    for each in FOLDER.glob("*.sqlite3"):
        each.unlink(missing_ok=True)
    made.replace(place())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Begin a run's database with what is kept; `migrate` finds nothing left to do.

    Each of several workers has a database of its own, as it has without this.
    """
    creation: Any = type(connection.creation)
    begin = creation._create_test_db  # noqa: SLF001

    def from_what_is_kept(*asked: object, **how: object) -> str:
        name: str = begin(*asked, **how)
        lay_out(name)
        return name

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(creation, "_create_test_db", from_what_is_kept)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep what a run had to make."""
    if connection.vendor == "sqlite":
        keep(connection.settings_dict["NAME"])
