"""Marks: words for speech, nothing unescaped, the same as a template would show."""

import re
from dataclasses import dataclass, replace

import pytest
from django.template import Context, Template
from django.utils.html import escape

from portal.queries.assignments import Line, Tile, ViewTile
from portal.queries.holding import CertificateRow, TermRow
from portal.queries.learning import CreditLine
from portal.queries.record_mails import Mailed
from portal.queries.shown import Chip, Mode, Quality, Tag


@dataclass(frozen=True)
class Icon:
    colour: str
    icon: str
    state: str
    text: str


def _row(*icons: Icon) -> str:
    page = Template("{% load gs %}{% quality_marks icons %}")
    return page.render(Context({"icons": icons}))


def test_each_icon_says_its_state_in_words() -> None:
    row = _row(
        Icon("cyan", "padlock", "done", "HIPAA for Scribes: passed 92%"),
        Icon("purple", "book", "none", "MSCAT Manual: not assigned"),
    )

    assert row.count('role="img"') == 2
    assert 'class="gs-q gs-c-cyan gs-i-padlock gs-s-done"' in row
    assert 'title="HIPAA for Scribes: passed 92%"' in row
    assert 'title="MSCAT Manual: not assigned"' in row


@pytest.mark.parametrize("sign", list("<>&\"'"))
def test_each_sign_is_escaped_as_a_template_escapes_it(sign: str) -> None:
    plain = Template("{{ text }}").render(Context({"text": sign}))
    assert f'title="{plain}"' in _row(Icon("cyan", "padlock", "done", sign))


def test_a_label_with_markup_comes_out_as_text() -> None:
    row = _row(Icon("cyan", "padlock", "done", '"><script>alert(1)</script>'))

    assert "<script>" not in row
    assert "&lt;script&gt;" in row


HOSTILE = 'O\'Neil & "Sons" <script>alert(1)</script>'
# The same marks written out as templates, where Django escapes what is filled in.
PLAIN_DATE = """{% if date.word %}
  <span class="gs-chip gs-chip-{{ date.kind }}"><span>{{ date.word }}</span>
  <span>{{ date.text }}</span></span>{% else %}{{ date.text }}{% endif %}"""
PLAIN_TAG = """<span class="gs-tag gs-tag-{{ tag.tone }}">{% if tag.tone == "ok" %}
  <i class="gs-i gs-i-check" aria-hidden="true"></i>{% endif %}{{ tag.word }}</span>"""
PLAIN_PICK = """<input class="gs-check" type="checkbox" name="member"
  value="{{ line.value }}"{% if line.checked %} checked{% endif %} id="p-{{ line.id }}"
  aria-labelledby="n-{{ line.id }}" aria-describedby="d-{{ line.id }} m-{{ line.id }}"
  data-gs-person>"""
PLAIN_LINES = (
    """{% for line in lines %}<li class="gs-line"><label class="gs-line-in">"""
    + PLAIN_PICK
    + """<span class="gs-quals">{% quality_marks line.icons %}</span>
  <span class="gs-date gs-date-{{ line.date.kind }}" id="d-{{ line.id }}">
  {% with date=line.date %}"""
    + PLAIN_DATE
    + """{% endwith %}</span>
  <i class="gs-circle gs-circle-{{ line.mode.cls }}" id="m-{{ line.id }}" role="img"
  title="{{ line.mode.text }}">{{ line.mode.letter }}</i>
  <span class="gs-name" id="n-{{ line.id }}">{{ line.name }}</span>
  {% if line.left_out %} <span class="gs-line-note">{{ line.left_out }}</span>
  {% endif %}</label></li>{% endfor %}"""
)
PLAIN_ROWS = (
    """{% for line in lines %}<tr class="gs-line-row"><td class="gs-pick">"""
    + PLAIN_PICK
    + """</td>
  <th scope="row"><label id="n-{{ line.id }}" for="p-{{ line.id }}">{{ line.name }}
  </label></th><td data-label="Renews" id="m-{{ line.id }}">
  <i class="gs-circle gs-circle-{{ line.mode.cls }}" aria-hidden="true">
  {{ line.mode.letter }}</i> {{ line.mode.text }}</td>
  <td data-label="Renewal date" id="d-{{ line.id }}">{% with date=line.date %}"""
    + PLAIN_DATE
    + """{% endwith %}</td><td data-label="Assigned">
  <span class="gs-quals">{% quality_marks line.icons %}</span></td></tr>{% endfor %}"""
)
PLAIN_CREDIT = (
    """<div class="gs-credit"><p class="gs-row-title">{% if activity.url %}
  <a href="{{ activity.url }}">{{ activity.title }}</a>{% else %}{{ activity.title }}
  {% endif %}</p><p
  class="gs-credit-fig{% if activity.tag.tone == "neutral" %} gs-muted{% endif %}">
  {{ activity.credit }}</p><p class="gs-reason">{{ activity.reason }}</p>
  <p class="gs-credit-tag">{% with tag=activity.tag %}"""
    + PLAIN_TAG
    + """{% endwith %}</p>{% if activity.steps %}
  <details class="gs-why"><summary>How this was worked out</summary><dl>
  {% for label, value in activity.steps %}<dt>{{ label }}</dt><dd>{{ value }}</dd>
  {% endfor %}</dl></details>{% endif %}{% if activity.action %}
  <p class="gs-credit-action"><a class="gs-btn gs-btn-sm"
  href="{{ activity.action_url }}">{{ activity.action }}<span class="visually-hidden">
  {{ activity.title }}</span></a></p>{% endif %}</div>"""
)
DATES = (
    Chip("now", "Renew now", "Nov 3, 2025"),
    Chip("due", f"Due in {HOSTILE}", HOSTILE),
    Chip("plain", "", HOSTILE),
)
MODES = (Mode("A", "Auto-renewal", "a"), Mode("M", f"Manual, {HOSTILE}", "m"))
TAGS = (Tag("ok", "Approved"), Tag("neutral", "Draft"), Tag("bad", HOSTILE))


def _line(place: int) -> Line:
    return Line(
        id=f"{place:032x}",
        value=f"{place}.{HOSTILE}",
        name=("Bob Baker", HOSTILE)[place % 2],
        checked=place % 3 == 0,
        record_url="",
        icons=[
            Quality("hipaa", "HIPAA", "cyan", "padlock", "done", f"HIPAA: {HOSTILE}"),
            Quality("manual", "Manual", "purple", "book", "none", "Manual: none"),
        ],
        date=DATES[place % 3],
        mode=MODES[place % 2],
        left_out=("", HOSTILE)[place % 2],
    )


def _credit(tag: Tag, *, own: bool) -> CreditLine:
    return CreditLine(
        title=HOSTILE,
        credit=f"0.5 {HOSTILE}",
        reason=f"Nov 3, 2025. {HOSTILE}",
        why=HOSTILE,
        tag=tag,
        steps=[("Input", HOSTILE), (HOSTILE, "0.5")] if own else [],
        url="/me/ce/1/?a=1&b='\"<" if own else "",
        action=f"Add {HOSTILE}" if own else "",
        action_url="/me/ce/1/?a=1&b='\"<" if own else "",
    )


def _filled(markup: str, **values: object) -> str:
    """Fill a template in, without the space between its parts."""
    shown = Template(f"{{% load gs assignments %}}{markup}").render(Context(values))
    return re.sub(r"\s+", " ", re.sub(r"\s*(<|>)\s*", r"\1", shown)).strip()


@pytest.mark.parametrize(
    ("mark", "plain"),
    [
        ("{% people_lines lines %}", PLAIN_LINES),
        ("{% people_rows lines %}", PLAIN_ROWS),
    ],
)
def test_people_are_shown_as_a_template_would_show_them(mark: str, plain: str) -> None:
    lines = [_line(place) for place in range(6)]
    shown = _filled(mark, lines=lines)
    assert shown == _filled(plain, lines=lines)
    assert shown.count("data-gs-person") == 6
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("tag", TAGS)
def test_credit_is_shown_as_a_template_would_show_it(tag: Tag, *, own: bool) -> None:
    activity = _credit(tag, own=own)
    shown = _filled("{% credit_line activity %}", activity=activity)
    assert shown == _filled(PLAIN_CREDIT, activity=activity)
    assert shown == _filled('{% include "gs/credit_line.html" %}', activity=activity)
    assert "<script" not in shown


@pytest.mark.parametrize("date", DATES)
def test_a_date_is_shown_as_a_template_would_show_it(date: Chip) -> None:
    shown = _filled("{% renewal_date date %}", date=date)
    assert shown == _filled(PLAIN_DATE, date=date)
    assert shown == _filled('{% include "gs/chip.html" %}', date=date)


@pytest.mark.parametrize("tag", TAGS)
def test_a_status_is_shown_as_a_template_would_show_it(tag: Tag) -> None:
    shown = _filled("{% status_tag tag.tone tag.word %}", tag=tag)
    assert shown == _filled(PLAIN_TAG, tag=tag)
    assert shown == _filled('{% include "gs/tag.html" %}', tag=tag)


def test_what_is_kept_of_one_person_is_not_shown_of_another() -> None:
    both = [_line(0), replace(_line(0), name="Charlie", id="f" * 32)]
    shown = _filled("{% people_lines lines %}", lines=both)
    assert shown.count("Bob Baker") == shown.count("Charlie") == 1
    assert shown.count(f"n-{'0' * 32}") == shown.count(f"n-{'f' * 32}") == 2


@pytest.mark.parametrize("sign", list("<>&\"'"))
def test_what_a_record_shows_is_escaped_as_a_template_escapes_it(sign: str) -> None:
    name = f"{sign}b onerror=x{sign}"
    paper = CertificateRow(name, name, name, name, Tag("ok", name), name, name)
    term = TermRow(name, name, name, name, Tag("ok", name), name, name)
    page = Template(
        "{% load gs record %}{% certificate_lines papers %}{% term_lines terms %}"
        "{% mail_lines mails %}{% fact_pairs facts %}{% assigned_lines icons %}"
        "{% mode_circle mode %}"
    )

    shown = page.render(
        Context(
            {
                "papers": [paper],
                "terms": [term],
                "mails": [Mailed(name, name, Tag("info", name))],
                "facts": [(name, f"{name}\n{name}")],
                "icons": [Icon("cyan", "book", "done", name)],
                "mode": Mode(sign, name, "a"),
            }
        )
    )

    assert f"{sign}b onerror=x{sign}" not in shown
    assert shown.count(f"{escape(sign)}b onerror=x{escape(sign)}") == 26


def test_an_address_keeps_its_lines() -> None:
    page = Template("{% load record %}{% fact_pairs facts %}")
    shown = page.render(Context({"facts": [("Address", "1 Elm\r\nAustin")]}))
    assert shown == "<div><dt>Address</dt> <dd>1 Elm<br>Austin</dd></div>"


def test_what_is_kept_is_put_together_once_and_knows_nothing_of_a_request() -> None:
    page = Template(
        "{% load gs %}{% once %}<b>{% firstof name 'Nobody' %}</b>{% endonce %}"
    )
    assert page.render(Context({"name": "Alice"})) == "<b>Nobody</b>"
    assert page.render(Context({"name": "Bob"})) == "<b>Nobody</b>"


def test_a_tile_escapes_what_it_is_called_and_says_when_none_is_left() -> None:
    """Each part is asked for on its own."""
    tile = Tile("hipaa", "<HIPAA>", "padlock", "teal", 1200, "Assign", available=True)
    out = replace(tile, count=0, available=False)
    shown = _filled("{% product_tiles tiles %}", tiles=[tile, out])
    assert shown.count('id="tile-hipaa">&lt;HIPAA&gt;</h3>') == 2
    assert "<HIPAA>" not in shown
    assert 'id="count-hipaa">1200</span>' in shown
    assert shown.count("gs-tile-out") == 1


def test_a_tile_that_opens_something_escapes_its_words() -> None:
    """Its hint is read by the script, too."""
    tile = ViewTile("record", "R&D", "person-file", 'Select "one"', "View")
    shown = _filled("{% view_tiles tiles %}", tiles=[tile])
    assert 'id="view-record">R&amp;D</h3>' in shown
    assert 'data-gs-one="Select &quot;one&quot;"' in shown
    assert 'name="view" value="record"' in shown
