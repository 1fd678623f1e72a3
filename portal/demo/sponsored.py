"""Activities of an outside sponsor of the demonstration: one approved, one open."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from accounts.models import User
from ce_credits.models import ApprovalApplication
from ce_credits.services import approve_activity, send_application, start_application
from core.actor import Actor
from portal.demo.roster import CYCLES

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
SENT_ON, APPROVED_ON, OPEN_ON = date(2025, 9, 8), date(2025, 9, 19), date(2025, 11, 13)


def sponsor_deeds(owen: User, marcus: User, at: At) -> Iterator[Deed]:
    """Have a sponsor apply twice, and the body approve the first."""
    seminar = _programme(
        "Credentialing under pressure",
        "2025-11-06",
        ("Privileges in a disaster", "90"),
        ("Temporary privileges: a workshop", "75"),
    )
    evening = _programme(
        "An evening on telehealth privileges",
        "2025-12-11",
        ("Credentialing by proxy", "60"),
        ("Three cases", "45"),
    )
    yield SENT_ON, partial(_approved, owen, marcus, seminar, at)
    yield OPEN_ON, partial(_sent, owen, evening, OPEN_ON, at)


def _approved(owen: User, marcus: User, said: Mapping[str, Any], at: At) -> None:
    application = _sent(owen, said, SENT_ON, at)
    approve_activity(
        actor=Actor(marcus.name, user_id=marcus.pk),
        application=application,
        words="A good programme.",
        seen=application.version,
        today=APPROVED_ON,
        now=at(APPROVED_ON),
    )


def _sent(owen: User, said: Mapping[str, Any], on: date, at: At) -> ApprovalApplication:
    actor = Actor(owen.name, user_id=owen.pk)
    draft = start_application(
        actor=actor, user=owen, program=CYCLES, typed=said, today=on, now=at(on)
    )
    return send_application(
        actor=actor,
        user=owen,
        application=draft,
        typed=said,
        seen=draft.version,
        today=on,
        now=at(on),
    )


def _programme(title: str, day: str, *talks: tuple[str, str]) -> Mapping[str, Any]:
    parts = [
        {"title": name, "minutes": minutes, "speaker": speaker, "sort": "education"}
        for (name, minutes), speaker in zip(
            talks, ("Iris Calder", "Noel Park"), strict=True
        )
    ]
    pause = {"title": "Coffee", "minutes": "15", "speaker": "", "sort": "break"}
    return {
        "title": title,
        "sponsor": "Lakeshore Association of Medical Staff Services",
        "contact_name": "Owen Barker",
        "contact_email": "owen@demo.example",
        "kind": "approved_education",
        "place": "in_person",
        "where": "Lakeshore Conference Center, Chicago",
        "days": [day],
        "parts": [parts[0], pause, parts[1]],
        "speakers": [
            {
                "name": "Iris Calder",
                "credentials": "CPMSM, CPCS",
                "disclosure": "none",
                "words": "",
            },
            {
                "name": "Noel Park",
                "credentials": "MD",
                "disclosure": "some",
                "words": "Advises a maker of credentialing software.",
            },
        ],
        "disclosures": "Each speaker's first slide says it.",
        "evaluation": "A form that everybody fills in at the end.",
    }
