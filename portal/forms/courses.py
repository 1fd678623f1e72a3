"""What a player sends, and the evaluation of a course."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import QueryDict

from core.failures import FieldProblem, NotUsable
from core.plain_forms import PlainForm
from courses.rules import read_second, read_spans
from courses.rules.evaluating import MOST_WORDS, SCALE
from courses.rules.watching import NOTHING, Spans
from credentials.policy import Evaluation

LONGEST_SPANS = 20_000
CHOSEN = {"on": True, "off": False}


def place_sent(data: QueryDict) -> tuple[Decimal, Spans, bool | None]:
    """Read what a player sends: the second, the stretches, and the captions.

    Raises:
        NotUsable: one of them is none; names which, and what to send.
    """
    try:
        second = read_second(data.get("second") or "0")
    except ValueError as fault:
        raise NotUsable(str(fault), [FieldProblem("second", str(fault))]) from fault
    try:
        text = data.get("spans") or "[]"
        spans = read_spans(json.loads(text[:LONGEST_SPANS]))
    # Brackets within brackets without end are no list of pairs either.
    except (ValueError, RecursionError) as fault:
        words = "Send the stretches as a list of pairs of seconds."
        raise NotUsable(words, [FieldProblem("spans", words)]) from fault
    return second, spans, CHOSEN.get(data.get("captions", ""))


def start_sent(data: QueryDict) -> str:
    """Read where a video is asked to begin; empty for anything that is no second."""
    try:
        at = read_second(data.get("at", ""))
    except ValueError:
        return ""
    return f"{at:f}" if at > NOTHING else ""


def price_sent(text: str) -> Decimal:
    """Read the price that somebody agrees to.

    Raises:
        NotUsable: it is none.
    """
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal("NaN")
    if price.is_finite():
        return price
    words = "Nothing was ordered. Look at the price, then order again."
    raise NotUsable(words, [FieldProblem("price", words)])


class EvaluationForm(PlainForm):
    """What is asked about a course, as its body's pack has it (M3)."""

    def __init__(self, asked: Evaluation, data: QueryDict | None = None) -> None:
        """Make a field for each question."""
        super().__init__(data)
        scale = [(str(n), text) for n, text in enumerate(asked.scale, start=1)]
        for question in asked.questions:
            self.fields[question.code] = (
                forms.ChoiceField(
                    label=question.text,
                    choices=scale,
                    widget=forms.RadioSelect,
                    error_messages=dict.fromkeys(
                        ("required", "invalid_choice"),
                        f"Choose an answer: {question.text}",
                    ),
                )
                if question.form == SCALE
                else forms.CharField(
                    label=f"{question.text} (optional)",
                    required=False,
                    max_length=MOST_WORDS,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
            )

    @property
    def answers(self) -> Mapping[str, object]:
        """The answers as the service takes them."""
        return {
            name: int(value)
            if isinstance(self.fields[name], forms.ChoiceField)
            else value
            for name, value in self.cleaned_data.items()
        }
