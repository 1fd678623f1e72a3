"""Where one stands in all of one's programs over REST: nothing is added up."""

from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock
from credentials.policy import credit_words
from portal.queries.learning import TermCredit
from portal.queries.programs_standing import ProgramCard, programs_standing


class DueResource(serializers.Serializer):
    """Something that is due."""

    what = serializers.CharField()
    by = serializers.DateField(help_text="The last day, in the body's zone.")


class StandingCredit(serializers.Serializer):
    """The credit of the term or cycle that a day is in, in the program's own unit."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    unit = serializers.CharField()
    need = serializers.DecimalField(8, 2)
    have = serializers.DecimalField(8, 2)
    missing = serializers.DecimalField(8, 2)
    missing_approved = serializers.DecimalField(8, 2)
    rule = serializers.CharField(help_text="The rule that asks for so much.")
    policy = serializers.CharField(help_text="Its version.")


class ProgramStanding(serializers.Serializer):
    """One program: how one stands, what is due by when, what to do next."""

    program = serializers.CharField()
    body = serializers.CharField()
    credential = serializers.CharField(help_text="Empty where nothing is held yet.")
    number = serializers.CharField()
    standing = serializers.CharField(
        allow_null=True, help_text="null where the body computes none."
    )
    words = serializers.CharField()
    credit = StandingCredit(allow_null=True, help_text="null outside term and cycle.")
    due = DueResource(many=True)
    next = serializers.CharField(help_text="The next thing to do.")
    next_url = serializers.URLField()


class MyStandingResource(serializers.Serializer):
    """All of one's programs."""

    programs = ProgramStanding(many=True)


class MyStanding(RestView):
    """Where one stands in all of one's programs."""

    permissions: ClassVar = {"GET": OWN}
    operations: ClassVar = {"GET": ("read", "standing")}

    @extend_schema(summary="Read your standing", responses=MyStandingResource)
    def get(self, request: Request, door: OwnDoor) -> Response:
        """Read each program by itself; figures are never added up across them."""
        cards = programs_standing(door.member, today_in=clock.today, now=clock.now())
        return Response({"programs": [_shown(each) for each in cards]})


def _shown(card: ProgramCard) -> dict[str, Any]:
    return {
        "program": card.program,
        "body": card.body,
        "credential": card.held,
        "number": card.number,
        "standing": card.standing or None,
        "words": f"{card.verdict} {card.sub}".strip(),
        "credit": _credit(card.credit) if card.credit else None,
        "due": [{"what": each.what, "by": each.by.isoformat()} for each in card.due],
        "next": card.action.label,
        "next_url": f"{settings.BASE_URL}{card.action.url}",
    }


def _credit(credit: TermCredit) -> dict[str, Any]:
    return {
        "first_on": credit.term.first_on.isoformat(),
        "last_on": credit.term.last_on.isoformat(),
        "unit": credit.unit,
        "need": credit_words(credit.need),
        "have": credit_words(credit.have),
        "missing": credit_words(credit.missing),
        "missing_approved": credit_words(credit.missing_approved),
        "rule": credit.rule,
        "policy": credit.policy,
    }
