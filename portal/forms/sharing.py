"""What somebody types to share their transcript."""

from django import forms

from core.plain_forms import PlainForm
from portal.services.sharing import LONGEST_NAME, USUAL_DAYS

LIFE = (("30", "30 days"), ("90", "90 days"), ("365", "1 year"))


class LinkForm(PlainForm):
    """Whom a link is for, and for how long it works."""

    # The page says what is missing, in its own words and all at once.
    use_required_attribute = False

    name = forms.CharField(
        label="For whom",
        max_length=LONGEST_NAME,
        help_text="For yourself alone, such as Credentialing office.",
        error_messages={
            "required": "Enter for whom it is, so that you know which to revoke.",
        },
    )
    days = forms.ChoiceField(
        label="It works for",
        choices=LIFE,
        initial=str(USUAL_DAYS),
        error_messages={"required": "Choose how long it works."},
    )
    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
