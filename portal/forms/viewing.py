"""What a view of a list is called."""

from django import forms

from core.plain_forms import PlainForm
from portal.services.viewing import LONGEST


class ViewForm(PlainForm):
    """The name that filters are kept under."""

    name = forms.CharField(
        label="Save these filters as",
        max_length=LONGEST,
        error_messages={"required": "Give the view a name."},
    )
