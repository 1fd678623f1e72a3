"""Staff say when a conference's evaluation closes; its credit is due after it (N12)."""

from datetime import date

import pytest

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.queries import catalogue_change, due_of
from ce_credits.services import apply_file, check_file, set_evaluation_deadline
from core.failures import NotUsable, Stale
from core.models import AuditEntry
from credentials.policy import policy_for
from tests.cast import BODY, NOW, TESTER, TODAY
from tests.feeds.feeding import BODY as CYCLES
from tests.feeds.feeding import an_item

pytestmark = [pytest.mark.db, pytest.mark.django_db]
KIND, ATTENDED, CLOSES = "sponsored_education", date(2025, 9, 8), date(2025, 11, 7)
HEAD = "code,title,kind,minutes,evaluation_deadline\n"


def checked(text: str) -> CatalogueFile:
    """Check a file's text for the body of cycles."""
    policy = policy_for(CYCLES, on=TODAY)
    return check_file(
        actor=TESTER, policy=policy, name="i.csv", content=text.encode(), now=NOW
    )


def deadline(item: CatalogueItem, day: date | None) -> CatalogueItem:
    """Set or take away an item's deadline."""
    return set_evaluation_deadline(
        actor=TESTER, item=item, deadline=day, today=TODAY, now=NOW
    )


def test_credit_of_a_conference_is_due_ten_business_days_after_its_evaluation(
    db: None,
) -> None:
    item = deadline(an_item(), CLOSES)
    due = due_of(CYCLES, KIND, ATTENDED, item)
    assert due is not None
    # Veterans Day and two weekends lie between.
    assert (due.on, due.evaluation_deadline, due.rule) == (
        date(2025, 11, 24),
        CLOSES,
        "N12",
    )
    assert not due.missing(date(2025, 11, 24))
    assert due.missing(date(2025, 11, 25))


def test_other_education_counts_from_the_day_it_was_completed(db: None) -> None:
    due = due_of(CYCLES, KIND, ATTENDED, an_item())
    assert due is not None
    assert (due.on, due.evaluation_deadline) == (date(2025, 9, 22), None)


def test_what_is_completed_after_the_deadline_counts_from_then(db: None) -> None:
    item = an_item(evaluation_deadline=date(2025, 9, 1))
    due = due_of(CYCLES, KIND, ATTENDED, item)
    assert due is not None
    assert due.on == date(2025, 9, 22)


def test_what_its_holder_reports_is_never_due(db: None) -> None:
    assert due_of(CYCLES, KIND, date(2024, 12, 31), an_item()) is None
    assert due_of(CYCLES, "teaching", ATTENDED, None) is None


def test_a_deadline_is_on_the_trail_once(db: None) -> None:
    item = deadline(an_item(), CLOSES)
    with pytest.raises(Stale):
        deadline(item, CLOSES)
    entry = AuditEntry.objects.get(action="catalogue.deadline")
    assert entry.changes["evaluation deadline"][1] == "2025-11-07"
    deadline(item, None)
    assert CatalogueItem.objects.get().evaluation_deadline is None


def test_a_kind_that_its_holder_reports_has_no_deadline(db: None) -> None:
    webinar = an_item(kind="webinar")
    CatalogueItem.objects.filter(pk=webinar.pk).update(program=BODY)
    with pytest.raises(NotUsable) as refusal:
        deadline(CatalogueItem.objects.get(), CLOSES)
    assert refusal.value.problems[0].field == "evaluation_deadline"


def test_a_file_sets_deadlines_and_one_without_the_column_leaves_them(
    db: None,
) -> None:
    row = "C-1,The conference,sponsored_education,60"
    apply_file(actor=TESTER, file=checked(f"{HEAD}{row},11/07/2025\n"), now=NOW)
    assert CatalogueItem.objects.get().evaluation_deadline == CLOSES
    assert catalogue_change(checked(f"{HEAD}{row},2025-11-07\n")).unchanged
    plain = HEAD.replace(",evaluation_deadline", "")
    apply_file(
        actor=TESTER, file=checked(f"{plain}{row.replace('The', 'Our')}\n"), now=NOW
    )
    item = CatalogueItem.objects.get()
    assert (item.title, item.evaluation_deadline) == ("Our conference", CLOSES)
    apply_file(actor=TESTER, file=checked(f"{HEAD}{row},\n"), now=NOW)
    assert CatalogueItem.objects.get().evaluation_deadline is None


@pytest.mark.parametrize("cell", ["soon", "2025-02-30", "07.11.2025", "9999-12-31"])
def test_a_file_s_bad_deadline_is_named(db: None, cell: str) -> None:
    file = checked(f"{HEAD}C-1,The conference,sponsored_education,60,{cell}\n")
    assert [each["column"] for each in file.problems] == ["evaluation_deadline"]


def test_a_file_gives_no_deadline_to_what_its_holder_reports(db: None) -> None:
    file = checked(f"{HEAD}C-1,A talk,teaching,60,2025-11-07\n")
    assert [each["column"] for each in file.problems] == ["evaluation_deadline"]
