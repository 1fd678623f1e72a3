"""The API asked what nobody thought of: generated requests, signed in, with real ids.

Schemathesis makes the requests out of the API's own description, always the same ones.
They are answered in this process, each undone afterwards.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from itertools import count
from typing import Any, cast
from zlib import crc32

import schemathesis
from django.conf import settings
from django.core.cache import cache
from django.test.client import ClientHandler
from schemathesis import BaseSchema, Case, Response
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation.stateful.state_machine import APIStateMachine
from schemathesis.specs.openapi.checks import ensure_resource_availability

from tests.api.contract import description
from tests.files.samples import pdf
from tests.matrix.actors import BINDERS
from tests.matrix.asking import undone
from tests.matrix.cycles_rest_table import approved
from tests.matrix.world import World

Start = Callable[[str, list[tuple[str, str]]], object]
Keys = dict[str, dict[str, str]]
CSRF = "k" * 32
NOTHING = re.compile(r"(?!)")
FROM_AN_ANSWER = re.compile(r"[a-z]{2,3}_[0-9a-f]{32}")
# By the part of an address: the things it may name.
NAMED: dict[str, tuple[str, ...]] = {
    "activity_id": (*("draft over REST",) * 4, "activity over REST"),
    "application_id": ("own application over REST",),
    "audit_id": ("audit over REST",),
    "attempt_id": ("running test",),
    "approval_id": ("approved activity over REST", "activity in writing over REST"),
    "assignment_id": ("assignment over REST",),
    "badge_id": ("badge over REST",),
    "binder_id": ("binder over REST",),
    "body": ("program",),
    "certificate_id": ("certificate over REST",),
    "certification_id": ("credential over REST",),
    "code": ("number",),
    "course_id": ("course over REST",),
    "document_id": ("own document over REST",),
    "duplicate_id": ("own report over REST",),
    "exam_id": ("exam to begin over REST", "running exam over REST"),
    "enrolment_id": (
        *("enrolment", "enrolment to be tested", "enrolment at its test"),
        *("enrolment at its test", "enrolment to evaluate", "enrolment to claim"),
    ),
    "estimate": ("estimate",),
    "live_id": ("live activity over REST",),
    "registration_id": ("registration over REST",),
    "export_id": ("export over REST",),
    "transcript_link_id": ("transcript link over REST",),
    "import_id": ("roster over REST",),
    "own_version_id": ("own document version over REST",),
    "order_id": ("order over REST",),
    "decree_id": ("decree over REST",),
    "item_id": ("audit item over REST",),
    "licence_id": ("licence over REST",),
    "member_id": ("person over REST",),
    "notice_id": ("notice over REST",),
    "number": ("first question",),
    "practice": ("practice",),
    "proof_id": ("proof of the draft",),
    "reading_id": ("reading",),
    "sha256": ("report's hash",),
    "version_id": ("document version over REST",),
}
NAMED_FOR_STAFF: dict[str, tuple[str, ...]] = {
    "activity_id": ("activity of the body",),
    "approval_id": ("activity to decide over REST",),
    "duplicate_id": ("report of two accounts over REST",),
    "audit_id": ("audit to decide", "audit of the body over REST"),
    "draw_id": ("draw over REST",),
    "item_id": ("item to decide", "conference over REST"),
    "fed_id": ("row of a feed over REST",),
    "delivery_id": ("file of a feed over REST",),
    "live_id": ("live draft of the body over REST", "live activity to come over REST"),
    "missed_id": ("missed credit over REST",),
    "proof_id": ("proof of the body",),
    "view_id": ("view of the body over REST",),
}
NAMED_OF_EXAMS = {"attempt_id": ("running try of an exam",)}
# What the body of cycles alone has, its managers may ask for.
NAMED_OF_CYCLES: dict[str, tuple[str, ...]] = {
    "application_id": ("application of the body",),
    "body": ("program of cycles",),
    "decree_id": ("decree over REST", "decree over REST"),
    "member_id": ("certificant of the body", "society member of the body"),
    "view_id": ("view of applications over REST",),
}
OF_CYCLES = (
    *("/recert-applications", "/society-memberships", "/decree"),
    *("/recert-application-views", "/certificants"),
)
# What a body's managers alone may ask for.
OF_MANAGERS = ("/audits", "/audit-draws", "/audit-previews")
# How often each operation was asked: what is filled in takes turns.
_turns: dict[str, Iterator[int]] = {}
WHO = {"me": "member", "bodies": "reviewer"}


class App:
    """The project as a WSGI application that leaves the test's connection alone."""

    def __init__(self) -> None:
        self.handler = ClientHandler(enforce_csrf_checks=True)

    def __call__(
        self, environ: dict[str, Any], start_response: Start
    ) -> Iterable[bytes]:
        """Answer a request."""
        response: Any = self.handler(environ)
        cookies = [
            ("Set-Cookie", each.OutputString()) for each in response.cookies.values()
        ]
        start_response(
            f"{response.status_code} {response.reason_phrase}",
            [*response.items(), *cookies],
        )
        found: Iterable[bytes] = response
        return found


def fuzz(*, cases: int, edges: bool) -> BaseSchema:
    """Read the description so that each operation is asked so many times.

    With `edges` the boundaries of every value, and what is left out, come on top.
    """
    # Its own copy: it is worked on while requests are made of it.
    schema = schemathesis.openapi.from_dict(deepcopy(description()))
    schema.app = App()
    schema.config.generation.update(
        max_examples=cases, deterministic=True, with_security_parameters=False
    )
    schema.config.phases.coverage.enabled = edges
    # A rule may refuse what the description allows: 422 with its sentence.
    schema.config.checks.positive_data_acceptance.enabled = False
    # Whoever names no copy of ours with If-Match names another one.
    rejecting = schema.config.checks.negative_data_rejection
    rejecting.expected_statuses = [*rejecting.expected_statuses, "412"]
    return schema


def ask(case: Case, world: World) -> int:
    """Send a request and hold its answer against the description; give its status."""
    cache.clear()
    fill(case, world, turn=next(_turns.setdefault(case.operation.label, count())))
    keys = keys_of(case, world)
    with undone():
        response = case.call(headers=keys["headers"], cookies=keys["cookies"])
        check(case, response, keys)
    return int(response.status_code)


def check(
    case: Case,
    response: Response,
    keys: Keys,
    recorder: ScenarioRecorder | None = None,
) -> None:
    """Hold an answer against the description."""
    # An activity that was just begun has no proof of another one.
    no_proof = [ensure_resource_availability] if "proof_id" in case.path else []
    case.validate_response(
        response,
        excluded_checks=no_proof,
        # So that it is known which keys were given and which made up.
        headers=keys["headers"] | {"Cookie": " ".join(keys["cookies"])},
        transport_kwargs={"app": case.operation.app, **keys},
        recorder=recorder,
    )


def steps(schema: BaseSchema, world: World) -> type[APIStateMachine]:
    """Ask one thing after the other, each with what earlier answers named."""
    base: Any = schema.as_state_machine()

    class Steps(base):  # type: ignore[misc]
        """A run of requests, undone at its end."""

        def setup(self) -> None:
            self.rest = ExitStack()
            self.rest.enter_context(undone())

        def teardown(self) -> None:
            self.rest.close()

        def before_call(self, case: Case) -> None:
            cache.clear()
            # The same run again must be the same: nothing but the case decides.
            turn = crc32(repr((case.body, case.query)).encode())
            fill(case, world, turn=turn, but=FROM_AN_ANSWER)

        def get_call_kwargs(self, case: Case) -> Keys:
            return keys_of(case, world)

        def validate_response(
            self, response: Response, case: Case, *how: object, **keys: dict[str, str]
        ) -> None:
            check(case, response, keys, self.recorder)

    return cast("type[APIStateMachine]", Steps)


def keys_of(case: Case, world: World) -> Keys:
    """Say how somebody who may ask this address signs in."""
    space = case.operation.path.split("/")[3]
    if space == "practices":
        ways: list[dict[str, list[str]]] = case.operation.definition.raw["security"]
        scope = next(way["token"][0] for way in ways if "token" in way)
        several = BINDERS if "/binders" in case.operation.path else scope
        client = world.client("token", several)
        header = {"Authorization": client.defaults["HTTP_AUTHORIZATION"]}
        return {"headers": header, "cookies": {}}
    if space not in WHO:
        return {"headers": {}, "cookies": {}}
    by_manager = _is_of_cycles(case) or _is_of(case, OF_MANAGERS)
    who = "manager" if by_manager else WHO[space]
    session = world.client(who).cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "headers": {"X-CSRFToken": CSRF},
        "cookies": {
            settings.SESSION_COOKIE_NAME: session,
            settings.CSRF_COOKIE_NAME: CSRF,
        },
    }


def _is_of_cycles(case: Case) -> bool:
    return _is_of(case, OF_CYCLES)


def _is_of(case: Case, names: tuple[str, ...]) -> bool:
    path = case.operation.path
    return "/bodies/" in path and any(each in path for each in names)


def fill(
    case: Case, world: World, *, turn: int, but: re.Pattern[str] = NOTHING
) -> None:
    """Name things that are there, in the address and mostly in the body.

    What looks like `but` is named already; `turn` chooses among several things.
    """
    if case.meta and case.meta.is_negative_at(ParameterLocation.PATH):
        return
    named = NAMED | (NAMED_FOR_STAFF if "bodies" in case.path else {})
    if _is_of_cycles(case):
        named |= NAMED_OF_CYCLES
    if "/me/exams/" in case.path:
        named |= NAMED_OF_EXAMS
    for name, given in case.path_parameters.items():
        if but.fullmatch(str(given)):
            continue
        thing = world.things[named[name][turn % len(named[name])]]
        case.path_parameters[name] = thing.own
    if turn % 4 == 3 or (case.meta and case.meta.generation.mode.is_negative):
        return
    case.headers.pop("If-Match", None)
    _fill_body(case, world, turn)


def _fill_order(body: dict[str, Any], world: World, turn: int) -> None:
    for line in body.get("lines") or ():
        if isinstance(line, dict) and "offer" in line:
            line["offer"] = "renewals"
    if isinstance(body.get("estimate"), str) and turn % 3 == 0:
        body["estimate"] = world.things["estimate"].own


def _fill_body(case: Case, world: World, turn: int) -> None:
    body: Any = case.body
    if not isinstance(body, dict):
        return
    member = world.things["person over REST"].own
    if isinstance(body.get("member"), str):
        body["member"] = member
    for item in body.get("items") or ():
        if isinstance(item, dict) and "member" in item:
            item["member"] = member
    _fill_order(body, world, turn)
    if "outcome" in body and turn % 3 == 0 and not _is_of_cycles(case):
        body |= {"version": 1, "outcome": "returned", "words": "Page 2?"}
    elif "outcome" in body and turn % 3 == 0:
        body |= approved(world)
    if "file" in body and turn % 3 == 0:
        body["file"] = pdf()
