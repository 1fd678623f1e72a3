"""What a client gets about audits: a draw, one case with its items, and its answer."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from ce_credits.models import Activity, AuditCase, AuditDraw, AuditItem
from ce_credits.models.audits import LONGEST_WORDS
from ce_credits.services import drawn_again
from core import public_ids
from core.rest import IdField, ListOf, Strict, TextField, instant
from portal.api.ce_shapes import PREFIX as ACTIVITY
from portal.api.ce_shapes import ProofResource, proof_shown
from portal.api.recert_shapes import PREFIX as APPLICATION

PREFIX, ITEM, DRAW = "aud", "aui", "adr"
OUTCOMES = AuditItem.Outcome.values
STATUSES = ("waiting", "answered", "closed")
MOST_ITEMS = 500


class OwnAuditItemResource(serializers.Serializer):
    """One submission that an audit asks about."""

    id = IdField(ITEM)
    number = serializers.IntegerField()
    activity = IdField(ACTIVITY)
    title = serializers.CharField()
    date = serializers.DateField()
    words = serializers.CharField(help_text="What the holder writes about it.")
    proofs = ProofResource(many=True, help_text="Sent with the answer.")
    outcome = serializers.ChoiceField(OUTCOMES, allow_null=True)
    ground = serializers.CharField(help_text="The code of why it is not accepted.")
    finding = serializers.CharField(help_text="What staff wrote about it.")
    decided_on = serializers.DateField(allow_null=True)


class OwnAuditResource(serializers.Serializer):
    """An audit: what is asked, until when, what was answered and found."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    status = serializers.ChoiceField(
        STATUSES, help_text="waiting: for the holder. answered: for staff."
    )
    opened_on = serializers.DateField()
    due_on = serializers.DateField()
    sent_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    items = OwnAuditItemResource(many=True)


class AuditItemResource(OwnAuditItemResource):
    """One submission of an audit as staff see it."""

    activity_version = serializers.IntegerField(help_text="To decide on.")
    activity_status = serializers.ChoiceField(Activity.State.values)
    decided_by = serializers.CharField()


class AuditResource(OwnAuditResource):
    """An audit as staff see it."""

    member = IdField("mem")
    member_name = serializers.CharField()
    version = serializers.IntegerField()
    draw = IdField(DRAW, allow_null=True, help_text="null where staff opened it.")
    reason = serializers.CharField(help_text="Why, where staff opened it.")
    opened_by = serializers.CharField()
    overdue = serializers.BooleanField()
    closed_by = serializers.CharField()
    closing = serializers.CharField(help_text="Why what was not answered is refused.")
    applications = ListOf(child=IdField(APPLICATION), help_text="What it is asked for.")
    items = AuditItemResource(many=True)


class ListedDrawResource(serializers.Serializer):
    """A draw as the list names it: what was asked for, by whom, and when."""

    id = IdField(DRAW)
    of = serializers.ChoiceField(AuditDraw.Of.values)
    from_on = serializers.DateField()
    until_on = serializers.DateField()
    states = ListOf(child=serializers.CharField())
    kinds = ListOf(child=serializers.CharField(), help_text="Empty: every kind.")
    number = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    exclude_years = serializers.IntegerField()
    left_out = serializers.IntegerField()
    seed = serializers.CharField()
    population = serializers.IntegerField()
    population_sha256 = serializers.CharField()
    instead_of = IdField(DRAW, allow_null=True)
    reason = serializers.CharField(help_text="Why it was drawn again.")
    policy = serializers.CharField()
    due_on = serializers.DateField()
    drawn_by = serializers.CharField()
    drawn_at = serializers.DateTimeField()


class AuditDrawResource(ListedDrawResource):
    """A draw with all that is needed to draw it again."""

    strata = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many could be drawn of each."
    )
    drawn = ListOf(child=serializers.CharField(), help_text="Ids, sorted.")
    reproduced = serializers.BooleanField(
        help_text="Whether its seed draws the same again, just now."
    )


class NewWords(Strict):
    """What a holder writes about one item."""

    item = IdField(ITEM)
    words = TextField(max_length=LONGEST_WORDS, allow_blank=True)


class NewWordsOfAll(Strict):
    """What a holder writes about the items; what isn't named stays as it is."""

    items = ListOf(child=NewWords(), required=False, max_length=MOST_ITEMS)


def with_items(cases: QuerySet[AuditCase]) -> QuerySet[AuditCase]:
    """Read cases with all that is shown of them, in so many statements."""
    return cases.select_related("member").prefetch_related(
        "items__activity", "items__proofs", "applications"
    )


def status_of(case: AuditCase) -> str:
    """Say in a word whom it waits for."""
    if not case.is_open:
        return "closed"
    return "answered" if case.sent_at else "waiting"


def etag_of(case: AuditCase) -> str:
    """Name the state a case is in, for staff."""
    return f'"{case.version}"'


def own_shown(case: AuditCase) -> dict[str, Any]:
    """Spell a case to its member."""
    return _case(case) | {"items": [_item(each) for each in case.items.all()]}


def case_shown(case: AuditCase, *, today: date) -> dict[str, Any]:
    """Spell a case to staff; the answer once it is sent."""
    sent = case.sent_at is not None
    return _case(case) | {
        "member": public_ids.spell("mem", case.member_id),
        "member_name": case.member.name,
        "version": case.version,
        "draw": public_ids.spell(DRAW, case.draw_id) if case.draw_id else None,
        "reason": case.reason,
        "opened_by": case.opened_by,
        "overdue": case.may_answer() and case.is_over(today),
        "closed_by": case.closed_by,
        "closing": case.closing,
        "applications": [
            public_ids.spell(APPLICATION, each.pk) for each in case.applications.all()
        ],
        "items": [_item_for_staff(each, sent=sent) for each in case.items.all()],
    }


def draw_shown(draw: AuditDraw) -> dict[str, Any]:
    """Spell a draw, drawn once more from its row."""
    prefix = APPLICATION if draw.of == AuditDraw.Of.APPLICATIONS else ACTIVITY
    again = [each.hex for each in drawn_again(draw=draw)]
    return draw_listed(draw) | {
        "strata": {name: len(ids) for name, ids in draw.population.items()},
        "drawn": [f"{prefix}_{each}" for each in draw.drawn],
        "reproduced": again == draw.drawn,
    }


def draw_listed(draw: AuditDraw) -> dict[str, Any]:
    """Spell a draw without all that it was drawn from, which a list doesn't read."""
    earlier = draw.instead_of_id
    return {
        "id": public_ids.spell(DRAW, draw.pk),
        "of": draw.of,
        "from_on": draw.from_on.isoformat(),
        "until_on": draw.until_on.isoformat(),
        "states": draw.states,
        "kinds": draw.kinds,
        "number": draw.number,
        "percent": draw.percent,
        "exclude_years": draw.exclude_years,
        "left_out": draw.left_out,
        "seed": draw.seed,
        "population": draw.population_count,
        "population_sha256": draw.population_sha256,
        "instead_of": public_ids.spell(DRAW, earlier) if earlier else None,
        "reason": draw.reason,
        "policy": draw.policy,
        "due_on": draw.due_on.isoformat(),
        "drawn_by": draw.by,
        "drawn_at": instant(draw.at),
    }


def _case(case: AuditCase) -> dict[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, case.pk),
        "program": case.program,
        "status": status_of(case),
        "opened_on": case.opened_on.isoformat(),
        "due_on": case.due_on.isoformat(),
        "sent_on": _day(case.sent_on),
        "closed_on": _day(case.closed_on),
    }


def _item(item: AuditItem) -> dict[str, Any]:
    return {
        "id": public_ids.spell(ITEM, item.pk),
        "number": item.number,
        "activity": public_ids.spell(ACTIVITY, item.activity_id),
        "title": str(item.activity),
        "date": item.activity.day.isoformat(),
        "words": item.words,
        "proofs": [
            proof_shown(each) for each in item.proofs.all() if each.removed_at is None
        ],
        "outcome": item.outcome or None,
        "ground": item.ground,
        "finding": item.finding,
        "decided_on": _day(item.decided_on),
    }


def _item_for_staff(item: AuditItem, *, sent: bool) -> dict[str, Any]:
    answer = {} if sent else {"words": "", "proofs": []}
    return {
        **_item(item),
        **answer,
        "activity_version": item.activity.version,
        "activity_status": item.activity.state,
        "decided_by": item.decided_by,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
