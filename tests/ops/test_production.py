"""The image and the compose file hold what production asks of them."""

import os
import re
import shutil
from typing import Any

import pytest

from tests.ops.project import ROOT, apps, compose, run, text

OURS = ("web", "worker", "beat", "migrate")
SECRETS = (
    "SECRET_KEY",
    "AUDIT_KEY",
    "POSTGRES_PASSWORD",
    "OWNER_PASSWORD",
    "WEB_PASSWORD",
    "WORKER_PASSWORD",
)


def service(name: str) -> dict[str, Any]:
    """Return one service of the compose file."""
    found: dict[str, Any] = compose()["services"][name]
    return found


def test_these_services_and_no_others() -> None:
    assert set(compose()["services"]) == {"nginx", "postgresql", "redis", *OURS}


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_little(name: str) -> None:
    found = service(name)
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert found["command"] == [name]
    assert "ports" not in found


@pytest.mark.parametrize(
    "name", ["nginx", "web", "worker", "beat", "postgresql", "redis"]
)
def test_every_lasting_service_is_looked_after(name: str) -> None:
    assert service(name)["healthcheck"]["test"][0] == "CMD"
    assert service(name)["restart"] == "unless-stopped"


def test_migrate_runs_once_and_before_the_others() -> None:
    assert service("migrate")["restart"] == "no"
    for name in ("web", "worker", "beat"):
        before = service(name)["depends_on"]["migrate"]["condition"]
        assert before == "service_completed_successfully"


def test_each_signs_in_to_the_database_as_itself() -> None:
    users = {
        name: re.match(
            r"postgres://(\w+):", service(name)["environment"]["DATABASE_URL"]
        )
        for name in OURS
    }
    assert {name: match and match[1] for name, match in users.items()} == {
        "web": "goodstanding_web",
        "worker": "goodstanding_worker",
        "beat": "goodstanding_worker",
        "migrate": "goodstanding",
    }
    roles = text("deploy/postgresql/roles.sh")
    assert "SUPERUSER" not in roles
    assert "BYPASSRLS" not in roles


def test_redis_forgets_nothing() -> None:
    command = " ".join(service("redis")["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_nobody_but_nginx_can_be_reached() -> None:
    published = [name for name in compose()["services"] if "ports" in service(name)]
    assert published == ["nginx"]


def test_no_secret_has_a_default() -> None:
    raw = text("docker-compose.yml")
    for name in SECRETS:
        used = set(re.findall(rf"\$\{{{name}\b[^}}]*\}}", raw))
        assert used == {f"${{{name}:?}}"}


def test_the_demo_cannot_be_switched_on() -> None:
    names = set().union(*(service(name)["environment"] for name in OURS))
    assert not names & {"DEMO", "DEBUG"}


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="make compose-check")
def test_docker_compose_reads_it() -> None:
    env = os.environ | dict.fromkeys(SECRETS, "only-to-look")
    command = ("docker-compose", "--env-file", ".env.example", "config", "--quiet")
    answer = run(*command, env=env)
    assert answer.returncode == 0, answer.stderr


def test_the_image_is_built_in_stages_and_runs_without_root() -> None:
    lines = text("Dockerfile").splitlines()
    assert len([line for line in lines if line.startswith("FROM ")]) == 2
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["goodstanding"]
    last = next(n for n, line in enumerate(lines) if line.startswith("USER "))
    assert not any(line.startswith(("RUN", "COPY")) for line in lines[last:])
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert "--require-hashes" in text("Dockerfile")
    assert not re.search(r"^(ENV|ARG).*(SECRET|PASSWORD)", text("Dockerfile"), re.M)


def test_the_image_holds_every_app_and_no_test() -> None:
    kept = {line[1:] for line in text(".dockerignore").splitlines() if line[0] == "!"}
    wanted = {"manage.py", "config", "templates", "static", "deploy", *apps()}
    assert wanted <= kept
    assert not kept & {"tests", ".env", "tls", ".git"}
    assert [name for name in kept if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", OURS)
def test_the_entrypoint_knows_every_role(name: str) -> None:
    assert re.search(rf"^{name}\)", text("deploy/entrypoint.sh"), re.M)


def test_the_proxy_tells_the_truth_about_who_asks() -> None:
    proxy = text("deploy/nginx/nginx.conf")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in proxy
    assert "proxy_set_header X-Forwarded-Proto https;" in proxy
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in proxy
    assert service("web")["environment"]["BEHIND_PROXY"] == "1"


def test_nginx_gives_files_out_and_changes_none() -> None:
    nginx, place = service("nginx"), "/data/files"
    assert [each for each in nginx["volumes"] if place in each] == [f"files:{place}:ro"]
    group = re.search(r"groupadd --system --gid (\d+)", text("Dockerfile"))
    assert group
    assert nginx["group_add"] == [group[1]]
    accel = service("web")["environment"]["FILES_ACCEL"]
    location = text("deploy/nginx/nginx.conf").split(f"location {accel} {{")[1]
    assert "internal;" in location.split("}")[0]
    assert f"alias {place}/;" in location.split("}")[0]
    for name in ("web", "worker"):
        assert f"files:{place}" in service(name)["volumes"]


@pytest.mark.parametrize("path", ["deploy/entrypoint.sh", "deploy/postgresql/roles.sh"])
def test_shell_scripts_can_be_read_and_run(path: str) -> None:
    assert (ROOT / path).stat().st_mode & 0o111
    assert run("sh", "-n", path).returncode == 0
