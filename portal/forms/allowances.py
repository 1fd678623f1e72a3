"""What a body's managers allow somebody in exams and tests, and why."""

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from courses.models import MOST_PERCENT

WHY = "It stands in the trail, for whoever asks later."


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Reason",
        help_text=WHY,
        max_length=400,
        error_messages={"required": "Write why."},
    )


class TimeForm(PlainForm):
    """How much more time somebody has."""

    percent = forms.IntegerField(
        label="More time, in percent",
        help_text="Of what is set: 50 makes 90 minutes of 60. 0 ends it.",
        min_value=0,
        max_value=MOST_PERCENT,
    )
    reason = _reason()


class TryForm(PlainForm):
    """Why somebody takes a test once more."""

    reason = _reason()

    def __init__(self, data: QueryDict | None = None) -> None:
        """Name its fields so that both forms stand on one page."""
        super().__init__(data, auto_id="id_try_%s")
