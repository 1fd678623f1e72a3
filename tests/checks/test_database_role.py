"""Nothing is served as a database role that row-level security does not hold."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config.starting import refuse_a_role_above_the_walls
from tests.database import AUDITOR, WEB, WORKER, working_as
from tests.db.walling import on_postgresql
from tests.mail.workers import INHERITED, database
from tests.ops.project import ROOT

pytestmark = pytest.mark.db
WEB_STARTS = [sys.executable, "-c", "import config.wsgi"]
WORKER_STARTS = [sys.executable, "-m", "celery", "-A", "config", "worker"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [WEB, WORKER, AUDITOR])
def test_the_roles_of_the_project_may_serve(role: str) -> None:
    with working_as(role):
        refuse_a_role_above_the_walls()


@on_postgresql
@pytest.mark.django_db
def test_the_owner_may_not_but_in_a_demonstration(settings: Settings) -> None:
    with pytest.raises(ImproperlyConfigured, match="owns tables"):
        refuse_a_role_above_the_walls()
    settings.DEMO = True
    refuse_a_role_above_the_walls()


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "words"),
    [("true, false, false", "superuser"), ("false, true, false", "passes row-level")],
)
def test_nor_may_who_passes_every_wall(
    known: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.starting.ROLE", f"SELECT 'root', {known}")
    with pytest.raises(ImproperlyConfigured, match=f"root .*{words}.*DATABASE_ROLE"):
        refuse_a_role_above_the_walls()


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("command", [WEB_STARTS, WORKER_STARTS], ids=["web", "worker"])
def test_neither_web_nor_worker_starts_as_the_owner(
    command: list[str], tmp_path: Path
) -> None:
    told = database() | {"DATABASE_ROLE": "", "DATA_DIR": str(tmp_path)}
    told |= {
        "SECRET_KEY": "key-of-the-role-tests-" * 3,
        "EMAIL_URL": f"folder://{tmp_path}",
    }
    told |= {"AUDIT_KEY": "audit-key-of-the-role-tests-" * 3}
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    ended = subprocess.run(  # noqa: S603  (our own command)
        command,
        cwd=ROOT,
        env=kept | told,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "owns tables: one practice's rows would not be kept" in ended.stderr
