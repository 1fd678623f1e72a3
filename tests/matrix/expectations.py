"""What each route answers to whom: a table of its own, not read from the code.

A row names who may come in (its word) and, for each method the route has, what those
who may are answered, with what must be sent for that. The rest follows from the word:
who is asked to sign in (302 or 401), refused (403), told there is nothing (404).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any
from uuid import uuid4

from tests.matrix.actors import (
    BOTH,
    DEACTIVATED,
    FORMER_HOLDER,
    ONE_STEP,
    SIGNED_OUT,
    TOKENS,
    TWO_BODIES,
)
from tests.matrix.world import World


class Answer(StrEnum):
    """What an actor gets; as a page, and over REST."""

    IN = "let in"
    SIGN_IN = "asked to sign in"
    FORBIDDEN = "refused"
    MISSING = "told there is nothing"
    SECOND_STEP = "asked for the second step"


IN, SIGN_IN, FORBIDDEN, MISSING, SECOND_STEP = Answer


class Word(Enum):
    """Who may come in."""

    PUBLIC = "anybody"
    SIGNED_IN = "whoever has signed in"
    OWN = "a member, to what is theirs"
    PRACTICE = "an administrator of the practice"
    STAFF = "the body's staff"
    MANAGER = "the body's managers"


ADMINISTRATOR_ONCE, MANAGER_ONCE = ONE_STEP
# Members with records of their own, none of which is Bob's.
OTHER_HOLDERS = ("foreign member", "colleague", BOTH, FORMER_HOLDER)
# Who gets what behind a word. Whoever is not named gets the answer under "".
PEOPLE: dict[Word, dict[str, Answer]] = {
    Word.PUBLIC: {"": IN},
    Word.SIGNED_IN: {"": IN, SIGNED_OUT: SIGN_IN, DEACTIVATED: SIGN_IN},
    Word.OWN: {
        "": FORBIDDEN,
        SIGNED_OUT: SIGN_IN,
        DEACTIVATED: SIGN_IN,
        "member": IN,
        **dict.fromkeys(OTHER_HOLDERS, IN),
    },
    Word.PRACTICE: {
        "": MISSING,
        SIGNED_OUT: SIGN_IN,
        DEACTIVATED: SIGN_IN,
        "member": FORBIDDEN,
        "colleague": FORBIDDEN,
        BOTH: FORBIDDEN,
        "administrator": IN,
        ADMINISTRATOR_ONCE: SECOND_STEP,
    },
    Word.STAFF: {
        "": MISSING,
        SIGNED_OUT: SIGN_IN,
        DEACTIVATED: SIGN_IN,
        "reviewer": IN,
        TWO_BODIES: IN,
        "manager": IN,
        MANAGER_ONCE: SECOND_STEP,
    },
    Word.MANAGER: {
        "": MISSING,
        SIGNED_OUT: SIGN_IN,
        DEACTIVATED: SIGN_IN,
        "reviewer": FORBIDDEN,
        TWO_BODIES: FORBIDDEN,
        "manager": IN,
        MANAGER_ONCE: SECOND_STEP,
    },
}
# A token opens REST addresses of its own practice, within its scopes, and nothing else.
PROGRAMS: dict[str, Answer] = {
    "token": IN,
    "token of another practice": MISSING,
    "token without the scope": FORBIDDEN,
    "revoked token": SIGN_IN,
    "expired token": SIGN_IN,
}
PAGE_STATUS = {SIGN_IN: 302, FORBIDDEN: 403, MISSING: 404, SECOND_STEP: 302}
REST_STATUS = {SIGN_IN: 401, FORBIDDEN: 403, MISSING: 404, SECOND_STEP: 403}

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Whoever they are, they hear that a method does not exist.
HEAR_OF_METHODS = ("signed out", "stranger", "administrator", "manager", "token")
# Pages that read no row of ours once the door is open.
ASK_NOTHING = {
    "account_change_password",
    "members_import_template",
    "staff_feed_sample",
    "own_document_new",
    "staff_audit_draw",
    "staff_decree_new",
    "staff_register",
    "staff_catalogue_sample",
    "staff_course_new",
    "staff_live_new",
    "staff_document_new",
}

PART = re.compile(r"<(?:\w+:)?(\w+)>")
Send = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Call:
    """What a method answers to those who may come in.

    `send` makes what has to be sent for it; with `writes`, rows change then. `scope` is
    what a token needs, or several with spaces; without one no token comes in. `swaps`
    names the things whose ids are sent. With `noted`, that somebody looked is on the
    trail.
    """

    statuses: frozenset[int]
    send: Send | None = None
    writes: bool = False
    scope: str = ""
    swaps: tuple[str, ...] = ()
    noted: bool = False


@dataclass(frozen=True)
class Row:
    """One route's expectations.

    `names` says which thing a part of the address names, where the part's own name
    doesn't. With `own_things` the address names a thing of one member alone; with
    `remembers`, a practice is told of somebody who left that they did.
    """

    word: Word
    calls: Mapping[str, Call]
    names: Mapping[str, str] = field(default_factory=dict)
    own_things: bool = False
    remembers: bool = False

    def answer(self, actor: str, method: str, *, rest: bool) -> Answer:
        """Say what an actor gets for a method the route has, at its own address."""
        people = PEOPLE[self.word]
        if actor not in TOKENS:
            answer = people.get(actor, people[""])
            if self.own_things and (actor in OTHER_HOLDERS or self._not_bobs(actor)):
                return MISSING if answer is IN else answer
            return answer
        if not rest or self.word is Word.PUBLIC:
            return people.get(SIGNED_OUT, people[""])
        answer = PROGRAMS[actor]
        if self.word is not Word.PRACTICE:
            # What is no practice's, no token opens, whosever it is.
            return answer if answer is SIGN_IN else FORBIDDEN
        closed = not self.calls[method].scope
        return FORBIDDEN if closed and answer is IN else answer

    def _not_bobs(self, actor: str) -> bool:
        """Whether what is an account's own is another's than this actor's."""
        return self.word is Word.SIGNED_IN and actor != "member"


def parts_of(path: str) -> list[str]:
    """Name the parts of a route's address that vary."""
    return PART.findall(path)


def get(*statuses: int, scope: str = "", noted: bool = False) -> Call:
    """A method that only shows."""
    return Call(frozenset(statuses or (200,)), scope=scope, noted=noted)


def write(
    status: int, send: Send, scope: str = "", swaps: tuple[str, ...] = ()
) -> Call:
    """A method that changes rows when it is sent the right things."""
    return Call(frozenset((status,)), send, writes=True, scope=scope, swaps=swaps)


def works_out(
    status: int, send: Send, scope: str = "", swaps: tuple[str, ...] = ()
) -> Call:
    """A method that is sent something and changes no row."""
    return Call(frozenset((status,)), send, scope=scope, swaps=swaps)


def answers(*statuses: int) -> Call:
    """A method that is sent nothing and says what is wrong with that."""
    return Call(frozenset(statuses), lambda world: {})


def sends(**values: str) -> Send:
    """Send fixed values and a key of the form's own."""
    return lambda world: {"form_key": uuid4().hex, **values}


def shows(word: Word, **names: str) -> Row:
    """A page that only shows."""
    return Row(word, {"GET": get()}, names)
