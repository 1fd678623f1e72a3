"""What the demonstration's live activities say of themselves."""

from datetime import date, time
from decimal import Decimal

from courses.rules.live import LiveFacts, Session

# Its letter goes out the day after the demonstration begins: the seventh business day.
HELD_ON, TO_COME_ON = date(2025, 11, 6), date(2026, 1, 14)
HELD = LiveFacts(
    title="Safer prescribing: pain without opioids",
    summary="What else helps, and how to say so. An evening with three cases.",
    provider="The society",
    joint_provider="",
    credit_kind="category_1",
    credit=Decimal(2),
    topics=("pain_management",),
    place="Waltham, Massachusetts",
    capacity=40,
    sessions=(Session(HELD_ON, time(18), time(20)),),
    evaluate_by=None,
)
TO_COME = LiveFacts(
    title="Documenting well with a scribe in the room",
    summary="Two evenings on notes that hold, for physicians and scribes.",
    provider="The society",
    joint_provider="The academy of family physicians",
    credit_kind="category_1",
    credit=Decimal("2.5"),
    topics=("ehr", "risk_management"),
    place="Online",
    capacity=25,
    sessions=(
        Session(TO_COME_ON, time(18), time(19, 15)),
        Session(date(2026, 1, 21), time(18), time(19, 15)),
    ),
    evaluate_by=None,
)
