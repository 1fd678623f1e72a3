"""Which specialty, or which course, before a product is assigned."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from credentials.models import Product
from credentials.services import Choice

QUESTIONS = {
    Product.Kind.SPECIALTY: ("Specialty", "Choose a specialty."),
    Product.Kind.CE_COURSE: ("Course", "Choose a course."),
}
# More than these are found faster by typing their first letters.
MOST_IN_SIGHT = 10


class ChoiceForm(PlainForm):
    """One of what a product comes in."""

    choice = forms.ChoiceField()

    def __init__(
        self,
        product: Product,
        choices: Sequence[Choice],
        data: QueryDict | None = None,
    ) -> None:
        """Offer what there is: all in sight, or a list where there is much."""
        super().__init__(data)
        label, missing = QUESTIONS[Product.Kind(product.kind)]
        offered = [(each.code, each.title) for each in choices]
        long = len(offered) > MOST_IN_SIGHT
        self.fields["choice"] = forms.ChoiceField(
            label=label,
            choices=[("", "Choose one"), *offered] if long else offered,
            widget=forms.Select if long else forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )
