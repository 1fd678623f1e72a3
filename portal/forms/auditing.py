"""Drawing a sample, opening an audit by hand, answering it and deciding on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from ce_credits.models import AuditItem
from ce_credits.models.audits import LONGEST_WORDS
from ce_credits.services import Finding
from core.plain_forms import PlainForm
from credentials.policy import Policy

Data = QueryDict | None
Files = MultiValueDict[str, "UploadedFile[bytes]"] | None
MOST_DRAWN = 10**6
DAY = {"type": "date"}


def a_day(label: str, hint: str = "A day such as 2025-10-02.") -> forms.DateField:
    """A day, with the browser's own picker where it has one."""
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs=DAY)
    )


class CaseForm(PlainForm):
    """An audit of one member by hand: of what, by when, and why."""

    activities = forms.MultipleChoiceField(
        label="Submissions to prove",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one submission."},
    )
    due_on = a_day("The answer is due on")
    reason = forms.CharField(
        label="Why they are audited",
        help_text="Kept with the audit. The holder doesn't read it.",
        max_length=400,
        error_messages={"required": "Write why they are audited."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, choices: Iterable[tuple[str, str]], data: Data = None, *, due_on: date
    ) -> None:
        """Offer what counts, or waits for review."""
        super().__init__(data, initial={"due_on": due_on})
        field = self.fields["activities"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(choices)


class ResponseForm(PlainForm):
    """Words and a file for each item of an audit."""

    def __init__(
        self, items: Sequence[AuditItem], data: Data = None, files: Files = None
    ) -> None:
        """Ask for a line and a file for each item."""
        super().__init__(data, files)
        self.items = items
        for item in items:
            self.fields[f"file-{item.number}"] = forms.FileField(
                label=f"Add a file to item {item.number}",
                help_text="A PDF, PNG or JPEG of at most 10 MB.",
                required=False,
                max_length=200,
                widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
            )
            self.fields[f"words-{item.number}"] = forms.CharField(
                label=f"Your words about item {item.number}",
                required=False,
                initial=item.words,
                max_length=LONGEST_WORDS,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def words(self) -> Mapping[UUID, str]:
        """What was written, by item."""
        facts = self.cleaned_data
        return {each.pk: facts[f"words-{each.number}"] for each in self.items}

    def upload(self, item: AuditItem) -> "UploadedFile[bytes] | None":
        """The file that came for an item."""
        found: UploadedFile[bytes] | None = self.cleaned_data.get(f"file-{item.number}")
        return found


class FindingForm(PlainForm):
    """What staff find of one item of an audit."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_DRAWN
    )
    activity_seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_DRAWN
    )
    ground = forms.ChoiceField(
        label="Why not accepted",
        required=False,
        error_messages={"invalid_choice": "Choose why it is not accepted."},
    )
    words = forms.CharField(
        label="Your words",
        help_text="The holder reads them. Their practice does too, where you choose no "
        "reason or another one, or determine credit: don't name the audit then.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credits = forms.DecimalField(
        label="Credit you determine",
        required=False,
        max_digits=6,
        decimal_places=2,
        min_value=0,
        error_messages={"invalid": "Enter credit such as 2.5."},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(
        self,
        policy: Policy,
        item: AuditItem,
        data: Data = None,
        *,
        seen: int,
        asks_credit: bool,
    ) -> None:
        """Offer the grounds of the pack of the day the activity was done."""
        super().__init__(
            data,
            prefix=f"i{item.number}",
            initial={
                "seen": seen,
                "activity_seen": item.activity.version,
            },
        )
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [
            ("", "Choose a reason"),
            *(
                (each.code, f"{each.text[:1].upper()}{each.text[1:]}")
                for each in policy.grounds
            ),
        ]
        if not asks_credit:
            del self.fields["credits"]

    def finding(self, outcome: str) -> Finding:
        """What was filled in, with the button that was pressed."""
        facts = self.cleaned_data
        refused = outcome == AuditItem.Outcome.NOT_ACCEPTED
        return Finding(
            outcome,
            facts["activity_seen"],
            ground=facts["ground"] if refused else "",
            words=facts["words"],
            determined=None if refused else facts.get("credits"),
        )


class ClosingForm(PlainForm):
    """Closing an audit; what was not answered needs a reason."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_DRAWN
    )
    reason = forms.CharField(
        label="Why what was not answered is not accepted",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Data = None, *, seen: int, asks: bool) -> None:
        """Ask for the reason only where something was not answered."""
        super().__init__(data, prefix="close", initial={"seen": seen})
        if not asks:
            del self.fields["reason"]
