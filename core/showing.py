"""Showing a service's refusal where the field stands."""

from django import forms

from core.failures import Refusal


def show_on(form: forms.Form, refusal: Refusal) -> None:
    """Put each problem beside its field; what nobody sees there stands above them."""
    shown = {field.name for field in form.visible_fields()}
    for problem in refusal.problems:
        known = problem.field in shown
        form.add_error(problem.field if known else None, problem.text)
    if not refusal.problems:
        form.add_error(None, refusal.text)
