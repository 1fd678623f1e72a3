"""All that somebody can get: pages, files, answers, mail, by every way they have."""

import html
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID
from zipfile import ZipFile

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from accounts.checks import Routed, routed
from core import clock
from core.letters import Moment, compose
from core.models import OutboxMessage
from notifications.queries import message_of
from tests.matrix.asking import Heard, ask, undone
from tests.matrix.expectations import Call, Row, Word, parts_of
from tests.matrix.table import ROWS
from tests.matrix.world import World

IDS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}")
LINKS = re.compile(r"""["'](?:https?://[\w.:]+)?(/[^"'<>\s]*)["']""")
SEARCHES = (
    "q=canary",
    "search=canary",
    "page_size=1",
    "page_size=1&page=2",
    "page=999",
)
# A list has many pages of a kind; so many of each are opened.
OF_A_KIND = 4
REFUSED = 400
NOT_FOLLOWED = ("/static/", "/accounts/logout", "/api/docs", "/api/schema", "/verify/")


@dataclass
class Haul:
    """What an actor got, by where it came from."""

    client: Callable[[str], Client]
    world: World
    avoids: str = ""
    got: dict[str, str] = field(default_factory=dict)
    kinds: Counter[tuple[str, ...]] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    mails: int = 0
    waiting: set[UUID] = field(default_factory=set)

    def fetch(self, whose: str, *, tries_others: bool = True) -> None:
        """Open all there is at the actor's own addresses, and try another's."""
        other = "foreign" if whose == "own" else "own"
        # All that is done is undone, so that no more ever waits.
        self.waiting = set(OutboxMessage.objects.values_list("pk", flat=True))
        for each in routed():
            row = ROWS[each.name]
            if row.word is Word.PUBLIC:
                continue
            for method, call in row.calls.items():
                self._visit(each, row, method, call, whose)
                for part in parts_of(each.path) if tries_others else ():
                    self._visit(each, row, method, call, whose, (part, other))

    def _visit(
        self,
        each: Routed,
        row: Row,
        method: str,
        call: Call,
        whose: str,
        swap: Sequence[str] = (),
    ) -> None:
        values = {
            part: getattr(self.world.things[row.names.get(part, part)], whose)
            for part in parts_of(each.path)
        }
        if swap:
            part, other = swap
            thing = self.world.things[row.names.get(part, part)]
            values[part] = getattr(thing, other)
        path = reverse(each.name, kwargs=values)
        if method == "GET":
            # A door that is shut is shut before anybody reads what is searched for.
            shut = self.follow(path, call.scope, given=values) >= REFUSED
            if not swap and not shut:
                for search in SEARCHES:
                    self.follow(f"{path}?{search}", call.scope, given=values)
        else:
            self._write(method, path, call, values)

    def follow(self, path: str, scope: str, given: Mapping[str, str]) -> int:
        """Open an address, and whatever it leads to.

        Returns:
            The address's own status; 0 where it was opened before.
        """
        status = 0
        waiting = [path]
        while waiting:
            here = waiting.pop()
            if not self._is_new(here):
                continue
            with undone():
                heard = ask(self.client(scope), "GET", here)
            status = heard.status if here == path else status
            text = words_of(heard)
            self._keep(f"GET {here}", text, given)
            waiting += links_in(text, here)
        return status

    def _is_new(self, path: str) -> bool:
        if f"GET {path}" in self.got or path.startswith(NOT_FOLLOWED):
            return False
        if self.avoids and path.startswith(self.avoids):
            return False
        parts = urlsplit(path)
        try:
            found = resolve(parts.path)
        except Resolver404:
            return False
        names = sorted(name for name, _ in parse_qsl(parts.query))
        if not names:
            return True
        kind = (found.view_name, *map(str, found.kwargs.values()), *names)
        self.kinds[kind] += 1
        return self.kinds[kind] <= OF_A_KIND

    def _write(
        self, method: str, path: str, call: Call, given: Mapping[str, str]
    ) -> None:
        sent = dict(call.send(self.world)) if call.send else None
        client = self.client(call.scope)
        with undone():
            heard = ask(client, method, path, sent)
            self._keep(f"{method} {path}", words_of(heard), given)
            place = heard.response.headers.get("Location", "")
            if place.startswith("/") and not self.avoided(place):
                text = words_of(ask(client, "GET", place))
                self._keep(f"{method} {path}, then {place}", text, given)
            if OutboxMessage._meta.db_table in heard.writes:
                self.read_mail(OutboxMessage.objects.exclude(pk__in=self.waiting))

    def avoided(self, path: str) -> bool:
        """Tell whether an address is another's to look at."""
        return bool(self.avoids) and path.startswith(self.avoids)

    def read_mail(self, messages: Any) -> None:  # noqa: ANN401
        """Read mail as it would leave now, with what is enclosed."""
        for message in messages.exclude(state=OutboxMessage.State.DEAD):
            letter = compose(message=message, moment=Moment(clock.now(), clock.today))
            if letter is None:
                continue
            mail = message_of(message, letter)
            parts = [str(mail.subject), str(mail.body), *mail.to]
            parts += [str(content) for content, _ in mail.alternatives]
            for each in letter.enclosures:
                parts += [each.name, each.content.decode()]
            self.mails += 1
            self.got[f"mail {message.kind} to {message.recipient}"] = "\n".join(parts)

    def _keep(self, where: str, text: str, given: Mapping[str, str]) -> None:
        # An answer may say what was asked for.
        asked = {*given.values(), *IDS.findall(where)}
        self.asked |= asked
        self.got[where] = without(asked, text)


def without(words: Iterable[str], text: str) -> str:
    """Take words out of a text, the longest first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "*")
    return text


def words_of(heard: Heard) -> str:
    """Give all that can be read of an answer: its head, its text, a file's text."""
    head = "\n".join(f"{name}: {each}" for name, each in heard.response.headers.items())
    cookies = heard.response.cookies.output()
    body = heard.body
    if body.startswith(b"PK"):
        body = unpacked(body)
    if body.startswith(b"%PDF"):
        body += _text_of(body)
    return "\n".join((head, cookies, body.decode(errors="replace")))


def unpacked(content: bytes) -> bytes:
    """Give what an archive holds, such as a workbook's sheets."""
    with ZipFile(BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def _text_of(content: bytes) -> bytes:
    command = ("pdftotext", "-", "-")
    return subprocess.run(  # noqa: S603
        command, input=content, capture_output=True, check=False
    ).stdout


def links_in(text: str, here: str) -> Iterator[str]:
    """Find where an answer leads on this site, queries of the same page included."""
    for link in LINKS.findall(text):
        yield html.unescape(link)
    for query in re.findall(r'href="(\?[^"]*)"', text):
        yield urlsplit(here).path + html.unescape(query)
