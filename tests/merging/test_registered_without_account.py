"""A record that a body registered under an address that is an account's already.

Its name was spelt otherwise, so it has no account (0036). Whoever signs in with the
address claims it by the link that is mailed there; staff compare the two and join them.
"""

from collections.abc import Iterator

import pytest
import time_machine

from accounts.models import Duplicate, Member, User
from accounts.services import prove_duplicate, report_duplicate
from accounts.services.reporting_duplicates import compose_proof, duplicate_in
from core.actor import Actor
from core.failures import Missing, NotEligible, Refusal
from core.letters import Moment
from core.models import OutboxMessage
from credentials.models import Certification, StandingPeriod
from credentials.services import Earned, register_certificant
from renewals.services import merge_accounts, undo_merge
from tests.cast import Cast, a_member, a_user
from tests.ce.reporting import holder
from tests.merging.merging import GROUND, WHY
from tests.recertifying.living import BODY, a_manager, noon
from tests.recertifying.living import LAST as DAY

pytestmark = pytest.mark.db
NOW = noon(DAY)


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """Let it be one day throughout."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def nia(cast: Cast) -> Member:
    """Nia, who has an account and a record of her own."""
    return a_member("Nia Newly", None, user=a_user("Nia Newly"))


@pytest.fixture
def max_(cast: Cast) -> Actor:
    """Max, who manages the body."""
    user = a_manager()
    return Actor(user.name, user_id=user.pk)


def registered(max_: Actor, nia: Member, last_name: str = "Married") -> Member:
    """Let the body register a credential under her address and another name."""
    assert nia.user is not None
    made = register_certificant(
        actor=max_,
        first_name="Nia",
        last_name=last_name,
        email=nia.user.email,
        earned=Earned(BODY, "CPCS", DAY, "List of who passed", "CPCS-5"),
        today=DAY,
        now=NOW,
    )
    assert made.member.user is None
    return made.member


def claimed(nia: Member) -> Duplicate:
    """Report her own address, and open the link that went there."""
    assert nia.user is not None
    report_duplicate(
        actor=holder(nia), member=nia, program=BODY, email=nia.user.email, now=NOW
    )
    message = OutboxMessage.objects.get(kind="account_proof")
    assert message.recipient == nia.user.email
    letter = compose_proof(message=message, moment=Moment(NOW, lambda zone: DAY))
    assert letter is not None
    signed = str(letter.payload["url"]).rstrip("/").rpartition("/")[2]
    return prove_duplicate(
        actor=holder(nia),
        member=nia,
        duplicate_id=duplicate_in(signed=signed),
        now=NOW,
    )


def joined(max_: Actor, row: Duplicate, keep: Member) -> Duplicate:
    """Let Max merge the two."""
    return merge_accounts(
        actor=max_, duplicate=row, keep=keep.pk, ground=GROUND, today=DAY, now=NOW
    )


def test_it_is_joined_to_the_account_of_its_address(max_: Actor, nia: Member) -> None:
    record = registered(max_, nia)
    row = claimed(nia)
    assert (row.state, row.other) == ("proved", record)
    joined(max_, row, nia)
    assert Certification.objects.get(number="CPCS-5").member == nia
    assert StandingPeriod.objects.filter(member=nia, program=BODY).exists()
    record.refresh_from_db()
    assert (record.joined_to, record.user) == (nia, None)
    assert User.objects.get(member=nia).is_active
    told = OutboxMessage.objects.filter(kind="accounts_merged")
    assert [each.recipient for each in told] == [nia.written_to]


def test_joining_it_is_undone_as_if_it_had_never_been(max_: Actor, nia: Member) -> None:
    record = registered(max_, nia)
    row = joined(max_, claimed(nia), nia)
    undo_merge(actor=max_, duplicate=row, reason=WHY, today=DAY, now=NOW)
    record.refresh_from_db()
    assert (record.joined_to, record.user) == (None, None)
    assert Certification.objects.get(number="CPCS-5").member == record
    assert User.objects.get(member=nia).is_active


def test_a_record_nobody_signs_in_to_is_not_the_one_kept(
    max_: Actor, nia: Member
) -> None:
    record = registered(max_, nia)
    with pytest.raises(NotEligible, match="Keep the other one"):
        joined(max_, claimed(nia), record)


def test_two_people_of_one_address_are_not_joined(max_: Actor, nia: Member) -> None:
    record = registered(max_, nia)
    Member.objects.filter(pk=record.pk).update(first_name="Otto")
    with pytest.raises(NotEligible, match="share neither name"):
        joined(max_, claimed(nia), nia)


def test_nobody_but_the_address_s_owner_claims_it(
    max_: Actor, nia: Member, cast: Cast
) -> None:
    """Another reports the same address: the link goes to its owner, not to them."""
    record = registered(max_, nia)
    assert nia.user is not None
    row = report_duplicate(
        actor=holder(cast.bob),
        member=cast.bob,
        program=BODY,
        email=nia.user.email,
        now=NOW,
    )
    with pytest.raises(Missing):
        prove_duplicate(actor=holder(nia), member=nia, duplicate_id=row.pk, now=NOW)
    assert OutboxMessage.objects.get(kind="account_proof").recipient == nia.user.email
    assert not Duplicate.objects.filter(other=record).exists()


def test_what_another_body_registered_is_not_this_one_s(
    max_: Actor, nia: Member
) -> None:
    registered(max_, nia)
    assert nia.user is not None
    row = report_duplicate(
        actor=holder(nia), member=nia, program="acmss", email=nia.user.email, now=NOW
    )
    with pytest.raises(Refusal, match="registered nothing"):
        prove_duplicate(actor=holder(nia), member=nia, duplicate_id=row.pk, now=NOW)
