"""What leaves a page or a cookie open stops the start; so does half a production."""

from pathlib import Path

import pytest
from django.conf import settings as project
from pytest_django import Settings

from core.web_checks import check_production, check_web
from deploy.setup import PYTHON
from tests.gate.production import be_behind_https, environment
from tests.ops.project import run

POLICY = project.CONTENT_SECURITY_POLICY["DIRECTIVES"]
CHECK = (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def policy(**other: list[str]) -> dict[str, dict[str, list[str]]]:
    """Give the project's policy with some of it changed."""
    return {"DIRECTIVES": POLICY | {key.replace("_", "-"): other[key] for key in other}}


def test_the_project_s_own_settings_pass() -> None:
    assert check_web() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ALLOWED_HOSTS", ["portal.example", "*"], "core.E401"),
        ("ALLOWED_HOSTS", ["*.example"], "core.E401"),
        ("CONTENT_SECURITY_POLICY", policy(default_src=["'self'"]), "core.E402"),
        ("CONTENT_SECURITY_POLICY", policy(base_uri=["'self'"]), "core.E402"),
        (
            "CONTENT_SECURITY_POLICY",
            policy(style_src=["'self'", "'unsafe-inline'"]),
            "core.E403",
        ),
        ("CONTENT_SECURITY_POLICY", policy(img_src=["https:"]), "core.E403"),
        ("MIDDLEWARE", project.MIDDLEWARE[1:], "core.E404"),
        ("MIDDLEWARE", [*project.MIDDLEWARE[2:], *project.MIDDLEWARE[:2]], "core.E404"),
        ("SESSION_COOKIE_HTTPONLY", False, "core.E405"),
        ("CSRF_COOKIE_HTTPONLY", False, "core.E405"),
        ("SESSION_COOKIE_SAMESITE", "None", "core.E405"),
    ],
)
def test_a_setting_that_opens_something_is_refused(
    name: str, value: object, code: str, settings: Settings
) -> None:
    setattr(settings, name, value)
    assert [fault.id for fault in check_web()] == [code]


def test_production_s_settings_pass(settings: Settings, tmp_path: Path) -> None:
    be_behind_https(settings, tmp_path)
    assert check_production() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SESSION_COOKIE_SECURE", False, "core.E411"),
        ("CSRF_COOKIE_SECURE", False, "core.E411"),
        ("SESSION_COOKIE_NAME", "session", "core.E411"),
        ("CSRF_COOKIE_NAME", "csrf", "core.E411"),
        ("DEMO", True, "core.E412"),
        ("SECURE_HSTS_SECONDS", 3600, "core.E413"),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", False, "core.E413"),
    ],
)
def test_half_a_production_is_refused(
    name: str, value: object, code: str, settings: Settings, tmp_path: Path
) -> None:
    be_behind_https(settings, tmp_path)
    setattr(settings, name, value)
    assert [fault.id for fault in check_production()] == [code]


def test_production_passes_every_check_of_django_and_ours(tmp_path: Path) -> None:
    done = run(*CHECK, env=environment(tmp_path, CLAMD="clamd:3310"))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BASE_URL", "http://portal.example", "write https://"),
        ("DEMO", "1", "core.E412"),
        ("DEBUG", "1", "security.W018"),
        ("SECRET_KEY", "a" * 60, "security.W009"),
        ("SECRET_KEY_FALLBACKS", "short", "security.W025"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS"),
    ],
)
def test_a_production_with_a_hole_does_not_pass(
    name: str, value: str, said: str, tmp_path: Path
) -> None:
    done = run(*CHECK, env=environment(tmp_path, **{name: value}))
    assert done.returncode == 1
    assert said in done.stderr
