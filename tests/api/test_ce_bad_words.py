"""Words of a report: what is kept as it is, what is not theirs to say, what is junk."""

import pytest

from ce_credits.models import Activity
from tests.api.asking import Api, Caller, mem, places, problem, tail_of
from tests.api.reporting import begun, for_bob, proved, row_of
from tests.cast import BODY, Cast

pytestmark = pytest.mark.db


def drafts() -> int:
    """How many activities are being written."""
    return Activity.objects.filter(state="draft").count()


NOT_THEIRS: list[tuple[str, object]] = [
    ("status", "approved"),
    ("status", "accepted"),
    ("state", "accepted"),
    ("credits", "30"),
    ("credit", {"amount": "30.0"}),
    ("amount", "30.0"),
    ("approved_by", "Erin Ellis"),
    ("decided_by", "Erin Ellis"),
    ("reported_by", "Erin Ellis"),
    ("practice", "lakeview"),
    ("practice_id", "00000000-0000-0000-0000-000000000000"),
    ("cycle_id", "trm_" + "0" * 32),
    ("id", "ce_" + "0" * 32),
    ("version", 7),
    ("saves", 7),
    ("submitted_at", "2025-01-01T00:00:00Z"),
    ("created_at", "2025-01-01T00:00:00Z"),
    ("proof", "seen"),
    ("proofs", []),
    ("history", []),
    ("waiting", None),
    ("typed", {}),
    ("read_from_file", []),
    ("hours", 1),
    ("__class__", "x"),
]


@pytest.mark.parametrize(("name", "value"), NOT_THEIRS)
def test_what_isn_t_theirs_to_say_is_refused_by_name(
    api: Api, own: Caller, cast: Cast, name: str, value: object
) -> None:
    made = begun(api, cast)
    proved(made)
    for caller in (api, own):
        sent = for_bob(cast, **{name: value})
        if caller is own:
            del sent["member"]
        for answer in (
            caller.post("ce-activities", sent),
            caller.patch(tail_of(made), {name: value}),
            caller.post(tail_of(made, "submit"), {name: value}),
            caller.post(tail_of(made, "withdraw"), {name: value}),
        ):
            said = problem(answer, 422, "validation-error")
            assert places(said) == [f"/{name}"]
            assert said["errors"][0]["code"] == "unknown"
    assert drafts() == 1
    after = api.get(tail_of(made)).json()
    assert after["status"] == "draft"
    assert {**after, "proofs": []} == made


@pytest.mark.parametrize(("name", "value"), [("member", "mem"), ("program", BODY)])
def test_whose_it_is_can_t_be_changed(
    api: Api, own: Caller, cast: Cast, name: str, value: str
) -> None:
    made = begun(api, cast)
    value = mem(cast.charlie.pk) if value == "mem" else value
    for caller in (api, own):
        answer = caller.patch(tail_of(made), {name: value})
        assert places(problem(answer, 422, "validation-error")) == [f"/{name}"]
    sent = for_bob(cast, member=mem(cast.charlie.pk))
    said = problem(own.post("ce-activities", sent), 422, "validation-error")
    assert places(said) == ["/member"]


KEPT_AS_THEY_ARE = [
    "\u202egnirevoc\u202c",
    "{{7*7}}",
    "{% load static %}",
    '<img src="file:///etc/passwd" onerror="alert(1)">',
    '=HYPERLINK("http://evil.example","x")',
    "Robert'); DROP TABLE students;--",
    "\U0001f9d1\u200d\u2695\ufe0f care",
    "e\u0301tude",
    "  two  spaces  ",
    "t" * 300,
]
NOT_TAKEN: list[object] = [
    "a\0b",
    "first\nsecond",
    "Subject\r\nBcc: all@mail.example",
    "a\u2028b",
    "\x1b[31m",
    "\x85",
    "t" * 301,
    "t" * 10_001,
    5,
    None,
    True,
    ["a"],
    {"a": "b"},
]


@pytest.mark.parametrize("text", KEPT_AS_THEY_ARE)
def test_text_is_kept_and_told_as_it_was_sent(
    own: Caller, cast: Cast, text: str
) -> None:
    made = begun(own, cast, title=text)
    assert made["title"] == text
    proved(made)
    done = own.post(tail_of(made, "submit"), {}).json()
    assert done["title"] == row_of(made).title == text.strip()


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_text_that_no_line_can_hold_is_refused(
    own: Caller, cast: Cast, text: object
) -> None:
    made = begun(own, cast)
    sent = for_bob(cast, title=text)
    del sent["member"]
    for answer in (
        own.post("ce-activities", sent),
        own.patch(tail_of(made), {"title": text}),
    ):
        assert places(problem(answer, 422, "validation-error")) == ["/title"]
    assert drafts() == 1
    assert own.get(tail_of(made)).json() == made


@pytest.mark.parametrize(
    "raw",
    [
        b'{"title": "half \\ud800 a character"}',
        b'{"title": "\xed\xa0\x80"}',
        b'{"title": "\xff"}',
        b'{"title": "one", "title": "two"}',
        b'{"title": ',
        b"[" * 10_000,
        b"",
        b"{" * 10_000,
    ],
)
def test_a_body_that_can_t_be_read_is_malformed(
    own: Caller, cast: Cast, raw: bytes
) -> None:
    made = begun(own, cast)
    answer = own.send("PATCH", tail_of(made), raw)
    if raw:
        problem(answer, 400, "malformed")
    assert own.get(tail_of(made)).json() == made


BAD_KINDS = [("webinars", "unknown"), ("", "blank"), ("a b", "code"), ("k" * 41, "")]


@pytest.mark.parametrize(("kind", "code"), BAD_KINDS)
def test_a_kind_that_the_program_doesn_t_know_is_refused_and_the_others_named(
    own: Caller, cast: Cast, kind: str, code: str
) -> None:
    for answer in (
        own.post("ce-activities", {"program": BODY, "kind": kind}),
        own.post("credit-quotes", {"program": BODY, "kind": kind}),
    ):
        said = problem(answer, 422, "validation-error")
        assert places(said) == ["/kind"]
        if code == "unknown":
            assert said["detail"] == (
                "Use one of: call, event, webinar, web_based_training."
            )
    assert drafts() == 0


def test_a_program_that_isn_t_there_is_refused(own: Caller, cast: Cast) -> None:
    for program in ("another", "", None, 1, "ACMSS"):
        answer = own.post("ce-activities", {"program": program})
        assert places(problem(answer, 422, "validation-error")) == ["/program"]
    problem(own.post("ce-activities", {}), 422, "validation-error")
