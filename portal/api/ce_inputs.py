"""What kinds ask beside time, over REST: taken, held against the kind, and shown."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from ce_credits.rules import AMOUNTS, EXTRAS, asked_of, levels_of
from ce_credits.rules.inputs import STORED_MINUTES
from core.failures import FieldProblem, NotUsable
from core.rest import (
    AmountField,
    CodeField,
    CountField,
    FlagField,
    LineField,
    ListOf,
    Strict,
)
from credentials.policy import Kind, number_words

LONGEST_LEVEL = 40
MOST_TOPICS = 20


class InputFields(Strict):
    """What some kinds ask beside time; one that a kind doesn't ask is refused."""

    housekeeping_minutes = CountField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=STORED_MINUTES,
        help_text="How many of the minutes were no learning, such as breaks.",
    )
    paid = FlagField(
        required=False, allow_null=True, help_text="Whether the work was paid."
    )
    academic_credits = AmountField(
        required=False, allow_null=True, help_text="Of a college course."
    )
    positions = CountField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=STORED_MINUTES,
        help_text="How many were held; one, where it is not sent.",
    )
    level = CodeField(
        required=False,
        allow_null=True,
        max_length=LONGEST_LEVEL,
        help_text="Of the positions, such as `national`.",
    )
    stated_credits = AmountField(
        required=False,
        allow_null=True,
        help_text="The credit that its provider states, where the kind takes it.",
    )
    website = LineField(
        required=False,
        allow_null=True,
        max_length=300,
        help_text="Where it was studied, such as `www.example.org/course`.",
    )
    topics = ListOf(
        required=False,
        allow_null=True,
        max_length=MOST_TOPICS,
        child=CodeField(max_length=LONGEST_LEVEL),
        help_text="What it was about, by the program's codes, such as `ehr`.",
    )


class InputsShown(serializers.Serializer):
    """What the kind asks beside time; null where it doesn't, or nobody said."""

    housekeeping_minutes = serializers.IntegerField(allow_null=True)
    paid = serializers.BooleanField(allow_null=True)
    academic_credits = serializers.CharField(
        allow_null=True, help_text="A number in quotes."
    )
    positions = serializers.IntegerField(allow_null=True)
    level = serializers.CharField(allow_null=True)
    stated_credits = serializers.CharField(
        allow_null=True, help_text="A number in quotes."
    )
    website = serializers.CharField(allow_null=True)
    topics = serializers.ListField(child=serializers.CharField(), allow_null=True)


def inputs_shown(values: Mapping[str, object]) -> dict[str, Any]:
    """Spell out what is kept; what was typed and can't be used reads as nothing yet."""
    return {name: _shown(name, values.get(name)) for name in EXTRAS}


def inputs_sent(kind: Kind | None, asked: Mapping[str, Any]) -> dict[str, object]:
    """Take what was sent of a kind's inputs.

    Raises:
        NotUsable: the kind asks no such thing, or knows no such level.
    """
    problems = list(_problems(kind, asked))
    if problems:
        raise NotUsable(problems[0].text, problems)
    return {name: asked[name] for name in EXTRAS if asked.get(name) is not None}


def _problems(kind: Kind | None, asked: Mapping[str, Any]) -> Iterator[FieldProblem]:
    if kind is None:
        return
    known, levels = asked_of(kind), levels_of(kind)
    for name in EXTRAS:
        if asked.get(name) is not None and name not in known:
            text = f"The kind {kind.code} does not ask for this. Leave it out."
            yield FieldProblem(name, text, "unknown")
    if levels and asked.get("level") not in (None, *levels):
        yield FieldProblem("level", f"Use one of: {', '.join(levels)}.", "unknown")


def _shown(name: str, value: object) -> object:
    wanted: tuple[type, ...] = (str,)
    if name in ("housekeeping_minutes", "positions"):
        wanted = (int,)
    elif name == "paid":
        wanted = (bool,)
    elif name == "topics":
        wanted = (list,)
    elif name in AMOUNTS:
        return number_words(value) if isinstance(value, Decimal) else None
    return value if isinstance(value, wanted) else None
