"""A question to a body's staff, and their answer."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from portal.services.asking import LONGEST, NO_ANSWER

Data = QueryDict | None
ADDRESS = "Enter an e-mail address such as name@practice.example."


def long_text(label: str, hint: str, missing: str, *, rows: int) -> forms.CharField:
    """Several lines, with what is said where there are none."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ContactForm(PlainForm):
    """Who asks what, of whom, and about which page."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        error_messages={"required": "Enter your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail",
        help_text="The answer goes there.",
        max_length=254,
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    program = forms.ChoiceField(label="Who is to answer")
    text = long_text(
        "Your question",
        "What you wanted to do, and what happened instead. No passwords.",
        "Write your question.",
        rows=6,
    )
    page = forms.CharField(
        label="The page it is about, if any",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    request = forms.CharField(
        label="The number of the request, if you have it",
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        bodies: Sequence[tuple[str, str]],
        data: Data = None,
        *,
        initial: dict[str, str] | None = None,
        known: bool = False,
    ) -> None:
        """Offer the bodies; whoever is `known` need not say who they are."""
        super().__init__(data, initial=initial)
        field = self.fields["program"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(bodies)
        if len(bodies) == 1:
            field.widget = forms.HiddenInput()
            field.initial = bodies[0][0]
        if known:
            del self.fields["name"], self.fields["email"]

    @property
    def key(self) -> UUID:
        """The form's key, which becomes the question's id."""
        found: UUID = self.cleaned_data["form_key"]
        return found


class AnswerForm(PlainForm):
    """What staff answer."""

    answer = long_text(
        "Your answer", "It goes out as an e-mail, once.", NO_ANSWER, rows=8
    )
