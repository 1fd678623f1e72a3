"""Forms of a body's staff. What may be recorded is the services' to say."""

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from accounts.models import Practice
from ce_credits.rules import EXTRAS
from core.plain_forms import PlainForm, RowField
from credentials.models import Product
from credentials.policy import Policy
from portal.forms.extras import (
    Asked,
    Kinds,
    asked_fields,
    extra_fields,
    hides_time,
    kind_choices,
)
from portal.queries.activity_inputs import inputs_typed
from portal.queries.activity_typed import minutes_typed
from portal.queries.staff import GrantChoices

Data = QueryDict | None
IN_ORDER = ("kind", "title", "on", "minutes", *EXTRAS)


def asked(sentence: str) -> dict[str, str]:
    """Say one sentence where nothing, or nothing there is, was chosen."""
    return {"required": sentence, "invalid_choice": sentence}


class Day(forms.DateInput):
    """A day, with the browser's own calendar where there is one."""

    input_type = "date"


class CertificationForm(PlainForm):
    """A credential earned elsewhere."""

    code = forms.ChoiceField(label="Credential")
    earned_on = forms.DateField(
        label="Earned on",
        widget=Day,
        error_messages={
            "invalid": "Enter a day such as 2024-03-15.",
            "required": "Enter the day it was earned.",
        },
    )
    number = forms.CharField(
        label="Credential number",
        help_text="Leave empty to give a new one.",
        required=False,
        max_length=40,
    )
    proof = forms.CharField(
        label="Proof you saw",
        help_text="For example: certificate of 2019, page 1, by e-mail.",
        max_length=400,
        error_messages={"required": "Write which proof you saw."},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, policy: Policy, data: Data = None, *, key: str = "") -> None:
        """Offer the credentials of the body's pack; `key` is the form's one use."""
        super().__init__(data, prefix="certification", initial={"form_key": key})
        self.fields["code"] = forms.ChoiceField(
            label="Credential",
            error_messages=asked("Choose a credential."),
            choices=[
                (item.code, f"{item.title} ({item.code})")
                for item in policy.credentials
            ],
        )


class ActivityForm(PlainForm):
    """An activity staff have seen the proof of."""

    kind = forms.ChoiceField(label="Kind")
    title = forms.CharField(
        label="Title",
        max_length=300,
        error_messages={"required": "Enter the activity's title."},
    )
    on = forms.DateField(
        label="Done on",
        widget=Day,
        error_messages={
            "invalid": "Enter a day such as 2025-10-02.",
            "required": "Enter the day it was done.",
        },
    )
    minutes = forms.CharField(
        label="Minutes",
        help_text="Leave empty when the title says it, such as “(45 min)”.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    credits = forms.DecimalField(
        label="Credit you determine",
        help_text="Only where the rules leave it to you, such as over 120 minutes.",
        required=False,
        max_digits=6,
        decimal_places=2,
        min_value=0,
        error_messages={"invalid": "Enter credit such as 2.5."},
    )
    proof = forms.CharField(
        label="Proof you saw",
        max_length=400,
        error_messages={"required": "Write which proof you saw."},
    )
    reason = forms.CharField(
        label="Why you record it",
        max_length=400,
        error_messages={"required": "Write why you record it."},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, policy: Policy, data: Data = None, *, key: str = "") -> None:
        """Offer the kinds of the body's pack; `key` is the form's one use."""
        super().__init__(data, prefix="activity", initial={"form_key": key})
        kinds = Kinds(policy.kinds)
        self.fields["kind"] = forms.ChoiceField(
            label="Kind",
            error_messages=asked("Choose a kind."),
            choices=kind_choices(policy.kinds),
            widget=kinds,
        )
        code = str(self["kind"].value() or policy.kinds[0].code)
        self._kind = policy.kind(code)
        self.fields |= extra_fields(policy, self._kind)
        self.order_fields(IN_ORDER)

    @property
    def rows(self) -> list[Asked]:
        """Every field, with whether the chosen kind leaves it out."""
        asked = {each.name: each for each in asked_fields(self, self._kind)}
        hidden = hides_time(self._kind)
        return [
            asked.get(each.name)
            or Asked(each, each.name, hidden=hidden and each.name == "minutes")
            for each in self.visible_fields()
        ]

    @property
    def typed_inputs(self) -> dict[str, object]:
        """What was typed of what kinds ask beside time, as the rules take it."""
        return inputs_typed(
            {name: str(self.cleaned_data.get(name, "")) for name in EXTRAS}
        )

    @property
    def typed_minutes(self) -> int | str | None:
        """Give the rules a whole number where one was typed, else the text itself."""
        return minutes_typed(str(self.cleaned_data["minutes"]))


class GrantForm(PlainForm):
    """Seats for a practice."""

    practice = RowField(
        label="Practice",
        empty_label="Choose a practice",
        queryset=Practice.objects.none(),
        to_field_name="slug",
        error_messages=asked("Choose a practice."),
    )
    product = RowField(
        label="Product",
        empty_label="Choose a product",
        queryset=Product.objects.none(),
        to_field_name="code",
        error_messages=asked("Choose a product."),
    )
    way = forms.ChoiceField(
        label="What to do",
        choices=(
            ("grant", "Grant seats"),
            ("back", "Take back seats granted in error"),
        ),
        initial="grant",
        required=False,
    )
    count = forms.IntegerField(
        label="Number of seats",
        error_messages={
            "required": "Enter a number of seats from 1 to 10,000.",
            "invalid": "Enter a whole number of seats from 1 to 10,000.",
        },
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept in the ledger.",
        max_length=400,
        error_messages={"required": "Write why."},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, choices: GrantChoices, data: Data = None, *, key: str = ""
    ) -> None:
        """Offer the practices and products a staff member works with."""
        super().__init__(data, initial={"form_key": key, "way": "grant"})
        self._offer("practice", choices.practices)
        self._offer("product", choices.products)

    def _offer(self, name: str, rows: QuerySet[Model]) -> None:
        field = self.fields[name]
        if isinstance(field, RowField):
            field.queryset = rows
