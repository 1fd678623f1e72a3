"""What an activity would be worth: computed, explained, saved nowhere."""

from collections.abc import Mapping
from typing import Any, ClassVar, get_args

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_CE, OWN, OwnDoor, PracticeDoor
from accounts.models import Member
from accounts.rest import RestView
from ce_credits.rules import Award, Outcome
from ce_credits.rules.inputs import STORED_MINUTES
from ce_credits.services import Report
from core.failures import FieldProblem, Missing
from core.rest import CodeField, CountField, DayField, IdField, LineField, WordField
from credentials.policy import Policy, credit_words, policy_for, programs
from portal.api.ce_activities import UNKNOWN
from portal.api.ce_asking import LONGEST_CODE, check_kind
from portal.api.ce_inputs import InputFields, InputsShown, inputs_sent, inputs_shown
from portal.api.ce_shapes import Credit, band_words
from portal.api.days import day_in
from portal.queries.reported import member_to_report_for

EXAMPLES = [
    OpenApiExample(
        "By minutes",
        {"program": programs()[0], "kind": "webinar", "minutes": 45},
        request_only=True,
    ),
    OpenApiExample(
        "By title",
        {
            "program": programs()[0],
            "kind": "web_based_training",
            "title": "Billing basics (1 hr 15 min)",
        },
        request_only=True,
    ),
]


class NewQuote(InputFields):
    """An activity to be quoted."""

    program = WordField(programs(), help_text="The certifying body.")
    kind = CodeField(max_length=LONGEST_CODE, help_text="Such as `webinar`.")
    on = DayField(required=False, help_text="Today, where it is not sent.")
    minutes = CountField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=STORED_MINUTES,
        help_text="Whole contact minutes; they win over the title's.",
    )
    title = LineField(
        required=False,
        allow_blank=True,
        max_length=300,
        help_text='Read for its length, such as "(45 min)".',
    )


class Quote(InputsShown, Credit):
    """What an activity would be worth, and why."""

    program = serializers.CharField()
    kind = serializers.CharField()
    on = serializers.DateField()
    minutes = serializers.IntegerField(
        allow_null=True, help_text="What was counted, sent or read from the title."
    )
    outcome = serializers.ChoiceField(
        choices=get_args(Outcome),
        help_text="awarded: credit. staff: staff would decide. refused: none.",
    )
    amount = serializers.DecimalField(
        8, 2, allow_null=True, help_text="Null where it isn't awarded."
    )


class NewMemberQuote(NewQuote):
    """An activity to be quoted, for one of the practice's people."""

    member = IdField(
        "mem",
        nobody=True,
        required=False,
        help_text="Whose record is read. Without it nobody's profession is known: what "
        "is for physicians alone brings attendance.",
    )


class Quoting(RestView):
    """Working out credit."""

    operations: ClassVar = {"POST": ("quote", "credit")}

    def answer(self, asked: Mapping[str, Any], member: Member | None) -> Response:
        """Answer what was asked, for a member where one is known."""
        program, today = asked["program"], day_in(asked["program"])
        policy = policy_for(program, on=asked.get("on", today))
        kind = check_kind(policy, asked["kind"])
        report = Report(
            kind=asked["kind"],
            title=asked.get("title", ""),
            on=asked.get("on", today),
            minutes=asked.get("minutes"),
            inputs=inputs_sent(kind, asked),
        )
        report = report.by(member) if member else report
        return Response(_shown(policy, report, report.answer(program, today)))


class PracticeQuoting(Quoting):
    """Working out credit for a practice."""

    permissions: ClassVar = {"POST": API_CE}

    @extend_schema(
        summary="Work out credit",
        request=NewMemberQuote,
        examples=EXAMPLES,
        responses=Quote,
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Work out what an activity would be worth, and why. Nothing is saved."""
        asked = self.sent(request, NewMemberQuote)
        member = None
        if named := asked.get("member"):
            member = member_to_report_for(door, named, asked["program"])
            if member is None:
                raise Missing(UNKNOWN, [FieldProblem("member", UNKNOWN, "unknown")])
        return self.answer(asked, member)


class MyQuoting(Quoting):
    """Working out credit for oneself."""

    permissions: ClassVar = {"POST": OWN}

    @extend_schema(
        summary="Work out credit",
        request=NewQuote,
        examples=EXAMPLES,
        responses=Quote,
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Work out what an activity would be worth, and why. Nothing is saved."""
        return self.answer(self.sent(request, NewQuote), door.member)


def _shown(policy: Policy, report: Report, found: Award) -> Mapping[str, Any]:
    return {
        "program": policy.program,
        "kind": report.kind,
        "on": report.on and report.on.isoformat(),
        "minutes": found.minutes,
        **inputs_shown(report.inputs),
        "outcome": found.outcome,
        "amount": None if found.credits is None else credit_words(found.credits),
        "unit": found.unit,
        "approved": found.approved,
        "rule": found.rule,
        "band": band_words(policy, report.kind, found.minutes),
        "index_number": found.index,
        "explanation": found.explanation,
        "policy": found.policy,
        "reasons": [
            {"rule": each.rule, "text": each.text, "ruling": each.ruling}
            for each in found.reasons
        ],
    }
