"""A database of before is migrated on with the rows that are in it."""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from deploy.processes import output

# The state in which a term's trigger names who sponsors it, without the new columns.
BEFORE = (("accounts", "0005"), ("credentials", "0002"))
Migrate = Callable[..., None]
Rows = dict[str, dict[str, object]]


@pytest.fixture
def migrate(tmp_path: Path) -> Migrate:
    """Migrate a database of our own, on SQLite."""
    kept = {"PATH": os.environ["PATH"]}
    env = kept | {
        "DEMO": "1",
        "SECRET_KEY": uuid4().hex * 2,
        "AUDIT_KEY": uuid4().hex * 2,
        "DATA_DIR": str(tmp_path),
        "EMAIL_URL": f"folder://{tmp_path}/mail",
    }

    def work(*target: str) -> None:
        asked = [sys.executable, "-B", "manage.py", "migrate", *target]
        status, text = output(asked, env=env)
        assert status == 0, text[-2000:]

    return work


def a_sponsored_term(practice: str, member: str, sponsorship: str) -> Rows:
    """Somebody with a term that a practice sponsors, as their rows were then."""
    return {
        "accounts_practice": {"id": practice, "slug": "north", "name": "North"},
        "accounts_member": {
            "id": member,
            "first_name": "Bob",
            "last_name": "Bell",
            "email": "bob@bell.example",
            "phone": "",
            "address": "",
        },
        "accounts_sponsorship": {
            "id": sponsorship,
            "practice_id": practice,
            "member_id": member,
            "program": "acmss",
            "from_on": "2025-01-01",
            "renewal_mode": "auto",
        },
        "credentials_window": {
            "id": uuid4().hex,
            "member_id": member,
            "program": "acmss",
            "practice_id": practice,
            "sponsorship_id": sponsorship,
            "sequence": 1,
            "first_on": "2025-01-01",
            "last_on": "2025-12-31",
            "applied_on": "2025-01-01",
            "credits_asked": 3,
            "policy": "acmss",
            "created_at": "2025-01-01 00:00:00",
        },
    }


def write(path: Path, rows: Rows) -> None:
    """Write rows past everything that the portal knows of them."""
    with closing(sqlite3.connect(path)) as database:
        for table, row in rows.items():
            marks = ", ".join("?" * len(row))
            names = ", ".join(row)
            database.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                list(row.values()),
            )
        database.commit()


def test_a_term_that_was_sponsored_stays_so(migrate: Migrate, tmp_path: Path) -> None:
    for target in BEFORE:
        migrate(*target)
    path, sponsorship = tmp_path / "goodstanding.sqlite3", uuid4().hex
    write(path, a_sponsored_term(uuid4().hex, uuid4().hex, sponsorship))

    migrate()

    with closing(sqlite3.connect(path)) as database:
        asked = "SELECT id, job_role FROM accounts_sponsorship"
        assert database.execute(asked).fetchall() == [(sponsorship, "")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
