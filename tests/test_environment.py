"""Settings come from the environment alone, all of it explained, none of it guessed."""

import ast
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.wrong_settings import WRONG

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"[A-Z][A-Z0-9_]+")
READERS = tuple(
    f"config/{name}.py"
    for name in ("settings", "cards", "environment", "files", "mail", "queue")
)
STARTERS = ("deploy/gunicorn_conf.py", "deploy/entrypoint.sh", "docker-compose.yml")
# Given by Django's own command line or by the image, not by whoever runs it.
GIVEN = {"DJANGO_SETTINGS_MODULE"}
# Any text will do.
FREE = {"SECRET_KEY_FALLBACKS", "AUDIT_KEY_FALLBACKS"}


def read_by_the_program() -> set[str]:
    """Return every name that settings ask the environment for."""
    return {name for path in READERS for name in asked_for(ROOT / path)}


def asked_for(path: Path) -> Iterator[str]:
    """Yield the names a module reads: first arguments in capitals of our readers."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(
                func=ast.Name()
                | ast.Attribute(
                    value=ast.Name(
                        id="env"
                        | "environment"
                        | "files"
                        | "mail"
                        | "cards"
                        | "demonstration"
                    )
                ),
                args=[ast.Constant(value=str() as name), *_],
            ) if NAME.fullmatch(name):
                yield name


def read_by_starters() -> set[str]:
    """Return every name that gunicorn's settings, the image and compose read."""
    texts = [(ROOT / path).read_text() for path in STARTERS]
    found = re.findall(r"\$\{([A-Z_]+)", "\n".join(texts[1:]))
    return {*found, *re.findall(r'environ\.get\("([A-Z_]+)"', texts[0])}


def explained() -> set[str]:
    """Return every name in .env.example, given or shown with its default."""
    lines = (ROOT / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", lines, re.M))


def start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **values: str
) -> dict[str, Any]:
    """Read the settings as a production process would, with these values."""
    for name in explained():
        monkeypatch.delenv(name, raising=False)
    given = {
        "SECRET_KEY": "a-key-that-is-long-enough-" * 3,
        "AUDIT_KEY": "a-key-for-the-trail-alone-" * 3,
        "BASE_URL": "https://portal.example",
        "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
        "DATA_DIR": str(tmp_path / "data"),
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    for name, value in (given | values).items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


def test_the_example_names_what_is_read_and_nothing_else() -> None:
    assert explained() == read_by_the_program() | read_by_starters()


def test_nothing_else_reads_the_environment() -> None:
    apps = [
        path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)][0] != "."
    ]
    reading = {
        str(path.relative_to(ROOT))
        for path in apps
        if re.search(r"\bgetenv\b|\benviron(\[|\.get\()", path.read_text())
    }
    # A limited child gets the system's own variables, no setting.
    allowed = ("config/", "deploy/", "tests/", "core/limited/runner.py")
    assert {path for path in reading if not path.startswith(allowed)} == set()


def test_production_starts_with_what_it_must_have(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    start(monkeypatch, tmp_path)


def test_every_name_but_free_text_can_be_wrong() -> None:
    assert set(WRONG) == read_by_the_program() - FREE - GIVEN


@pytest.mark.parametrize("name", list(WRONG))
def test_a_wrong_value_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{name}\b"):
        start(monkeypatch, tmp_path, **{name: WRONG[name]})


ALSO_WRONG = [
    ("BASE_URL", "https://a:b:c"),
    ("BASE_URL", "https://portal.example:http"),
    ("BASE_URL", "https://portal.example:0"),
    ("BASE_URL", "https://portal.example:65536"),
    ("BASE_URL", "https://[::1"),
    ("BASE_URL", "https://:8000"),
    ("BASE_URL", "https://portal.example?"),
    ("BASE_URL", "https://portal.example#top"),
    ("BASE_URL", "https://me@portal.example"),
    ("BASE_URL", "https://portal example"),
    ("ALLOWED_HOSTS", "http://x.example"),
    ("ALLOWED_HOSTS", "x.example:8000"),
    ("ALLOWED_HOSTS", "x.example,*.y.example"),
    ("ALLOWED_HOSTS", "x.example y.example"),
    ("ALLOWED_HOSTS", "x.example/"),
    ("DATABASE_ROLE", "goodstanding web"),
    ("DATABASE_ROLE", "web'"),
    ("DATABASE_ROLE", "1web"),
    ("DATABASE_ROLE", "w" * 64),
    ("REDIS_URL", "redis://localhost:abc"),
    ("REDIS_URL", "redis://localhost:70000/0"),
    ("EMAIL_URL", "smtp://h:abc"),
    ("EMAIL_URL", "smtp+tls://user:password@mail.example:99999"),
    ("EMAIL_URL", "smtp://[mail.example"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "folder://mail"),
    ("EMAIL_TIMEOUT", "-1"),
    ("EMAIL_TIMEOUT", "soon"),
    ("DEFAULT_FROM_EMAIL", "Us <us@our.example>\nBcc: them@their.example"),
    ("DEFAULT_FROM_EMAIL", "Us\r <us@our.example>"),
    ("DEFAULT_FROM_EMAIL", "Us <us@our.example"[:4]),
]
# What must be readable even where nothing uses it.
PLAIN = {"BASE_URL": "http://localhost:8000", "EMAIL_URL": ""}


@pytest.mark.parametrize(("name", "value"), ALSO_WRONG)
def test_what_looks_nearly_right_stops_the_start_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{name}\b"):
        start(monkeypatch, tmp_path, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("SSL_REDIRECT", "x"), ("EMAIL_TIMEOUT", "-1"), ("DATABASE_ROLE", "x; drop")],
)
def test_a_wrong_value_stops_the_start_where_nothing_uses_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{name}\b"):
        start(monkeypatch, tmp_path, **PLAIN, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://portal.example:8443/"),
        ("BASE_URL", "http://[::1]:8000"),
        ("BASE_URL", "http://127.0.0.1:8000"),
        ("ALLOWED_HOSTS", "x.example, .y.example,10.0.0.1,[::1],"),
        ("DATABASE_ROLE", "goodstanding_web"),
        ("REDIS_URL", "rediss://:p%40ss@queue:6380/0"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("EMAIL_URL", "smtp://mail.example"),
        ("EMAIL_URL", "folder:///var/mail"),
        ("DEFAULT_FROM_EMAIL", "Zoë's practice <us@our.example>"),
        ("SSL_REDIRECT", "no"),
    ],
)
def test_what_is_right_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    start(monkeypatch, tmp_path, **{name: value})


@pytest.mark.parametrize("value", ["x", "-1", "0", "1.5", "٣", " "])
@pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "WORKER_CONCURRENCY"])
def test_a_number_of_processes_that_is_none_is_named(name: str, value: str) -> None:
    started = subprocess.run(
        ["/bin/sh", "deploy/entrypoint.sh", "true"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 1
    assert started.stderr == f"{name}='{value}': write a whole number above 0.\n"


@pytest.mark.parametrize("value", ["x", "-1", "0", "", "٣"])
def test_gunicorns_settings_name_what_they_cannot_use(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", value)
    with pytest.raises(SystemExit, match=r"^WEB_CONCURRENCY\b"):
        runpy.run_path(str(ROOT / "deploy" / "gunicorn_conf.py"))


@pytest.mark.parametrize("value", ["postgres://", "garbage", "postgres://host:port/x"])
def test_an_unreadable_database_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL\b"):
        start(monkeypatch, tmp_path, DATABASE_URL=value)


def test_a_secret_in_a_wrong_address_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        with pytest.raises(ImproperlyConfigured) as caught:
            start(monkeypatch, tmp_path, **{name: "ftp://user:hunter2@host/x"})
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("DATABASE_URL", "postgres"), ("REDIS_URL", "redis"), ("EMAIL_URL", "smtp")],
)
def test_half_a_password_in_the_place_of_a_port_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, scheme: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        start(monkeypatch, tmp_path, **{name: f"{scheme}://user:hunter2/3@host/x"})
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None


def in_process(env: dict[str, str], *command: str) -> tuple[int, str]:
    """Run Python in a process of its own; give its status and its errors."""
    ran = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stderr


def test_nothing_is_served_without_a_key_but_commands_run() -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    status, said = in_process(bare, "-c", "import config.wsgi")
    assert status == 1
    assert "SECRET_KEY: set at least 50 random characters" in said
    half = bare | {"SECRET_KEY": "a-key-that-is-long-enough-" * 3}
    status, said = in_process(half, "-c", "import config.wsgi")
    assert status == 1
    assert "AUDIT_KEY: set at least 50 random characters" in said
    told = ("manage.py", "scenario", "tests/scenarios/acmss-bands.toml")
    assert in_process(bare, *told)[0] == 0
