"""Reporting a second account, merging it, refusing to, and undoing it."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from portal.forms.reasons import reason_field

Data = QueryDict | None


class DuplicateForm(PlainForm):
    """The other account's address, and which body is to look at both."""

    email = forms.EmailField(
        label="E-mail address of the other account",
        help_text="The one that it signs in with; your own, if a body registered a "
        "credential of yours under it that you don't find here. A link goes there.",
        max_length=254,
        error_messages={
            "required": "Enter the address that the other account signs in with.",
            "invalid": "Enter an address such as name@example.com.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    program = forms.ChoiceField(
        label="Which body looks at both",
        help_text="One where you hold or do something with this account.",
    )

    def __init__(self, bodies: Sequence[tuple[str, str]], data: Data = None) -> None:
        """Offer the bodies that know the account."""
        super().__init__(data)
        field = self.fields["program"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(bodies)


class MergeForm(PlainForm):
    """How it is known that two accounts are one person's."""

    ground = reason_field(
        "How you know that they are one person",
        "Kept in the activity log.",
        "Write how you know that they are one person.",
    )


class NotMergedForm(PlainForm):
    """Why two accounts stay two, or are two again."""

    reason = reason_field(
        "Why they are not one",
        "The holder reads this.",
        "Write why the two are not merged.",
    )
