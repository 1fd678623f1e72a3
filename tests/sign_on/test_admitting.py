"""Who comes in through a practice's provider, and who never does."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from accounts.models import (
    Administration,
    SignOnLink,
    SingleSignOn,
    Sponsorship,
    StaffRole,
    User,
)
from accounts.openid import Person
from accounts.services.sign_on import admit
from core.models import AuditEntry, OutboxMessage
from core.scope import Scope, scoped
from tests.cast import BODY, NOW, OTHER_BODY, TODAY, Cast, a_member
from tests.database import WEB, working_as
from tests.sign_on.conftest import set_on
from tests.sign_on.provider import ALICE, BOB

pytestmark = [pytest.mark.django_db, pytest.mark.db]
CHARLIE, ERIN, SAM = (
    f"{first}@{first}-{last}.example"
    for first, last in (("charlie", "chen"), ("erin", "ellis"), ("sam", "stone"))
)


@pytest.fixture
def sign_on(cast: Cast) -> SingleSignOn:
    """Northside's provider, which nobody asks here."""
    return set_on(cast.northside, "https://login.northside.example")


def let_in(
    sign_on: SingleSignOn, email: str, subject: str = "", *, verified: bool = True
) -> User | None:
    """Come with what a provider says, as the web does."""
    person = Person(subject or f"{email}-1", email, verified)
    with working_as(WEB), scoped(Scope.entry()):
        return admit(sign_on=sign_on, person=person, now=NOW)


def entries() -> list[tuple[str, str]]:
    """What the trail says of it."""
    told = AuditEntry.objects.order_by("pk").filter(
        subject_type__startswith="accounts.si"
    )
    return [(each.action, each.reason) for each in told]


def test_a_sponsored_person_and_an_administrator_come_in(
    cast: Cast, sign_on: SingleSignOn
) -> None:
    assert let_in(sign_on, BOB) == cast.user("bob")
    assert let_in(sign_on, ALICE.title()) == cast.alice
    links = SignOnLink.objects.of(cast.northside).order_by("from_at", "subject")
    assert {(each.user, each.subject) for each in links} == {
        (cast.user("bob"), f"{BOB}-1"),
        (cast.alice, f"{ALICE.title()}-1"),
    }


def test_the_first_time_is_an_entry_and_the_next_changes_nothing(
    cast: Cast, sign_on: SingleSignOn
) -> None:
    for _ in range(3):
        assert let_in(sign_on, BOB) == cast.user("bob")
    (entry,) = AuditEntry.objects.filter(action="sign_on.linked")
    assert (entry.actor, entry.practice) == ("Bob Baker", cast.northside)
    assert entries() == [("sign_on.linked", "")]
    (mail,) = OutboxMessage.objects.filter(kind="security_changed")
    assert mail.recipient == BOB
    assert "linked to the sign-in service of Northside" in mail.payload["what"]


def _switch_off(cast: Cast) -> None:
    User.objects.filter(email=BOB).update(is_active=False)


def _end_sponsorship(cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)


def _sponsored_elsewhere_too(cast: Cast) -> None:
    Sponsorship.objects.create(
        practice=cast.lakeview, member=cast.bob, program=OTHER_BODY, from_on=TODAY
    )


def _runs_another(cast: Cast) -> None:
    Administration.objects.create(
        practice=cast.lakeview, user=cast.user("bob"), named=False, from_at=NOW
    )


def _reviews(cast: Cast) -> None:
    StaffRole.objects.create(user=cast.user("bob"), program=BODY, role="reviewer")


def _as_ever(cast: Cast) -> None:
    """Bob is who he was."""


@dataclass(frozen=True)
class Refused:
    """A way not to come in."""

    email: str = BOB
    verified: bool = True
    before: Callable[[Cast], None] = _as_ever


REFUSED = {
    "nobody": Refused("nobody@bob-baker.example"),
    "no address": Refused(""),
    "no domain": Refused("bob"),
    "an address that is not verified": Refused(verified=False),
    "a domain that is not the practice's": Refused("frank@frank-foster.example"),
    "another practice's person": Refused(CHARLIE),
    "a body's reviewer": Refused(ERIN),
    "somebody of no place": Refused(SAM),
    "somebody switched off": Refused(before=_switch_off),
    "somebody who left": Refused(before=_end_sponsorship),
    "somebody sponsored elsewhere as well": Refused(before=_sponsored_elsewhere_too),
    "somebody who runs another practice": Refused(before=_runs_another),
    "somebody who reviews": Refused(before=_reviews),
    "an address that only folds to theirs": Refused("bob@bob-ba\u212aer.example"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_whoever_else_is_refused_with_one_entry_and_no_link(
    name: str, cast: Cast, sign_on: SingleSignOn
) -> None:
    case = REFUSED[name]
    case.before(cast)
    assert let_in(sign_on, case.email, verified=case.verified) is None
    (entry,) = AuditEntry.objects.filter(action="denied")
    assert entry.reason
    # The practice's own list says nothing of where else somebody belongs.
    assert (entry.practice, entry.program) == (None, "")
    assert not SignOnLink.objects.exists()


def test_a_link_stays_with_who_came_first(cast: Cast, sign_on: SingleSignOn) -> None:
    nora = a_member("Nora North", cast.northside, user=_user("nora@bob-baker.example"))
    assert let_in(sign_on, BOB, "first") == cast.user("bob")

    assert let_in(sign_on, BOB, "another") is None
    assert let_in(sign_on, "nora@bob-baker.example", "first") is None
    assert let_in(sign_on, "nora@bob-baker.example", "second") == nora.user
    assert let_in(sign_on, BOB, "first") == cast.user("bob")

    assert [each.subject for each in SignOnLink.objects.order_by("subject")] == [
        "first",
        "second",
    ]
    assert [action for action, _ in entries()].count("denied") == 2


def test_the_same_name_with_another_provider_is_somebody_else_s(
    cast: Cast, sign_on: SingleSignOn
) -> None:
    theirs = set_on(cast.lakeview, "https://login.lakeview.example")
    assert let_in(sign_on, BOB, "1") == cast.user("bob")
    assert let_in(theirs, CHARLIE, "1") == cast.user("charlie")
    assert let_in(theirs, BOB, "1") is None


def test_former_places_keep_nobody_out(cast: Cast, sign_on: SingleSignOn) -> None:
    for before in (_sponsored_elsewhere_too, _runs_another, _reviews):
        before(cast)
    Sponsorship.objects.filter(practice=cast.lakeview).update(until_on=TODAY)
    Administration.objects.filter(user=cast.user("bob")).update(until_at=NOW)
    StaffRole.objects.filter(user=cast.user("bob")).update(until_at=NOW)
    assert let_in(sign_on, BOB) == cast.user("bob")


def _user(email: str) -> User:
    return User.objects.create_user(email, "unused", name="Nora North")
