"""One's own transcript over REST: totals and activities, each with its why."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from ce_credits.models import Activity
from core import public_ids
from core.rest import CodeField, IdField, LineField, Query, WholeField, WordField
from credentials.policy import credit_words, programs
from portal.api.ce_shapes import PREFIX
from portal.api.days import day_in
from portal.queries.learning import TermCredit
from portal.queries.own_programs import own_programs
from portal.queries.transcript import Transcript, own_place, transcript_of
from portal.queries.transcript_asked import GROUPINGS, NONE, STATES, Asked
from portal.queries.transcript_entries import Block, Entry


class TranscriptQuery(Query):
    """What a transcript is narrowed to; its totals are never."""

    program = WordField(
        programs(),
        required=False,
        help_text="The certifying body; without it, the first of one's own.",
    )
    year = WholeField(
        required=False, min_value=1, max_value=9999, help_text="Activities done in it."
    )
    status = WordField(tuple(STATES), required=False)
    kind = CodeField(
        required=False, max_length=40, help_text="A kind of the program, as `kind`."
    )
    topic = CodeField(
        required=False, max_length=40, help_text="A topic of the program, as `topics`."
    )
    span = LineField(
        required=False,
        max_length=10,
        help_text=f"The first day of a term or cycle; `{NONE}`: what counts in none.",
    )
    by = WordField(
        GROUPINGS,
        required=False,
        help_text="Grouped by it; without, by term or cycle, or else by year.",
    )


class Figure(serializers.Serializer):
    """One of the three totals, and what makes it up."""

    credits = serializers.DecimalField(8, 2)
    why = serializers.CharField()


class TranscriptCredit(serializers.Serializer):
    """What a term or cycle asks and has, by the rules."""

    unit = serializers.CharField()
    need = serializers.DecimalField(8, 2)
    need_approved = serializers.DecimalField(8, 2)
    have = serializers.DecimalField(8, 2)
    have_approved = serializers.DecimalField(8, 2)
    missing = serializers.DecimalField(8, 2)
    missing_approved = serializers.DecimalField(8, 2)
    completed = Figure()
    applied = Figure()
    needed = Figure()
    rule = serializers.CharField(help_text="The rule that asks for so much.")
    policy = serializers.CharField(help_text="Its version.")


class TranscriptActivity(serializers.Serializer):
    """An activity, its credit, what of it counts here and why."""

    id = IdField(PREFIX)
    on = serializers.DateField()
    title = serializers.CharField()
    provider = serializers.CharField()
    kind = serializers.CharField()
    minutes = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=Activity.State.values)
    credits = serializers.DecimalField(
        8, 2, allow_null=True, help_text="null where there is no credit yet."
    )
    applied = serializers.DecimalField(
        8, 2, allow_null=True, help_text="What of it counts in this term or cycle."
    )
    cut = serializers.CharField(help_text="Why less counts.")
    unit = serializers.CharField()
    explanation = serializers.CharField()
    rule = serializers.CharField()
    policy = serializers.CharField()
    index_number = serializers.CharField(allow_null=True)
    item = serializers.CharField(
        allow_null=True, help_text="The code in the program's catalogue."
    )
    licence_number = serializers.CharField()
    reported_by = serializers.CharField()
    topics = serializers.ListField(
        child=serializers.CharField(), help_text="What it counts as, by code."
    )
    website = serializers.CharField(allow_null=True, help_text="Where it was studied.")
    stated_credits = serializers.DecimalField(
        8, 2, allow_null=True, help_text="As stated by the provider."
    )


class TranscriptSpan(serializers.Serializer):
    """A term or a cycle with its activities, last what counts in none; or a group."""

    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=("term", "cycle"), allow_null=True)
    first_on = serializers.DateField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)
    credit = TranscriptCredit(
        allow_null=True,
        help_text="null for a group, and for what counts in no term or cycle.",
    )
    sums = serializers.CharField(help_text="The totals, or why nothing counts.")
    activities = TranscriptActivity(many=True)


class TranscriptResource(serializers.Serializer):
    """All that somebody reported to a body and what it came to, as of a day."""

    program = serializers.CharField()
    body = serializers.CharField()
    holder = serializers.CharField()
    credential = serializers.CharField()
    number = serializers.CharField()
    as_of = serializers.DateField()
    count = serializers.IntegerField(help_text="How many activities are listed.")
    spans = TranscriptSpan(many=True)


class MyTranscript(RestView):
    """One's own transcript."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = TranscriptQuery
    operations: ClassVar = {"GET": ("read", "transcript")}

    @extend_schema(summary="Read the transcript", responses=TranscriptResource)
    def get(self, request: Request, door: OwnDoor) -> Response:
        """Read what was reported by term or cycle, the newest first, with totals.

        Each activity says what of its credit counts there, and why less where it is.
        """
        program = self.asked.get("program") or _first(door)
        asked = Asked.of(lambda name: str(self.asked.get(name, "")))
        page = transcript_of(
            door.member,
            program,
            asked,
            where=own_place(program),
            today=day_in(program),
        )
        # A year in which nothing was done narrows to nothing, as all else does.
        blocks = page.blocks if _only_by(page, asked) else ()
        return Response(_shown(program, page, blocks))


def _only_by(page: Transcript, asked: Asked) -> bool:
    """Say whether all that could not be asked for is how it is grouped."""
    return replace(page.asked, by="") == replace(asked, by="")


def _first(door: OwnDoor) -> str:
    return next(iter(own_programs(door.member)), programs()[0])


def _shown(program: str, page: Transcript, blocks: Iterable[Block]) -> dict[str, Any]:
    spans = [_span(block) for block in blocks]
    return {
        "program": program,
        "body": page.body,
        "holder": page.name,
        "credential": page.credential,
        "number": page.number,
        "as_of": page.as_of.isoformat(),
        "count": len({each["id"] for span in spans for each in span["activities"]}),
        "spans": spans,
    }


def _span(block: Block) -> dict[str, Any]:
    credit = block.credit
    return {
        "title": block.title,
        "kind": credit.noun if credit else None,
        "first_on": credit.term.first_on.isoformat() if credit else None,
        "last_on": credit.term.last_on.isoformat() if credit else None,
        "credit": _credit(credit) if credit else None,
        "sums": block.sums,
        "activities": [_activity(each) for each in block.entries],
    }


def _credit(credit: TermCredit) -> dict[str, Any]:
    sums = credit.totals
    return {
        "unit": credit.unit,
        "need": credit_words(credit.need),
        "need_approved": credit_words(credit.need_approved),
        "have": credit_words(credit.have),
        "have_approved": credit_words(credit.have_approved),
        "missing": credit_words(credit.missing),
        "missing_approved": credit_words(credit.missing_approved),
        "completed": {"credits": sums.completed, "why": sums.completed_why},
        "applied": {"credits": sums.applied, "why": sums.applied_why},
        "needed": {"credits": sums.needed, "why": sums.needed_why},
        "rule": credit.rule,
        "policy": credit.policy,
    }


def _activity(each: Entry) -> dict[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, each.id),
        "on": each.on,
        "title": each.line.title,
        "provider": each.provider,
        "kind": each.code_of_kind,
        "minutes": int(each.minutes) if each.minutes else None,
        "status": each.state.value,
        "credits": each.credits or None,
        "applied": each.applied or None,
        "cut": each.cut,
        "unit": each.unit,
        "explanation": each.line.why,
        "rule": each.rule,
        "policy": each.policy,
        "index_number": each.index or None,
        "item": each.code or None,
        "licence_number": each.licence_number,
        "reported_by": each.reported_by,
        "topics": list(each.topics),
        "website": each.website or None,
        "stated_credits": each.stated or None,
    }
