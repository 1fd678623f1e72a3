"""A manager registers somebody who passed the exam and stands nowhere yet."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member, StaffRole, User
from accounts.services.passwords import make_reset_link
from core.models import AuditEntry, OutboxMessage
from credentials.models import Certification, StandingPeriod
from tests.cast import NOW, PASSWORD, Cast, a_member, a_user
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.recertifying.living import BODY, a_manager, certified
from tests.signing import open_session

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
HERE = f"/staff/{BODY}/certificants/new/"
ADDRESS = "nia@mail.example"
GIVEN = {
    "first_name": "Nia",
    "last_name": "Newly",
    "email": ADDRESS,
    "code": "CPCS",
    "number": "CPCS-5",
    "earned_on": "2025-10-02",
    "proof": "List of who passed, October",
}


@pytest.fixture
def max_(cast: Cast) -> Client:
    """Max, who manages the body."""
    return open_session(Client(), a_manager())


def sends(manager: Client, **more: str) -> "Answer":
    """Send the form; a key is its own unless it is named."""
    typed = GIVEN | {"form_key": uuid4().hex} | more
    fields = {f"certification-{name}": each for name, each in typed.items()}
    return manager.post(HERE, fields)


def test_somebody_new_gets_an_account_a_cycle_and_a_mail(max_: Client) -> None:
    page = followed(max_, sends(max_, email=" Nia@Mail.example "))
    assert page.notices == ["Registered Nia Newly, CPCS CPCS-5. A mail tells them."]
    row = page.one("tbody").text
    assert "Nia Newly" in row
    assert "Dec 1, 2028" in row
    member = Member.objects.get(email=ADDRESS)
    assert member.user is not None
    assert (member.user.email, member.user.name) == (ADDRESS, "Nia Newly")
    assert not member.user.has_usable_password()
    assert StandingPeriod.objects.filter(member=member, program=BODY).exists()
    entry = AuditEntry.objects.get(action="certificant.registered")
    assert (entry.member_id, entry.program) == (member.pk, BODY)
    assert not AuditEntry.objects.filter(action="certification.recorded").exists()
    assert OutboxMessage.objects.get(kind="registered").recipient == ADDRESS


def test_the_account_opens_by_a_mailed_link(max_: Client) -> None:
    sends(max_)
    link = make_reset_link(email=ADDRESS, now=NOW)
    assert link is not None
    client = Client()
    page = client.get(link.url.removeprefix("http://localhost:8000"), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": f"{PASSWORD} anew"})
    assert User.objects.get(email=ADDRESS).check_password(f"{PASSWORD} anew")


def test_the_same_again_does_nothing(max_: Client) -> None:
    sends(max_, form_key="one")
    assert "done once" in followed(max_, sends(max_, form_key="one")).notices[-1]
    before = Certification.objects.count(), OutboxMessage.objects.count()
    assert sends(max_).status_code == 302
    assert (Certification.objects.count(), OutboxMessage.objects.count()) == before


def test_an_account_of_that_name_gets_the_credential_on_its_own_record(
    max_: Client, cast: Cast
) -> None:
    user = a_user("Nia Newly")
    own = a_member("Nia Newly", None, user=user)
    sends(max_, email=user.email)
    assert Certification.objects.get(number="CPCS-5").member == own
    owner = a_user("Olga Owner")
    sends(
        max_,
        email=owner.email,
        first_name="olga",
        last_name="Owner",
        number="CPCS-6",
    )
    assert Certification.objects.get(number="CPCS-6").member.user == owner


def test_what_is_said_does_not_tell_that_an_address_is_somebody_s(
    max_: Client, cast: Cast
) -> None:
    """Charlie is of another practice and body; the manager sees nothing of theirs."""
    theirs = cast.charlie
    page = followed(max_, sends(max_, email=theirs.written_to))
    assert page.notices == ["Registered Nia Newly, CPCS CPCS-5. A mail tells them."]
    assert theirs.name not in page.text
    made = Certification.objects.get(number="CPCS-5").member
    assert (made.user, made.email) == (None, theirs.written_to)
    assert made != theirs


def test_a_closed_account_s_address_gets_a_record_without_account(
    max_: Client, cast: Cast
) -> None:
    user = a_user("Nia Newly")
    User.objects.filter(pk=user.pk).update(is_active=False)
    sends(max_, email=user.email)
    assert Certification.objects.get(number="CPCS-5").member.user is None


def test_whom_the_body_knows_and_a_taken_number_are_refused_in_words(
    max_: Client, cast: Cast
) -> None:
    known = a_member("Nell Known", None, user=a_user("Nell Known"))
    certified(known)
    number = Certification.objects.get(member=known).number
    before = checksum()
    wrong = sends(max_, email=known.email)
    assert wrong.status_code == 422
    assert "Nell Known is on your register" in Page.of(wrong).problems[0]
    taken = sends(max_, number=number)
    assert taken.status_code == 422
    assert "the number is taken" in Page.of(taken).problems[0]
    assert checksum() == before


def test_the_same_number_under_another_name_is_refused(max_: Client) -> None:
    sends(max_)
    before = checksum()
    other = sends(max_, first_name="Ned")
    assert other.status_code == 422
    assert "Nia Newly is on your register" in Page.of(other).problems[0]
    assert checksum() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("first_name", ""),
        ("earned_on", "2099-01-01"),
        ("code", "CMSS"),
        ("proof", ""),
    ],
)
def test_what_can_not_be_used_is_named_and_nothing_is_kept(
    max_: Client, field: str, value: str
) -> None:
    before = checksum()
    wrong = sends(max_, **{field: value})
    assert wrong.status_code == 422
    assert len(Page.of(wrong).problems) == 1
    assert checksum() == before


def test_a_manager_does_not_register_themself(max_: Client) -> None:
    own = User.objects.get(name="Max Manager")
    wrong = sends(max_, email=own.email, first_name="Max", last_name="Manager")
    assert wrong.status_code == 409
    assert not Member.objects.filter(user=own).exists()


def test_only_managers_of_a_body_of_cycles_do(max_: Client, cast: Cast) -> None:
    home = Page.of(max_.get(f"/staff/{BODY}/"))
    assert home.one("a", href=HERE).text == "Register a certificant"
    user = a_user("Rob Reviewer")
    StaffRole.objects.create(user=user, program=BODY, role="reviewer")
    rob = open_session(Client(), user)
    assert rob.get(HERE).status_code == 403
    assert HERE not in rob.get(f"/staff/{BODY}/").content.decode()
    mona = User.objects.get(name="Mona Moss")
    elsewhere = open_session(Client(), mona)
    assert elsewhere.get("/staff/acmss/certificants/new/").status_code == 404
