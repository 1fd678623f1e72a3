"""Whom the public asks about: one person, or a list of up to 500."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from credentials.models import GivenReport
from portal.queries.good_standing import Line

# 500 lines of names and numbers as long as any, and more.
LONGEST_TEXT = 150_000
EITHER = "Enter the certification number, or the first name and the credential."
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _text(label: str, hint: str = "", **how: Any) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=100,
        widget=forms.TextInput(attrs=PLAIN),
        **how,
    )


class PersonForm(PlainForm):
    """One person: the last name, and what tells them apart."""

    last_name = _text("Last name", "The whole last name, as on the certificate.")
    number = _text(
        "Certification number",
        "Such as CPCS-123456789. Leave it empty if you don't have it.",
        required=False,
    )
    first_name = _text(
        "First name", "Needed where you have no certification number.", required=False
    )
    credential = forms.ChoiceField(
        label="Credential",
        help_text="Needed where you have no certification number.",
        required=False,
    )

    def __init__(
        self, credentials: Sequence[tuple[str, str]], data: QueryDict | None = None
    ) -> None:
        """Offer the credentials there are: code and title."""
        super().__init__(data)
        field = self.fields["credential"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a credential"), *credentials]

    def clean(self) -> dict[str, Any]:
        """Ask for either the number, or the rest of the name and the credential."""
        found = super().clean() or self.cleaned_data
        if not found.get("number") and "number" not in self.errors:
            missing = [n for n in ("first_name", "credential") if not found.get(n)]
            if missing and not {*missing} & self.errors.keys():
                self.add_error("number" if len(missing) == 2 else missing[0], EITHER)
        return found

    @property
    def line(self) -> Line:
        """What was typed, as a line of a list."""
        found = self.cleaned_data
        return Line(
            found["number"],
            found["last_name"],
            "" if found["number"] else found["first_name"],
            "" if found["number"] else found["credential"],
        )


class ListForm(PlainForm):
    """Up to 500 people, pasted or in a file."""

    lines = forms.CharField(
        label="Paste lines",
        help_text="One person a line: certification number, last name. "
        "Or: last name, first name, credential.",
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages={
            "max_length": "This is too much text. Send at most 500 lines at a time."
        },
        widget=forms.Textarea(attrs={"rows": 8, **PLAIN}),
    )
    file = forms.FileField(
        label="Or choose a CSV or XLSX file",
        help_text="The first row names the columns: number, last_name, first_name, "
        "credential. At most 500 people.",
        required=False,
        max_length=200,
        allow_empty_file=True,
        error_messages={
            "invalid": "Choose a CSV or XLSX file.",
            "max_length": "The file's name is too long. Shorten it.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    kind = forms.ChoiceField(
        label="The answer as",
        choices=GivenReport.Kind.choices,
        initial=GivenReport.Kind.CSV,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose CSV or PDF."},
    )

    def clean(self) -> dict[str, Any]:
        """Take one of the two: pasted lines, or a file."""
        found = super().clean() or self.cleaned_data
        if found.get("file") and (found.get("lines") or "").strip():
            self.add_error("file", "Paste lines or choose a file, not both.")
        return found


class CheckFileForm(PlainForm):
    """A file that somebody was given."""

    file = forms.FileField(
        label="The file",
        help_text="Only its hash is looked up. The file isn't kept.",
        max_length=200,
        allow_empty_file=True,
        error_messages={
            "required": "Choose the file you were given.",
            "missing": "Choose the file you were given.",
            "invalid": "Choose the file you were given.",
            "max_length": "The file's name is too long. Shorten it.",
        },
    )
