"""What a reviewer says of an activity. What may be decided is the service's to say."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.http import QueryDict

from ce_credits.rules import EXTRAS, asked_of
from core.plain_forms import PlainForm
from credentials.policy import Kind, Policy
from portal.forms.extras import Asked, asked_fields, extra_fields, hides_time
from portal.queries.activity_inputs import inputs_typed
from portal.queries.activity_typed import minutes_typed

Data = QueryDict | None


class DecisionForm(PlainForm):
    """Minutes and credit as the reviewer sees them, and why.

    `seen` is the version of the activity the page showed.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)
    minutes = forms.CharField(
        label="Minutes",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
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
    ground = forms.ChoiceField(
        label="Why not accepted",
        required=False,
        error_messages={"invalid_choice": "Choose why it is not accepted."},
    )
    words = forms.CharField(
        label="Your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    def __init__(
        self,
        policy: Policy,
        data: Data = None,
        *,
        seen: int,
        minutes: int | str | None = None,
        kind: Kind | None = None,
        inputs: Mapping[str, str] | None = None,
    ) -> None:
        """Offer the grounds of the pack of the day the activity was done.

        `kind` is the activity's: what it asks can be corrected, from `inputs` on.
        """
        initial = {"seen": seen, "minutes": "" if minutes is None else minutes}
        super().__init__(data, initial={**(inputs or {}), **initial})
        self._kind = kind
        self.fields |= extra_fields(policy, kind, names=asked_of(kind))
        if hides_time(kind):
            del self.fields["minutes"]
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [
            ("", "Choose a reason"),
            *(
                (each.code, f"{each.text[:1].upper()}{each.text[1:]}")
                for each in policy.grounds
            ),
        ]

    @property
    def typed_minutes(self) -> int | str | None:
        """Give the rules a whole number where one was typed, else the text itself."""
        return minutes_typed(str(self.cleaned_data.get("minutes", "")))

    @property
    def typed_inputs(self) -> dict[str, object]:
        """What was typed of what the kind asks beside time, as the rules take it."""
        return inputs_typed(
            {name: str(self.cleaned_data.get(name, "")) for name in EXTRAS}
        )

    @property
    def extras(self) -> list[Asked]:
        """The fields of what the kind asks beside time."""
        return list(asked_fields(self, self._kind))

    @property
    def determined(self) -> Decimal | None:
        """The credit that was typed, where it is one."""
        found: Decimal | None = self.cleaned_data.get("credits")
        return found

    def typed(self, name: str) -> bool:
        """Say whether something was typed into a field."""
        return bool(str(self.data.get(name, "")).strip())

    def without_credits(self) -> None:
        """Leave credit out where the rules give it."""
        del self.fields["credits"]
