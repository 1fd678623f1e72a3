"""Live activities as pages: written, come to, noted by a list, claimed with a code."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import StaffRole
from courses.models import LiveActivity, LiveAnswers, LiveClaim
from courses.queries.live import codes_of
from courses.rules.live import Session
from courses.services.live_claiming import WRONG_CODE, WRONG_NAME
from tests.cast import NOW, TODAY, Cast
from tests.live.holding import (
    LETTER_TO,
    a_draft,
    a_live,
    attendances,
    registered,
    was_there,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
Signed = Callable[[str], Client]
EVALUATION = {"objectives": "5", "practice": "4", "bias": "3", "change": "Rest."}
CLAIM = reverse("my_claim")
DAY = timedelta(days=1)
SOON = TODAY + 30 * DAY
WRITTEN = {
    "title": "Pain without opioids",
    "provider": "The society",
    "joint_provider": "The academy",
    "credit_kind": "category_1",
    "credit": "1.5",
    "topics": ["pain_management"],
    "place": "Online",
    "capacity": "20",
    "sessions": f"{SOON.isoformat()} 18:00-20:00",
    "evaluate_by": "",
}


@pytest.fixture
def bob(today: date, signed_in: Signed) -> Client:
    return signed_in("bob")


@pytest.fixture
def manager(cast: Cast, today: date, signed_in: Signed) -> Client:
    StaffRole.objects.create(user=cast.mona, program="mms", role="manager")
    return signed_in("mona")


def staff(live: LiveActivity, page: str = "staff_live_activity") -> str:
    return reverse(page, kwargs={"program": "mms", "live_id": live.pk})


def mine(live: LiveActivity) -> str:
    return reverse("my_live_activity", kwargs={"live_id": live.pk})


def field(answer: Any) -> str:  # noqa: ANN401
    """What the page says was seen."""
    found = re.search(r'name="seen" value="(\w{64})"', answer.content.decode())
    assert found
    return found[1]


def typed(live: LiveActivity, **changes: str) -> dict[str, str]:
    names = {"first_name": "bob", "last_name": " BAKER "}
    return {"code": codes_of(live)[0], **names, **changes}


def test_staff_write_announce_and_cancel_an_activity(
    manager: Client, bob: Client
) -> None:
    new = reverse("staff_live_new", kwargs={"program": "mms"})
    wrong = manager.post(new, WRITTEN | {"sessions": "soon", "capacity": "0"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "is no session such as" in wrong.content.decode()
    assert manager.post(new, WRITTEN).status_code == HTTPStatus.FOUND
    live = LiveActivity.objects.get()
    assert bob.get(mine(live)).status_code == HTTPStatus.NOT_FOUND
    shown = manager.get(staff(live)).content.decode()
    assert "jointly with The academy (jointly provided)" in shown
    assert all(each in shown for each in codes_of(live))
    facts = staff(live, "staff_live_facts")
    assert manager.post(facts, WRITTEN | {"capacity": "1"}).status_code == 302
    assert manager.post(staff(live), {"do": "publish"}).status_code == 302
    late = manager.post(facts, WRITTEN)
    assert "is announced" in late.content.decode()

    assert live.title in bob.get(reverse("my_live")).content.decode()
    names = {"first_name": "Bob", "last_name": "Baker"}
    nameless = bob.post(mine(live), {"do": "register", "first_name": "Bob"})
    assert nameless.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert bob.post(mine(live), {"do": "register", **names}).status_code == 302
    assert "registered as Bob Baker" in bob.get(mine(live)).content.decode()
    assert bob.post(mine(live), {"do": "leave"}).status_code == 302
    assert bob.post(mine(live), {"do": "register", **names}).status_code == 302
    assert "1 of 1 places" in manager.get(staff(live)).content.decode()

    empty = manager.post(staff(live), {"do": "cancel", "why": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    manager.post(staff(live), {"do": "cancel", "why": "The speaker is ill."})
    assert "The speaker is ill." in bob.get(mine(live)).content.decode()


def test_the_second_of_two_who_write_a_draft_is_told_and_loses_nothing(
    manager: Client,
) -> None:
    live = a_draft(sessions=(Session(SOON, time(18), time(20)),))
    facts = staff(live, "staff_live_facts")
    shown = staff(live)
    opened, looked = field(manager.get(facts)), field(manager.get(shown))
    first = WRITTEN | {"seen": opened, "place": "Room 1"}
    assert manager.post(facts, first).status_code == HTTPStatus.FOUND
    late = manager.post(facts, WRITTEN | {"seen": opened, "place": "Room 2"})
    assert late.status_code == HTTPStatus.CONFLICT
    said = late.content.decode()
    assert "Somebody changed this since you opened it. Nothing was saved." in said
    assert 'value="Room 2"' in said
    announced = manager.post(shown, {"do": "publish", "seen": looked}, follow=True)
    assert "Somebody changed this draft since you opened" in announced.content.decode()
    live.refresh_from_db()
    assert (live.place, live.published_at) == ("Room 1", None)
    # Saved again it is meant.
    meant = WRITTEN | {"seen": field(late), "place": "Room 2"}
    assert manager.post(facts, meant).status_code == HTTPStatus.FOUND
    manager.post(shown, {"do": "publish", "seen": field(manager.get(shown))})
    live.refresh_from_db()
    assert live.place == "Room 2"
    assert live.published_at


def test_a_list_is_shown_before_anything_is_noted(cast: Cast, manager: Client) -> None:
    live = a_live()
    row = registered(cast.bob, live)
    page = staff(live, "staff_attendance")
    content = f"e-mail\n{row.email}\nstranger@nowhere.example\n".encode()

    def checked() -> str:
        file = SimpleUploadedFile("list.csv", content)
        answer = manager.post(page, {"do": "check", "file": file})
        assert answer.status_code == HTTPStatus.OK
        return answer.content.decode()

    shown = checked()
    assert "marks 1 person as there. Nothing is saved yet. 1 row can" in shown
    assert "stranger@nowhere.example is not registered" in shown
    assert attendances(live) == 0
    nobody = manager.post(page, {"do": "note", "registration": "none"})
    assert nobody.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for _ in range(2):
        ids = {"do": "note", "registration": [str(row.pk)]}
        assert manager.post(page, ids).status_code == HTTPStatus.FOUND
    assert attendances(live) == 1
    assert "1 noted before stay as they are" in checked()
    wrong = SimpleUploadedFile("list.csv", b"Name\nBob\n")
    answer = manager.post(page, {"do": "check", "file": wrong})
    assert "must name the column E-mail" in answer.content.decode()


def test_a_code_in_small_letters_with_spaces_opens_the_claim(
    cast: Cast, bob: Client
) -> None:
    row = was_there(cast.bob, a_live())
    other = bob.post(CLAIM, typed(row.live, first_name="Robert"))
    assert other.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert WRONG_NAME in other.content.decode()
    code = f" {codes_of(row.live)[0].lower().replace('-', ' ')} "
    opened = bob.post(CLAIM, typed(row.live, code=code))
    assert opened.status_code == HTTPStatus.FOUND
    evaluation = opened.headers["Location"]
    asked = bob.get(evaluation).content.decode()
    assert "without your name" in asked
    missing = bob.post(evaluation, {"objectives": "5"})
    assert missing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not LiveClaim.objects.exists()
    for _ in range(2):
        done = bob.post(evaluation, EVALUATION)
        assert done.headers["Location"] == mine(row.live)
    claim = LiveClaim.objects.get()
    shown = bob.get(mine(row.live)).content.decode()
    assert claim.certificate.number in shown
    assert "You claimed a certificate of attendance" in shown
    assert bob.post(CLAIM, typed(row.live)).headers["Location"] == mine(row.live)
    forged = reverse("my_claim_evaluation", kwargs={"signed": "abc.def.ghi"})
    assert bob.get(forged).status_code == HTTPStatus.NOT_FOUND


def test_staff_read_evaluations_from_five_on_once_their_month_is_over(
    cast: Cast, manager: Client
) -> None:
    live = a_live()
    said = {"objectives": 5, "practice": 4, "bias": 3, "change": "Rest."}
    for month, count in ((date(2025, 10, 1), 4), (date(2025, 11, 1), 1)):
        LiveAnswers.objects.bulk_create(
            [LiveAnswers(live=live, month=month, answers=said) for _ in range(count)]
        )
    shown = manager.get(staff(live)).content.decode()
    assert "5 evaluations. Shown from 5 on" in shown
    assert "Rest." not in shown
    LiveAnswers.objects.create(live=live, month=date(2025, 9, 1), answers=said)
    shown = manager.get(staff(live)).content.decode()
    assert "6 evaluations, 5 shown." in shown
    assert "Rest." in shown


def test_what_was_opened_for_one_is_nobody_elses(
    cast: Cast, bob: Client, signed_in: Signed
) -> None:
    row = was_there(cast.bob, a_live())
    evaluation = bob.post(CLAIM, typed(row.live)).headers["Location"]
    charlie = signed_in("charlie")
    assert charlie.get(evaluation).status_code == HTTPStatus.NOT_FOUND
    assert charlie.post(evaluation, EVALUATION).status_code == HTTPStatus.NOT_FOUND


def test_thirty_wrong_codes_are_stopped_and_then_the_right_one_too(
    cast: Cast, bob: Client
) -> None:
    row = was_there(cast.bob, a_live())
    answers = [
        bob.post(CLAIM, typed(row.live, code=f"AAAA-BBBB-{number:04}"))
        for number in range(30)
    ]
    statuses = [each.status_code for each in answers]
    assert statuses[:10] == [HTTPStatus.UNPROCESSABLE_ENTITY] * 10
    assert set(statuses[10:]) == {HTTPStatus.TOO_MANY_REQUESTS}
    assert WRONG_CODE.replace("'", "&#x27;") in answers[0].content.decode()
    right = bob.post(CLAIM, typed(row.live))
    assert right.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Try again in" in right.content.decode()


def test_after_its_deadline_the_day_and_whom_to_ask_are_named(
    cast: Cast, signed_in: Signed
) -> None:
    row = was_there(cast.bob, a_live(evaluate_by=LETTER_TO + DAY))
    last = NOW + (LETTER_TO + DAY - TODAY)
    with time_machine.travel(last):
        opened = signed_in("bob").post(CLAIM, typed(row.live)).headers["Location"]
    with time_machine.travel(last + DAY / 2):
        late = signed_in("bob")
        answers = late.post(CLAIM, typed(row.live)), late.post(opened, EVALUATION)
    for answer in answers:
        assert answer.status_code == HTTPStatus.CONFLICT
        said = answer.content.decode()
        assert "open until Nov 22, 2025" in said
        assert "Ask the staff of MMS" in said
    assert not LiveClaim.objects.exists()
