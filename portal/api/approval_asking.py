"""What a client sends about a sponsor's application for approval (M12)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ce_credits.models import ApprovalApplication
from ce_credits.rules import Completion
from ce_credits.rules.programmes import DISCLOSED, PLACES, SORTS
from ce_credits.rules.typed_programmes import (
    CHOSEN,
    LINES,
    LONGEST_TOPIC,
    MOST_DAYS,
    MOST_ROWS,
    MOST_TOPICS,
    PART,
    ROWS,
    SPEAKER,
    TEXTS,
)
from ce_credits.services.approval_steps import LONGEST
from core.rest import (
    CodeField,
    CountField,
    DayField,
    FlagField,
    LineField,
    ListOf,
    Paged,
    Strict,
    TextField,
    WordField,
)
from credentials.policy import approval_programs
from portal.api.ce_feed_shapes import NumberSent
from portal.api.seen import SeenVersion

MOST_MINUTES, MOST_ATTENDED = 1440, 500
OUTCOMES = (
    ApprovalApplication.State.APPROVED.value,
    ApprovalApplication.State.REFUSED.value,
)


class ApprovalsQuery(Paged):
    """The query parameters of a list of applications."""

    status = WordField(ApprovalApplication.State.values, required=False)


class SentPart(Strict):
    """One part of a programme."""

    title = LineField(max_length=PART["title"])
    minutes = CountField(min_value=1, max_value=MOST_MINUTES)
    speaker = LineField(
        required=False,
        allow_blank=True,
        max_length=PART["speaker"],
        help_text="Names of `speakers`; a semicolon between two.",
    )
    sort = WordField(SORTS, help_text="Breaks don't count (N9).")


class SentSpeaker(Strict):
    """Who speaks, and what they disclose."""

    name = LineField(max_length=SPEAKER["name"])
    credentials = LineField(max_length=SPEAKER["credentials"])
    disclosure = WordField(DISCLOSED)
    words = TextField(
        required=False,
        allow_blank=True,
        max_length=SPEAKER["words"],
        help_text="What is disclosed, where `disclosure` is `some`.",
    )


class ProgrammeFields(Strict):
    """What an application says; it needs all of it once it is submitted."""

    title = LineField(required=False, allow_blank=True, max_length=LINES["title"])
    sponsor = LineField(
        required=False,
        allow_blank=True,
        max_length=LINES["sponsor"],
        help_text="The organization that offers it.",
    )
    contact_name = LineField(
        required=False, allow_blank=True, max_length=LINES["contact_name"]
    )
    contact_email = LineField(
        required=False, allow_blank=True, max_length=LINES["contact_email"]
    )
    kind = CodeField(
        required=False, max_length=40, help_text="A kind that the body approves."
    )
    topics = ListOf(
        child=CodeField(max_length=LONGEST_TOPIC),
        required=False,
        max_length=MOST_TOPICS,
        help_text="What it is about, by the program's codes, where the kind asks it.",
    )
    place = WordField(PLACES, required=False)
    where = LineField(
        required=False,
        allow_blank=True,
        max_length=LINES["where"],
        help_text="The address, or the platform.",
    )
    days = ListOf(child=DayField(), required=False, max_length=MOST_DAYS)
    parts = ListOf(child=SentPart(), required=False, max_length=MOST_ROWS)
    speakers = ListOf(child=SentSpeaker(), required=False, max_length=MOST_ROWS)
    disclosures = TextField(
        required=False,
        allow_blank=True,
        max_length=TEXTS["disclosures"],
        help_text="How disclosures are told to those who attend.",
    )
    evaluation = TextField(
        required=False,
        allow_blank=True,
        max_length=TEXTS["evaluation"],
        help_text="How it is evaluated.",
    )


class NewApproval(ProgrammeFields):
    """An application to begin; it is a draft until it is submitted."""

    program = WordField(approval_programs(), help_text="The certifying body.")


class SubmittedApproval(ProgrammeFields):
    """The version that is sent; what is named beside it replaces what it said."""

    version = SeenVersion("The application's version that you saw.", first=0)


class AnsweredApproval(SubmittedApproval):
    """The answer to what staff asked."""

    answer = TextField(max_length=LONGEST)


class SeenApproval(Strict):
    """The version that one saw."""

    version = SeenVersion("The application's version that you saw.", first=0)


class AskedSponsor(Strict):
    """What staff ask of the version they looked at."""

    version = SeenVersion("The application's version that was seen.", first=1)
    words = TextField(max_length=LONGEST, help_text="The sponsor reads it.")


class EndedApproval(AskedSponsor):
    """Why the approval of the version they looked at ends."""


class ApprovalVerdict(Strict):
    """What staff say of the version they looked at."""

    version = SeenVersion("The application's version that was seen.", first=1)
    outcome = WordField(OUTCOMES)
    ground = CodeField(
        required=False,
        max_length=40,
        help_text="Of the body's policy, where it is refused.",
    )
    words = TextField(required=False, allow_blank=True, max_length=LONGEST)


class SentAttendance(Strict):
    """Somebody who attended: a number, or an address and both names."""

    certification_no = NumberSent()
    email = LineField(required=False, allow_blank=True, max_length=254)
    first_name = LineField(required=False, allow_blank=True, max_length=100)
    last_name = LineField(required=False, allow_blank=True, max_length=100)
    completed_on = DayField(help_text="One of the activity's days.")
    minutes = CountField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Where it was less than all of it.",
    )


class NewAttendance(Strict):
    """Who attended an approved activity, one item a person."""

    dry_run = FlagField(
        required=False, help_text="true: say what is wrong, keep nothing."
    )
    items = ListOf(child=SentAttendance(), min_length=1, max_length=MOST_ATTENDED)


def typed_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was sent as a draft keeps it: text."""
    said = (*LINES, *TEXTS, *CHOSEN, "topics", "days", *ROWS)
    found = {name: sent[name] for name in said if name in sent}
    if "days" in found:
        found["days"] = [day.isoformat() for day in found["days"]]
    if "parts" in found:
        found["parts"] = [_text_of(each) for each in found["parts"]]
    if "speakers" in found:
        found["speakers"] = [_text_of(each) for each in found["speakers"]]
    return found


def completion_sent(sent: Mapping[str, Any]) -> Completion:
    """Give who attended as a feed has it."""
    on: date = sent["completed_on"]
    return Completion(
        number=sent.get("certification_no", ""),
        email=sent.get("email", ""),
        first_name=sent.get("first_name", ""),
        last_name=sent.get("last_name", ""),
        completed_on=on.isoformat(),
        minutes=str(sent.get("minutes", "")),
    )


def _text_of(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}
