"""Steps that several of these files take: a sample, a case, its answer."""

from datetime import date
from typing import Any
from uuid import uuid4

from accounts.models import Member
from ce_credits.models import Activity, AuditCase, AuditDraw, AuditItem, Proof
from ce_credits.rules import Size
from ce_credits.services import (
    DRAWABLE,
    Draw,
    Finding,
    Sample,
    add_audit_proof,
    decide_item,
    draw_audit,
    open_case,
    send_answer,
)
from tests.cast import BODY, NOW, TESTER, TODAY
from tests.ce.reporting import holder, submitted
from tests.ce.test_proofs import a_file

DUE = date(2025, 12, 17)


def a_sample(**values: Any) -> Sample:  # noqa: ANN401
    """Everything that Bob and others submitted this year, by default all of it."""
    usual: dict[str, Any] = {
        "from_on": date(2025, 1, 1),
        "until_on": TODAY,
        "size": Size(percent=100),
        "states": DRAWABLE,
        "kinds": (),
        "exclude_years": 2,
        "due_on": DUE,
    }
    return Sample(**usual | values)


def a_draw(sample: Sample | None = None, **values: Any) -> AuditDraw:  # noqa: ANN401
    """A draw of that sample."""
    how: dict[str, Any] = {"key": uuid4(), "seed": "17"}
    return draw_audit(
        actor=TESTER,
        program=BODY,
        sample=sample or a_sample(),
        draw=Draw(**how | values),
        today=TODAY,
        now=NOW,
    )


def a_case(member: Member, *activities: Activity, due_on: date = DUE) -> AuditCase:
    """A case of one member, by hand."""
    return open_case(
        actor=TESTER,
        program=BODY,
        member=member,
        activities=activities or [submitted(member)],
        due_on=due_on,
        reason="A complaint came in",
        today=TODAY,
        now=NOW,
    )


def the_item(case: AuditCase) -> AuditItem:
    """The first item of a case, as it stands."""
    return case.items.select_related("case__member", "activity").order_by("number")[0]


def added(item: AuditItem, content: bytes = b"") -> Proof:
    """A file that its member adds to an item."""
    upload = a_file(content) if content else a_file()
    return add_audit_proof(
        actor=holder(item.case.member), item=item, upload=upload, now=NOW
    )


def answered(case: AuditCase, words: str = "Here it is") -> AuditCase:
    """A case whose member wrote a line to each item, and sent it."""
    return send_answer(
        actor=holder(case.member),
        case=case,
        words={item.pk: words for item in case.items.all()},
        today=TODAY,
        now=NOW,
    )


def found(item: AuditItem, outcome: str, **values: Any) -> AuditItem:  # noqa: ANN401
    """What staff find of an item."""
    item.refresh_from_db()
    usual: dict[str, Any] = {"ground": ""}
    if outcome == "not_accepted":
        usual = {"ground": "tracking_table"}
    today = values.pop("today", TODAY)
    actor = values.pop("actor", TESTER)
    return decide_item(
        actor=actor,
        item=item,
        seen=AuditCase.objects.get(pk=item.case_id).version,
        finding=Finding(
            outcome,
            Activity.objects.get(pk=item.activity_id).version,
            **usual | values,
        ),
        today=today,
        now=NOW,
    )
