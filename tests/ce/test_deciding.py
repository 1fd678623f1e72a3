"""Staff decide: credit, certificate and totals move at once, and it says why."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ce_credits.models import Activity, Proof
from ce_credits.services import Ruling, decide, remove_proof, withdraw
from core.failures import NotEligible, NotUsable, Refusal, Stale
from core.models import AuditEntry, OutboxMessage
from renewals.models import TermCertificate
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_proof, given
from tests.ce.reporting import a_draft, counts, decided, holder, reviewer, submitted

pytestmark = pytest.mark.db
LATER = TODAY + timedelta(days=5)


def test_what_is_not_accepted_stops_counting_from_the_decision_a9(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 45)
    decided(activity, "rejected", ground="product_training", today=LATER)
    assert counts(cast.bob, LATER - timedelta(days=1)) == before + 1
    assert counts(cast.bob, LATER) == before
    last = activity.awards.first()
    assert last is not None
    assert last.explanation == (
        "Not accepted: Product-specific training. Stops counting on Nov 22, 2025."
    )


def test_approving_leaves_the_credit_that_counted_already(cast: Cast) -> None:
    activity = decided(submitted(cast.bob, 45), "accepted", today=LATER)
    assert activity.state == Activity.State.ACCEPTED
    assert activity.awards.count() == 1
    assert activity.steps.count() == 2


def test_approving_after_all_gives_the_credit_back_from_that_day(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = decided(submitted(cast.bob, 45), "rejected")
    decided(activity, "accepted", today=LATER)
    assert counts(cast.bob, LATER - timedelta(days=1)) == before
    assert counts(cast.bob, LATER) == before + 1


def test_what_staff_determine_counts_from_their_decision_a6(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 135)
    decided(
        activity,
        "accepted",
        determined=Decimal("2.25"),
        words="Two sessions",
        today=LATER,
    )
    assert counts(cast.bob, LATER - timedelta(days=1)) == before
    assert counts(cast.bob, LATER) == before + Decimal("2.25")


def test_minutes_that_the_proof_shows_otherwise_give_their_own_credit(
    cast: Cast,
) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 75)
    decided(activity, "accepted", minutes=45, words="The certificate says 45 minutes")
    assert activity.minutes == 45
    assert counts(cast.bob) == before + 1


@pytest.mark.parametrize(
    ("ruling", "field"),
    [
        ({"outcome": "accepted", "determined": Decimal(-1), "words": "x"}, "credits"),
        (
            {"outcome": "accepted", "determined": Decimal("NaN"), "words": "x"},
            "credits",
        ),
        (
            {"outcome": "accepted", "determined": Decimal(10**9), "words": "x"},
            "credits",
        ),
        (
            {"outcome": "accepted", "determined": Decimal("0.333"), "words": "x"},
            "credits",
        ),
        ({"outcome": "accepted", "words": "no figure"}, "credits"),
        ({"outcome": "accepted", "minutes": "1e3", "words": "x"}, "minutes"),
        ({"outcome": "accepted", "minutes": 45}, "words"),
        ({"outcome": "rejected"}, "ground"),
        ({"outcome": "rejected", "ground": "no_such_ground", "words": "x"}, "ground"),
        ({"outcome": "rejected", "ground": "other"}, "words"),
        ({"outcome": "returned"}, "words"),
        ({"outcome": "returned", "words": "x" * 1001}, "words"),
        ({"outcome": "perhaps", "words": "x"}, "outcome"),
    ],
)
def test_a_ruling_that_can_not_be_used_names_its_field(
    cast: Cast, ruling: dict[str, Any], field: str
) -> None:
    activity = submitted(cast.bob, 135)
    with pytest.raises(NotUsable) as refusal:
        decide(
            actor=TESTER,
            activity=activity,
            seen=1,
            ruling=Ruling(**ruling),
            today=TODAY,
            now=NOW,
        )
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert activity.steps.count() == 1


def test_nobody_decides_on_their_own_record(cast: Cast) -> None:
    activity = submitted(cast.bob)
    with pytest.raises(NotEligible, match="your own record"):
        decide(
            actor=holder(cast.bob),
            activity=activity,
            seen=1,
            ruling=Ruling("accepted"),
            today=TODAY,
            now=NOW,
        )


def test_a_decision_on_an_old_page_is_refused(cast: Cast) -> None:
    activity = submitted(cast.bob)
    old = Activity.objects.get(pk=activity.pk)
    decided(activity, "returned")
    with pytest.raises(Stale):
        decide(
            actor=TESTER,
            activity=old,
            seen=1,
            ruling=Ruling("accepted"),
            today=TODAY,
            now=NOW,
        )
    assert activity.steps.count() == 2


def test_the_same_decision_again_is_nothing(cast: Cast) -> None:
    activity = decided(submitted(cast.bob), "accepted")
    with pytest.raises(Stale, match="stands already"):
        decided(activity, "accepted")


def test_what_staff_determined_says_so_everywhere_x2(cast: Cast) -> None:
    activity = submitted(cast.bob, 150)
    decided(activity, "accepted", determined=Decimal("2.5"), words="Breaks left out")
    award = activity.awards.get()
    said = "150 min -> 2.5 CME, determined by staff: Breaks left out"
    assert award.explanation == said
    assert award.reasons[-1]["text"] == "Staff determined 2.5 CME: Breaks left out"
    mail = OutboxMessage.objects.get(kind="ce_decided")
    assert "determined by staff" in mail.payload["credit_line"]
    assert "will decide" not in mail.payload["credit_line"]


def test_other_minutes_of_the_same_credit_are_another_reason_x2(cast: Cast) -> None:
    activity = submitted(cast.bob, 45)
    decided(activity, "accepted", minutes=55, words="The certificate says 55")
    newest = activity.awards.first()
    assert newest is not None
    assert newest.explanation.startswith("55 min -> 1.0 CME")
    assert activity.awards.count() == 2


def test_nothing_is_approved_whose_proof_was_taken_away_a8(cast: Cast) -> None:
    activity = decided(submitted(cast.bob, 45), "returned")
    later = NOW + timedelta(minutes=5)
    remove_proof(
        actor=holder(cast.bob),
        activity=activity,
        proof=activity.proofs.get(),
        now=later,
    )
    with pytest.raises(Stale, match="took the proof away"):
        decided(activity, "accepted")
    # What staff decided on stays before them.
    assert Proof.objects.of_program(BODY).filter(activity=activity).exists()


def test_staff_do_not_see_what_was_added_and_not_sent_again(cast: Cast) -> None:
    activity = decided(submitted(cast.bob, 45), "returned")
    added = a_proof(activity)
    Proof.objects.filter(pk=added.pk).update(added_at=NOW + timedelta(minutes=5))
    assert added not in Proof.objects.of_program(BODY)


def test_what_was_withdrawn_meanwhile_is_not_decided_on(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob)
    withdraw(actor=holder(cast.bob), activity=activity, seen=1, today=TODAY, now=NOW)
    assert counts(cast.bob) == before
    with pytest.raises(Stale, match="withdrew"):
        decided(activity, "accepted")


def test_a_draft_is_nothing_to_decide_on(cast: Cast) -> None:
    with pytest.raises(Stale, match="not submitted"):
        decided(a_draft(cast.bob), "accepted")


def test_what_is_approved_is_not_withdrawn(cast: Cast) -> None:
    activity = decided(submitted(cast.bob), "accepted")
    with pytest.raises(Refusal, match="approved"):
        withdraw(
            actor=holder(cast.bob), activity=activity, seen=2, today=TODAY, now=NOW
        )


def test_an_issued_certificate_stays_issued_when_its_credit_goes_a9(
    cast: Cast,
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    held = TermCertificate.objects.get(window__member=cast.bob, window__sequence=2)
    assert held.state == "issued"
    activity = Activity.objects.get(member=cast.bob)
    decided(activity, "rejected")
    held.refresh_from_db()
    assert held.state == "issued"
    assert held.certificate is not None


def test_the_holders_mail_quotes_reason_and_credit(cast: Cast) -> None:
    activity = submitted(cast.bob, 45, title="Vendor day")
    decided(activity, "rejected", ground="product_training", words="Slides of a vendor")
    mail = OutboxMessage.objects.get(kind="ce_decided")
    assert mail.payload["outcome"] == "not accepted"
    assert mail.payload["reason"] == "Product-specific training. Slides of a vendor"
    assert mail.payload["credit_line"].startswith("0.0 CME. Not accepted:")


def test_the_trail_says_who_decided_what_and_why(cast: Cast) -> None:
    activity = submitted(cast.bob, 45, title="Vendor day")
    decide(
        actor=reviewer(cast),
        activity=activity,
        seen=1,
        ruling=Ruling("rejected", ground="duplicate"),
        today=TODAY,
        now=NOW,
    )
    entry = AuditEntry.objects.get(action="ce.rejected")
    assert (entry.actor, entry.reason) == ("Erin Ellis", "Reported twice")
    assert entry.changes == {"state": ["submitted", "rejected"]}
    assert activity.steps.get(number=2).user == cast.erin
