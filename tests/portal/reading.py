"""Reading a page as a person does: by heading, label, button and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.test.html import Element, parse_html

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

# What differs in every answer, whoever asks.
OWN = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="form_key" value="[^"]*"|'
    r'"request_id": "[^"]*"|[?]request=[^"]*|Request <code>[^<]*</code>|'
    r'"gs-mono">[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}<'
)


def said(answer: "Answer") -> str:
    """A page's bytes as text, without what is every request's own."""
    return OWN.sub("", answer.content.decode())


@dataclass(frozen=True)
class Node:
    """One element of a page."""

    element: Element

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Its attributes; one without a value is empty."""
        return {name: value or "" for name, value in self.element.attributes}

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set(self.attributes.get("class", "").split())

    @cached_property
    def text(self) -> str:
        """All its words, with one space between."""
        return " ".join(" ".join(self.texts()).split())

    def all(self, tag: str = "", css: str = "", /, **attributes: str) -> "list[Node]":
        """Find the elements inside that have a name, a class, attributes."""
        return [
            node
            for node in self._inside()
            if (not tag or node.element.name == tag)
            and (not css or css in node.classes)
            and attributes.items() <= node.attributes.items()
        ]

    def one(self, tag: str = "", css: str = "", /, **attributes: str) -> "Node":
        """Find the only such element."""
        (found,) = self.all(tag, css, **attributes)
        return found

    def _inside(self) -> "Iterator[Node]":
        for child in self.element.children:
            if isinstance(child, Element):
                node = Node(child)
                yield node
                yield from node._inside()

    def texts(self) -> Iterator[str]:
        """Its pieces of text, in order."""
        for child in self.element.children:
            if isinstance(child, str):
                yield child
            else:
                yield from Node(child).texts()


@dataclass(frozen=True)
class Line(Node):
    """A person's line on the assignments page."""

    @property
    def box(self) -> Node:
        """The check box."""
        return self.one("input", type="checkbox")

    @property
    def name(self) -> str:
        """Who it is."""
        return self.one("", "gs-name").text

    @property
    def date(self) -> tuple[str, str]:
        """The kind of the renewal date and its words."""
        shown = self.one("", "gs-date")
        (kind,) = {each.removeprefix("gs-date-") for each in shown.classes} - {
            "gs-date"
        }
        return kind, shown.text

    @property
    def circle(self) -> tuple[str, str]:
        """The letter, and the words for it."""
        circle = self.one("i", "gs-circle")
        return circle.text, circle.attributes["title"]

    @property
    def icons(self) -> list[str]:
        """What each icon says."""
        return [icon.attributes["title"] for icon in self.all("i", "gs-q")]


@dataclass(frozen=True)
class Page(Node):
    """A whole page."""

    @classmethod
    def of(cls, answer: "Answer") -> Self:
        """Parse an answer; markup that does not close stops the test."""
        return cls.of_text(answer.content.decode())

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Parse a page's text."""
        return cls(parse_html(text))

    @property
    def title(self) -> str:
        """The words of the browser's tab."""
        return self.one("title").text

    @property
    def h1(self) -> str:
        """The page's only heading of the first level."""
        return self.one("h1").text

    @property
    def problems(self) -> list[str]:
        """The sentences of the error summary."""
        return [
            line.text for each in self.all("", "gs-problem") for line in each.all("li")
        ]

    @property
    def notices(self) -> list[str]:
        """What was done, as the page says it."""
        return [notice.text for notice in self.all("", "gs-notice")]

    @property
    def facts(self) -> list[Node]:
        """The rows of the page's list of facts."""
        return self.one("dl", "gs-facts").all("div")

    @property
    def links(self) -> dict[str, str]:
        """Every link by its words."""
        return {link.text: link.attributes["href"] for link in self.all("a")}

    @property
    def lines(self) -> list[Line]:
        """The people of the assignments page, as they stand."""
        return [Line(node.element) for node in self.all("li", "gs-line")]

    @property
    def tiles(self) -> dict[str, str]:
        """The number on each tile that assigns."""
        return {
            tile.one("h3").text: tile.one("", "gs-tile-count").text
            for tile in self.all("", "gs-tile")
            if "gs-tile-view" not in tile.classes
        }

    @property
    def pills(self) -> dict[str, str]:
        """Each filter's address by its words."""
        return {pill.text: pill.attributes["href"] for pill in self.all("a", "gs-pill")}

    @property
    def names(self) -> list[str]:
        """Who is on the page."""
        return [line.name for line in self.lines]

    @property
    def checked(self) -> list[str]:
        """Who is selected."""
        return [line.name for line in self.lines if "checked" in line.box.attributes]

    def value(self, name: str) -> str:
        """What a field of the page holds."""
        return self.all("input", name=name)[0].attributes.get("value", "")

    def form_at(self, action: str) -> dict[str, str | list[str]]:
        """What the hidden fields of a form would send, those of one name together."""
        (form,) = (each for each in self.all("form", action=action))
        sent: dict[str, str | list[str]] = {}
        for field in form.all("input", type="hidden"):
            name, value = field.attributes["name"], field.attributes.get("value", "")
            if name == "member":
                sent.setdefault(name, [])
                sent[name] = [*sent[name], value]
            else:
                sent[name] = value
        return sent
