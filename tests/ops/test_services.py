"""PostgreSQL and Redis of our own, for as long as one command runs."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from deploy import services
from deploy.processes import OperatorError, answers
from deploy.system import absent
from tests.ops.project import run

pytestmark = [pytest.mark.db, pytest.mark.broker]
needs_servers = pytest.mark.skipif(
    bool(absent("services")), reason="make test-services brings the servers"
)

ASK = """
import os, psycopg2, redis
print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"])
connection = psycopg2.connect(os.environ["DATABASE_URL"])
cursor = connection.cursor()
cursor.execute("SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
               " FROM pg_roles WHERE rolname = current_user")
print(*cursor.fetchone())
print(redis.Redis.from_url(os.environ["REDIS_URL"]).ping())
raise SystemExit(7)
"""


def run_with_services(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the questions above as `make test-services` runs pytest."""
    command = [sys.executable, "-m", "deploy.services", "--"]
    return run(*command, sys.executable, "-c", ASK, env=env)


@needs_servers
def test_private_servers_start_answer_and_leave_nothing() -> None:
    env = dict(os.environ)
    for name in ("DATABASE_URL", "REDIS_URL"):
        env.pop(name, None)
    answer = run_with_services(env)
    assert answer.returncode == 7, answer.stderr
    urls, role, ping = answer.stdout.splitlines()
    assert role == "False False True True"
    assert ping == "True"
    ports = [urlsplit(url).port for url in urls.split()]
    assert not any(answers(port) for port in ports if port)


@needs_servers
def test_named_servers_are_used_and_left_running() -> None:
    with services.missing_services() as urls:
        env = os.environ | urls
        answer = run_with_services(env)
        assert answer.stdout.splitlines()[0] == " ".join(urls.values())
        assert psycopg2.connect(urls["DATABASE_URL"]).closed == 0
        assert redis.Redis.from_url(urls["REDIS_URL"]).ping()


def test_a_missing_server_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "postgresql_folder", lambda: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    for server in (services.postgresql, services.redis):
        with pytest.raises(OperatorError, match="sudo make system-services"):
            server().__enter__()


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    command = ["sh", "-c", "echo no room left; exit 1"]
    with (
        pytest.raises(OperatorError, match="no room left"),
        services.serving(command, tmp_path, port=1),
    ):
        pytest.fail("it never answered")
