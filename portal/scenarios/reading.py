"""Reading a scenario file: strict, and every fault names the file and the key."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from ce_credits.rules import Decision, Submission
from credentials.policy import PolicyBook
from credentials.policy.reading import (
    Table,
    as_amount,
    as_day,
    as_decimal,
    as_flag,
    as_text,
    list_of,
    one_of,
    read_toml,
)
from portal.scenarios import words
from portal.scenarios.activities import read_activity, read_program
from portal.scenarios.format import (
    Applies,
    AwardCase,
    Certified,
    Event,
    Expectation,
    Joins,
    Learns,
    Person,
    Scenario,
    Story,
    Waives,
)
from portal.scenarios.words import ScenarioError

STORY_KEYS = ("program", "member", "events", "expect")
TWO_DAYS = 2
# What somebody is of whom an award says nothing.
PHYSICIAN = words.PROFESSIONS[0]


def read_scenario(path: Path, book: PolicyBook) -> Scenario:
    """Read and check a file; ScenarioError names the file, the key and the reason."""
    table = read_toml(path, error=ScenarioError, name=str(path))
    table.only("title", "awards", *STORY_KEYS)
    title = table.maybe("title", as_text) or ""
    awards = tuple(_read_award(item, book) for item in table.tables("awards"))
    has_story = any(table.has(key) for key in STORY_KEYS)
    story = _read_story(table, book, title) if has_story else None
    if not awards and story is None:
        table.fail("", "holds neither awards nor a story")
    return Scenario(str(path), awards, story)


def _read_award(table: Table, book: PolicyBook) -> AwardCase:
    table.only(*words.AWARD_KEYS)
    program = read_program(table, book)
    on = table.need("on", as_day)
    profession = table.maybe("profession", one_of(words.PROFESSIONS)) or PHYSICIAN
    policy = book.policy_for(program, on=on)
    activity = read_activity(table, policy, on=on, profession=profession)
    expect = _read_answer(table.table("expect"))
    table.close()
    return AwardCase(table.place, program, activity, expect)


def _read_answer(table: Table) -> Mapping[str, object]:
    """Read what an award should be; the outcome is `awarded` unless it is named."""
    wants: dict[str, object] = {"outcome": "awarded"}
    wants |= _read_wants(
        table,
        {
            "credits": as_decimal,
            "unit": as_text,
            "index": as_text,
            "approved": as_flag,
            "rule": as_text,
            "outcome": one_of(words.OUTCOMES),
            "attendance_only": as_flag,
        },
    )
    table.close()
    return wants


def _read_wants(
    table: Table, readers: Mapping[str, Callable[[object], object]]
) -> dict[str, object]:
    return {
        key: table.need(key, read) for key, read in readers.items() if table.has(key)
    }


def _read_story(table: Table, book: PolicyBook, title: str) -> Story:
    program = read_program(table, book)
    person = Person()
    if table.has("member"):
        person = _read_member(table.table("member"))
    events: list[Event] = []
    for item in table.tables("events"):
        event = _read_event(item, book, program, person)
        if events and event.on < events[-1].on:
            item.fail("on", f"{event.on} comes after {events[-1].on}; keep date order")
        events.append(event)
    expectations = tuple(_read_expectation(item) for item in table.tables("expect"))
    return Story(title, program, person, tuple(events), expectations)


def _read_member(table: Table) -> Person:
    """Read who the person is; what their program doesn't ask is checked too."""
    profession = table.maybe("profession", one_of(words.PROFESSIONS))
    person = Person(
        society_member=table.maybe("society_member", as_flag) is True,
        profession=profession or Person().profession,
        retired_on=table.maybe("retired_on", as_day),
        registration_period=table.maybe("registration_period", as_period),
    )
    table.close()
    return person


def as_period(value: object) -> tuple[date, date]:
    """Read a first and a last day, in this order."""
    days = list_of(as_day)(value)
    if len(days) != TWO_DAYS or days[0] > days[1]:
        raise ValueError("must be a first and a last day")
    return days[0], days[1]


def _read_event(table: Table, book: PolicyBook, program: str, person: Person) -> Event:
    table.only(*words.EVENT_KEYS)
    on = table.need("on", as_day)
    sorts = [key for key in words.EVENTS if table.has(key)]
    if not sorts:
        table.fail("", f"says nothing that happened ({', '.join(words.EVENTS)})")
    if len(sorts) > 1:
        table.fail(sorts[1], f"stands beside {sorts[0]}; an event is one of them")
    if sorts[0] == "activity":
        policy = book.policy_for(program, on=on)
        activity = read_activity(table, policy, on=on, profession=person.profession)
        event: Event = Learns(on, table, activity, _read_submission(table, on))
    else:
        event = _read_sort(table, sorts[0], on)
    table.close()
    return event


def _read_sort(table: Table, sort: str, on: date) -> Event:
    match sort:
        case "certified":
            return Certified(on, table, table.need("certified", as_text))
        case "apply":
            return _read_application(table, on)
        case "waive":
            return Waives(on, table, table.need("waive", as_text))
        case _:
            return Joins(on, table, table.need("society_member", as_flag))


def _read_application(table: Table, on: date) -> Applies:
    word = table.need("apply", one_of(words.APPLICATIONS))
    paid = table.maybe("paid", as_amount)
    paid_by = table.maybe("paid_by", one_of(words.PAYMENTS))
    if paid_by is not None and paid is None:
        table.fail("paid_by", "says how nothing was paid; add paid")
    paid_on = on
    if paid_by == "cheque":
        paid_on = table.need("dated", as_day)
        table.need("received", as_day)
    decision = table.maybe("decision", one_of(words.DECISIONS_ON_APPLICATIONS))
    decided_on = _read_decided_on(table, on, decided=decision not in (None, "open"))
    return Applies(on, table, word, paid, paid_on, decision, decided_on)


def _read_submission(table: Table, on: date) -> Submission:
    proof = table.maybe("proof", as_flag)
    decision = _decision(
        table.maybe("decision", one_of(words.DECISIONS_ON_ACTIVITIES)) or "submitted"
    )
    decided_on = _read_decided_on(table, on, decided=decision != "submitted")
    determined: Decimal | None = table.maybe("credits", as_amount)
    if determined is not None and decision != "accepted":
        table.fail("credits", 'are what staff determined; add decision = "accepted"')
    return Submission(
        submitted_on=on,
        proof=proof is not False,
        decision=decision,
        decided_on=decided_on,
        determined=determined,
    )


def _decision(word: str) -> Decision:
    match word:
        case "accepted" | "rejected" | "returned":
            return word
        case _:
            return "submitted"


def _read_decided_on(table: Table, on: date, *, decided: bool) -> date:
    decided_on = table.maybe("decided_on", as_day)
    if decided_on is None:
        return on
    if not decided:
        table.fail("decided_on", "dates a decision that the event does not name")
    if decided_on < on:
        table.fail("decided_on", f"is before the event itself, on {on}")
    return decided_on


def _read_expectation(table: Table) -> Expectation:
    readers: Mapping[str, Callable[[object], object]] = {
        "earned": as_decimal,
        "approved": as_decimal,
        "need": as_decimal,
        "need_approved": as_decimal,
        "standing": one_of(words.STANDINGS),
        "fee": as_fee,
        "cycle": as_period,
        "certificate": one_of(words.CERTIFICATES),
        "extension": one_of(words.EXTENSIONS),
    }
    table.only("on", "requirements", *readers)
    on = table.need("on", as_day)
    wants = _read_wants(table, readers)
    if table.has("requirements"):
        wants["requirements"] = _read_requirements(table.table("requirements"))
    if not wants:
        table.fail("", "expects nothing; name what should be true")
    return Expectation(table.place, on, wants)


def as_fee(value: object) -> Decimal | str:
    """Read a fee, or the word that says nothing can be applied for."""
    if isinstance(value, str):
        return one_of((words.CLOSED,))(value)
    return as_amount(value)


def _read_requirements(table: Table) -> Mapping[str, object]:
    """Read what is asked by topic: have, need and missing, any of them."""
    wants: dict[str, object] = {}
    for topic in table.keys():  # noqa: SIM118 - a strict table, not a dict
        item = table.table(topic)
        wants[topic] = _read_wants(
            item, {"have": as_decimal, "need": as_decimal, "missing": as_decimal}
        )
        item.close()
    return wants
