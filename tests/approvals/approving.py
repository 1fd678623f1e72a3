"""A sponsor's application, and what becomes of it."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from accounts.models import User
from ce_credits.models import ApprovalApplication
from ce_credits.services import approve_activity, send_application, start_application
from core.actor import Actor
from tests.cast import NOW, TODAY

BODY = "namss"
ERIN = Actor("Erin Eaton")
HELD_ON = date(2025, 10, 2)
CODE = "NAMSS-AE-0001"
# 150 minutes of education, 45 of housekeeping, of which 195/6 are allowed, and lunch.
TYPED: Mapping[str, Any] = {
    "title": "Credentialing in a storm",
    "sponsor": "Midwest Staff Association",
    "contact_name": "Sam Sponsor",
    "contact_email": "sam@sponsor.example",
    "kind": "approved_education",
    "place": "in_person",
    "where": "12 Lake Street, Chicago",
    "days": ["2025-10-02"],
    "parts": [
        {"title": "Welcome", "minutes": "45", "speaker": "", "sort": "housekeeping"},
        {
            "title": "Privileges when all else fails",
            "minutes": "150",
            "speaker": "Dana Doe; Eli Ray",
            "sort": "education",
        },
        {"title": "Lunch", "minutes": "60", "speaker": "", "sort": "break"},
    ],
    "speakers": [
        {
            "name": "Dana Doe",
            "credentials": "CPMSM",
            "disclosure": "some",
            "words": "Consults for a software house.",
        },
        {"name": "Eli Ray", "credentials": "MD", "disclosure": "none", "words": ""},
    ],
    "disclosures": "Each speaker's first slide says it.",
    "evaluation": "A form after each part.",
}


def typed(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a sponsor typed, with some of it otherwise."""
    return deepcopy(dict(TYPED)) | changes


def person(user: User) -> Actor:
    """Somebody who is signed in."""
    return Actor(user.name, user_id=user.pk)


def a_draft(user: User, **changes: Any) -> ApprovalApplication:  # noqa: ANN401
    """An application that is being written."""
    return start_application(
        actor=person(user),
        user=user,
        program=changes.pop("program", BODY),
        typed=typed(**changes),
        today=TODAY,
        now=NOW,
    )


def sent_in(user: User, **changes: Any) -> ApprovalApplication:  # noqa: ANN401
    """An application that is with the body."""
    return sends(a_draft(user, **changes), user)


def sends(
    draft: ApprovalApplication, user: User, answer: str = ""
) -> ApprovalApplication:
    """Send what is typed."""
    return send_application(
        actor=person(user),
        user=user,
        application=draft,
        typed=draft.typed,
        answer=answer,
        seen=draft.version,
        today=TODAY,
        now=NOW,
    )


def approved(user: User, **changes: Any) -> ApprovalApplication:  # noqa: ANN401
    """An activity that a body approved."""
    application = sent_in(user, **changes)
    return approve_activity(
        actor=ERIN,
        application=application,
        seen=application.version,
        today=TODAY,
        now=NOW,
    )
