"""A route without a permission stops the start and is named."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from accounts.checks import check_routes, routed

SCRATCH = "tests.checks.scratch"


@pytest.fixture
def faults(settings: Settings) -> list[str]:
    settings.ROOT_URLCONF = SCRATCH
    return [f"{fault.id} {fault.msg}" for fault in check_routes()]


def test_the_project_declares_a_permission_for_every_route() -> None:
    assert check_routes() == []


def test_a_route_without_a_permission_is_named(faults: list[str]) -> None:
    assert faults == [
        "accounts.E102 /forgotten/ (forgotten) declares no permission.",
        "accounts.E101 /nameless/ has no name.",
        "accounts.E102 /demo/ (enter) declares no permission.",
        "accounts.E103 /demo/ is a door of the demonstration.",
        "accounts.E102 /api/half/ (half) declares no permission.",
        "accounts.E102 /api/library/ (library) declares no permission.",
    ]


def test_the_start_fails_with_the_route_s_name(settings: Settings) -> None:
    settings.ROOT_URLCONF = SCRATCH
    with pytest.raises(SystemCheckError, match=r"/forgotten/ \(forgotten\) declares"):
        call_command("check")


def test_a_demonstration_may_have_its_doors(
    settings: Settings, faults: list[str]
) -> None:
    settings.DEMO = True
    assert not [fault.id for fault in check_routes() if fault.id == "accounts.E103"]


def test_nested_routes_are_unfolded(settings: Settings) -> None:
    settings.ROOT_URLCONF = SCRATCH
    found = {each.name: each for each in routed()}
    assert found["deep:of_practice"].path == "inner/p/<slug:practice>/page/"
    assert set(found["deep:of_practice"].permissions) == {"GET", "POST", "HEAD"}
    assert set(found["deep:rest"].permissions) == {"GET"}
    assert found["half"].handled == {"GET", "POST"}
