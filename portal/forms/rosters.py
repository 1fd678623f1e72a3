"""Choosing a roster, and how it is to be imported."""

from collections.abc import Mapping

from django import forms

from accounts.services.roster_columns import FIELDS
from core.plain_forms import PlainForm

CHOOSE = "Choose a CSV or XLSX file."


class RosterForm(PlainForm):
    """A roster as a file; what it holds is the service's to judge."""

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


class StartForm(PlainForm):
    """What becomes of the others if a row can't be saved, and who gets mail."""

    whole = forms.ChoiceField(
        label="If a row can't be saved",
        choices=[("0", "Save the others"), ("1", "Save nothing")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the other rows."},
    )
    invite = forms.BooleanField(
        label="Mail an invitation to everybody who is new", required=False
    )


def columns_sent(data: Mapping[str, str], most: int) -> dict[str, int]:
    """Read which column each field was given; what is no column of the file is none."""
    chosen: dict[str, int] = {}
    for field in FIELDS:
        text = data.get(f"column_{field}", "")
        if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < most:
            chosen[field] = int(text)
    return chosen
