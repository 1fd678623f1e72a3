"""Marks that stand hundreds of times on one page.

A hundred people carry seven icons each; rendered as template loops those 700 icons
cost more than the rest of the page. They come from a small set, so each distinct one
is built once and kept.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


class Quality(Protocol):
    """One of a person's qualities, as the assignments page shows it."""

    @property
    def colour(self) -> str:
        """Suffix of the product's colour class, such as `teal`."""

    @property
    def icon(self) -> str:
        """Suffix of the icon class, such as `padlock`."""

    @property
    def state(self) -> str:
        """`none`, `assigned`, `progress`, `done` or `failed`."""

    @property
    def text(self) -> str:
        """What the icon says in words, such as "HIPAA for Scribes: assigned"."""


@lru_cache(maxsize=2048)
def _mark(colour: str, icon: str, state: str, text: str) -> SafeString:
    return format_html(
        '<i class="gs-q gs-c-{} gs-i-{} gs-s-{}" role="img" title="{}"></i>',
        colour,
        icon,
        state,
        text,
    )


@register.simple_tag
def quality_marks(qualities: Iterable[Quality]) -> SafeString:
    """The row of icons of one person, each with its words for speech and hover.

    Every part is escaped before it is joined, so the result is safe as it stands.
    """
    return SafeString(
        "".join([_mark(q.colour, q.icon, q.state, q.text) for q in qualities])
    )
