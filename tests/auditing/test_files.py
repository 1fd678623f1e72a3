"""The files of an answer are between its holder and the body, and no proof before."""

import pytest

from ce_credits.models import Activity, PracticeAllowance, Proof
from ce_credits.queries import marked
from ce_credits.services import keep_answer, remove_proof, send_answer, submit
from core.failures import Missing, NotUsable, Refusal
from core.scope import Scope
from portal.queries.activity import proofs_of
from tests.auditing.auditing import a_case, added, answered, found, the_item
from tests.cast import NOW, TODAY, Cast
from tests.ce.reporting import a_report, decided, holder, submitted
from tests.ce.test_proofs import added as added_as_proof
from tests.db.walling import on_postgresql, within

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


def sent_back(cast: Cast) -> Activity:
    """An activity of Bob's in an audit, which staff sent back meanwhile."""
    activity = submitted(cast.bob)
    a_case(cast.bob, activity)
    return decided(activity, "returned")


def test_a_file_kept_for_an_answer_is_no_proof_of_the_activity(cast: Cast) -> None:
    activity = sent_back(cast)
    for proof in activity.proofs.all():
        remove_proof(actor=holder(cast.bob), activity=activity, proof=proof, now=NOW)
    added(the_item(activity.audit_items.get().case))
    with pytest.raises(NotUsable) as refused:
        submit(
            actor=holder(cast.bob),
            activity=activity,
            seen=activity.version,
            report=a_report(),
            today=TODAY,
            now=NOW,
        )
    assert [each.field for each in refused.value.problems] == ["proofs"]


def test_what_is_kept_for_an_answer_marks_nothing_before_it_is_sent(
    cast: Cast,
) -> None:
    mine, other = submitted(cast.bob), submitted(cast.charlie)
    for activity in (mine, other):
        added(the_item(a_case(activity.member, activity)))
    seen = marked(Activity.objects.filter(pk=mine.pk))
    assert not seen.get().same_file
    for each in (mine, other):
        answered(each.audit_items.get().case)
    assert seen.get().same_file


def test_the_activitys_own_page_leaves_an_answers_file_alone(cast: Cast) -> None:
    activity = sent_back(cast)
    proof = added(the_item(activity.audit_items.get().case))
    assert proof.pk not in {each.id for each in proofs_of(activity)}
    with pytest.raises(Missing):
        remove_proof(actor=holder(cast.bob), activity=activity, proof=proof, now=NOW)
    assert Proof.objects.there().filter(pk=proof.pk).exists()


def test_an_answers_file_takes_no_room_of_the_practice(cast: Cast) -> None:
    before = list(PracticeAllowance.objects.values_list("bytes", flat=True))
    added(the_item(a_case(cast.bob)))
    assert list(PracticeAllowance.objects.values_list("bytes", flat=True)) == before


def test_what_is_decided_keeps_its_answer(cast: Cast) -> None:
    activities = [submitted(cast.bob, title=title) for title in ("One", "Two")]
    case = a_case(cast.bob, *activities)
    first, second = case.items.order_by("number")
    said = {first.pk: "As it was"}
    keep_answer(actor=holder(cast.bob), case=case, words=said, now=NOW)
    found(first, "verified")
    with pytest.raises(Refusal, match="decided already"):
        added(the_item(case))
    later = {first.pk: "Something else", second.pk: "Here"}
    keep_answer(actor=holder(cast.bob), case=case, words=later, now=NOW)
    assert the_item(case).words == "As it was"
    send_answer(actor=holder(cast.bob), case=case, words=later, today=TODAY, now=NOW)
    assert the_item(case).words == "As it was"


def test_what_is_decided_needs_no_answer(cast: Cast) -> None:
    activities = [submitted(cast.bob, title=title) for title in ("One", "Two")]
    case = a_case(cast.bob, *activities)
    found(the_item(case), "verified")
    words = {case.items.get(number=2).pk: "Here"}
    sent = send_answer(
        actor=holder(cast.bob), case=case, words=words, today=TODAY, now=NOW
    )
    assert sent.sent_at == NOW


def test_the_same_file_for_the_activity_says_only_that_it_is_there(cast: Cast) -> None:
    activity = sent_back(cast)
    added(the_item(activity.audit_items.get().case))
    with pytest.raises(NotUsable, match="kept with this activity") as refused:
        added_as_proof(activity)
    assert "audit" not in refused.value.text


@on_postgresql
def test_no_practice_meets_an_answers_file(cast: Cast) -> None:
    activity = sent_back(cast)
    own = activity.proofs.get()
    added(the_item(activity.audit_items.get().case))
    with within(Scope.practice(cast.northside.pk)):
        assert [each.pk for each in activity.proofs.all()] == [own.pk]
        with pytest.raises(NotUsable, match="kept with this activity"):
            added_as_proof(activity)
