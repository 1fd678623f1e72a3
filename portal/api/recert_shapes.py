"""What a client gets about an application in a cycle: what it says, and why."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from accounts.access import Door, OwnDoor, StaffDoor
from billing.models import Order
from core import public_ids
from core.rest import IdField, instant
from credentials.policy import credit_words
from portal.api.cycles import FeePart, parts_shown
from portal.api.money_shapes import ORDER
from portal.api.terms import Reason
from portal.queries.order_places import place_of
from portal.queries.recertify_states import happening
from renewals.models import Recertification
from renewals.queries import Applying, answer_of

PREFIX = "app"
# More than any fee has digits.
MONEY = (12, 2)


class CreditsAsked(serializers.Serializer):
    """The credits an application asks for, and those that are there."""

    need = serializers.DecimalField(8, 2)
    need_approved = serializers.DecimalField(8, 2)
    have = serializers.DecimalField(8, 2)
    have_approved = serializers.DecimalField(8, 2)


class ApplicationFee(serializers.Serializer):
    """What an application costs; each part with its rule."""

    amount = serializers.DecimalField(*MONEY)
    currency = serializers.CharField()
    parts = FeePart(many=True)


class SentFacts(CreditsAsked):
    """What an application came to on the day it was submitted."""

    rule = serializers.CharField(help_text="The rule that asks for the credits.")
    society_member = serializers.BooleanField()
    fee = ApplicationFee(allow_null=True, help_text="null where it costs nothing.")
    policy = serializers.CharField(help_text="The version it was submitted under.")


class IfSubmitted(CreditsAsked):
    """What an application would come to today, and every reason why it can't be sent.

    Its name and its declaration are held against the profile once it is submitted.
    """

    possible = serializers.BooleanField()
    why_not = Reason(many=True)
    society_member = serializers.BooleanField()
    fee = ApplicationFee(allow_null=True, help_text="null where it costs nothing.")


class ApplicationOrder(serializers.Serializer):
    """The last order placed for something."""

    id = IdField(ORDER)
    number = serializers.CharField()
    state = serializers.ChoiceField(choices=Order.State.values)
    total = serializers.DecimalField(*MONEY)
    rest = serializers.DecimalField(*MONEY, help_text="What is still to be paid.")
    currency = serializers.CharField()
    due_on = serializers.DateField()
    page = serializers.URLField(
        help_text="Where it is shown, and paid by card or cheque."
    )


class Question(serializers.Serializer):
    """What staff asked of an applicant, and the answer."""

    words = serializers.CharField()
    asked_on = serializers.DateField()
    answer = serializers.CharField(help_text="Empty until it is answered.")
    answered_on = serializers.DateField(allow_null=True)


class Hold(serializers.Serializer):
    """Since when, by whom and why an application is held."""

    on = serializers.DateField()
    by = serializers.CharField()
    reason = serializers.CharField()


class ApplicationResource(serializers.Serializer):
    """An application or request in a cycle, and what became of it."""

    id = IdField(PREFIX)
    member = IdField("mem")
    member_name = serializers.CharField()
    program = serializers.CharField()
    kind = serializers.ChoiceField(choices=Recertification.Kind.values)
    status = serializers.ChoiceField(choices=Recertification.State.values)
    cycle_last_on = serializers.DateField(help_text="The last day of its cycle.")
    name = serializers.CharField(help_text="As it is to stand on the certificate.")
    declared = serializers.BooleanField()
    submitted_on = serializers.DateField(allow_null=True)
    paid_on = serializers.DateField(
        allow_null=True, help_text="The day its payment counts (N5)."
    )
    answer_from = serializers.DateField(
        allow_null=True, help_text="An answer is due from this day on (N13)."
    )
    answer_until = serializers.DateField(
        allow_null=True,
        help_text="Until this day; null where nothing is to be decided.",
    )
    decided_on = serializers.DateField(
        allow_null=True, help_text="The day it ended, by decision or withdrawn."
    )
    decided_by = serializers.CharField()
    reason = serializers.CharField(help_text="Why it was refused or approved.")
    submitted = SentFacts(allow_null=True)
    not_taken = Reason(
        many=True, help_text="Why what is paid was not enough or in time."
    )
    order = ApplicationOrder(allow_null=True)
    needs_information = serializers.BooleanField(
        help_text="Whether staff asked something that is not answered."
    )
    questions = Question(many=True, help_text="The oldest first.")
    happening = serializers.ListField(
        child=serializers.CharField(), help_text="What became of it, in sentences."
    )
    version = serializers.IntegerField(
        help_text="Rises with each change; a decision names it."
    )
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class BodyApplicationResource(ApplicationResource):
    """An application as its body's staff see it."""

    hold = Hold(allow_null=True, help_text="Held, it can't be approved.")


class OwnApplicationResource(ApplicationResource):
    """One's own application, with what it would come to today."""

    if_submitted = IfSubmitted(
        allow_null=True, help_text="null once it is submitted or has ended."
    )


def etag_of(row: Recertification) -> str:
    """Name the state an application is in."""
    return f'"{row.version}"'


def application_shown(door: Door, row: Recertification) -> dict[str, Any]:
    """Spell an application out, as it is seen through a door."""
    due = answer_of(row)
    # Why it is held is its body's staff's alone (N13).
    more = {"hold": _hold(row)} if isinstance(door, StaffDoor) else {}
    return more | {
        "id": public_ids.spell(PREFIX, row.pk),
        "member": public_ids.spell("mem", row.member_id),
        "member_name": row.member.name,
        "program": row.program,
        "kind": row.kind,
        "status": row.state,
        "cycle_last_on": row.cycle_last_on.isoformat(),
        "name": row.name,
        "declared": row.declared,
        "submitted_on": _day(row.submitted_on),
        "paid_on": _day(row.paid_on),
        "answer_from": _day(due.first_on if due else None),
        "answer_until": _day(due.last_on if due else None),
        "decided_on": _day(row.decided_on),
        "decided_by": row.decided_by,
        "reason": row.reason,
        "submitted": _sent(row) if row.submitted_on else None,
        "not_taken": [
            {"rule": rule, "text": text, "ruling": False}
            for rule, text in row.facts.get("not_taken", ())
        ],
        "order": order_shown(door, row.order) if row.order else None,
        "needs_information": row.asked is not None,
        "questions": _questions(row),
        "happening": happening(row),
        "version": row.version,
        "created_at": instant(row.created_at),
        "changed_at": instant(row.changed_at),
    }


def if_submitted_shown(found: Applying, today: date) -> dict[str, Any]:
    """Spell out what an application would come to on a day."""
    need, approved = found.asked(today)
    return {
        "possible": not found.why_not,
        "why_not": [
            {"rule": each.rule, "text": each.text, "ruling": each.ruling}
            for each in found.why_not
        ],
        "need": credit_words(need),
        "need_approved": credit_words(approved),
        "have": credit_words(found.have.credits),
        "have_approved": credit_words(found.have.approved),
        "society_member": found.society_member,
        "fee": found.fee
        and {
            "amount": f"{found.fee.amount:.2f}",
            "currency": found.fee.currency,
            "parts": parts_shown(found.fee),
        },
    }


def _questions(row: Recertification) -> list[dict[str, Any]]:
    return [
        {
            "words": each.words,
            "asked_on": _day(each.asked_on),
            "answer": each.answer,
            "answered_on": _day(each.answered_on),
        }
        for each in row.questions.all()
    ]


def _hold(row: Recertification) -> dict[str, Any] | None:
    if row.held_on is None:
        return None
    return {"on": _day(row.held_on), "by": row.held_by, "reason": row.held_reason}


def _sent(row: Recertification) -> dict[str, Any]:
    said = row.facts
    figures = {
        "need": "need",
        "need_approved": "need_approved",
        "have": "credits",
        "have_approved": "approved",
    }
    amounts = [Decimal(part["amount"]) for part in said["fee"]]
    parts = [
        {
            "code": part["code"],
            "text": part["label"],
            "amount": f"{amount:.2f}",
            "rule": part["rule"],
        }
        for part, amount in zip(said["fee"], amounts, strict=True)
    ]
    return {
        **{name: credit_words(Decimal(said[known])) for name, known in figures.items()},
        "rule": said["need_rule"],
        "society_member": row.society_member,
        "fee": {
            "amount": f"{sum(amounts):.2f}",
            "currency": said["currency"],
            "parts": parts,
        }
        if parts
        else None,
        "policy": row.policy,
    }


def order_shown(door: Door, order: Order) -> dict[str, Any]:
    """Show the order of something, where it stands and where it is paid."""
    open_rest = order.rest if order.state == Order.State.AWAITING else Decimal(0)
    place = {"program": order.program, "order_id": order.pk}
    own = isinstance(door, OwnDoor)
    page = place_of(order) if own else reverse("staff_order", kwargs=place)
    return {
        "id": public_ids.spell(ORDER, order.pk),
        "number": order.number,
        "state": order.state,
        "total": f"{order.total:.2f}",
        "rest": f"{open_rest:.2f}",
        "currency": order.currency,
        "due_on": order.due_on.isoformat(),
        "page": settings.BASE_URL + page,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
