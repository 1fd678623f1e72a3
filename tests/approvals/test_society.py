"""The society knows its people: by a licence, by what they reported or come to."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.models import Member, StaffRole
from ce_credits.models import Activity, ApprovalApplication, FeedRow
from ce_credits.rules import Completion
from ce_credits.services import (
    Report,
    check_attendance,
    send_attendance,
    start_draft,
    submit,
)
from ce_credits.tasks import take_feed
from core.scope import Scope
from courses.services import cancel_registration
from renewals.models import Licence
from tests.approvals.approving import HELD_ON, approved, person
from tests.cast import NOW, TODAY, Cast, a_proof, a_user
from tests.ce.reporting import holder
from tests.db.licence_rows import a_licence
from tests.db.walling import on_postgresql, within
from tests.live.holding import WRITTEN, a_live, at, registered
from tests.portal.reading import Page

pytestmark = pytest.mark.db
SOCIETY = "mms"
HOME = f"/staff/{SOCIETY}/"


@pytest.fixture
def erin(cast: Cast, signed_in: Callable[[str], Client], today: date) -> Client:
    """Erin, who reviews for the society."""
    StaffRole.objects.create(user=cast.erin, program=SOCIETY, role="reviewer")
    return signed_in("erin")


@pytest.fixture
def bob(cast: Cast, today: date) -> Member:
    """Bob, a physician of whom the society knows nothing yet."""
    Member.objects.filter(pk=cast.bob.pk).update(profession="MD")
    cast.bob.refresh_from_db()
    return cast.bob


@pytest.fixture
def activity(cast: Cast) -> ApprovalApplication:
    """What an outside sponsor held with the society's approval."""
    sponsor = a_user("Sam Sponsor")
    return approved(sponsor, program=SOCIETY, kind="category_1")


def attends(activity: ApprovalApplication, member: Member) -> FeedRow:
    """Have a sponsor name somebody by address and both names; the worker takes it."""
    email = member.user.email if member.user else member.email
    day = HELD_ON.isoformat()
    said = Completion(
        email=email,
        first_name=member.first_name,
        last_name=member.last_name,
        completed_on=day,
    )
    listed = check_attendance(
        actor=person(activity.user),
        user=activity.user,
        application=activity,
        name="who.csv",
        sent=[(2, said)],
        today=TODAY,
        now=NOW,
    )
    assert listed.problems == []
    send_attendance(actor=person(activity.user), attendance=listed, now=NOW)
    take_feed()
    return FeedRow.objects.get(delivery__source__startswith=activity.sponsor)


def people() -> "QuerySet[Member]":
    """Whom the society knows."""
    return Member.objects.of_program(SOCIETY)


def test_a_physician_with_a_licence_has_credit_for_what_they_attended_m12(
    activity: ApprovalApplication, bob: Member
) -> None:
    a_licence(bob)
    row = attends(activity, bob)
    assert (row.state, row.words) == ("taken", "")
    theirs = Activity.objects.get(member=bob, program=SOCIETY)
    assert (row.activity, theirs.catalogue_item) == (theirs, activity.item)
    assert theirs.awards.get().credits is not None


def test_staff_find_who_holds_a_licence_and_their_record_m11(
    erin: Client, bob: Member, cast: Cast
) -> None:
    place = f"{HOME}members/{bob.pk}/"
    assert "0 members." in Page.of(erin.get(HOME)).text
    assert erin.get(place).status_code == 404
    a_licence(bob, "MA-1")
    # Two licences are one person, also where something of another body is found.
    a_licence(bob, "MA-2")
    page = Page.of(erin.get(HOME))
    assert "1 member." in page.text
    assert [row.one("a").text for row in page.all("th", scope="row")] == ["Bob Baker"]
    assert "1 member found." in Page.of(erin.get(HOME, {"q": "Baker"})).text
    page = Page.of(erin.get(place))
    assert "MA-1" in page.text
    assert "MA-2" in page.text
    assert erin.get(f"{HOME}members/{cast.charlie.pk}/").status_code == 404


def test_a_licence_that_was_taken_away_makes_nobody_known(
    erin: Client, bob: Member
) -> None:
    a_licence(bob)
    Licence.objects.update(removed_at=NOW)
    assert erin.get(f"{HOME}members/{bob.pk}/").status_code == 404
    with within(Scope.staff(SOCIETY)):
        assert not people().exists()


def test_staff_settle_what_waits_for_a_physician(
    activity: ApprovalApplication, bob: Member, erin: Client
) -> None:
    row = attends(activity, bob)
    assert (row.state, row.reason) == ("unmatched", "unknown_person")
    a_licence(bob)
    place = f"{HOME}feed/{row.pk}/"
    assert "Bob Baker" in Page.of(erin.get(place, {"q": "Baker"})).text
    said = {
        "do": "settle",
        "member": str(bob.pk),
        "activity_code": row.code,
        "completed_on": HELD_ON.isoformat(),
        "minutes": "",
        "reason": "The sponsor confirmed it.",
    }
    answer = erin.post(place, said)
    assert answer.status_code == 302, Page.of(answer).text
    row.refresh_from_db()
    assert row.state == "settled"


def test_whoever_reported_something_is_known_once_they_sent_it(
    bob: Member, erin: Client
) -> None:
    place = f"{HOME}members/{bob.pk}/"
    me = holder(bob)
    draft = start_draft(actor=me, member=bob, program=SOCIETY, typed={}, now=NOW)
    a_proof(draft)
    assert erin.get(place).status_code == 404
    said = Report(kind="category_1", title="Opioids", on=HELD_ON, minutes=60)
    sent = submit(
        actor=me, activity=draft, seen=draft.version, report=said, today=TODAY, now=NOW
    )
    page = Page.of(erin.get(f"/staff/{SOCIETY}/review/{sent.pk}/"))
    assert place in page.links.values()
    assert erin.get(place).status_code == 200


def test_whoever_comes_to_something_live_is_known_until_they_cancel(
    bob: Member, activity: ApprovalApplication
) -> None:
    row = registered(bob, a_live())
    with within(Scope.staff(SOCIETY)):
        assert list(people()) == [bob]
    cancel_registration(
        actor=holder(bob), registration=row, today=WRITTEN, now=at(WRITTEN)
    )
    with within(Scope.staff(SOCIETY)):
        assert not people().exists()
    registered(bob, row.live)
    assert attends(activity, bob).state == "taken"


@on_postgresql
def test_the_wall_shows_a_body_its_own_people_alone(bob: Member, cast: Cast) -> None:
    a_licence(bob)
    with within(Scope.staff("namss")):
        assert not Member.objects.exists()
    with within(Scope.staff(SOCIETY)):
        assert list(Member.objects.all()) == list(people()) == [bob]
        assert not Member.objects.of_program("acmss").exists()
    Licence.objects.update(removed_at=NOW)
    with within(Scope.staff(SOCIETY)):
        assert not Member.objects.exists()
