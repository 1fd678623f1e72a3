"""Production refuses to start on a demonstration's rows."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from accounts.checks import check_demonstration
from config.starting import refuse_demonstration_accounts
from tests.cast import Cast, a_user

pytestmark = pytest.mark.db


def a_demo_account() -> None:
    """Make one of the demonstration's people."""
    user = a_user("Dana Demo")
    user.email = "dana@Demo.example"
    user.save()


def test_people_of_no_demonstration_are_welcome(cast: Cast) -> None:
    assert check_demonstration(databases=["default"]) == []
    call_command("check", databases=["default"], tags=["database"])


@pytest.mark.usefixtures("db")
def test_a_demo_account_stops_the_start() -> None:
    a_demo_account()
    with pytest.raises(SystemCheckError, match="demonstration's accounts"):
        call_command("check", databases=["default"])


@pytest.mark.usefixtures("db")
def test_a_demonstration_has_its_accounts(settings: Settings) -> None:
    a_demo_account()
    settings.DEMO = True
    assert check_demonstration(databases=["default"]) == []


@pytest.mark.usefixtures("db")
def test_a_database_not_yet_migrated_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.models.User._meta.db_table", "not_yet_there")
    assert check_demonstration(databases=["default"]) == []


@pytest.mark.usefixtures("db")
def test_nothing_is_served_where_a_demonstrations_accounts_are() -> None:
    refuse_demonstration_accounts()
    a_demo_account()
    with pytest.raises(ImproperlyConfigured, match="demonstration's accounts"):
        refuse_demonstration_accounts()
