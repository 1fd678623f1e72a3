"""Steps that several files take: an application under review, a draw, its audit."""

from datetime import date
from typing import Any
from uuid import uuid4

from ce_credits.models import AuditCase, AuditDraw
from ce_credits.rules import Size
from ce_credits.services import (
    Draw,
    Finding,
    Sample,
    close_case,
    decide_item,
    send_answer,
)
from renewals.models import Recertification
from renewals.services import draw_applications
from tests.cast import TESTER
from tests.recertifying.living import BODY, a_holder, applied, fresh, noon, own, pays

NOV_3, DUE = date(2025, 11, 3), date(2025, 12, 8)


def an_application(name: str = "Nora North") -> Recertification:
    """An application under review, which two activities count for."""
    row = applied(a_holder(name), NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


def a_sample(**values: Any) -> Sample:  # noqa: ANN401
    """Everything under review."""
    usual: dict[str, Any] = {
        "from_on": date(2025, 1, 1),
        "until_on": NOV_3,
        "size": Size(percent=100),
        "states": ("open",),
        "kinds": (),
        "exclude_years": 2,
        "due_on": DUE,
    }
    return Sample(**usual | values)


def drawn(sample: Sample | None = None, **how: Any) -> AuditDraw:  # noqa: ANN401
    """A draw of applications."""
    usual: dict[str, Any] = {"key": uuid4(), "seed": "17"}
    return draw_applications(
        actor=TESTER,
        program=BODY,
        sample=sample or a_sample(),
        draw=Draw(**usual | how),
        today=NOV_3,
        now=noon(NOV_3),
    )


def answered(case: AuditCase) -> AuditCase:
    """Its member writes a line to each item, and sends it."""
    return send_answer(
        actor=own(case.member),
        case=case,
        words={item.pk: "Here it is" for item in case.items.all()},
        today=NOV_3,
        now=noon(NOV_3),
    )


def closed(case: AuditCase, *outcomes: str) -> AuditCase:
    """Staff find so of each item, and close it."""
    items = case.items.select_related("case__member__user", "activity")
    for item, outcome in zip(items.order_by("number"), outcomes, strict=True):
        ground = "tracking_table" if outcome == "not_accepted" else ""
        decide_item(
            actor=TESTER,
            item=item,
            seen=AuditCase.objects.get(pk=case.pk).version,
            finding=Finding(outcome, item.activity.version, ground=ground),
            today=NOV_3,
            now=noon(NOV_3),
        )
    case.refresh_from_db()
    return close_case(
        actor=TESTER, case=case, seen=case.version, today=NOV_3, now=noon(NOV_3)
    )


def drawn_of(row: Recertification) -> AuditCase:
    """The audit of an application that is drawn."""
    drawn()
    return AuditCase.objects.get(applications=row)
