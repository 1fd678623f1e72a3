"""A licence, its registration period and its retirement."""

from django import forms

from core.plain_forms import PlainForm
from credentials.policy import licence_programs
from portal.forms.staff import Data, Day
from portal.queries.places import body_name
from renewals.models import LONGEST_NUMBER, Licence
from renewals.services import LicenceDetails


class LicenceForm(PlainForm):
    """What a holder enters; whether it can be so is the service's to say."""

    number = forms.CharField(
        label="Licence number",
        max_length=LONGEST_NUMBER,
        error_messages={"required": "Enter the licence's number."},
    )
    first_on = forms.DateField(
        label="Registration begins",
        widget=Day,
        error_messages={"required": "Enter the day your registration begins."},
    )
    last_on = forms.DateField(
        label="Registration ends",
        widget=Day,
        help_text="The last day on which credit counts for it.",
        error_messages={"required": "Enter the day your registration ends."},
    )
    retired_on = forms.DateField(
        label="Retired on",
        required=False,
        widget=Day,
        help_text="Only if you gave up practice. From that day on you owe no CE, and "
        "may not practise.",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Data = None, *, licence: Licence | None = None) -> None:
        """Show a licence as it is, or ask for a new one and its body."""
        initial: dict[str, object] = {}
        if licence is not None:
            names = ("number", "first_on", "last_on", "retired_on")
            initial = {name: getattr(licence, name) for name in names}
            initial["seen"] = licence.version
        super().__init__(data, initial=initial)
        if licence is None:
            del self.fields["seen"]
            bodies = [(each, body_name(each)) for each in licence_programs()]
            self.fields["program"] = forms.ChoiceField(label="Body", choices=bodies)
            self.order_fields(["program"])

    @property
    def details(self) -> LicenceDetails:
        """What was entered."""
        said = self.cleaned_data
        return LicenceDetails(
            said["number"], said["first_on"], said["last_on"], said["retired_on"]
        )


class RemovingForm(PlainForm):
    """Whether a holder is sure that a licence is to be taken away."""

    sure = forms.BooleanField(
        label="I entered this licence by mistake",
        error_messages={"required": "Say that you entered it by mistake."},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def problems(self) -> list[dict[str, str]]:
        """What stands in the way, for the summary above the page."""
        found = self.errors.get("sure", ())
        return [{"text": str(text), "href": "#id_sure"} for text in found]
