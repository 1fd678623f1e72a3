"""What a body's staff send of a live activity, and what is typed at its door (M4)."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core.failures import FieldProblem, NotUsable
from core.rest import (
    AmountField,
    CodeField,
    CountField,
    DayField,
    FlagField,
    IdField,
    LineField,
    ListOf,
    Strict,
    TextField,
)
from courses.rules.live import MOST_SESSIONS, LiveFacts, read_sessions
from courses.services.live_writing import LONGEST_WHY
from portal.api.live_shapes import LIVE, LONGEST_NAME, LONGEST_TYPED

LONGEST_LINE, LONGEST_SUMMARY, LONGEST_HOUR, LONGEST_EMAIL = 200, 1000, 5, 254
MOST_PLACES, MOST_TOPICS, MOST_ATTENDED = 32_767, 50, 500
HOUR = "In the body's time, such as 18:00."


class SentSession(Strict):
    """One sitting of an activity."""

    day = DayField()
    begins = LineField(max_length=LONGEST_HOUR, help_text=HOUR)
    ends = LineField(max_length=LONGEST_HOUR, help_text=HOUR)


class LiveFields(Strict):
    """All that staff write of an activity; what is left out is empty."""

    title = LineField(max_length=LONGEST_LINE)
    summary = TextField(required=False, allow_blank=True, max_length=LONGEST_SUMMARY)
    provider = LineField(max_length=LONGEST_LINE)
    joint_provider = LineField(
        required=False, allow_blank=True, max_length=LONGEST_LINE
    )
    credit_kind = CodeField(
        required=False, max_length=40, help_text="A kind of the body's policy."
    )
    credit = AmountField(required=False, help_text='Such as "1.5", with a kind.')
    topics = ListOf(
        child=CodeField(max_length=40), required=False, max_length=MOST_TOPICS
    )
    place = LineField(max_length=LONGEST_LINE, help_text="An address, or Online.")
    capacity = CountField(min_value=1, max_value=MOST_PLACES)
    sessions = ListOf(child=SentSession(), min_length=1, max_length=MOST_SESSIONS)
    evaluate_by = DayField(
        required=False, help_text="Left out, as long as the body's policy has it."
    )


class CalledOff(Strict):
    """Why an activity is cancelled."""

    why = LineField(max_length=LONGEST_WHY, help_text="Whoever registered reads it.")


class SomebodyThere(Strict):
    """Somebody who was there: an address, or both names, as they registered."""

    email = LineField(required=False, allow_blank=True, max_length=LONGEST_EMAIL)
    first_name = LineField(required=False, allow_blank=True, max_length=LONGEST_NAME)
    last_name = LineField(required=False, allow_blank=True, max_length=LONGEST_NAME)


class WhoWasThere(Strict):
    """Who was there, one item a person."""

    dry_run = FlagField(
        required=False, help_text="true: say what is wrong, note nobody."
    )
    items = ListOf(child=SomebodyThere(), min_length=1, max_length=MOST_ATTENDED)


class NotedResource(serializers.Serializer):
    """What became of a list."""

    noted = serializers.IntegerField(help_text="Who is noted by it now.")
    known = serializers.IntegerField(help_text="Who was noted before.")
    dry_run = serializers.BooleanField()


class DoorCode(Strict):
    """What is typed at the door."""

    door_code = LineField(
        max_length=LONGEST_TYPED, help_text="In any case, with spaces or without."
    )


class AttendanceNoted(serializers.Serializer):
    """That one was there."""

    activity = IdField(LIVE)
    how = serializers.ChoiceField(choices=("list", "door"))
    on = serializers.DateField()
    at = serializers.DateTimeField()


def live_facts_sent(asked: Mapping[str, Any]) -> LiveFacts:
    """Give what was sent as the service takes it.

    Raises:
        NotUsable: a session is none; which, and how one is written.
    """
    lines = [
        f"{each['day'].isoformat()} {each['begins']}-{each['ends']}"
        for each in asked["sessions"]
    ]
    try:
        sessions = read_sessions("\n".join(lines))
    except ValueError as fault:
        raise NotUsable(str(fault), [FieldProblem("sessions", str(fault))]) from fault
    return LiveFacts(
        title=asked["title"],
        summary=asked.get("summary", ""),
        provider=asked["provider"],
        joint_provider=asked.get("joint_provider", ""),
        credit_kind=asked.get("credit_kind", ""),
        credit=asked.get("credit"),
        topics=tuple(asked.get("topics", ())),
        place=asked["place"],
        capacity=asked["capacity"],
        sessions=sessions,
        evaluate_by=asked.get("evaluate_by"),
    )
