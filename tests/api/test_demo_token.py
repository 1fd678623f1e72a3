"""A demonstration's token is on the API page, and opens the first practice."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import ApiToken
from accounts.rules import TOKEN_SCOPES
from accounts.services.tokens import widen_token
from core import clock
from core.models import AuditEntry
from portal.demo.token import PRACTICE, SECRET, give_token
from tests.api.asking import Api
from tests.cast import TESTER, a_practice, an_administrator
from tests.matrix import demo_urls


@pytest.fixture
def given(today: date, db: None, settings: Settings) -> None:
    """Harbor's token, asked for twice."""
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urls.__name__
    an_administrator("Dana Whitfield", a_practice("Harbor Family Medicine"))
    for _ in range(2):
        give_token(now=clock.now())


def page() -> str:
    """The API page, as anybody sees it."""
    return Client().get("/api/docs/").content.decode()


@pytest.mark.usefixtures("given")
def test_the_page_s_line_works_as_it_stands() -> None:
    assert SECRET in page()
    assert f"/practices/{PRACTICE}/members" in page()
    assert Api(PRACTICE, SECRET).get("members").status_code == 200
    assert ApiToken.objects.count() == 1


@pytest.mark.usefixtures("given")
def test_once_revoked_it_is_shown_no_more() -> None:
    ApiToken.objects.update(revoked_at=clock.now())
    assert SECRET not in page()


@pytest.mark.usefixtures("given")
def test_a_token_made_before_may_do_as_much_as_a_new_one() -> None:
    ApiToken.objects.update(scopes=["members:read"])
    api = Api(PRACTICE, SECRET)
    assert api.get("ce-activities").status_code == 403
    for _ in range(2):
        give_token(now=clock.now())
    assert api.get("ce-activities").status_code == 200
    assert ApiToken.objects.get().scopes == list(TOKEN_SCOPES)
    assert AuditEntry.objects.filter(action="token.widened").count() == 1


@pytest.mark.usefixtures("given")
def test_outside_a_demonstration_no_token_is_widened(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        widen_token(
            actor=TESTER,
            token=ApiToken.objects.get(),
            scopes=TOKEN_SCOPES,
            now=clock.now(),
        )


def test_outside_a_demonstration_no_token_is_shown(db: None) -> None:
    assert "$TOKEN" in page()
