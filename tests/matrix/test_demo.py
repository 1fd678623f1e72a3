"""The demonstration's doors: open to everybody with DEMO=1, not there without."""

from pathlib import Path

import pytest
from django.urls import get_resolver
from pytest_django import Settings

from accounts.checks import Routed, check_routes, routed
from tests.cast import a_user
from tests.matrix.inspection import Inspection
from tests.matrix.table import DEMO
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
WITH_DEMO = "tests.matrix.demo_urls"
DOORS = [each for each in routed(get_resolver(WITH_DEMO)) if each.of_demonstration]
LETTER = b"""Subject: Renewed
From: Goodstanding <no-reply@goodstanding.example>
To: dana@demo.example
Date: Mon, 17 Nov 2025 18:00:00 +0000
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

You are renewed.
--x
Content-Type: text/calendar
Content-Disposition: attachment; filename=day.ics

BEGIN:VCALENDAR
--x--
"""


@pytest.fixture
def demonstration(settings: Settings, world: World, tmp_path: Path) -> World:
    settings.DEMO = True
    settings.ROOT_URLCONF = WITH_DEMO
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.DEMO_START_OVER = tmp_path / "start-over"
    (tmp_path / "letter.eml").write_bytes(LETTER)
    user = a_user("Dana Demo")
    user.email = "dana@demo.example"
    user.save()
    return world


def test_without_a_demonstration_its_doors_are_not_there() -> None:
    assert not [each.name for each in routed() if each.of_demonstration]


def test_the_doors_are_these() -> None:
    assert {each.name for each in DOORS} == set(DEMO)


@pytest.mark.usefixtures("demonstration")
def test_the_start_passes_with_them() -> None:
    assert not check_routes()


@pytest.mark.parametrize("each", DOORS, ids=lambda each: each.name)
def test_a_door_answers_as_the_table_has_it(each: Routed, demonstration: World) -> None:
    faults = list(Inspection(each, DEMO[each.name], demonstration).faults())
    assert not faults, "\n".join(["", *faults])
