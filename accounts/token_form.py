"""What somebody types to make a token."""

from datetime import datetime, timedelta

from django import forms

from accounts.rules import TOKEN_SCOPES
from core.plain_forms import PlainForm

SCOPE_WORDS = {
    "members:read": "Read members",
    "members:write": "Add, change and import members; adding one takes a package",
    "assignments:read": "Read seats and assignments",
    "assignments:write": "Assign products, which takes seats",
    "certificates:read": "Read certificates and their PDFs",
    "ce:read": "Read CE activities, their credit and why",
    "ce:write": "Report CE activities with proof for your people",
    "orders:read": "Read prices, orders and payments",
    "orders:write": "Place orders, which the practice then owes",
    "exports:read": "Take whole tables and binders away, of what it may read",
    "documents:read": "Read documents; each reading is noted as yours",
    "documents:write": "Acknowledge documents; file and remove your own",
}
LIFE = (("30", "30 days"), ("90", "90 days"), ("365", "1 year"))


def name_field(help_text: str) -> forms.CharField:
    """Ask what somebody calls a token."""
    return forms.CharField(
        max_length=100,
        help_text=help_text,
        error_messages={
            "required": "Enter a name, so you know later which program uses the token.",
            "max_length": "Shorten the name to 100 characters.",
        },
    )


class NamedToken(PlainForm):
    """A name, and for how long it works."""

    # The page says what is missing, in its own words and all at once.
    use_required_attribute = False

    name = name_field("The program that will use it, such as Payroll.")
    expires = forms.ChoiceField(
        label="It works for",
        choices=LIFE,
        initial="90",
        error_messages={
            "required": "Choose how long the token works.",
            "invalid_choice": "Choose from the list.",
        },
    )
    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def expires_at(self, now: datetime) -> datetime:
        """The instant the chosen life ends."""
        return now + timedelta(days=int(self.cleaned_data["expires"]))


class TokenForm(NamedToken):
    """And what a practice's token may do."""

    field_order = ("name", "scopes", "expires", "form_key")

    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=[(scope, SCOPE_WORDS[scope]) for scope in TOKEN_SCOPES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one thing the token may do.",
            "invalid_choice": "Choose from the list.",
        },
    )


class BodyTokenForm(NamedToken):
    """A body's token: it may send its feed, always that and no more."""

    name = name_field("The system that will use it, such as Academy.")
