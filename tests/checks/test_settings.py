"""Settings that would fail quietly stop the start."""

import pytest
from celery import current_app
from django.conf import settings as project
from pytest_django import Settings

from core.checks import check_queue, check_rest

REDIS = {"broker_url": "redis://127.0.0.1:6379/0"}


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
        ({"task_soft_time_limit": 300}, "core.E103"),
        ({"worker_prefetch_multiplier": 4}, "core.E104"),
        (REDIS | {"broker_transport_options": {}}, "core.E105"),
        (
            REDIS | {"broker_transport_options": {"visibility_timeout": 300}},
            "core.E105",
        ),
    ],
)
def test_a_queue_that_loses_or_doubles_work_is_refused(
    wrong: dict[str, object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in wrong.items():
        monkeypatch.setattr(current_app.conf, name, value)
    assert [fault.id for fault in check_queue()] == [code]


def test_a_queue_on_redis_passes_with_a_longer_visibility(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = {"visibility_timeout": 900}
    monkeypatch.setattr(current_app.conf, "broker_url", REDIS["broker_url"])
    monkeypatch.setattr(current_app.conf, "broker_transport_options", options)
    assert check_queue() == []


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
