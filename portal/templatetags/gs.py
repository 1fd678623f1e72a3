"""Marks that stand hundreds of times on one page.

A hundred people carry seven icons each, and a record has a reason for every credit;
rendered as template loops with an include each, they cost more than the rest of the
page. Here their markup is filled in at once. Whatever is filled in is escaped, unless
it is a mark from here. Marks out of a small set of words, never somebody's name, are
built once and kept.
"""

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from django import template
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from portal.context import Link
    from portal.queries.learning import CreditLine
    from portal.queries.shown import Chip, Mode
    from portal.queries.trail import Happened

register = template.Library()
NOTHING = SafeString("")
# What escaping changes; most texts hold none of it.
MARKUP = re.compile("[&<>\"']")
CIRCLE = '<i class="gs-circle gs-circle-{}" role="img" title="{}">{}</i>'
CREDIT = (
    '<div class="gs-credit"><p class="gs-row-title">{title}</p>'
    '<p class="gs-credit-fig{muted}">{credit}</p><p class="gs-reason">{reason}</p>'
    '<p class="gs-credit-tag">{tag}</p>{why}{action}</div>'
)
ACTION = (
    '<p class="gs-credit-action"><a class="gs-btn gs-btn-sm" href="{}">{}'
    '<span class="visually-hidden"> {}</span></a></p>'
)
WHY = (
    '<details class="gs-why"><summary>How this was worked out</summary>'
    "<dl>{}</dl></details>"
)
HAPPENED = '<li><p>{}</p><p class="gs-small gs-muted">{}, {}{}</p></li>'
UNDO = ' · <a href="{}">Undo<span class="visually-hidden"> {}</span></a>'
NAV = '<li><a class="gs-nav-link" href="{}"{}>{}</a></li>'
MENU = '<li><a href="{}">{}</a></li>'
CURRENT = SafeString(' aria-current="page"')


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
    return filled(
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
    return joined([_mark(q.colour, q.icon, q.state, q.text) for q in qualities])


@register.simple_tag
def renewal_date(date: "Chip") -> SafeString:
    """A renewal date, with a word where there is something to do."""
    return _date(date.kind, date.word, date.text)


@register.simple_tag
def mode_circle(mode: "Mode") -> SafeString:
    """The renewal mode as a letter in a circle."""
    return filled(CIRCLE, mode.cls, mode.text, mode.letter)


@register.simple_tag
@lru_cache(maxsize=512)
def status_tag(tone: str, word: str) -> SafeString:
    """A status in a word: tone is ok, warn, bad, info or neutral."""
    check = '<i class="gs-i gs-i-check" aria-hidden="true"></i>'
    return filled(
        '<span class="gs-tag gs-tag-{}">{}{}</span>',
        tone,
        SafeString(check if tone == "ok" else ""),
        word,
    )


@register.simple_tag
def why(steps: Iterable[tuple[str, str]]) -> SafeString:
    """How a figure came about: each step's label and value."""
    told = [
        f"<dt>{escaped(label)}</dt><dd>{escaped(value)}</dd>" for label, value in steps
    ]
    return SafeString(WHY.format("".join(told)))


@register.simple_tag
def nav_links(links: Iterable["Link"]) -> SafeString:
    """The ways in the head of every page."""
    marked = ((CURRENT if each.current else NOTHING, each) for each in links)
    return joined([filled(NAV, each.url, at, each.label) for at, each in marked])


@register.simple_tag
def menu_links(links: Iterable["Link"]) -> SafeString:
    """The ways in a signed-in person's menu, which every page carries."""
    return joined([filled(MENU, each.url, each.label) for each in links])


@register.simple_tag
def credit_line(activity: "CreditLine") -> SafeString:
    """One CE activity with its credit and why; a way to it where it is one's own."""
    title: str = activity.title
    action = NOTHING
    if activity.action:
        action = filled(ACTION, activity.action_url, activity.action, title)
    if activity.url:
        title = filled('<a href="{}">{}</a>', activity.url, title)
    return filled(
        CREDIT,
        title=title,
        muted=" gs-muted" if activity.tag.tone == "neutral" else "",
        credit=activity.credit,
        reason=activity.reason,
        tag=status_tag(activity.tag.tone, activity.tag.word),
        why=why(activity.steps) if activity.steps else NOTHING,
        action=action,
    )


@register.simple_tag
def credit_lines(activities: Iterable["CreditLine"]) -> SafeString:
    """CE activities, each as a line of a list."""
    return SafeString(
        "".join([f"<li>{credit_line(activity)}</li>" for activity in activities])
    )


@register.simple_tag
def happened_lines(entries: Iterable["Happened"]) -> SafeString:
    """What happened, each with a way to undo it where there is one."""
    return joined([_happened(entry) for entry in entries])


def _happened(entry: "Happened") -> SafeString:
    undo = filled(UNDO, entry.undo_url, entry.text) if entry.undo_url else NOTHING
    return filled(HAPPENED, entry.text, entry.when_text, entry.who, undo)


@lru_cache(maxsize=2048)
def _date(kind: str, word: str, text: str) -> SafeString:
    if not word:
        return SafeString(escaped(text))
    return filled(
        '<span class="gs-chip gs-chip-{}"><span>{}</span> <span>{}</span></span>',
        kind,
        word,
        text,
    )


class Once(template.Node):
    """Markup that is the same in every answer: rendered for the first, and kept."""

    def __init__(self, nodes: template.NodeList) -> None:
        """Take what stands between the tags."""
        self.nodes, self.text = nodes, ""

    def render(self, context: template.Context) -> SafeString:
        """Give it; what a request's context holds is out of its reach."""
        if not self.text:
            self.text = self.nodes.render(context.new({}))
        return SafeString(self.text)


@register.tag
def once(parser: template.base.Parser, _token: template.base.Token) -> Once:
    """Keep what stands until `{% endonce %}` from being put together each time."""
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodes)


def filled(markup: str, *parts: str, **named: str) -> SafeString:
    """Fill markup in, as `format_html` does for texts: it asks more of each part."""
    if named:
        named = {name: escaped(part) for name, part in named.items()}
    return SafeString(markup.format(*map(escaped, parts), **named))


def escaped(text: str) -> str:
    """Escape a text, unless it is a mark."""
    if MARKUP.search(text) is None or isinstance(text, SafeString):
        return text
    return html.escape(text)


def joined(marks: Sequence[SafeString]) -> SafeString:
    """Put marks in a row: each is safe, so the row is."""
    return SafeString("".join(marks))
