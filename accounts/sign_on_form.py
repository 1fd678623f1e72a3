"""What an administrator types to set single sign-on."""

import re

from django import forms
from django.http import QueryDict

from accounts.models import SingleSignOn
from accounts.services.sign_on_settings import SignOnSettings
from core.plain_forms import PlainForm

ON, OFF = "on", "off"
STATES = ((ON, "On"), (OFF, "Off"))


class SignOnForm(PlainForm):
    """The provider, us as its client, whose addresses it vouches for, and on or off."""

    # The page says what is missing, in its own words and all at once.
    use_required_attribute = False

    issuer = forms.CharField(
        label="Provider address (issuer)",
        max_length=500,
        help_text="As your provider writes it, such as https://login.practice.example.",
        error_messages={"required": "Enter the provider's address."},
    )
    client_id = forms.CharField(
        label="Client ID",
        max_length=255,
        error_messages={"required": "Enter the client ID."},
    )
    client_secret = forms.CharField(
        label="Client secret",
        required=False,
        max_length=500,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    domains = forms.CharField(
        label="E-mail domains of your people",
        max_length=2000,
        help_text="Separated by commas, such as practice.example.",
        error_messages={"required": "Enter at least one e-mail domain."},
    )
    state = forms.ChoiceField(
        label="Signing in through this provider",
        choices=STATES,
        initial=OFF,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, data: QueryDict | dict[str, object] | None, *, held: SingleSignOn | None
    ) -> None:
        """Show what is set; of the secret, that there is one."""
        super().__init__(data, initial=what_is_set(held) if held else {})
        self.fields["client_secret"].help_text = (
            "One is kept, and never shown. Leave this empty to keep it."
            if held is not None
            else "It is kept sealed, and never shown again."
        )

    def typed(self) -> SignOnSettings:
        """What was typed, once the form is valid."""
        said = self.cleaned_data
        return SignOnSettings(
            issuer=said["issuer"],
            client_id=said["client_id"],
            secret=said["client_secret"],
            domains=[each for each in re.split(r"[\s,;]+", said["domains"]) if each],
            is_on=said["state"] == ON,
        )


def what_is_set(held: SingleSignOn) -> dict[str, str]:
    """Spell what is set as the form would send it, without the secret."""
    return {
        "issuer": held.issuer,
        "client_id": held.client_id,
        "domains": ", ".join(held.domains),
        "state": ON if held.is_on else OFF,
    }
