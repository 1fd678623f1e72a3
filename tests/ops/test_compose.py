"""Each command, port, variable and volume of the containers fits the project."""

import importlib.util
import re
import shutil
import subprocess
from importlib.metadata import entry_points
from typing import Any

import pytest
from celery import current_app
from django.core.management import get_commands
from django.utils.module_loading import import_string

from config.celery import app
from deploy import health
from tests.ops.project import ROOT, compose, text
from tests.test_environment import explained, read_by_the_program

OURS = ("web", "worker", "beat", "migrate")
ENTRY = text("deploy/entrypoint.sh")
IMAGE = text("Dockerfile")
NGINX = text("deploy/nginx/nginx.conf")
# Compose, Debian and the servers' images read these; no line of ours does.
OF_IMAGES = {"PATH", "PYTHONUNBUFFERED", "XDG_CACHE_HOME", "POSTGRES_PASSWORD"}
OF_STARTERS = {"WEB_CONCURRENCY", "WORKER_CONCURRENCY", "BIND"}


def service(name: str) -> dict[str, Any]:
    """Return one service of the compose file."""
    found: dict[str, Any] = compose()["services"][name]
    return found


def volumes(name: str) -> dict[str, str]:
    """Return where a service's volumes come from, by where they are seen."""
    found = service(name).get("volumes", [])
    parts = [re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", each).split(":") for each in found]
    return {each[1]: each[0] for each in parts}


def test_each_role_is_a_command_of_the_entrypoint() -> None:
    roles = set(re.findall(r"^(\w+)\)", ENTRY, re.M))
    assert roles == set(OURS)
    assert {service(name)["command"][0] for name in OURS} == roles
    [entry] = re.findall(r'^ENTRYPOINT \["/app/(.*)"\]$', IMAGE, re.M)
    assert (ROOT / entry).is_file()
    [role] = re.findall(r'^CMD \["(.*)"\]$', IMAGE, re.M)
    assert role in roles


def test_each_program_the_entrypoint_starts_is_installed() -> None:
    scripts = {each.name for each in entry_points(group="console_scripts")}
    programs = set(re.findall(r"exec (\w+)", ENTRY)) - {"python"}
    assert programs == {"gunicorn", "celery"}
    assert programs <= scripts


def test_each_management_command_is_one() -> None:
    named = set(re.findall(r"manage\.py (\w+)", ENTRY))
    assert named == {"check", "migrate", "install_products"}
    assert named <= set(get_commands())


def test_what_gunicorn_serves_is_there() -> None:
    [(conf, target)] = re.findall(r"gunicorn -c (\S+) (\S+)", ENTRY)
    assert (ROOT / conf).is_file()
    module, name = target.split(":")
    # Imported, it would ask a database whose rows it is to serve.
    served = (ROOT / f"{module.replace('.', '/')}.py").read_text()
    assert re.search(rf"^{name} = ", served, re.M)


def test_worker_and_beat_run_the_project_s_own_application() -> None:
    assert set(re.findall(r"celery -A (\S+)", ENTRY)) == {"config"}
    assert import_string("config.celery.app") is app
    app.loader.import_default_modules()
    due = {each["task"] for each in app.conf.beat_schedule.values()}
    assert due
    assert due <= set(current_app.tasks)
    # No queue is named, so worker and beat mean the same one.
    assert "-Q" not in ENTRY
    assert not app.conf.task_routes
    assert {each.get("options") for each in app.conf.beat_schedule.values()} == {None}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_health_check_is_one(name: str) -> None:
    test = service(name)["healthcheck"]["test"]
    assert test == ["CMD", "python", "-m", "deploy.health", name]
    assert importlib.util.find_spec(test[3]) is not None
    assert test[4] in health.CHECKS


def test_the_servers_health_checks_are_of_their_own_programs() -> None:
    programs = {
        name: service(name)["healthcheck"]["test"][1]
        for name in ("nginx", "postgresql", "redis")
    }
    assert programs == {
        "nginx": "wget",
        "postgresql": "pg_isready",
        "redis": "redis-cli",
    }
    [asked] = [word for word in service("nginx")["healthcheck"]["test"] if "//" in word]
    assert asked.startswith("http://127.0.0.1:8080/")
    assert f"location = /{asked.rpartition('/')[2]} " in NGINX


def test_beat_s_schedule_is_where_its_health_check_looks() -> None:
    [schedule] = re.findall(r"--schedule=(\S+)", ENTRY)
    assert schedule == "/tmp/beat-schedule"  # noqa: S108
    assert 'glob("beat-schedule*")' in text("deploy/health.py")
    assert service("beat")["tmpfs"] == ["/tmp"]  # noqa: S108


def test_a_worker_makes_its_files_on_a_volume_not_in_memory() -> None:
    worker = re.search(r"^worker\)\n((?: .*\n)+)", ENTRY, re.M)
    assert worker is not None
    assert 'export TMPDIR="${DATA_DIR:-/tmp}/tmp"' in worker[1]
    assert worker[1].index("mkdir -p") < worker[1].index("exec celery")
    assert re.search(r"^\s+DATA_DIR=(\S+)", IMAGE, re.M)[1] in volumes("worker")  # type: ignore[index]


def test_ports_agree() -> None:
    [bind] = re.findall(r"BIND=0\.0\.0\.0:(\d+)", IMAGE)
    [exposed] = re.findall(r"^EXPOSE (\d+)$", IMAGE, re.M)
    [passed] = re.findall(r"http://web:(\d+);", NGINX)
    [looked] = re.findall(
        r'HTTPConnection\("127\.0\.0\.1", (\d+)', text("deploy/health.py")
    )
    assert bind == exposed == passed == looked
    inside = {each.rpartition(":")[2] for each in service("nginx")["ports"]}
    assert inside == set(re.findall(r"^\s+listen (\d+)", NGINX, re.M))
    settings = service("web")["environment"]
    assert settings["REDIS_URL"].startswith("redis://redis:6379/")
    assert "@postgresql:5432/" in settings["DATABASE_URL"]


@pytest.mark.parametrize("name", OURS)
def test_each_variable_is_one_that_somebody_reads(name: str) -> None:
    given = set(service(name)["environment"])
    assert given <= read_by_the_program() | OF_STARTERS
    assert given <= explained()


def test_whatever_production_may_set_reaches_the_containers() -> None:
    settings = {each for name in OURS for each in service(name)["environment"]}
    image = set(re.findall(r"([A-Z_]{3,})=", IMAGE.split("ENV PATH", 1)[1]))
    # Not in production, or said by another variable there.
    never = {"DEBUG", "DEMO", "DEMO_START_OVER", "OUTGOING_LOCALHOST"}
    never |= {"DATABASE_ROLE", "FILES_DIR", "DJANGO_SETTINGS_MODULE"}
    never |= {"STRIPE_API_BASE"}
    assert read_by_the_program() - never - settings - image == set()


def test_the_image_s_variables_are_read() -> None:
    block = re.search(r"^ENV ((?:.*\\\n)*.*)", IMAGE, re.M)
    assert block is not None
    named = set(re.findall(r"([A-Z_]+)=", block[1]))
    assert named - OF_IMAGES <= read_by_the_program() | OF_STARTERS


def test_the_databases_passwords_are_those_its_roles_are_made_with() -> None:
    roles = text("deploy/postgresql/roles.sh")
    used = set(re.findall(r'"\$([A-Z_]+_PASSWORD)"', roles))
    assert used | {"POSTGRES_PASSWORD"} == set(service("postgresql")["environment"])
    urls = " ".join(service(name)["environment"]["DATABASE_URL"] for name in OURS)
    assert set(re.findall(r"\$\{(\w+):\?\}", urls)) == used
    made = set(re.findall(r"CREATE ROLE (\w+) LOGIN", roles))
    assert set(re.findall(r"postgres://(\w+):", urls)) == made


def test_volumes_are_named_and_where_they_are_looked_for() -> None:
    named = set(compose()["volumes"])
    used = {place for name in compose()["services"] for place in volumes(name).values()}
    assert {place for place in used if place[0] != "."} == named
    assert {place for place in used if place[0] == "."} - {"./tls"} == {
        "./deploy/nginx/nginx.conf",
        "./deploy/postgresql/roles.sh",
    }
    for place in used - named - {"./tls"}:
        assert (ROOT / place).is_file()
    assert re.search(r"^\s+DATA_DIR=(\S+)", IMAGE, re.M)[1] == "/data"  # type: ignore[index]
    assert all("/data" in volumes(name) for name in OURS)
    assert "VOLUME /data" in IMAGE
    for name in ("fullchain.pem", "privkey.pem"):
        assert f" /etc/nginx/tls/{name};" in NGINX
    assert "/etc/nginx/tls" in volumes("nginx")


def test_whatever_nginx_writes_goes_where_it_may() -> None:
    written = set(re.findall(r"_temp_path (\S+);", NGINX))
    written |= set(re.findall(r"^pid (\S+);", NGINX, re.M))
    assert written
    assert all(place.startswith("/tmp/") for place in written)  # noqa: S108
    assert service("nginx")["tmpfs"] == ["/tmp"]  # noqa: S108


@pytest.mark.skipif(not shutil.which("sh"), reason="no shell")
@pytest.mark.parametrize("value", ["0", "many", "-2", "1.5"])
def test_the_entrypoint_names_a_wrong_number(value: str) -> None:
    done = subprocess.run(
        ["sh", "deploy/entrypoint.sh", "true"],  # noqa: S607
        cwd=ROOT,
        env={"WEB_CONCURRENCY": value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"WEB_CONCURRENCY='{value}'" in done.stderr
