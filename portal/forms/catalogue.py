"""Choosing a file of catalogue items."""

from django import forms

from core.plain_forms import PlainForm


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
