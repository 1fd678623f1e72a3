"""Saying that a credit is missing, and staff's answer."""

from collections.abc import Sequence

from django import forms

from ce_credits.models import MissingCredit
from core.plain_forms import PlainForm
from portal.forms.staff import Data, Day, asked

OUTCOMES = (
    (MissingCredit.State.FOUND.value, "The credit is there"),
    (MissingCredit.State.NOT_REPORTED.value, "The sponsor did not report it"),
)


class MissingForm(PlainForm):
    """Which activity of the catalogue, and the day it was completed."""

    item = forms.ChoiceField(
        label="Activity",
        widget=forms.RadioSelect,
        error_messages=asked("Choose an activity of the catalogue."),
    )
    on = forms.DateField(
        label="Completed on",
        widget=Day,
        error_messages={
            "invalid": "Enter a day such as 2025-10-02.",
            "required": "Enter the day you completed it.",
        },
    )

    def __init__(
        self,
        items: Sequence[tuple[str, str]],
        data: Data = None,
        *,
        initial: dict[str, object] | None = None,
    ) -> None:
        """Offer the activities that were found."""
        super().__init__(data, initial=initial)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(items)


class MissedForm(PlainForm):
    """What came of it, and why."""

    outcome = forms.ChoiceField(
        label="Answer",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages=asked("Choose an answer."),
    )
    reason = forms.CharField(
        label="What you write to the holder",
        max_length=400,
        error_messages={"required": "Write why."},
    )
