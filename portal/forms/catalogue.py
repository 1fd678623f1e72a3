"""Choosing a file of catalogue items."""

from django import forms

from core.plain_forms import PlainForm
from portal.forms.staff import Day


class CatalogueForm(PlainForm):
    """A CSV file; what it holds is the service's to judge."""

    file = forms.FileField(
        label="CSV file",
        max_length=200,
        error_messages={
            "required": "Choose a CSV file.",
            "missing": "Choose a CSV file.",
            "empty": "This file is empty. Choose another.",
            "invalid": "Choose a CSV file.",
            "max_length": "The file's name is too long. Shorten it.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class DeadlineForm(PlainForm):
    """The day a conference's evaluation closes; empty for none."""

    evaluation_deadline = forms.DateField(
        label="Evaluation closes on",
        help_text="Credit is due so many business days after it. Empty: no conference.",
        required=False,
        widget=Day,
        error_messages={"invalid": "Enter a day such as 2025-10-02, or nothing."},
    )
