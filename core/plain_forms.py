"""Forms that say what a field needs in our words, wherever they have none of their own.

Django's sentences would reach the screen else: they speak of values, not to a person.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

if TYPE_CHECKING:
    _ModelChoice = forms.ModelChoiceField[Model]
else:
    # Generic for the type checker alone.
    _ModelChoice = forms.ModelChoiceField

RELOAD = "Reload the page, then send the form again."
_DAY = "Enter a day such as 2025-10-02."
_LISTED = "Choose one of the list."

Choice = (forms.ChoiceField, forms.ModelChoiceField)
Words = dict[str, str]

ANY: Words = {
    "max_length": "Use at most %(limit_value)d characters.",
    "min_length": "Use at least %(limit_value)d characters.",
    "null_characters_not_allowed": "Type this anew: it holds a hidden character.",
    "min_value": "Enter %(limit_value)s or more.",
    "max_value": "Enter %(limit_value)s or less.",
    "max_digits": "Use at most %(max)s digits.",
    "max_decimal_places": "Use at most %(max)s digits after the point.",
    "max_whole_digits": "Use at most %(max)s digits before the point.",
    "invalid_choice": _LISTED,
    "invalid_list": _LISTED,
    "invalid_pk_value": _LISTED,
}
# What else a kind of field says; the last that fits wins.
BY_KIND: tuple[tuple[type[forms.Field], Words], ...] = (
    (
        forms.EmailField,
        {"invalid": "Enter an e-mail address such as name@practice.example."},
    ),
    (forms.DateField, {"invalid": _DAY}),
    (forms.IntegerField, {"invalid": "Enter a whole number."}),
    (forms.DecimalField, {"invalid": "Enter a number such as 2.5."}),
)


class RowField(_ModelChoice):
    """A choice of rows; text that no row can have is one that is not among them."""

    def validate_no_null_characters(self, value: object) -> None:
        """Refuse NUL in the words of the choice: Django's own are fixed."""
        if "\0" in str(value):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )


class Plain(forms.BaseForm):
    """Gives any form, also one of a library, our words in place of Django's."""

    def full_clean(self) -> None:
        """Check what was sent.

        What is wrong with a hidden field stands above the form: nobody can mend it in
        its place, or would even see it there.
        """
        for name, field in self.fields.items():
            speak_plainly(field, str(self[name].label))
        super().full_clean()
        unseen = [each.name for each in self.hidden_fields() if each.errors]
        for name in unseen:
            del self.errors[name]
        if unseen:
            self.add_error(None, RELOAD)


class PlainForm(Plain, forms.Form):
    """The form that every form of ours is made from."""


def speak_plainly(field: forms.Field, label: str) -> None:
    """Replace a field's borrowed sentences; those written for it stay."""
    borrowed: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        borrowed |= getattr(kind, "default_error_messages", {})
    verb = "Choose" if isinstance(field, Choice) else "Enter"
    words = ANY | {"required": f"{verb} {label[:1].lower()}{label[1:]}."}
    for kind, more in BY_KIND:
        words |= more if isinstance(field, kind) else {}
    for code, sentence in words.items():
        said = field.error_messages.get(code)
        if said is None or said == borrowed.get(code):
            field.error_messages[code] = sentence
