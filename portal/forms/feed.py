"""Forms of what feeds send: a file, and settling one row."""

from collections.abc import Sequence

from django import forms

from core.plain_forms import PlainForm
from portal.forms.staff import Data, Day, asked

CHOOSE = "Choose a CSV or XLSX file."


class FeedFileForm(PlainForm):
    """A file of completions; what it holds is the service's to judge."""

    sender = forms.CharField(
        label="Who sends it",
        help_text="The learning system or sponsor, such as The academy.",
        max_length=100,
        error_messages={"required": "Name who sends it."},
    )
    file = forms.FileField(
        label="CSV or XLSX file",
        max_length=200,
        error_messages={
            "required": CHOOSE,
            "missing": CHOOSE,
            "empty": "This file is empty. Choose another.",
            "invalid": CHOOSE,
            "max_length": "The file's name is too long. Shorten it.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )


class SettleForm(PlainForm):
    """Whose a completion is, of what, when and how long."""

    member = forms.ChoiceField(
        label="Person",
        widget=forms.RadioSelect,
        error_messages=asked("Choose whose it is."),
    )
    activity_code = forms.CharField(
        label="Activity code",
        help_text="As the catalogue has it.",
        max_length=40,
        error_messages={"required": "Enter the activity's code."},
    )
    completed_on = forms.DateField(
        label="Completed on",
        widget=Day,
        error_messages={
            "invalid": "Enter a day such as 2025-10-02.",
            "required": "Enter the day it was completed.",
        },
    )
    minutes = forms.IntegerField(
        label="Minutes",
        help_text="Leave empty to take those of the catalogue.",
        required=False,
        min_value=1,
        max_value=100_000,
        error_messages={"invalid": "Enter whole minutes above 0."},
    )
    reason = forms.CharField(
        label="Why it is theirs",
        help_text="Whoever missed this credit is mailed these words.",
        max_length=400,
        error_messages={"required": "Write why it is theirs."},
    )

    def __init__(
        self,
        people: Sequence[tuple[str, str]],
        data: Data = None,
        *,
        initial: dict[str, object] | None = None,
    ) -> None:
        """Offer the people whose it may be."""
        super().__init__(data, initial=initial)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)


class AsideForm(PlainForm):
    """Why a completion gives nobody credit."""

    aside_reason = forms.CharField(
        label="Why nobody gets credit for it",
        max_length=400,
        error_messages={"required": "Write why nobody gets credit for it."},
    )
