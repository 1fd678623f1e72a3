"""Choosing a file of catalogue items, and what is changed of one."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict

from ce_credits.queries import seen_of
from core.plain_forms import PlainForm
from credentials.policy import Topic
from portal.forms.authoring import seen_field
from portal.forms.staff import Day


class CatalogueForm(PlainForm):
    """A CSV file; what it holds is the service's to judge."""

    file = forms.FileField(
        label="CSV file",
        max_length=200,
        error_messages={
            "required": "Choose a CSV file.",
            "missing": "Choose a CSV file.",
            "empty": "This file is empty. Choose another.",
            "invalid": "Choose a CSV file.",
            "max_length": "The file's name is too long. Shorten it.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class DeadlineForm(PlainForm):
    """The day a conference's evaluation closes; empty for none."""

    evaluation_deadline = forms.DateField(
        label="Evaluation closes on",
        help_text="Credit is due so many business days after it. Empty: no conference.",
        required=False,
        widget=Day,
        error_messages={"invalid": "Enter a day such as 2025-10-02, or nothing."},
    )
    seen = seen_field()

    def __init__(self, data: QueryDict | None = None, *, held: date | None) -> None:
        """Begin from the day it has."""
        initial = {"evaluation_deadline": held, "seen": seen_of(held)}
        super().__init__(data, initial=initial)


class ItemTopicsForm(PlainForm):
    """What an item is about: a box for each topic that its kind asks (M8)."""

    topics = forms.MultipleChoiceField(
        label="Topics",
        help_text="Choose all that it is about. None: it counts towards none.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = seen_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        topics: Sequence[Topic],
        held: Sequence[str],
    ) -> None:
        """Offer these topics; begin from those it has."""
        super().__init__(data, initial={"topics": list(held), "seen": seen_of(held)})
        self.fields["topics"].choices = [(each.code, each.title) for each in topics]  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]
