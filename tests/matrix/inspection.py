"""Holding one route against its row: every method, every actor, every address.

The whole is asked on SQLite. On PostgreSQL a lean inspection asks what row security can
change: whoever may come in gets in, in the door's scope, and finds nothing foreign, by
address or by what is sent; and each kind of refusal is given, to a browser and to a
program, and leaves its entry. Left out is what the same code does the same way on both:
methods a route does not have, HEAD (a GET without its body), the others who get the
same refusal, what whoever is refused hears at other addresses, and the steps of code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.test import Client
from django.urls import reverse

from accounts.checks import Routed
from core.models import AuditEntry
from tests.matrix.actors import ACTORS, FOREIGNERS, TOKENS
from tests.matrix.asking import (
    DENIED,
    TRAIL,
    Heard,
    ask,
    checksum,
    undone,
)
from tests.matrix.expectations import (
    ASK_NOTHING,
    HEAR_OF_METHODS,
    IN,
    METHODS,
    MISSING,
    PAGE_STATUS,
    REST_STATUS,
    SECOND_STEP,
    SIGN_IN,
    Answer,
    Call,
    Row,
    Word,
    parts_of,
)
from tests.matrix.things import Thing
from tests.matrix.world import World

SAFE = frozenset({"GET", "HEAD"})


def _denials() -> int:
    return AuditEntry.objects.filter(action=DENIED).count()


def _denials_of(method: str, answer: Answer) -> int:
    """Say how many entries a refusal leaves: one, where it is known whom it met."""
    return int(answer is not SIGN_IN and method not in SAFE)


@dataclass(frozen=True)
class Inspection:
    """One route, its row, and the world it is tried in."""

    routed: Routed
    row: Row
    world: World
    lean: bool = False

    @property
    def rest(self) -> bool:
        """Whether programs ask here."""
        return self.routed.path.startswith("api/v1/")

    def faults(self) -> Iterator[str]:
        """Say, one by one, what is not as the table has it."""
        yield from self._methods()
        for method, call in self._calls():
            yield from self._denied(method, call)
            yield from self._let_in(method, call)
            yield from self._addresses(method, call)
            yield from self._swaps(method, call)

    def refusals(self, actor: str) -> int:
        """Send all an actor is refused here; say how much there was of it."""
        asked = 0
        for method, call in self.row.calls.items():
            if method not in SAFE and self._answer(actor, method) is not IN:
                self._ask(actor, method, call)
                asked += 1
        return asked

    def without_key(self, actor: str) -> Heard:
        """Send what would work, but as another site would: without the form's key."""
        call = self.row.calls["POST"]
        handler = self._client(actor, call).handler
        handler.enforce_csrf_checks = True
        try:
            with undone():
                return self._ask(actor, "POST", call)
        finally:
            handler.enforce_csrf_checks = False

    def _calls(self) -> Iterator[tuple[str, Call]]:
        yield from self.row.calls.items()
        if "GET" in self.row.calls and not self.lean:
            yield "HEAD", self.row.calls["GET"]

    def _methods(self) -> Iterator[str]:
        expected = set(self.row.calls)
        expected |= {"HEAD"} if "GET" in expected else set()
        declared = set(self.routed.permissions)
        if declared | {"HEAD"} != expected | {"HEAD"}:
            yield f"has {sorted(declared)}, not {sorted(expected)}"
        for actor in () if self.lean else HEAR_OF_METHODS:
            client = self.world.client(actor)
            for method in METHODS:
                if method not in expected:
                    heard = ask(client, method, self.path())
                    if heard.status != 405 or heard.writes:
                        yield self._said(actor, method, heard, "405")

    def _denied(self, method: str, call: Call) -> Iterator[str]:
        """Try whoever may not, with what would work; nothing may have changed."""
        with undone():
            there = _denials()
            for actor, answer in self._refused(method):
                heard = self._ask(actor, method, call)
                before, there = there, _denials()
                entered = there - before
                if not self._is(heard, answer) or not set(heard.writes) <= TRAIL:
                    yield self._said(actor, method, heard, answer)
                if entered != _denials_of(method, answer):
                    yield f"{actor} {method}: {entered} entries of being refused"

    def _refused(self, method: str) -> Iterator[tuple[str, Answer]]:
        """Give who may not come in; lean, one browser and one program per answer."""
        found = set()
        for actor in ACTORS:
            answer = self._answer(actor, method)
            kind = answer, actor in TOKENS
            if answer is not IN and not (self.lean and kind in found):
                found.add(kind)
                yield actor, answer

    def _let_in(self, method: str, call: Call) -> Iterator[str]:
        for actor in ACTORS:
            if self._answer(actor, method) is not IN:
                continue
            with undone():
                heard = self._ask(actor, method, call)
            expected = f"one of {sorted(call.statuses)}"
            # Of a list that is sent piece by piece a HEAD reads nothing.
            if method != "HEAD" and not self._in_scope(heard):
                yield f"{actor} {method}: asks the database in {sorted(heard.scopes)}"
            if heard.status not in call.statuses:
                yield self._said(actor, method, heard, expected)
            elif method in {"GET", "HEAD"} and heard.besides(noted=call.noted):
                yield self._said(actor, method, heard, "no row changed by looking")
            elif call.writes and not heard.writes and self.row.word is not Word.PUBLIC:
                yield self._said(actor, method, heard, "rows changed")

    def _in_scope(self, heard: Heard) -> bool:
        """Tell whether the database was asked in the scope of the door."""
        cast = self.world.cast
        # Pages call it the program, the API the body.
        named = self.row.names
        part = named.get("body", named.get("program", "program"))
        program = self.world.things[part]
        begins = {
            Word.PRACTICE: f"practice:{cast.northside.pk}",
            Word.OWN: "self:",
            Word.SIGNED_IN: "self:",
            Word.STAFF: f"staff:{program.own}",
            Word.MANAGER: f"staff:{program.own}",
            Word.PUBLIC: "",
        }[self.row.word]
        asks = self.routed.name not in ASK_NOTHING and heard.statements
        return not asks or any(each.startswith(begins) for each in heard.scopes)

    def _addresses(self, method: str, call: Call) -> Iterator[str]:
        """Somebody else's thing and nobody's are told apart by no byte."""
        if self.row.word is Word.PUBLIC:
            return
        for part in parts_of(self.routed.path):
            thing = self.world.things[self.row.names.get(part, part)]
            others = () if self.row.remembers else thing.others
            for actor in ACTORS:
                # A HEAD has no bytes to tell by; whoever comes in goes its whole way.
                shut = self._answer(actor, method) is not IN and (
                    method == "HEAD" or self.lean
                )
                if actor not in FOREIGNERS and not shut:
                    for other in (thing.foreign, *others):
                        yield from self._address(actor, method, call, part, other)

    def _address(
        self, actor: str, method: str, call: Call, part: str, other: str
    ) -> Iterator[str]:
        thing = self.world.things[self.row.names.get(part, part)]
        entitled = self._answer(actor, method) is IN
        foreign, missing = self._pair(actor, method, call, part, other)
        words = (other, thing.missing)
        if foreign.alike(*words) != missing.alike(*words):
            yield f"{actor} {method}: tells a foreign {part} from a missing one"
        if not foreign.came_like(missing):
            # What is worked out once a process, or once a minute, is worked out now.
            foreign, missing = self._pair(actor, method, call, part, other)
        if not foreign.came_like(missing):
            yield f"{actor} {method}: goes another way for a foreign {part}"
        if entitled and not self._is(foreign, MISSING):
            yield self._said(actor, method, foreign, f"404 (foreign {part})")

    def _pair(
        self, actor: str, method: str, call: Call, part: str, other: str
    ) -> tuple[Heard, Heard]:
        """Ask for somebody else's thing, and for one that was never there."""
        missing = self.world.things[self.row.names.get(part, part)].missing
        heard = []
        for value in (other, missing):
            with undone():
                heard.append(self._ask(actor, method, call, part, value))
        return heard[0], heard[1]

    def _swaps(self, method: str, call: Call) -> Iterator[str]:
        """A foreign id in what is sent is answered as one that names nothing."""
        for name in call.swaps:
            thing = self.world.things[name]
            for actor in ACTORS:
                if self._answer(actor, method) is not IN:
                    continue
                foreign = self._send(actor, method, call, name, thing.foreign)
                missing = self._send(actor, method, call, name, thing.missing)
                words = (thing.foreign, thing.missing)
                if foreign.alike(*words) != missing.alike(*words):
                    yield f"{actor} {method}: tells a foreign {name} from a missing one"
                if foreign.statements != missing.statements:
                    yield f"{actor} {method}: goes another way for a foreign {name}"
                if foreign.status not in {404, 409, 422} or foreign.writes:
                    yield self._said(
                        actor, method, foreign, f"refusal (foreign {name})"
                    )

    def _answer(self, actor: str, method: str) -> Answer:
        known = "GET" if method == "HEAD" else method
        return self.row.answer(actor, known, rest=self.rest)

    def _ask(
        self, actor: str, method: str, call: Call, part: str = "", value: str = ""
    ) -> Heard:
        sent = call.send(self.world) if call.send else None
        # Whoever may come in goes farthest; their way is followed step by step.
        entitled = self._answer(actor, method) is IN
        followed = bool(part) and entitled and not self.lean
        path = self.path(**{part: value} if part else {})
        return ask(self._client(actor, call), method, path, sent, followed=followed)

    def _send(
        self, actor: str, method: str, call: Call, name: str, value: str
    ) -> Heard:
        other = {**self.world.things, name: Thing(value, value, value)}
        sent = call.send(replace(self.world, things=other)) if call.send else None
        before = self._untouched
        with undone():
            heard = ask(self._client(actor, call), method, self.path(), sent)
            changed = ("some table",) if checksum() != before else ()
        return replace(heard, writes=changed)

    @cached_property
    def _untouched(self) -> str:
        """The world's sum: whatever is asked of it is undone."""
        return checksum()

    def _client(self, actor: str, call: Call) -> Client:
        return self.world.client(actor, call.scope)

    def path(self, **others: str) -> str:
        """Give the route's address, with our own things but for `others`."""
        values = {
            part: self.world.things[self.row.names.get(part, part)].own
            for part in parts_of(self.routed.path)
        }
        return reverse(self.routed.name, kwargs=values | others)

    def _is(self, heard: Heard, answer: Answer) -> bool:
        if heard.status != (REST_STATUS if self.rest else PAGE_STATUS)[answer]:
            return False
        headers = heard.response.headers
        if answer is SECOND_STEP and not self.rest:
            return headers["Location"].startswith(reverse("mfa_index"))
        if answer is not SIGN_IN:
            return True
        if self.rest:
            return headers.get("WWW-Authenticate", "").startswith("Bearer")
        return headers["Location"].startswith(f"{reverse('account_login')}?next=/")

    def _said(self, actor: str, method: str, heard: Heard, expected: str) -> str:
        changed = f", changed {sorted(set(heard.writes))}" if heard.writes else ""
        return f"{actor} {method}: {heard.status}{changed}, not {expected}"
