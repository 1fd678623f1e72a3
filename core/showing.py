"""Showing a service's refusal where the field stands."""

from django import forms

from core.failures import NotUsable


def show_on(form: forms.Form, refusal: NotUsable) -> None:
    """Put each problem beside its field; what names no field stands above them."""
    for problem in refusal.problems:
        known = problem.field in form.fields
        form.add_error(problem.field if known else None, problem.text)
    if not refusal.problems:
        form.add_error(None, refusal.text)
