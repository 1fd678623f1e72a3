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

# Before terms could be undone, and openings were written down.
UNDOING = (
    ("accounts", "0007"),
    ("credentials", "0005"),
    ("certificates", "0002"),
    ("renewals", "0006"),
)
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
            names = ", ".join(f'"{name}"' for name in row)
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


def whole(path: Path, rows: Rows) -> Rows:
    """Add nothing or zero to rows in each column that may not be empty."""
    with closing(sqlite3.connect(path)) as database:
        return {
            table: {
                name: 0 if "int" in kind or "bool" in kind else ""
                for _, name, kind, filled, _, _ in database.execute(
                    f"PRAGMA table_info({table})"
                )
                if filled
            }
            | row
            for table, row in rows.items()
        }


def a_certificate(practice: str, member: str, sponsorship: str) -> Rows:
    """What was issued for a term, as its row was then."""
    return {
        "certificates_certificate": {
            "id": uuid4().hex,
            "program": "acmss",
            "member_id": member,
            "practice_id": practice,
            "sponsorship_id": sponsorship,
            "source_id": uuid4().hex,
            "edition": 1,
            "number": "CMS-1",
            "attestation_number": "ATT-1",
            "facts": "{}",
            "valid_from": "2025-01-01",
            "valid_until": "2025-12-31",
            "issued_on": "2025-01-01",
            "issued_at": "2025-01-01 00:00:00",
            "paper": "waiting",
            "attempts": 0,
            "last_error": "",
            "file_key": "",
            "sha256": "",
        }
    }


def test_terms_stand_and_certificates_may_have_been_opened(
    migrate: Migrate, tmp_path: Path
) -> None:
    for target in UNDOING:
        migrate(*target)
    path = tmp_path / "goodstanding.sqlite3"
    ids = [uuid4().hex for _ in range(3)]
    rows = a_sponsored_term(*ids)
    write(path, whole(path, rows | a_certificate(*ids)))

    migrate()

    with closing(sqlite3.connect(path)) as database:
        asked = "SELECT sequence, undone_at, assignment_id FROM credentials_window"
        assert database.execute(asked).fetchall() == [(1, None, None)]
        asked = "SELECT kind, way FROM certificates_opening"
        assert database.execute(asked).fetchall() == [("opened", "unknown")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for statement in (
            "DELETE FROM credentials_window",
            "UPDATE credentials_window SET last_on = '2099-01-01'",
            "DELETE FROM certificates_opening",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)


def an_award(member: str) -> Rows:
    """What somebody reported, and the credit it was given, as their rows were then."""
    activity = uuid4().hex
    return {
        "accounts_member": {"id": member, "first_name": "Bob", "last_name": "Bell"},
        "ce_credits_activity": {
            "id": activity,
            "member_id": member,
            "program": "acmss",
            "kind": "webinar",
            "title": "Wound care",
            "on": "2025-10-02",
            "state": "accepted",
            "typed": "{}",
            "read_from_file": "[]",
            "created_at": "2025-10-02 00:00:00",
            "changed_at": "2025-10-02 00:00:00",
        },
        "ce_credits_creditaward": {
            "id": uuid4().hex,
            "activity_id": activity,
            "sequence": 1,
            "on": "2025-10-02",
            "kind": "webinar",
            "credits": 1,
            "reasons": "[]",
            "counts_from": "2025-10-02",
            "decided_at": "2025-10-02 00:00:00",
        },
    }


def test_credit_of_before_names_what_it_was_given_for(
    migrate: Migrate, tmp_path: Path
) -> None:
    for target in (("accounts", "0005"), ("ce_credits", "0006")):
        migrate(*target)
    path = tmp_path / "goodstanding.sqlite3"
    write(path, whole(path, an_award(uuid4().hex)))

    migrate()

    with closing(sqlite3.connect(path)) as database:
        asked = "SELECT title, level FROM ce_credits_creditaward"
        assert database.execute(asked).fetchall() == [("Wound care", "")]
        asked = "SELECT inputs FROM ce_credits_activity"
        assert database.execute(asked).fetchall() == [("{}",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for statement in (
            "UPDATE ce_credits_creditaward SET title = 'Another'",
            "DELETE FROM ce_credits_creditaward",
            "DELETE FROM ce_credits_activity",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)
