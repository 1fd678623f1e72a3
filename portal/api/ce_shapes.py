"""What a client gets about activities, their credit, their proofs and what happened."""

from typing import Any, get_args

from rest_framework import serializers

from ce_credits.models import Activity, ActivityStep, CreditAward, Proof
from ce_credits.rules import Likeness
from core import public_ids
from core.rest import IdField, instant
from credentials.policy import BandFormula, Policy, credit_words, policy_for
from portal.api.ce_asking import as_values
from portal.api.ce_inputs import InputsShown, inputs_shown
from portal.api.terms import Reason
from portal.queries.activity_inputs import inputs_of
from portal.queries.reported import Reported

PREFIX, PROOF_PREFIX = "ce", "prf"
NOT_SUBMITTED = "Not submitted yet: it counts nothing until it is."


class Credit(serializers.Serializer):
    """Credit, and why it is so much."""

    amount = serializers.DecimalField(8, 2, help_text="How much it is.")
    unit = serializers.CharField()
    approved = serializers.BooleanField(
        allow_null=True, help_text="Whether it counts as approved, where that is asked."
    )
    rule = serializers.CharField(help_text="The rule that answers, such as A4.")
    band = serializers.CharField(
        allow_null=True, help_text="The band of minutes in words, where there is one."
    )
    index_number = serializers.CharField(allow_null=True)
    explanation = serializers.CharField(help_text="All of it in one line.")
    policy = serializers.CharField(help_text="The version that answered.")
    reasons = Reason(many=True)


class GivenCredit(Credit):
    """The credit an activity has now. Taken away, the amount is 0.0 and says why."""

    counts_from = serializers.DateField()


class Said(serializers.Serializer):
    """What a file itself says of an activity; null where it says nothing plain."""

    title = serializers.CharField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    minutes = serializers.IntegerField(allow_null=True)


class ProofResource(serializers.Serializer):
    """A file that proves an activity."""

    id = IdField(PROOF_PREFIX)
    name = serializers.CharField(help_text="As it was called where it came from.")
    kind = serializers.ChoiceField(choices=Proof.Kind.values)
    size = serializers.IntegerField(help_text="Bytes, as kept.")
    pages = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the bytes that were sent.")
    said = Said()
    added_by = serializers.CharField()
    added_at = serializers.DateTimeField()


class Ground(serializers.Serializer):
    """A reason of the body's list for not accepting an activity."""

    code = serializers.CharField()
    text = serializers.CharField()


class StepResource(serializers.Serializer):
    """One thing that happened to an activity."""

    number = serializers.IntegerField(help_text="The version that it made.")
    kind = serializers.ChoiceField(choices=ActivityStep.Kind.values)
    on = serializers.DateField(help_text="The day in the body's zone.")
    at = serializers.DateTimeField()
    by = serializers.CharField()
    ground = Ground(allow_null=True)
    words = serializers.CharField(help_text="The reason in the person's own words.")


class AlikeActivity(serializers.Serializer):
    """Another activity of the same day that may be the same one, reported twice."""

    id = IdField(PREFIX)
    title = serializers.CharField()
    by = serializers.ChoiceField(
        choices=get_args(Likeness),
        help_text="title: the same title. hour: as many minutes, another title.",
    )


class ActivityResource(InputsShown):
    """A CE activity: what was reported, what became of it, and its credit."""

    id = IdField(PREFIX)
    member = IdField("mem")
    member_name = serializers.CharField()
    program = serializers.CharField()
    kind = serializers.CharField(help_text="Empty where nobody chose one yet.")
    title = serializers.CharField()
    provider = serializers.CharField()
    on = serializers.DateField(allow_null=True, help_text="The day it was done.")
    minutes = serializers.IntegerField(allow_null=True)
    licence_number = serializers.CharField()
    item = serializers.CharField(
        allow_null=True, help_text="The code in the program's catalogue."
    )
    status = serializers.ChoiceField(choices=Activity.State.values)
    reported_by = serializers.CharField()
    version = serializers.IntegerField(
        help_text="How many steps it has taken; a decision names it."
    )
    credit = GivenCredit(allow_null=True)
    waiting = serializers.CharField(
        allow_null=True, help_text="Why there is no credit yet."
    )
    alike = AlikeActivity(
        many=True,
        help_text="What may be the same, so that it counts twice. It is no refusal: "
        "two hours in a day are lawful.",
    )
    proofs = ProofResource(many=True)
    history = StepResource(many=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)


def etag_of(activity: Activity) -> str:
    """Name the state an activity is in: its steps and its drafts' saves."""
    return f'"{activity.version}.{activity.saves}"'


def shown(found: Reported) -> dict[str, Any]:
    """Spell an activity out."""
    row = found.row
    award = next(iter(row.awards.all()), None)
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "member": public_ids.spell("mem", row.member_id),
        "member_name": row.member.name,
        "program": row.program,
        **_reported(found),
        "status": row.state,
        "reported_by": row.reported_by,
        "version": row.version,
        "credit": credit_shown(row, award) if award else None,
        "waiting": _waiting(row),
        "alike": [
            {
                "id": public_ids.spell(PREFIX, each.activity.pk),
                "title": str(each.activity),
                "by": each.likeness,
            }
            for each in found.alike
        ],
        "proofs": [proof_shown(proof) for proof in found.proofs],
        "history": [_step(row, step) for step in row.steps.all()],
        "created_at": instant(row.created_at),
        "changed_at": instant(row.changed_at),
        "submitted_at": instant(row.submitted_at) if row.submitted_at else None,
    }


def proof_shown(proof: Proof) -> dict[str, Any]:
    """Spell a proof out."""
    minutes = proof.said.get("minutes")
    return {
        "id": public_ids.spell(PROOF_PREFIX, proof.pk),
        "name": proof.name,
        "kind": proof.kind,
        "size": proof.size,
        "pages": proof.pages,
        "sha256": proof.sha256,
        "said": {
            "title": proof.said.get("title"),
            "on": proof.said.get("on"),
            "minutes": int(minutes) if minutes else None,
        },
        "added_by": proof.added_by,
        "added_at": instant(proof.added_at),
    }


def credit_shown(activity: Activity, award: CreditAward) -> dict[str, Any]:
    """Spell out the credit that an award gives."""
    policy = policy_for(activity.program, on=award.on)
    counted = activity.minutes if award.credits else None
    same = policy.version == award.policy
    return {
        "amount": credit_words(award.credits),
        "unit": award.unit,
        "approved": award.approved,
        "rule": award.rule,
        "band": band_words(policy, award.kind, counted) if same else None,
        "index_number": award.index_number or None,
        "explanation": award.explanation,
        "policy": award.policy,
        "reasons": award.reasons,
        "counts_from": award.counts_from.isoformat(),
    }


def band_words(policy: Policy, kind_code: str, minutes: int | None) -> str | None:
    """Say in which band minutes lie; None for a kind without bands, and beyond them."""
    kind = policy.kind(kind_code)
    if kind is None or not isinstance(kind.formula, BandFormula):
        return None
    if policy.bands is None or minutes is None:
        return None
    answer = policy.bands.answer(minutes)
    return answer.words if answer.band else None


def _reported(found: Reported) -> dict[str, Any]:
    """Say what is reported; to whoever writes it, as it stands written."""
    row = found.row
    if found.writing:
        return as_values(row)
    return {
        "kind": row.kind,
        "title": row.title,
        "provider": row.provider,
        "on": row.on.isoformat() if row.on else None,
        "minutes": row.minutes,
        **inputs_shown(inputs_of(row)),
        "licence_number": row.licence_number,
        "item": row.catalogue_item.code if row.catalogue_item else None,
    }


def _waiting(row: Activity) -> str | None:
    if row.state == Activity.State.DRAFT:
        return NOT_SUBMITTED
    if row.state != Activity.State.SUBMITTED:
        return None
    newest = next(reversed(row.steps.all()), None)
    answer = newest.facts.get("answer", {}) if newest else {}
    return str(answer["explanation"]) if answer.get("outcome") == "staff" else None


def _step(row: Activity, step: ActivityStep) -> dict[str, Any]:
    policy = policy_for(row.program, on=row.on or step.on)
    ground = policy.ground(step.ground)
    return {
        "number": step.number,
        "kind": step.kind,
        "on": step.on.isoformat(),
        "at": instant(step.at),
        "by": step.by,
        "ground": {"code": ground.code, "text": ground.text} if ground else None,
        "words": step.words,
    }
