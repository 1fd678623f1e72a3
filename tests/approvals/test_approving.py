"""Applying for an activity's approval, and what the body's staff do with it (M12)."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from ce_credits.models import ApprovalApplication, ApprovalStep, CatalogueItem
from ce_credits.services import (
    approve_activity,
    ask_sponsor,
    refuse_activity,
    save_application,
    send_application,
    start_application,
    withdraw_application,
)
from core.actor import Actor
from core.failures import Missing, NotEligible, NotUsable, Refusal, Stale
from core.models import AuditEntry, OutboxMessage
from tests.approvals.approving import (
    BODY,
    CODE,
    ERIN,
    a_draft,
    approved,
    person,
    sends,
    sent_in,
    typed,
)
from tests.cast import NOW, TODAY, a_user
from tests.race.hands import at_once

pytestmark = pytest.mark.db
State = ApprovalApplication.State


@pytest.fixture
def sam(db: None) -> User:
    """Somebody who is signed in and has nothing else here."""
    return a_user("Sam Sponsor")


def asks(application: ApprovalApplication, words: str = "Who pays?") -> None:
    ask_sponsor(
        actor=ERIN,
        application=application,
        words=words,
        seen=application.version,
        today=TODAY,
        now=NOW,
    )


def test_what_is_approved_enters_the_catalogue_with_its_code(sam: User) -> None:
    application = approved(sam)
    (item,) = CatalogueItem.objects.all()
    assert (item.code, item.kind, item.minutes) == (CODE, "approved_education", 182)
    assert (item.title, item.provider) == (application.title, application.sponsor)
    assert item.offered_now
    step = application.steps.last()
    assert step is not None
    said = step.facts
    assert (said["credits"], said["policy"]) == ("3.00", "namss@2025-01-01")
    assert {each["rule"] for each in said["reasons"]} == {"N9", "N10"}
    letter = OutboxMessage.objects.get(kind="approval_approved")
    assert letter.recipient == sam.email
    assert (letter.payload["code"], letter.payload["credit"]) == (CODE, "3.0 CE")
    assert approved(sam).item != item
    assert {each.code for each in CatalogueItem.objects.all()} == {
        CODE,
        "NAMSS-AE-0002",
    }


def test_a_code_that_a_catalogue_has_already_is_passed_over(sam: User) -> None:
    CatalogueItem.objects.create(
        program=BODY, code=CODE, title="x", kind="teaching", minutes=1, changed_at=NOW
    )
    item = approved(sam).item
    assert item is not None
    assert item.code == "NAMSS-AE-0002"


def test_what_cannot_be_sent_stays_a_draft(sam: User) -> None:
    draft = a_draft(sam, title="", days=[])
    with pytest.raises(NotUsable) as refused:
        sends(draft, sam)
    assert {each.field for each in refused.value.problems} == {"title", "days.0"}
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.typed["title"]) == (State.DRAFT, 0, "")
    assert not ApprovalStep.objects.exists()


def test_what_is_asked_is_answered_and_may_be_changed(sam: User) -> None:
    application = sent_in(sam)
    asks(application)
    assert application.state == State.ASKED
    with pytest.raises(NotUsable, match="Answer what was asked"):
        sends(application, sam)
    application.typed = typed(title="Credentialing in any weather")
    sends(application, sam, "The association pays.")
    assert application.state == State.SUBMITTED
    assert application.title == "Credentialing in any weather"
    kinds = application.steps.values_list("number", "kind", "words")
    assert list(kinds) == [
        (1, "submitted", ""),
        (2, "asked", "Who pays?"),
        (3, "answered", "The association pays."),
    ]
    asks(application, "And where?")
    assert OutboxMessage.objects.filter(kind="approval_asked").count() == 2
    actions = AuditEntry.objects.filter(subject_id=application.pk).order_by("at", "id")
    assert {each.action for each in actions} == {
        "approval.drafted",
        "approval.submitted",
        "approval.asked",
        "approval.answered",
    }


def test_refusing_takes_a_ground_and_its_words(sam: User) -> None:
    application = sent_in(sam)
    refuse = partial(
        refuse_activity,
        actor=ERIN,
        application=application,
        seen=application.version,
        today=TODAY,
        now=NOW,
    )
    for ground, words, field in (("", "", "ground"), ("other", " ", "words")):
        with pytest.raises(NotUsable) as refused:
            refuse(ground=ground, words=words)
        assert refused.value.problems[0].field == field
    refuse(ground="promotional", words="It sells software.")
    assert application.state == State.REFUSED
    letter = OutboxMessage.objects.get(kind="approval_refused")
    assert letter.payload["ground"] == "it promotes a product or a company"
    with pytest.raises(Refusal, match="not with you any more"):
        refuse(ground="promotional")
    with pytest.raises(Refusal, match="with the body"):
        sends(application, sam)


def test_nobody_decides_on_their_own_application(sam: User) -> None:
    application = sent_in(sam)
    acts: list[Any] = [
        partial(ask_sponsor, words="x"),
        approve_activity,
        partial(refuse_activity, ground="promotional"),
    ]
    for act in acts:
        with pytest.raises(NotEligible, match="your own application"):
            act(
                actor=person(sam), application=application, seen=1, today=TODAY, now=NOW
            )
    assert not CatalogueItem.objects.exists()


def test_what_was_withdrawn_is_not_decided_on(sam: User) -> None:
    application = sent_in(sam)
    withdraw = partial(
        withdraw_application,
        actor=person(sam),
        application=application,
        today=TODAY,
        now=NOW,
    )
    with pytest.raises(Stale):
        withdraw(seen=0)
    withdraw(seen=1)
    with pytest.raises(Refusal):
        approve_activity(
            actor=ERIN, application=application, seen=2, today=TODAY, now=NOW
        )
    with pytest.raises(Refusal):
        withdraw(seen=2)


def test_a_form_begins_one_draft_and_another_s_key_opens_nothing(sam: User) -> None:
    key, other = uuid4(), a_user("Olga Other")
    begin = partial(
        start_application,
        actor=person(sam),
        program=BODY,
        typed=typed(),
        key=key,
        today=TODAY,
        now=NOW,
    )
    assert begin(user=sam).pk == begin(user=sam).pk == key
    with pytest.raises(Missing):
        begin(user=other)
    with pytest.raises(Missing):
        begin(user=sam, program="acmss", key=uuid4())


def test_of_two_windows_the_second_is_told(sam: User) -> None:
    draft = a_draft(sam)
    save = partial(save_application, application=draft, now=NOW)
    save(typed=typed(title="One"), seen_saves=0)
    with pytest.raises(Stale, match="another window"):
        save(typed=typed(title="Two"), seen_saves=0)
    draft.refresh_from_db()
    assert (draft.title, draft.saves) == ("One", 1)
    sends(draft, sam)
    with pytest.raises(Stale):
        save(typed=typed(title="Three"), seen_saves=draft.saves)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_decisions_at_once_one_is_taken(sam: User) -> None:
    application = sent_in(sam)

    def act(outcome: str) -> str:
        mine = ApprovalApplication.objects.get(pk=application.pk)
        both: dict[str, Any] = {
            "actor": Actor(outcome),
            "application": mine,
            "seen": 1,
            "today": TODAY,
            "now": NOW,
        }
        try:
            if outcome == "approve":
                approve_activity(**both)
            else:
                refuse_activity(ground="promotional", **both)
        except Refusal:
            return "late"
        return "done"

    heard = at_once([partial(act, each) for each in ["approve", "refuse"] * 4])
    assert sorted(heard) == ["done", *["late"] * 7]
    application.refresh_from_db()
    assert application.steps.count() == 2
    approvals = int(application.state == State.APPROVED)
    assert CatalogueItem.objects.count() == approvals


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_approved_at_once_each_has_a_code_of_its_own(sam: User) -> None:
    sent = [sent_in(sam).pk for _ in range(6)]

    def act(application_id: UUID) -> str:
        mine = ApprovalApplication.objects.get(pk=application_id)
        done = approve_activity(
            actor=ERIN, application=mine, seen=1, today=TODAY, now=NOW
        )
        assert done.item is not None
        return done.item.code

    codes = at_once([partial(act, each) for each in sent])
    assert sorted(codes) == [f"NAMSS-AE-{number:04d}" for number in range(1, 7)]


def test_a_letter_goes_to_the_address_the_account_has_when_it_is_sent(
    sam: User,
) -> None:
    application = sent_in(sam)
    assert (application.name, application.email) == (sam.name, sam.email)
    with pytest.raises(Stale):
        send_application(
            actor=person(sam),
            user=sam,
            application=a_draft(sam),
            typed=typed(),
            seen=7,
            today=TODAY,
            now=NOW,
        )
