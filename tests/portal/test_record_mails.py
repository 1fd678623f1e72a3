"""The mail on a member record: the practice's own to them, and no words of it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import Member, Practice
from core.models import OutboxMessage
from tests.cast import BODY, NOW, TODAY, Cast, a_member, a_practice, credit, given
from tests.portal.reading import Page
from tests.portal.statements import statements

pytestmark = pytest.mark.db
State = OutboxMessage.State
WORDS = "Words that nobody else may read"


def a_mail(
    kind: str,
    practice: Practice | None,
    recipient: str,
    about: UUID,
    *,
    program: str = BODY,
    state: str = State.SENT,
    days: int = 0,
) -> OutboxMessage:
    """A message that was written so many days ago, and left if it is to have."""
    at = NOW - timedelta(days=days)
    return OutboxMessage.objects.create(
        kind=kind,
        subject_id=about,
        recipient=recipient,
        practice=practice,
        program=program,
        payload={"items": [WORDS]},
        state=state,
        created_at=at,
        due_at=at,
        sent_at=at if state == State.SENT else None,
        subject=WORDS,
        text=WORDS,
    )


def shown(client: Client, member: Member, practice: str = "northside") -> list[str]:
    """What the record lists, as one reads it."""
    answer = client.get(f"/p/{practice}/members/{member.pk}/")
    assert WORDS not in answer.content.decode()
    lists = Page.of(answer).all("section", **{"aria-labelledby": "mails"})
    return [line.text for each in lists for line in each.all("li")]


def window_of(member: Member) -> UUID:
    """The newest term."""
    return member.windows.order_by("-sequence")[0].pk


@pytest.fixture
def quiet(cast: Cast) -> Cast:
    """The cast, and no mail that others wrote."""
    OutboxMessage.objects.all().delete()
    return cast


def test_a_renewal_s_mail_is_listed_with_its_day_and_its_state(
    alice: Client, quiet: Cast
) -> None:
    given(quiet.renewals, quiet.northside, quiet.bob)
    (told,) = shown(alice, quiet.bob)
    assert told.startswith("Membership begun or renewed Waiting")
    assert "Nov 17, 2025" in told


def test_the_newest_come_first_and_ten_of_them(alice: Client, quiet: Cast) -> None:
    term, bob = window_of(quiet.bob), quiet.bob
    for days in range(1, 13):
        kind = "renewal_due" if days % 2 else "renewed"
        about = bob.windows.order_by("sequence")[0].pk if days > 2 else term
        a_mail(kind, quiet.northside, f"{days}@bob.example", about, days=days)
    told = shown(alice, bob)
    assert len(told) == 10
    assert told[0].startswith("Renewal in two weeks Sent Nov 16, 2025")
    assert told[1].startswith("Membership begun or renewed Sent Nov 15, 2025")


def test_how_it_went_is_said_and_what_was_dropped_is_not_there(
    alice: Client, quiet: Cast
) -> None:
    term = window_of(quiet.bob)
    to = quiet.bob.written_to
    a_mail("renewed", quiet.northside, to, term, state=State.DEAD)
    a_mail("renewal_due", quiet.northside, to, term, state=State.VOID)
    (told,) = shown(alice, quiet.bob)
    assert told.startswith("Membership begun or renewed Not sent")


def test_nothing_private_is_listed(alice: Client, quiet: Cast) -> None:
    bob, to, term = quiet.bob, quiet.bob.written_to, window_of(quiet.bob)
    assert bob.user
    for kind in ("reset", "security_changed", "invitation"):
        a_mail(kind, None, to, bob.user.pk, program="")
        a_mail(kind, quiet.northside, to, bob.pk)
    # Their own order; what another practice, and another body, wrote to them.
    a_mail("order_receipt", None, to, uuid4())
    a_mail("order_receipt", quiet.northside, to, uuid4())
    a_mail("renewed", None, to, term)
    a_mail("renewal_due", a_practice("Cedar"), to, term)
    a_mail("renewal_undone", quiet.northside, to, term, program="napss")
    assert shown(alice, bob) == []


def test_mail_about_their_own_activities_alone_is_listed(
    alice: Client, quiet: Cast
) -> None:
    theirs = credit(quiet.bob, "0.5", on=TODAY).activity.steps.get()
    others = credit(quiet.charlie, "0.5", on=TODAY).activity.steps.get()
    a_mail("ce_decided", quiet.northside, quiet.bob.written_to, theirs.pk, days=1)
    a_mail("ce_decided", quiet.northside, quiet.bob.written_to, others.pk)
    assert shown(alice, quiet.bob) == ["CE decided on Sent Nov 16, 2025, 10:00 AM PST"]


def test_what_an_administrator_got_about_them_is_not_theirs(
    alice: Client, quiet: Cast
) -> None:
    term = window_of(quiet.bob)
    a_mail("certificate_ready", quiet.northside, quiet.alice.email, term)
    a_mail("renewed_administrator", quiet.northside, quiet.bob.written_to, term)
    assert shown(alice, quiet.bob) == []
    a_mail("certificate_ready", quiet.northside, quiet.bob.written_to, term)
    (told,) = shown(alice, quiet.bob)
    assert told.startswith("Certificate ready Sent")


def test_two_with_one_address_have_each_their_own(alice: Client, quiet: Cast) -> None:
    nora = a_member("Nora North", quiet.northside)
    given(quiet.membership, quiet.northside, nora)
    OutboxMessage.objects.all().delete()
    Member.objects.filter(pk=nora.pk).update(email=quiet.bob.written_to)
    a_mail("renewed", quiet.northside, quiet.bob.written_to, window_of(quiet.bob))
    assert len(shown(alice, quiet.bob)) == 1
    assert shown(alice, nora) == []


def test_two_practices_read_each_its_own(
    alice: Client, signed_in: Callable[[str], Client], quiet: Cast
) -> None:
    member = a_member("Nora North", quiet.lakeview)
    given(quiet.membership, quiet.lakeview, member)
    OutboxMessage.objects.all().delete()
    a_mail("renewed", quiet.lakeview, member.written_to, window_of(member))
    assert len(shown(signed_in("frank"), member, "lakeview")) == 1
    member.sponsorships.update(until_on=TODAY)
    quiet.northside.sponsorships.create(
        member=member, program=BODY, from_on=TODAY + timedelta(days=1)
    )
    assert shown(alice, member) == []


def test_it_costs_no_statement_more(alice: Client, quiet: Cast) -> None:
    term = window_of(quiet.bob)
    for number in range(15):
        a_mail("renewed", quiet.northside, f"{number}@bob.example", term)
    place = f"/p/northside/members/{quiet.bob.pk}/"
    assert len(statements(alice, place)) == 8
