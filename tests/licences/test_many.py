"""However many licences somebody has, what they rest on is read once."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Member
from renewals.models import Licence
from renewals.services import LicenceDetails, enter_licence
from tests.api.asking import Caller
from tests.cast import NOW, TESTER
from tests.learning.taking import a_course, claims, completed, enrolled
from tests.licences.conftest import PERIOD
from tests.portal.statements import statements

pytestmark = pytest.mark.db
REST, PAGE = "/api/v1/me/licences", "/me/licences/"


@pytest.fixture
def browser(licence: Licence, own: Caller) -> Client:
    """Bob's, who learned something, has one licence, and could learn more."""
    for credit, topic in (("1", "burnout"), ("10", "risk_management")):
        version = a_course(bank="", credit=Decimal(credit), topics=[topic])
        if topic == "burnout":
            claims(completed(enrolled(licence.member, version)))
    return own.client


@pytest.mark.parametrize("address", [REST, PAGE])
def test_five_licences_take_no_more_statements_than_one(
    address: str, browser: Client, physician: Member
) -> None:
    one = len(statements(browser, address))
    for number in range(4):
        details = LicenceDetails(f"MA {number}", PERIOD.first_on, PERIOD.last_on)
        enter_licence(
            actor=TESTER, member=physician, program="mms", details=details, now=NOW
        )
    sent = statements(browser, address)
    assert len(sent) == one
    assert len([sql for sql in sent if "courses_course" in sql]) > 0


def test_five_licences_are_shown_as_each_alone(
    browser: Client, own: Caller, physician: Member
) -> None:
    for number in range(4):
        details = LicenceDetails(f"MA {number}", PERIOD.first_on, PERIOD.last_on)
        enter_licence(
            actor=TESTER, member=physician, program="mms", details=details, now=NOW
        )
    rows = own.get("licences").json()["results"]
    assert len(rows) == 5
    for row in rows:
        assert own.get(f"licences/{row['id']}").json() == row
