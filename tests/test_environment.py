"""Settings come from the environment alone, all of it explained, none of it guessed."""

import ast
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"[A-Z][A-Z0-9_]+")
READERS = ("config/settings.py", "config/environment.py")
STARTERS = ("deploy/gunicorn_conf.py", "deploy/entrypoint.sh", "docker-compose.yml")
# Given by Django's own command line or by the image, not by whoever runs it.
GIVEN = {"DJANGO_SETTINGS_MODULE"}
# Any text will do.
FREE = {"SECRET_KEY_FALLBACKS", "DATABASE_ROLE"}

WRONG = {
    "DEBUG": "maybe",
    "DEMO": "2",
    "SECRET_KEY": "short",
    "BASE_URL": "portal.example",
    "ALLOWED_HOSTS": "*",
    "BEHIND_PROXY": "yes please",
    "SSL_REDIRECT": "sometimes",
    "DATA_DIR": "data",
    "FILES_DIR": "../files",
    "STATIC_ROOT": "static",
    "DATABASE_URL": "mysql://root@db/goodstanding",
    "REDIS_URL": "http://queue:6379",
    "EMAIL_URL": "mail.example",
    "EMAIL_TIMEOUT": "0",
    "DEFAULT_FROM_EMAIL": "nobody",
    "MAIL_RETRY_SECONDS": "1.5",
    "CERTIFICATE_SECONDS": "-30",
    "VERIFY_RATE": "often",
    "TOKEN_RATE": "600/fortnight",
    "LOG_LEVEL": "LOUD",
}


def read_by_the_program() -> set[str]:
    """Return every name that settings ask the environment for."""
    return {name for path in READERS for name in asked_for(ROOT / path)}


def asked_for(path: Path) -> Iterator[str]:
    """Yield the names a module reads: first arguments in capitals of our readers."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(
                func=ast.Name()
                | ast.Attribute(value=ast.Name(id="env" | "environment")),
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


def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **values: str) -> None:
    """Read the settings as a production process would, with these values."""
    for name in explained():
        monkeypatch.delenv(name, raising=False)
    given = {
        "SECRET_KEY": "a-key-that-is-long-enough-" * 3,
        "BASE_URL": "https://portal.example",
        "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
        "DATA_DIR": str(tmp_path / "data"),
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    for name, value in (given | values).items():
        monkeypatch.setenv(name, value)
    runpy.run_path(str(ROOT / "config" / "settings.py"))


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
    # The renderer's process gets the system's own variables, no setting.
    allowed = ("config/", "deploy/", "tests/", "core/pdf/isolated.py")
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


def test_nothing_is_served_without_a_key_but_commands_run() -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    serve = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert serve.returncode == 1
    assert "SECRET_KEY: set at least 50 random characters" in serve.stderr
    scenario = subprocess.run(
        [sys.executable, "manage.py", "scenario", "tests/scenarios/acmss-bands.toml"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert scenario.returncode == 0, scenario.stderr
