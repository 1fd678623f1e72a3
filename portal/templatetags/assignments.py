"""Marks of the assignments page: its people, and the tiles below them.

Filled in at once, as those of `gs` are: a hundred people carry seven icons each.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from portal.templatetags.gs import (
    NOTHING,
    filled,
    joined,
    quality_marks,
    renewal_date,
)

if TYPE_CHECKING:
    from portal.queries.assignments import Line, Tile, ViewTile
    from portal.queries.shown import Chip, Mode

register = template.Library()
CHECKED = SafeString(" checked")
PICK = (
    '<input class="gs-check" type="checkbox" name="member" value="{value}"{checked} '
    'id="p-{id}" aria-labelledby="n-{id}" aria-describedby="d-{id} m-{id}" '
    "data-gs-person>"
)
LINE = (
    f'<li class="gs-line"><label class="gs-line-in">{PICK}'
    '<span class="gs-quals">{icons}</span> '
    '<span class="gs-date gs-date-{kind}" id="d-{id}">{date}</span> '
    '<i class="gs-circle gs-circle-{cls}" id="m-{id}" role="img" title="{mode}">'
    '{letter}</i> <span class="gs-name" id="n-{id}">{name}</span>{note}</label></li>'
)
NOTE = ' <span class="gs-line-note">{}</span>'
ROW = (
    f'<tr class="gs-line-row"><td class="gs-pick">{PICK}</td>'
    '<th scope="row"><label id="n-{id}" for="p-{id}">{name}</label></th>'
    '<td data-label="Renews" id="m-{id}"><i class="gs-circle gs-circle-{cls}" '
    'aria-hidden="true">{letter}</i> {mode}</td>'
    '<td data-label="Renewal date" id="d-{id}">{date}</td>'
    '<td data-label="Assigned"><span class="gs-quals">{icons}</span></td></tr>'
)
TILE = (
    '<div class="gs-tile gs-c-{colour}{out}" role="group" '
    'aria-labelledby="tile-{code}">'
    '<h3 class="gs-tile-label" id="tile-{code}">{label}</h3>'
    '<i class="gs-i gs-i-{icon}" aria-hidden="true"></i>'
    '<span class="gs-tile-count" id="count-{code}">{count}</span> '
    '<span class="gs-tile-hint" id="hint-{code}">available to assign</span>'
    '<button class="gs-btn" name="assign" value="{code}" '
    'aria-describedby="tile-{code} count-{code} hint-{code}" '
    'data-gs-assign="{button}" data-gs-busy="Assigning…">{button}</button></div>'
)
OUT = SafeString(" gs-tile-out")
VIEW_TILE = (
    '<div class="gs-tile gs-tile-view" role="group" aria-labelledby="view-{code}">'
    '<h3 class="gs-tile-label" id="view-{code}">{label}</h3>'
    '<i class="gs-i gs-i-{icon}" aria-hidden="true"></i>'
    '<span class="gs-tile-hint" id="view-hint-{code}" data-gs-one="{hint}">{hint}'
    '</span><button class="gs-btn" name="view" value="{code}" '
    'aria-describedby="view-{code} view-hint-{code}">{button}</button></div>'
)


@register.simple_tag
def people_lines(lines: Iterable["Line"]) -> SafeString:
    """The people of one column of the assignments page."""
    return _people(LINE, lines)


@register.simple_tag
def people_rows(lines: Iterable["Line"]) -> SafeString:
    """The people of the assignments page as rows of its table."""
    return _people(ROW, lines)


def _people(markup: str, lines: Iterable["Line"]) -> SafeString:
    """Many people carry the same icons, one list of them: it is put in marks once."""
    marks: dict[int, SafeString] = {}
    people = []
    for line in lines:
        icons = marks.get(id(line.icons))
        if icons is None:
            icons = marks[id(line.icons)] = quality_marks(line.icons)
        people.append(_person(markup, line, icons))
    return joined(people)


def _person(markup: str, line: "Line", icons: SafeString) -> SafeString:
    date: Chip = line.date
    mode: Mode = line.mode
    return filled(
        markup,
        id=line.id,
        value=line.value,
        checked=CHECKED if line.checked else NOTHING,
        icons=icons,
        kind=date.kind,
        date=renewal_date(date),
        cls=mode.cls,
        letter=mode.letter,
        mode=mode.text,
        name=line.name,
        note=filled(NOTE, line.left_out) if line.left_out else NOTHING,
    )


@register.simple_tag
def product_tiles(tiles: Iterable["Tile"]) -> SafeString:
    """The products to assign, each with how many there are."""
    return joined(
        [
            filled(
                TILE,
                code=each.code,
                label=each.label,
                icon=each.icon,
                colour=each.colour,
                out=NOTHING if each.available else OUT,
                count=str(each.count),
                button=each.button,
            )
            for each in tiles
        ]
    )


@register.simple_tag
def view_tiles(tiles: Iterable["ViewTile"]) -> SafeString:
    """What can be opened about one person."""
    return joined([filled(VIEW_TILE, **vars(each)) for each in tiles])
