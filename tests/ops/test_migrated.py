"""The tables kept between runs of the tests are those that today's code makes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests import migrated


@pytest.fixture
def code(tmp_path: Path) -> Path:
    for name in ("shop/migrations/0001_first.py", "core/walls.py", "config/list.sql"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("one")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["shop/migrations/0001_first.py", "core/walls.py", "config/list.sql"]
)
def test_whatever_makes_tables_changes_the_fingerprint(code: Path, name: str) -> None:
    before = migrated.fingerprint(code)
    assert migrated.fingerprint(code) == before
    (code / name).write_text("two")
    assert migrated.fingerprint(code) != before


def test_a_new_migration_changes_it_and_a_page_does_not(code: Path) -> None:
    before = migrated.fingerprint(code)
    (code / "shop" / "views.py").write_text("three")
    assert migrated.fingerprint(code) == before
    (code / "shop" / "migrations" / "0002_second.py").write_text("three")
    assert migrated.fingerprint(code) != before


def test_what_is_kept_is_laid_out_and_what_other_code_made_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, older = tmp_path / "kept" / "a.sqlite3", tmp_path / "kept" / "b.sqlite3"
    monkeypatch.setattr(migrated, "FOLDER", kept.parent)
    monkeypatch.setattr(migrated, "place", lambda: kept)
    kept.parent.mkdir()
    older.write_bytes(b"")
    whole, copy = tmp_path / "whole.sqlite3", tmp_path / "copy.sqlite3"
    migrated.lay_out(copy)
    assert not copy.exists()
    with closing(sqlite3.connect(whole)) as made:
        made.execute("CREATE TABLE seats (number)")

    migrated.keep(whole)
    migrated.lay_out(copy)

    assert list(kept.parent.iterdir()) == [kept]
    with closing(sqlite3.connect(copy)) as found:
        assert found.execute("SELECT name FROM sqlite_master").fetchall() == [
            ("seats",)
        ]


@pytest.mark.db
def test_workers_side_by_side_have_a_database_each(
    request: pytest.FixtureRequest, db: None
) -> None:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    assert str(connection.settings_dict["NAME"]).endswith(worker)
