"""Settings that would fail quietly stop the start."""

from types import SimpleNamespace

import pytest
from celery import current_app
from django.conf import settings as project
from pytest_django import Settings

from core.checks import check_mail, check_queue, check_rest

REDIS: dict[str, object] = {"broker_url": "redis://127.0.0.1:6379/0"}
SEEN = {"visibility_timeout": 900, "unacked_restore_throttle": 1}
READ = (
    "broker_transport_options",
    "broker_url",
    "enable_utc",
    "result_backend",
    "task_acks_late",
    "task_annotations",
    "task_ignore_result",
    "task_reject_on_worker_lost",
    "task_soft_time_limit",
    "task_time_limit",
    "timezone",
    "worker_prefetch_multiplier",
)


def ids_with(wrong: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Check the project's queue with some settings changed."""
    own = {name: getattr(current_app.conf, name) for name in READ}
    conf = SimpleNamespace(**own | wrong)
    monkeypatch.setattr("core.checks.current_app", SimpleNamespace(conf=conf))
    return [str(fault.id) for fault in check_queue()]


def test_the_project_s_own_settings_pass() -> None:
    assert check_queue() == []
    assert check_rest() == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"timezone": "America/New_York"}, "core.E101"),
        ({"enable_utc": False}, "core.E101"),
        ({"task_acks_late": False}, "core.E102"),
        ({"task_reject_on_worker_lost": False}, "core.E102"),
        ({"task_time_limit": None}, "core.E103"),
        ({"task_soft_time_limit": 600}, "core.E103"),
        ({"worker_prefetch_multiplier": 4}, "core.E104"),
        (
            REDIS | {"broker_transport_options": {"unacked_restore_throttle": 1}},
            "core.E105",
        ),
        (
            REDIS | {"broker_transport_options": SEEN | {"visibility_timeout": 300}},
            "core.E105",
        ),
        (
            REDIS | {"broker_transport_options": SEEN | {"visibility_timeout": 840}},
            "core.E105",
        ),
        (
            REDIS | {"broker_transport_options": {"visibility_timeout": 900}},
            "core.E106",
        ),
        ({"result_backend": "redis://127.0.0.1:6379/1"}, "core.E107"),
        ({"task_ignore_result": False}, "core.E107"),
    ],
)
def test_a_queue_that_loses_or_doubles_work_is_refused(
    wrong: dict[str, object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids_with(wrong, monkeypatch) == [code]


def test_a_queue_on_redis_passes_with_a_longer_visibility(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ids_with(REDIS | {"broker_transport_options": SEEN}, monkeypatch) == []


@pytest.mark.parametrize(
    "backend", ["core.mail.SmtpBackend", "core.mail.FolderBackend"]
)
def test_mail_of_the_project_s_own_passes(backend: str, settings: Settings) -> None:
    settings.EMAIL_BACKEND = backend
    settings.EMAIL_TIMEOUT = 44
    assert check_mail() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        (
            "EMAIL_BACKEND",
            "django.core.mail.backends.smtp.EmailBackend",
            "core.E301",
        ),
        ("EMAIL_TIMEOUT", 45, "core.E302"),
    ],
)
def test_mail_that_could_be_told_twice_is_refused(
    name: str, value: object, code: str, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "core.mail.SmtpBackend"
    settings.EMAIL_TIMEOUT = 40
    setattr(settings, name, value)
    assert [fault.id for fault in check_mail()] == [code]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        (
            "DEFAULT_PERMISSION_CLASSES",
            ["rest_framework.permissions.AllowAny"],
            "core.E201",
        ),
        ("DEFAULT_AUTHENTICATION_CLASSES", [], "core.E202"),
        ("DEFAULT_PARSER_CLASSES", ["rest_framework.parsers.JSONParser"], "core.E203"),
        (
            "DEFAULT_RENDERER_CLASSES",
            ["rest_framework.renderers.BrowsableAPIRenderer"],
            "core.E204",
        ),
        ("EXCEPTION_HANDLER", "rest_framework.views.exception_handler", "core.E205"),
    ],
)
def test_rest_defaults_that_open_something_are_refused(
    name: str, value: object, code: str, settings: Settings
) -> None:
    settings.REST_FRAMEWORK = project.REST_FRAMEWORK | {name: value}
    assert [fault.id for fault in check_rest()] == [code]
