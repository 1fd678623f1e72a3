"""More time by decree: whom, until when, and why."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from portal.forms.auditing import DAY, Files
from renewals.models.decrees import LONGEST_REASON
from renewals.queries import MOST_DECREED, Chosen
from renewals.services import NewDecree

LONGEST_LIST = MOST_DECREED * 50


class DecreeForm(PlainForm):
    """Whom a decree is for, how long, and why."""

    cycle_last_on = forms.ChoiceField(
        label="Cycle that ends on",
        help_text="Everybody of this cycle, or of the list below who is in it.",
        required=False,
    )
    credential = forms.ChoiceField(label="Credential", required=False)
    numbers = forms.CharField(
        label="Certification numbers",
        help_text=f"One a line, at most {MOST_DECREED:,}. Leave it empty for all.",
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(
            attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    file = forms.FileField(
        label="Or a CSV or XLSX file of them",
        help_text="The numbers stand in the first column, below its name.",
        required=False,
        max_length=200,
        allow_empty_file=True,
        error_messages={"invalid": "Choose a CSV or XLSX file."},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    until_on = forms.DateField(
        label="New last day",
        help_text="A day such as 2026-03-02, at most the last one of their grace.",
        required=False,
        widget=forms.DateInput(attrs=DAY),
    )
    months = forms.IntegerField(
        label="Or months after the cycle's end",
        required=False,
        min_value=-1000,
        max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Everybody who is given more time reads it.",
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Write why more time is given: all of them read it."
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        cycles: Sequence[tuple[str, str]],
        credentials: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        files: Files = None,
    ) -> None:
        """Offer the cycles a decree can be about, and the body's credentials."""
        super().__init__(data, files, initial={"form_key": uuid4()})
        for name, empty, choices in (
            ("cycle_last_on", "Any, of the numbers below", cycles),
            ("credential", "Any", credentials),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", empty), *choices]

    def clean(self) -> dict[str, object]:
        """Take one of the two: numbers, or a file of them."""
        found = super().clean() or self.cleaned_data
        if found.get("file") and (found.get("numbers") or "").strip():
            self.add_error("file", "Paste numbers or choose a file, not both.")
        return found

    @property
    def asked(self) -> NewDecree:
        """What was filled in, for the service to judge."""
        facts = self.cleaned_data
        cycle, lines = facts["cycle_last_on"], facts["numbers"].splitlines()
        numbers = [" ".join(each.split()) for each in lines]
        chosen = Chosen(
            until_on=facts["until_on"],
            months=facts["months"],
            code=facts["credential"],
            cycle_last_on=date.fromisoformat(cycle) if cycle else None,
            numbers=tuple(numbers) if any(numbers) else (),
        )
        return NewDecree(facts["reason"], chosen)

    @property
    def key(self) -> UUID:
        """The form's key, which becomes the decree's id."""
        found: UUID = self.cleaned_data["form_key"]
        return found
