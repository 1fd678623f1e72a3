"""Asking for a table as a file."""

from django import forms

from core.plain_forms import PlainForm
from portal.queries.export_kinds import KINDS
from portal.queries.exports import FORMAT_WORDS


class ExportForm(PlainForm):
    """Which table, and in which format."""

    kind = forms.ChoiceField(
        label="Table",
        choices=[(each.code, each.name) for each in KINDS],
        error_messages={
            "required": "Choose a table.",
            "invalid_choice": "Choose one of the tables.",
        },
    )
    format = forms.ChoiceField(
        label="Format",
        choices=FORMAT_WORDS,
        error_messages={
            "required": "Choose a format.",
            "invalid_choice": "Choose one of the formats.",
        },
    )
