"""How many of what: the numbers of an estimate, and the one use of an order's form."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import escape

from billing.queries import Catalogue
from billing.rules import MOST_OF_ONE, Asked
from core.plain_forms import RELOAD, PlainForm
from portal.queries.estimates import PREFIX, offer_words, parts_words
from portal.queries.estimating import NOTHING


class NumbersForm(PlainForm):
    """A number for each thing a body sells."""

    def __init__(
        self,
        catalogue: Catalogue,
        data: QueryDict | None = None,
        *,
        numbers: Mapping[str, str] | None = None,
    ) -> None:
        """Offer what the body sells; `numbers` are those to begin with, by code."""
        parts = parts_words(catalogue)
        super().__init__(data, prefix=PREFIX, initial=dict(numbers or {}))
        currency = catalogue.price_list.currency
        for code, offer in catalogue.offers.items():
            self.fields[code] = forms.IntegerField(
                label=offer.label,
                # Shown as markup, so that other forms may enclose a list.
                help_text=escape(parts[code] + offer_words(offer, currency)),
                required=False,
                min_value=0,
                max_value=MOST_OF_ONE,
                error_messages={
                    "invalid": "Enter a whole number, such as 12.",
                    "max_value": f"Enter {MOST_OF_ONE:,} or less.",
                },
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off"}
                ),
            )

    def clean(self) -> None:
        """Refuse a form without any number."""
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error(None, NOTHING)

    @property
    def asked(self) -> Sequence[Asked]:
        """What was asked for, in the list's order."""
        return [
            Asked(code, count) for code, count in self.cleaned_data.items() if count
        ]


class KeyForm(PlainForm):
    """A button whose work is done once."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_form_key(self) -> str:
        """Take no key such as the portal makes itself: those have a colon."""
        key: str = self.cleaned_data["form_key"]
        if ":" in key:
            raise ValidationError(RELOAD)
        return key


class CancelForm(PlainForm):
    """Why an order is cancelled."""

    reason = forms.CharField(
        label="Why you cancel it",
        help_text="Kept with the order.",
        max_length=300,
        error_messages={"required": "Write why the order is cancelled."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
