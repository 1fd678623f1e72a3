"""Forms about how somebody is reached."""

from dataclasses import asdict

from django import forms
from django.http import QueryDict

from accounts.details import PracticeDetails, version_of
from core.plain_forms import PlainForm

Data = QueryDict | None


def lines_field() -> forms.CharField:
    """Several lines that may be empty."""
    return forms.CharField(
        required=False,
        max_length=400,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


def phone_field() -> forms.CharField:
    """A phone number that may be empty."""
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(required=False, max_length=40, widget=widget)


def sent_again(data: Data, seen: str) -> Data:
    """Let a form that came too late be sent again, now that its reader was told."""
    if data is None:
        return None
    fresh = data.copy()
    fresh["seen"] = seen
    return fresh


class PracticeForm(PlainForm):
    """What a practice is called, and how it is reached."""

    name = forms.CharField(
        label="Name of the practice",
        max_length=200,
        error_messages={"required": "Enter the name of the practice."},
    )
    phone = phone_field()
    address = lines_field()
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(
        self, details: PracticeDetails, data: Data = None, *, again: bool = False
    ) -> None:
        """Show the details; with `again`, what was sent beside changed ones."""
        seen = version_of(details)
        initial = asdict(details) | {"seen": seen}
        super().__init__(sent_again(data, seen) if again else data, initial=initial)

    def typed(self) -> PracticeDetails:
        """Give what was typed."""
        names = ("name", "phone", "address")
        return PracticeDetails(**{name: self.cleaned_data[name] for name in names})
