"""Drawing a sample, opening an audit by hand, answering it and deciding on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from ce_credits.models import AuditItem
from ce_credits.models.audits import LONGEST_WORDS
from ce_credits.rules import Size
from ce_credits.services import DRAWABLE, Finding, Sample
from core.plain_forms import PlainForm
from credentials.policy import Policy

Data = QueryDict | None
Files = MultiValueDict[str, "UploadedFile[bytes]"] | None
MOST_DRAWN = 10**6
STATES = {"submitted": "Waiting for review", "accepted": "Approved"}
DAY = {"type": "date"}


def a_day(label: str, hint: str = "A day such as 2025-10-02.") -> forms.DateField:
    """A day, with the browser's own picker where it has one."""
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs=DAY)
    )


def a_number(label: str, hint: str = "") -> forms.IntegerField:
    """A whole number that the service judges."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=-MOST_DRAWN,
        max_value=MOST_DRAWN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class DrawForm(PlainForm):
    """What to draw from, how many, and by when they answer."""

    from_on = a_day("Submitted from")
    until_on = a_day("Submitted until")
    states = forms.MultipleChoiceField(
        label="State",
        choices=[(each.value, STATES[each.value]) for each in DRAWABLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one state."},
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of activity",
        help_text="None chosen is every kind. Each kind has its share of the sample.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    number = a_number("How many submissions", "A number, or a percentage below.")
    percent = a_number("Or percent of them", "From 1 to 100, rounded up.")
    exclude_years = forms.IntegerField(
        label="Leave out who was audited within so many years",
        min_value=-MOST_DRAWN,
        max_value=MOST_DRAWN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    due_on = a_day("Answers are due on")
    reason = forms.CharField(
        label="Why it is drawn again",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        policy: Policy,
        data: Data = None,
        *,
        due_on: date,
        today: date,
        again: bool,
    ) -> None:
        """Offer the kinds of the pack, and its days and years."""
        audit = policy.audit
        super().__init__(
            data,
            initial={
                "until_on": today,
                "states": [each.value for each in DRAWABLE],
                "exclude_years": audit.exclude_years if audit else 0,
                "due_on": due_on,
                "form_key": uuid4(),
            },
        )
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(each.code, each.label) for each in policy.kinds]
        if not again:
            del self.fields["reason"]

    @property
    def sample(self) -> Sample:
        """What was filled in, for the service to judge."""
        facts = self.cleaned_data
        return Sample(
            from_on=facts["from_on"],
            until_on=facts["until_on"],
            size=Size(facts["number"], facts["percent"]),
            states=tuple(facts["states"]),
            kinds=tuple(facts["kinds"]),
            exclude_years=facts["exclude_years"],
            due_on=facts["due_on"],
        )

    @property
    def key(self) -> UUID:
        """The form's key, which becomes the draw's id."""
        found: UUID = self.cleaned_data["form_key"]
        return found


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
