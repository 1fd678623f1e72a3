"""The pages of a practice's settings."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Practice

PAGES = (
    ("People", "people"),
    ("Practice", "practice_details"),
    ("API tokens", "tokens"),
    ("Single sign-on", "sign_on_settings"),
)


@dataclass(frozen=True)
class Tab:
    """A way to a page beside this one."""

    label: str
    url: str
    current: bool


def settings_tabs(practice: Practice, current: str) -> list[Tab]:
    """List the pages, the one with the route name `current` marked."""
    place = {"practice": practice.slug}
    return [
        Tab(label, reverse(name, kwargs=place), name == current)
        for label, name in PAGES
    ]
