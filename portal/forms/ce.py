"""What a holder types of an activity. Whether it can be taken is the rules' to say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html

from ce_credits.services import Report
from core.failures import FieldProblem
from core.plain_forms import PlainForm
from credentials.policy import Policy
from portal.forms.extras import (
    Asked,
    Kinds,
    asked_fields,
    extra_fields,
    hides_time,
)
from portal.forms.staff import Day
from portal.queries.activity_typed import Typed

NO_DAY = "Enter a day such as 2025-10-02."
ACCEPTED = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
FILE_HINT = (
    "The certificate, or a page that shows the contact hours. PDF, PNG or JPEG, up to "
    "10 MB each. You can choose several."
)
MARK = '{} <span class="gs-read" data-gs-read>Read from {}. Check it.</span>'


class Files(forms.FileInput):
    """A field for several files; nothing of it comes back to the page."""

    allow_multiple_selected = True


class CeForm(PlainForm):
    """One activity as it is typed: any text may stand in any field of a draft."""

    kind = forms.CharField(label="Kind of activity", required=False)
    title = forms.CharField(
        label="Title",
        required=False,
        help_text="Copy it as it stands on the certificate or in the catalogue.",
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )
    provider = forms.CharField(
        label="Provider",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": 200}),
    )
    on = forms.CharField(label="Date completed", required=False, widget=Day)
    minutes = forms.CharField(
        label="Minutes",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 20}),
    )
    licence_number = forms.CharField(
        label="Licence number",
        required=False,
        help_text="The number of your credential.",
        widget=forms.TextInput(attrs={"maxlength": 40}),
    )
    file = forms.FileField(
        label="Proof",
        required=False,
        help_text=FILE_HINT,
        widget=Files(attrs={"accept": ACCEPTED}),
    )
    item = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        policy: Policy,
        typed: Typed,
        *,
        present: str = "",
        marks: Mapping[str, str] | None = None,
        refused: bool = False,
    ) -> None:
        """Show what was typed; a `refused` form takes the reasons it is told."""
        data = QueryDict(mutable=True) if refused else None
        if data is not None:
            data.update(typed)
        super().__init__(data, initial=dict(typed))
        self._kind = policy.kind(typed.get("kind", ""))
        self.fields["kind"].widget = Kinds(policy.kinds, empty="Choose a kind")
        self.fields |= extra_fields(policy, self._kind)
        if not policy.asks_licence_number:
            del self.fields["licence_number"]
        self.fields["on"].help_text = present
        self.fields["minutes"].help_text = (
            "Read from a title such as “… (45 min)”. Correct it if it is wrong."
            if policy.titles.read_minutes
            else "Contact time in whole minutes."
        )
        for name, source in (marks or {}).items():
            if name in self.fields:
                hint = self.fields[name].help_text
                self.fields[name].help_text = format_html(MARK, hint, source)

    @property
    def extras(self) -> list[Asked]:
        """The fields that some kinds ask, in their order."""
        return list(asked_fields(self, self._kind))

    @property
    def hides_minutes(self) -> bool:
        """Whether the chosen kind asks no time."""
        return hides_time(self._kind)

    def refuse(self, problems: Sequence[FieldProblem], report: Report) -> None:
        """Put each problem where the field stands."""
        self.full_clean()
        for problem in problems:
            name = {"proofs": "file"}.get(problem.field, problem.field)
            text = problem.text.replace("->", "→")
            if name == "on" and report.on is None and self.typed("on"):
                text = NO_DAY
            self.add_error(name if name in self.fields else None, text)

    def typed(self, name: str) -> str:
        """What stands in a field."""
        value: Any = self[name].value()
        return str(value or "").strip()
