"""What a product asks before it is assigned: which specialty, or which CE course."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import slugify

from ce_credits.models import CatalogueItem
from courses.queries import offered_courses
from credentials.models import Product
from credentials.policy import policy_for
from credentials.services import Choice


def choices_of(product: Product, today: date) -> Sequence[Choice]:
    """List what a product can be assigned as; nothing where it asks for nothing.

    Specialties are those of the pack's exams (A14), CE courses the body's catalogue.
    """
    if product.kind == Product.Kind.SPECIALTY:
        exams = policy_for(product.program, on=today).exams
        return [
            Choice(slugify(each), each) for exam in exams for each in exam.specialties
        ]
    if product.kind == Product.Kind.CE_COURSE:
        items = CatalogueItem.objects.of_program(product.program).offered()
        courses = offered_courses([product.program], today).filter(product="")
        # Courses of the portal first: their code is their address.
        found = dict(items.values_list("code", "title"))
        found = dict(courses.values_list("slug", "title")) | found
        return [Choice(*row) for row in found.items()]
    return []


def choice_of(product: Product, code: str, today: date) -> Choice | None:
    """Find what somebody chose; None where there is no such thing to choose."""
    found = choices_of(product, today)
    return next((each for each in found if each.code == code), None)
