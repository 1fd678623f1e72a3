"""The mail that was written in a body's name, as its staff read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse

from core.failures import Missing
from core.models import AuditEntry, OutboxMessage
from credentials.policy import zone_of
from notifications.queries import can_be_sent_again, seen_of
from notifications.rules import ONE_USE
from portal.queries.mail_kinds import KINDS
from portal.queries.narrowing import Narrowed, Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened, when_words

PAGE_SIZE = 50
State = OutboxMessage.State
TAGS = {
    State.WAITING: Tag("info", "Waiting"),
    State.SENDING: Tag("info", "Sending"),
    State.SENT: Tag("ok", "Sent"),
    State.UNCONFIRMED: Tag("warn", "Unconfirmed"),
    State.VOID: Tag("neutral", "Nobody to tell"),
    State.DEAD: Tag("bad", "Not sent"),
}
TRYING_AGAIN = Tag("warn", "Trying again")
NOTICE, SECURITY = "Notice", "Security notice"  # Neither can be switched off.


@dataclass(frozen=True)
class Filters(Narrowed):
    """Which messages are wanted: a state, a kind, a part of the address."""

    state: str = ""
    kind: str = ""
    q: str = ""


@dataclass(frozen=True)
class Row:
    """One message."""

    subject: str
    url: str
    recipient: str
    kind: str
    klass: str
    tag: Tag
    error: str
    when_text: str


@dataclass(frozen=True)
class StaffMail:
    """A body's mail, the newest first."""

    body_name: str
    verdict: str
    filters: Filters
    pills: Sequence[Pill]
    kinds: Sequence[tuple[str, str]]
    all_url: str
    messages: Sequence[Row]
    page_obj: Pager


@dataclass(frozen=True)
class StaffLetter:
    """One message, with its words as they left."""

    body_name: str
    back_url: str
    again_url: str
    seen: str
    row: Row
    facts: Sequence[tuple[str, str]]
    doubt: str
    text: str
    no_text: str
    trail: Sequence[Happened]


def staff_mail(program: str, filters: Filters, *, number: int) -> StaffMail:
    """List a body's mail."""
    mine = OutboxMessage.objects.of_program(program)
    counts = _counts(mine.filter(recipient__icontains=filters.q), filters.kind)
    found = _wanted(mine, filters)
    total = sum(counts.values()) if not filters.state else counts.get(filters.state, 0)
    keep = {"state": filters.state, "kind": filters.kind, "q": filters.q}
    pager = pager_of(number, total, PAGE_SIZE, keep)
    rows = found.order_by("-created_at", "pk")[pager.start : pager.start + PAGE_SIZE]
    return StaffMail(
        body_name=body_name(program),
        verdict=_verdict(total, counts, filters),
        filters=filters,
        pills=_pills(filters, counts),
        kinds=_kinds(mine),
        all_url="?",
        messages=[row_of(each, program) for each in rows],
        page_obj=pager,
    )


def _wanted(mine: QuerySet[OutboxMessage], filters: Filters) -> QuerySet[OutboxMessage]:
    found = mine.filter(recipient__icontains=filters.q)
    if filters.state:
        found = found.filter(state=filters.state)
    return found.filter(kind=filters.kind) if filters.kind else found


def _counts(found: QuerySet[OutboxMessage], kind: str) -> Mapping[str, int]:
    if kind:
        found = found.filter(kind=kind)
    rows = found.order_by().values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def _kinds(mine: QuerySet[OutboxMessage]) -> Sequence[tuple[str, str]]:
    found = mine.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind_words(kind)) for kind in found]


def _pills(filters: Filters, counts: Mapping[str, int]) -> Sequence[Pill]:
    words = {"": "All"} | {str(state): tag.word for state, tag in TAGS.items()}
    numbers = {"": sum(counts.values()), **counts}
    return [
        Pill(
            label=word,
            url=replace(filters, state=state).url,
            current=filters.state == state,
            count=numbers.get(state, 0),
        )
        for state, word in words.items()
    ]


def _verdict(total: int, counts: Mapping[str, int], filters: Filters) -> str:
    if filters.q or filters.kind or filters.state:
        return f"{_messages(total)} found."
    dead, doubtful = counts.get(State.DEAD, 0), counts.get(State.UNCONFIRMED, 0)
    if dead or doubtful:
        return f"{_messages(total)}: {dead} not sent, {doubtful} unconfirmed."
    return f"{_messages(total)}, none of which failed."


def _messages(count: int) -> str:
    return f"{count} {'message' if count == 1 else 'messages'}"


def letter_of(program: str, message_id: UUID) -> OutboxMessage:
    """Find a message written in a body's name.

    Raises:
        Missing: there is none; links to sign in by are in nobody's name.
    """
    mine = OutboxMessage.objects.of_program(program)
    found = mine.filter(pk=message_id).select_related("practice").first()
    if found is None:
        raise Missing("Not found.")
    return found


def staff_letter(message: OutboxMessage, program: str, *, acts: bool) -> StaffLetter:
    """Read one message; `acts`: whether who reads may have it sent again."""
    zone, row = zone_of(program), row_of(message, program)
    place = {"program": program, "message_id": message.pk}
    again = acts and can_be_sent_again(message)
    facts = [
        ("To", message.recipient),
        ("Kind", row.kind),
        ("Class", row.klass),
        *([("Practice", message.practice.name)] if message.practice else []),
        ("Written", when_words(message.created_at, zone)),
        ("Tries", str(message.attempts)),
    ]
    if message.sent_at:
        facts.append(("Sent", when_words(message.sent_at, zone)))
    if message.state == State.WAITING:
        facts.append(("Next try", when_words(message.due_at, zone)))
    if message.last_error:
        facts.append(("Error", message.last_error))
    return StaffLetter(
        body_name=body_name(program),
        back_url=reverse("staff_mail", kwargs={"program": program}),
        again_url=reverse("staff_send_again", kwargs=place) if again else "",
        seen=seen_of(message),
        row=row,
        facts=facts,
        doubt=_doubt(message),
        text=message.text,
        no_text=_no_words(State(message.state)),
        trail=happened(AuditEntry.objects.filter(subject_id=message.pk), zone),
    )


def _doubt(message: OutboxMessage) -> str:
    if message.state == State.UNCONFIRMED:
        return (
            "The mail server was given this message and nobody heard its answer. It "
            "may have arrived. Ask, or have it sent again: whoever has it already may "
            "get a second copy."
        )
    if message.unanswered and message.state == State.SENT:
        return (
            "At a first try nobody heard the mail server's answer, so it was sent "
            "once more. It may have arrived twice."
        )
    if message.unanswered:
        return "At an earlier try nobody heard the answer. It may have arrived."
    return ""


def _no_words(state: State) -> str:
    if state in (State.WAITING, State.SENDING):
        return "Not sent yet. The text is put together when the message leaves."
    if state in (State.SENT, State.UNCONFIRMED):
        return "The text was not kept."
    return "Not sent. There is no text to show."


def row_of(message: OutboxMessage, program: str) -> Row:
    """Read a message as a line of a list."""
    state = State(message.state)
    trying = state is State.WAITING and message.attempts
    place = {"program": program, "message_id": message.pk}
    return Row(
        subject=message.subject or kind_words(message.kind),
        url=reverse("staff_letter", kwargs=place),
        recipient=message.recipient,
        kind=kind_words(message.kind),
        klass=SECURITY if message.kind in ONE_USE else NOTICE,
        tag=TRYING_AGAIN if trying else TAGS[state],
        error=message.last_error,
        when_text=when_words(message.sent_at or message.created_at, zone_of(program)),
    )


def kind_words(kind: str) -> str:
    """Name a kind of message; a new one by its own name until it has words."""
    return KINDS.get(kind) or kind.replace("_", " ").capitalize()
