"""M11: the registry shows who is retired; of a licence the public learns no more."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Member, StaffRole
from renewals.models import Licence
from renewals.rules.licences import Licensed, retired_since
from tests.cast import NOW, TODAY, Cast
from tests.db.licence_rows import a_licence
from tests.learning.taking import a_course, claims, completed, enrolled
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
DAY, LATER = date(2025, 10, 1), date(2025, 11, 1)


@pytest.mark.parametrize(
    ("retired", "since"),
    [
        ((), None),
        ((None,), None),
        ((DAY,), DAY),
        ((DAY, LATER), LATER),
        ((DAY, None), None),
        ((TODAY,), TODAY),
        ((TODAY + timedelta(days=1),), None),
    ],
)
def test_retired_is_who_retired_from_every_licence(
    retired: tuple[date | None, ...], since: date | None
) -> None:
    found = [Licensed(retired_on=each) for each in retired]
    assert retired_since(found, TODAY) == since


@pytest.fixture
def number(physician: Member, licence: Licence) -> str:
    """The number of a certificate that Bob earned with a course."""
    earned = claims(completed(enrolled(physician, a_course())))
    assert earned.certificate is not None
    return earned.certificate.number


def told(client: Client, number: str) -> tuple[str, dict[str, str] | None]:
    """What anybody with a certificate's number is told: the page, and over REST."""
    page = Page.of(client.get(f"/verify/{number}/"))
    body = client.get(f"/api/v1/verify/{number}").json()
    return page.text, body["licence"]


def test_the_check_says_that_its_holder_is_retired_and_nothing_else_of_a_licence(
    client: Client, number: str, licence: Licence
) -> None:
    page, licence_told = told(client, number)
    assert "licence" not in page
    assert licence_told is None
    Licence.objects.update(retired_on=date(2025, 11, 1))
    page, licence_told = told(client, number)
    assert "The holder\u2019s licence today Retired since Nov 1, 2025" in page
    assert licence_told == {"code": "retired", "words": "Retired since Nov 1, 2025"}
    assert licence.number not in page
    # Whoever keeps another licence may practise.
    a_licence(licence.member, "MA-2")
    assert told(client, number)[1] is None
    Licence.objects.filter(number="MA-2").update(removed_at=NOW)
    assert told(client, number)[1] is not None


def test_a_licence_of_somebody_else_or_of_another_body_changes_nothing(
    client: Client, number: str, cast: Cast
) -> None:
    a_licence(cast.charlie)
    Licence.objects.filter(member=cast.charlie).update(retired_on=DAY)
    assert told(client, number)[1] is None


def test_the_body_s_registry_shows_licences_and_who_is_retired(
    number: str, licence: Licence, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    StaffRole.objects.create(user=cast.erin, program="mms", role="reviewer")
    place = f"/staff/mms/members/{licence.member_id}/"
    page = Page.of(signed_in("erin").get(place))
    assert "MA 123, registered Jun 1, 2024 to May 31, 2026" in page.text
    Licence.objects.update(retired_on=DAY)
    page = Page.of(signed_in("erin").get(place))
    assert "MA 123, retired since Oct 1, 2025" in page.text
