"""Beginning an exam, and answering one of its questions."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm


class BeginForm(PlainForm):
    """The declaration before an exam."""

    sworn = forms.BooleanField(required=False, label="I declare this.", label_suffix="")


class AnswerForm(PlainForm):
    """What was chosen for one question, by the places of the options as shown."""

    chosen = forms.TypedMultipleChoiceField(
        required=False,
        coerce=int,
        error_messages={"invalid_choice": "Choose among the answers that are shown."},
    )
    flagged = forms.BooleanField(required=False)

    def __init__(self, places: Sequence[int], data: QueryDict | None = None) -> None:
        """Offer so many options as the question shows."""
        super().__init__(data)
        field = self.fields["chosen"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(place), str(place)) for place in places]
