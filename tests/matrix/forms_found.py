"""The forms and links a page holds, and the ids that can be changed in them."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.db import models
from django.urls import resolve

from tests.db.rows import OURS

IDS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}")
HREFS = re.compile(r'href="([^"]*\?[^"]*)"')
Pairs = tuple[tuple[str, str], ...]


@dataclass
class Form:
    """One form of a page: where it goes, what stands in it, its buttons."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    picks: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Sending:
    """What a browser can send from a page, with an id of a row in one of its values."""

    method: str
    path: str
    pairs: Pairs
    name: str
    row: UUID

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two sendings one case: the route, the button, the name."""
        route = resolve(urlsplit(self.path).path).view_name
        pressed = {name: value for name, value in self.pairs if name in BUTTONS}
        return route, self.name, str(sorted(pressed.items()))

    def naming(self, other: str) -> tuple[str, Mapping[str, list[str]]]:
        """Give the address and what is sent, with another id in the same place."""
        new = UUID(other)
        pairs = [
            (name, _swapped(value, self.row, new) if name == self.name else value)
            for name, value in self.pairs
        ]
        if self.method == "GET":
            return f"{self.path}?{urlencode(pairs)}", {}
        sent: dict[str, list[str]] = {}
        for name, value in pairs:
            sent.setdefault(name, []).append(value)
        return self.path, sent


BUTTONS = {"assign", "do", "outcome", "view"}


def _swapped(value: str, old: UUID, new: UUID) -> str:
    return value.replace(str(old), str(new)).replace(old.hex, new.hex)


class Reader(HTMLParser):
    """Reads a page's forms, fields tied to one by `form=` included."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.tied: list[tuple[str, str, dict[str, str]]] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, Any]]) -> None:
        """Note a form, or what belongs to one."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(
                given.get("method", "get").upper(), given.get("action", "")
            )
            self.forms.append(self.open)
            self.named[given.get("id", "")] = self.open
        elif tag == "select":
            self.select = given.get("name", "")
            self.select_of = given.get("form", "")
        elif tag == "option" and self.select:
            self._tie("pick", {**given, "name": self.select, "form": self.select_of})
        elif tag in {"input", "button", "textarea"} and given.get("name"):
            several = given.get("type") in {"checkbox", "radio"}
            kind = "button" if tag == "button" else "pick" if several else "field"
            self._tie(kind, given)

    def handle_endtag(self, tag: str) -> None:
        """Note that a form ends."""
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""

    def _tie(self, kind: str, given: dict[str, str]) -> None:
        if given.get("form"):
            self.tied.append((kind, given["form"], given))
        elif self.open is not None:
            _add(self.open, kind, given)

    def close(self) -> None:
        """Give the tied fields to their forms."""
        super().close()
        for kind, name, given in self.tied:
            if name in self.named:
                _add(self.named[name], kind, given)


def _add(form: Form, kind: str, given: Mapping[str, str]) -> None:
    pair = (given["name"], given.get("value", ""))
    {"field": form.fields, "pick": form.picks, "button": form.buttons}[kind].append(
        pair
    )


def forms_in(page: str) -> list[Form]:
    """Read the forms of a page."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.forms


def sendings_in(page: str, here: str, known: Mapping[UUID, Any]) -> Iterator[Sending]:
    """Find every value of a form or link that names a row, one at a time."""
    for form in forms_in(page):
        path, _, query = (form.action or here).partition("?")
        stands = [*form.fields, *(parse_qsl(query) if form.method == "GET" else ())]
        for button in form.buttons or [("", "")]:
            pressed = [button] if button[0] else []
            for pair in [*stands, *pressed]:
                yield from _naming(form, path, [*stands, *pressed], pair, known)
            for pick in form.picks:
                yield from _naming(form, path, [*stands, pick, *pressed], pick, known)
    for link in HREFS.findall(page):
        path, _, query = html.unescape(link).partition("?")
        pairs = parse_qsl(query)
        for pair in pairs:
            yield from _naming(Form("GET", ""), path or here, pairs, pair, known)


def _naming(
    form: Form,
    path: str,
    pairs: Sequence[tuple[str, str]],
    pair: tuple[str, str],
    known: Mapping[UUID, Any],
) -> Iterator[Sending]:
    for text in IDS.findall(pair[1]):
        row = UUID(text)
        if row in known or pair[0] == "draft":
            # A page that asks for words first gets some.
            sent = tuple(
                ("title", each[1] or "Webinar") if each[0] == "title" else each
                for each in pairs
                if each[0] != "csrfmiddlewaretoken"
            )
            yield Sending(form.method, path.partition("?")[0], sent, pair[0], row)


def rows_by_id() -> dict[UUID, type[models.Model]]:
    """Tell of which table each id of the database is."""
    return {
        pk: model
        for model in OURS
        for pk in model._default_manager.values_list("pk", flat=True)
        if isinstance(pk, UUID)
    }
