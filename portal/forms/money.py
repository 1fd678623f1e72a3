"""Forms of whoever keeps a body's money. What may be done is the services' to say."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from billing.models import Payment
from billing.services import OTHER_WAYS
from billing.services.card_setup import CONSENT
from core.plain_forms import PlainForm
from portal.forms.reasons import reason_field
from portal.forms.staff import Day, asked
from portal.queries.refunding import Returnable

Data = QueryDict | None
Method = Payment.Method
# Digits and a point: "1,5", "1e3" and "NaN" are read in more than one way.
PLAIN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
AMOUNT = "Enter an amount such as 85.00: above zero, a point before cents, no commas."
DAYS = ("%Y-%m-%d",)
NO_DAY = "There is no such day. Enter one such as 2025-11-17."


class AmountField(forms.Field):
    """An amount of money as it stands on a cheque; what can be misread is refused."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: object) -> Decimal | None:
        """Read it.

        Raises:
            ValidationError: it is not digits with at most two after a point.
        """
        text = str(value or "").strip()
        if not text:
            return None
        if not PLAIN.fullmatch(text):
            raise ValidationError(AMOUNT, code="invalid")
        return Decimal(text)


def _day(label: str, missing: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=Day,
        input_formats=DAYS,
        error_messages={"invalid": NO_DAY, "required": missing},
    )


class AgreeForm(PlainForm):
    """That somebody agrees to have a card stored and charged."""

    agreed = forms.MultipleChoiceField(
        label="What you agree to",
        choices=[("yes", CONSENT)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PaymentForm(PlainForm):
    """A payment that came in."""

    method = forms.ChoiceField(
        label="How it was paid",
        choices=(
            ("", "Choose one"),
            (Method.CHEQUE, "Cheque"),
            (Method.PHONE, "Phone"),
            (Method.TRANSFER, "Transfer"),
        ),
        error_messages=asked("Choose how it was paid."),
    )
    amount = AmountField(label="Amount", error_messages={"required": AMOUNT})
    reference = forms.CharField(
        label="Cheque number or reference",
        help_text="A cheque needs its number.",
        required=False,
        max_length=80,
    )
    dated_on = _day(
        "Date on the cheque",
        "",
        "For a cheque this is the day that counts, whenever it arrived.",
    )
    received_on = _day("Received on", "Enter the day it came in.")
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, data: Data = None, *, key: str = "", today: date | None = None
    ) -> None:
        """Ask for a payment; it came in today unless something else is typed."""
        super().__init__(data, initial={"form_key": key, "received_on": today})


class SecondPersonForm(PlainForm):
    """What the second person says of a payment; to refuse it they write why."""

    reason = forms.CharField(
        label="Why you refuse it",
        help_text="Only to refuse. The payer reads it on the order.",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CancelOrderForm(PlainForm):
    """Why an order is cancelled."""

    reason = reason_field(
        "Why it is cancelled",
        "The payer reads it on the order.",
        "Write why the order is cancelled.",
    )


class RefundForm(PlainForm):
    """How many of which line go back, how the money goes, and why."""

    WAYS = (
        ("", "Choose one"),
        (Method.TRANSFER, "Transfer"),
        (Method.CHEQUE, "Cheque"),
        (Method.CREDIT, "Keep it as the payer's credit"),
    )
    method = forms.ChoiceField(
        label="How the money goes back",
        choices=WAYS,
        error_messages=asked("Choose how the money goes back."),
    )
    reason = reason_field(
        "Why it goes back",
        "The payer reads it on the order and on the credit note.",
        "Write why the money goes back.",
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        lines: Sequence[Returnable],
        data: Data = None,
        *,
        key: str = "",
        card: str = "",
    ) -> None:
        """Ask for each line how many go back, before all else.

        `card` says which card money can go back to; empty where it can to none.
        """
        super().__init__(data, initial={"form_key": key})
        if card:
            choose, *others = self.WAYS
            self.fields["method"].choices = (  # type: ignore[attr-defined]
                *(choose, (Method.CARD, card)),
                *others,
            )
        self.lines = lines
        for line in lines:
            self.fields[f"line_{line.place}"] = _count(line)
        self.order_fields([f"line_{line.place}" for line in lines])

    def quantities(self) -> dict[UUID, int]:
        """Give how many go back, by the line's id; an empty field is none."""
        return {
            line.line_id: self.cleaned_data.get(f"line_{line.place}") or 0
            for line in self.lines
        }


class FailedRefundForm(PlainForm):
    """How money goes now that its card did not take back."""

    AGAIN = "again"
    way = forms.ChoiceField(
        label="How the money goes now",
        error_messages=asked("Choose how the money goes now."),
    )
    reference = forms.CharField(
        label="Cheque number or reference",
        help_text="Of what you sent. A cheque needs its number.",
        required=False,
        max_length=80,
    )
    # How often it had been sent again when the page was read.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9999)

    def __init__(self, data: Data = None, *, seen: int = 0, card: str = "") -> None:
        """Ask how; `card` is the card that can be tried again, empty where none can."""
        super().__init__(data, initial={"seen": seen})
        self.offer(card)

    def offer(self, card: str) -> None:
        """Offer the ways there are; sending to the card again where it is named."""
        again = [(self.AGAIN, card)] if card else []
        ways = [(way, f"You sent it by {way.label.lower()}") for way in OTHER_WAYS]
        choices = [("", "Choose one"), *again, *ways]
        self.fields["way"].choices = choices  # type: ignore[attr-defined]


def _count(line: Returnable) -> forms.IntegerField:
    text = f"Enter a number from 0 to {line.left} for {line.label}."
    return forms.IntegerField(
        label=line.label,
        help_text=f"{line.left} can go back.",
        required=False,
        min_value=0,
        max_value=line.left,
        initial=0,
        error_messages={"invalid": text, "min_value": text, "max_value": text},
    )
