"""How a licence's registration stands, as REST shows it."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core import public_ids
from core.rest import IdField
from portal.api.courses import COURSE_PREFIX
from portal.queries.licence_ways import Learning, ways_of
from renewals.models import Licence
from renewals.rules.licences import Asked, Relicensing


class PartResource(serializers.Serializer):
    """What one credit brings."""

    on = serializers.DateField()
    title = serializers.CharField()
    credits = serializers.CharField(help_text="A number in quotes.")


class AskedResource(serializers.Serializer):
    """A requirement: what is there, asked and missing; once, in activities."""

    code = serializers.CharField()
    title = serializers.CharField()
    once = serializers.BooleanField()
    have = serializers.CharField(help_text="A number in quotes.")
    need = serializers.CharField(help_text="A number in quotes.")
    missing = serializers.CharField(help_text="A number in quotes.")
    why = serializers.CharField(help_text="With its rule.")
    rule = serializers.CharField()
    parts = PartResource(many=True)


class WayResource(serializers.Serializer):
    """A course of today's catalogue that brings something that is missing."""

    course = IdField(COURSE_PREFIX)
    title = serializers.CharField()
    credits = serializers.CharField(help_text="What it brings you: a number in quotes.")
    requirements = serializers.ListField(
        child=serializers.CharField(), help_text="The codes it counts towards."
    )


class RelicensureResource(serializers.Serializer):
    """How a registration stands today in the body's zone."""

    as_of = serializers.DateField()
    retired = serializers.BooleanField()
    met = serializers.BooleanField(help_text="Whether nothing is missing.")
    earned = serializers.CharField(
        help_text="A number in quotes; each credit counts once in it."
    )
    why = serializers.CharField()
    requirements = AskedResource(many=True)
    ways = WayResource(
        many=True,
        help_text="The fewest courses that bring you all that is missing. Empty where "
        "nothing is, where all of them don't, or outside the registration period.",
    )


def relicensure_shown(
    licence: Licence, found: Relicensing, learning: Learning
) -> Mapping[str, Any]:
    """Show how a registration stands on a day, and the way to what is missing."""
    return {
        "as_of": learning.today.isoformat(),
        "retired": found.retired,
        "met": found.met,
        "earned": f"{found.earned:f}",
        "why": found.why,
        "requirements": [_asked(each) for each in found.asked],
        "ways": [
            {
                "course": public_ids.spell(COURSE_PREFIX, each.course_id),
                "title": each.title,
                "credits": f"{each.credits:f}",
                "requirements": list(each.requirements),
            }
            for each in ways_of(licence, found, learning)
        ],
    }


def _asked(asked: Asked) -> Mapping[str, Any]:
    figures = ("have", "need", "missing")
    return {
        "code": asked.code,
        "title": asked.title,
        "once": asked.once,
        **{name: f"{getattr(asked, name):f}" for name in figures},
        "why": asked.why,
        "rule": asked.basis.rule,
        "parts": [
            {
                "on": each.credit.on.isoformat(),
                "title": each.credit.title,
                "credits": f"{each.credits:f}",
            }
            for each in asked.parts
        ],
    }
