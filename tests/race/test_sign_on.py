"""Several come through a practice's provider for the first time at one moment."""

from collections.abc import Callable
from functools import partial

import pytest

from accounts.models import SignOnLink, SingleSignOn, User
from accounts.openid import Person
from accounts.services.sign_on import admit
from core.models import AuditEntry
from core.scope import Scope, scoped
from tests.cast import NOW, Cast, a_member, a_user
from tests.database import WEB, working_as
from tests.race.hands import at_once
from tests.sign_on.conftest import set_on
from tests.sign_on.provider import BOB

pytestmark = [pytest.mark.race, pytest.mark.db]
NORA = "nora@nora-north.example"


@pytest.fixture
def sign_on(server: str, cast: Cast) -> SingleSignOn:
    """Northside's provider; Nora is sponsored there as well."""
    a_member("Nora North", cast.northside, user=a_user("Nora North"))
    held = set_on(cast.northside, "https://login.northside.example")
    held.domains.append("nora-north.example")
    held.save()
    return held


def coming(sign_on: SingleSignOn, email: str, subject: str) -> Callable[[], bool]:
    """Come with what the provider says; true where it lets somebody in."""

    def come() -> User | None:
        with working_as(WEB), scoped(Scope.entry()):
            person = Person(subject, email, email_verified=True)
            return admit(sign_on=sign_on, person=person, now=NOW)

    return lambda: come() is not None


def test_one_person_at_once_is_linked_once(sign_on: SingleSignOn) -> None:
    came = at_once([coming(sign_on, BOB, "bob")] * 6)
    assert came == [True] * 6
    assert SignOnLink.objects.count() == 1
    assert AuditEntry.objects.filter(action="sign_on.linked").count() == 1


def test_of_two_with_one_name_there_one_comes_in(sign_on: SingleSignOn) -> None:
    acts = [coming(sign_on, email, "same") for email in (BOB, NORA)] * 3
    came = at_once(acts)
    link = SignOnLink.objects.get()
    assert came == [link.user.email == email for email in (BOB, NORA)] * 3
    assert AuditEntry.objects.filter(action="denied").count() == 3


def test_one_person_under_two_names_comes_in_under_one(sign_on: SingleSignOn) -> None:
    acts = list(map(partial(coming, sign_on, BOB), ["first", "second"] * 3))
    came = at_once(acts)
    link = SignOnLink.objects.get()
    assert came == [link.subject == each for each in ["first", "second"] * 3]
