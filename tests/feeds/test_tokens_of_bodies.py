"""A learning system sends a body's completions by itself, with the body's token."""

import re
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import BodyToken, Member, StaffRole, User
from accounts.rest import CallerLimit
from accounts.services import appoint_staff, create_body_token, revoke_body_token
from ce_credits.models import Activity, FeedDelivery, FeedRow
from ce_credits.tasks import take_feed
from core.actor import Actor
from core.models import AuditEntry
from core.scope import Scope, scoped
from tests.api.asking import Caller, problem, secret_of
from tests.api.certificants import day, nora
from tests.cast import TESTER, Cast
from tests.feeds.feeding import BODY, an_item
from tests.recertifying.living import a_manager
from tests.signing import open_session

__all__ = ["day", "nora"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "ce-feed"
PAGE = f"/staff/{BODY}/tokens/"
FORM = {"name": "Academy", "expires": "90", "form_key": "one"}
SECRET = re.compile(r"gsb_live_[A-Za-z0-9_-]{43}")
MONTH = timedelta(days=30)


@pytest.fixture
def max_manager(nora: Member) -> User:
    """The body's manager; the body has an hour of ethics, and Nora a number."""
    an_item()
    return a_manager()


def made_by(
    user: User, program: str = BODY, now: datetime | None = None
) -> tuple[Caller, BodyToken]:
    """Make a token; give the learning system that has it, at the body's address."""
    now = now or timezone.now()
    made = create_body_token(
        actor=Actor(user.name, user_id=user.pk),
        user=user,
        program=program,
        name="Academy",
        expires_at=now + MONTH,
        now=now,
    )
    return _with(made.secret), made.token


def _with(secret: str, program: str = BODY) -> Caller:
    return Caller(f"/api/v1/bodies/{program}", {"authorization": f"Bearer {secret}"})


def feed_of(member: Member, **more: object) -> dict[str, object]:
    """An hour somebody completed, as the academy sends it."""
    item = {
        "certification_no": member.certifications.get().number,
        "activity_code": "ETH-1",
        "completed_on": "2025-10-02",
        "minutes": 60,
    }
    return {"sender": "The academy", "items": [item], **more}


def test_it_sends_what_is_taken_and_reads_what_became_of_it(
    max_manager: User, nora: Member
) -> None:
    academy, token = made_by(max_manager)
    assert academy.post(PLACE, feed_of(nora, dry_run=True)).status_code == 200
    answer = academy.post(PLACE, feed_of(nora))
    assert answer.status_code == 202
    take_feed()
    (sent,) = answer.json()["items"]
    assert academy.get(f"{PLACE}/{sent['id']}").json()["status"] == "taken"
    assert academy.get(PLACE, status="taken").json()["count"] == 1
    (listed,) = academy.get("ce-feed-deliveries").json()["results"]
    assert (listed["rows"], listed["taken"], listed["unmatched"]) == (1, 1, 0)
    by = f"Token Academy ({token.prefix}…)"
    delivery = FeedDelivery.objects.get()
    assert (delivery.by, delivery.user_id) == (by, None)
    received = AuditEntry.objects.get(action="feed.received")
    assert (received.actor, received.user, received.token) == (by, None, None)
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_the_same_request_again_is_the_first_answer(
    max_manager: User, nora: Member
) -> None:
    academy, _ = made_by(max_manager)
    first, again = (academy.post(PLACE, feed_of(nora), key="k" * 8) for _ in "ab")
    assert first.content == again.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert FeedDelivery.objects.count() == 1
    other, _ = made_by(max_manager)
    # Another's same key is another key.
    assert other.post(PLACE, feed_of(nora), key="k" * 8).json()["repeated"] == 1


def test_settling_stays_with_people(max_manager: User, nora: Member) -> None:
    academy, _ = made_by(max_manager)
    unknown = {"certification_no": "CPCS-0", "activity_code": "ETH-1"}
    sent = feed_of(nora, items=[unknown | {"completed_on": "2025-10-02"}])
    (row,) = academy.post(PLACE, sent).json()["items"]
    take_feed()
    aside = academy.post(f"{PLACE}/{row['id']}/set-aside", {"reason": "A double."})
    problem(aside, 403, "forbidden")
    assert FeedRow.objects.get().state == FeedRow.State.UNMATCHED
    denied = AuditEntry.objects.get(action="denied")
    assert denied.actor.startswith("Token Academy")


def test_a_practice_s_token_opens_no_feed(max_manager: User, cast: Cast) -> None:
    program = _with(secret_of(cast.northside, cast.alice))
    problem(program.get(PLACE), 403, "forbidden")


def test_a_revoked_one_is_refused_at_its_next_request(max_manager: User) -> None:
    academy, token = made_by(max_manager)
    assert academy.get(PLACE).status_code == 200
    now = timezone.now()
    revoke_body_token(actor=TESTER, program=BODY, token_id=token.pk, now=now)
    problem(academy.get(PLACE), 401, "not-authenticated")


def test_an_expired_one_opens_nothing(max_manager: User) -> None:
    academy, _ = made_by(max_manager)
    with time_machine.travel(timezone.now() + MONTH, tick=False):
        problem(academy.get(PLACE), 401, "not-authenticated")


def test_it_ends_with_its_maker_s_role_and_nobody_else_s(max_manager: User) -> None:
    academy, token = made_by(max_manager)
    other = a_manager("Olga Other")
    for user in (other, max_manager):
        assert academy.get(PLACE).status_code == 200
        with scoped(Scope.setup()):
            appoint_staff(
                actor=Actor.system("command"),
                user=user,
                program=BODY,
                role=StaffRole.Role.REVIEWER,
                now=timezone.now(),
            )
    problem(academy.get(PLACE), 401, "not-authenticated")
    entries = AuditEntry.objects.filter(subject_id=token.pk).order_by("pk")
    assert [each.action for each in entries] == ["token.created", "token.revoked"]


def test_its_maker_s_own_completions_wait_for_somebody_else(nora: Member) -> None:
    an_item()
    assert nora.user is not None
    manager = StaffRole.Role.MANAGER
    StaffRole.objects.create(user=nora.user, program=BODY, role=manager)
    academy, _ = made_by(nora.user)
    academy.post(PLACE, feed_of(nora))
    take_feed()
    row = FeedRow.objects.get()
    assert row.state == FeedRow.State.UNMATCHED
    assert "your own record" in row.words
    assert not Activity.objects.filter(title="Ethics for all").exists()


def test_it_gets_so_many_requests_a_minute(
    max_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CallerLimit, "THROTTLE_RATES", {"token": "2/min"})
    academy, _ = made_by(max_manager)
    with time_machine.travel(timezone.now(), tick=False):
        answers = [academy.get(PLACE).status_code for _ in range(3)]
        assert answers == [200, 200, 429]
        other, _ = made_by(max_manager)
        assert other.get(PLACE).status_code == 200


def test_a_manager_makes_one_that_is_shown_once(max_manager: User) -> None:
    browser = open_session(Client(), max_manager)
    made = browser.post(PAGE, FORM)
    (secret,) = SECRET.findall(made.content.decode())
    token = BodyToken.objects.get()
    assert token.token_hash == sha256(secret.encode()).hexdigest()
    assert made.headers["Cache-Control"] == "no-store, private"
    later = browser.get(PAGE).content.decode()
    assert token.prefix in later
    assert not SECRET.search(later)
    assert browser.post(PAGE, FORM).status_code == 409
    assert BodyToken.objects.count() == 1
    assert _with(secret).get(PLACE).status_code == 200
    url = reverse("staff_revoke_token", args=[BODY, token.pk])
    for _ in range(2):
        assert browser.post(url).status_code == 302
    problem(_with(secret).get(PLACE), 401, "not-authenticated")
    entries = AuditEntry.objects.filter(subject_id=token.pk).order_by("pk")
    assert [each.action for each in entries] == ["token.created", "token.revoked"]
    assert {(each.user, each.program) for each in entries} == {(max_manager, BODY)}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "x" * 101}, "Shorten the name"),
        ({"expires": "9999"}, "Choose from the list"),
    ],
)
def test_what_is_missing_is_asked_for(
    max_manager: User, changed: dict[str, str], said: str
) -> None:
    refused = open_session(Client(), max_manager).post(PAGE, FORM | changed)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not BodyToken.objects.exists()
