"""How many renewals are left, and whom that leaves out."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict

from core.failures import NotUsable
from core.plain_forms import PlainForm
from core.showing import show_on
from credentials.rules import Seats
from credentials.services import check_named, check_number
from portal.forms.reasons import reason_field
from portal.queries.lowering import Person

NUMBER = "Enter a whole number, such as 8."


class LoweringForm(PlainForm):
    """A smaller number; where it is below what is in use, also who is left out.

    The list stands here only once the number asks for it.
    """

    to = forms.IntegerField(
        label="Number at the next renewal",
        error_messages={"invalid": NUMBER, "required": NUMBER},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(
        self,
        seats: Seats,
        people: Sequence[Person],
        data: QueryDict | None = None,
        *,
        on_request: bool = False,
    ) -> None:
        """Ask for a number; `on_request` also for why, as staff do it for others."""
        super().__init__(data)
        self.seats = seats
        self.fields["to"].help_text = f"Now {seats.number}, {seats.in_use} in use."
        need = seats.too_many(self._typed())
        if need:
            self.fields["leave_out"] = forms.MultipleChoiceField(
                label="Leave out 1 person" if need == 1 else f"Leave out {need} people",
                help_text="They keep the term they have to its last day.",
                choices=[
                    (str(each.member_id), f"{each.name}, {each.text}")
                    for each in people
                ],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose from this list anew."},
            )
        if on_request:
            self.fields["reason"] = reason_field(
                "Why",
                "The practice reads it in its mail and its activity.",
                "Write why, such as who asked and when.",
            )

    def clean(self) -> None:
        """Hold the number, and how many are named, against what is in use."""
        if self.errors:
            return
        number = self.cleaned_data["to"]
        try:
            check_number(seats=self.seats, to=number)
            check_named(seats=self.seats, to=number, named=len(self.out))
        except NotUsable as refusal:
            show_on(self, refusal)

    @property
    def out(self) -> list[UUID]:
        """Whom to leave out."""
        return [UUID(each) for each in self.cleaned_data.get("leave_out", ())]

    def _typed(self) -> int:
        """Read the number before it is checked; one that asks nothing for none."""
        try:
            found = self.fields["to"].clean(self.data.get("to"))
        except forms.ValidationError:
            return self.seats.number
        return int(found) if found >= 0 else self.seats.number
