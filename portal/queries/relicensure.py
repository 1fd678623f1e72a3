"""Somebody's licences: what each registration has and lacks, and what brings it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from credentials.policy import credit_words, day_words
from portal.queries.licence_ways import Learning, Way, ways_of
from portal.queries.own_programs import own_url
from portal.queries.places import body_name, in_program
from portal.queries.shown import Measure, Tag
from renewals.models import Licence
from renewals.queries import rules_of
from renewals.rules.licences import Asked, Relicensing

RETIRED = Tag("neutral", "Retired")
MET = Tag("ok", "Nothing missing")
LACKING = Tag("warn", "Still missing")


@dataclass(frozen=True)
class RequirementLine:
    """A requirement: a bar, what is missing in words, why, and where to get it."""

    title: str
    once: bool
    measure: Measure
    missing: str
    tag: Tag
    parts: Sequence[tuple[str, str, str]]
    why: str
    learn_url: str


@dataclass(frozen=True)
class LicenceCard:
    """A licence on a day."""

    id: UUID
    number: str
    body_name: str
    period: str
    tag: Tag
    verdict: str
    earned: str
    why: str
    url: str
    report_url: str
    transcript_url: str
    lines: Sequence[RequirementLine]
    ways: Sequence[Way]
    ruling: str
    sharing: str


def licence_cards(member: Member, days: Mapping[str, date]) -> Sequence[LicenceCard]:
    """Put all licences of a member in cards; `days` is each body's today."""
    mine = Licence.objects.visible_to(member)
    learning = {code: Learning(member, code, day) for code, day in days.items()}
    return [licence_card(each, learning[each.program]) for each in mine]


def licence_card(licence: Licence, learning: Learning) -> LicenceCard:
    """Put a licence in a card, as it stands on the day of its holder's learning."""
    found, today = learning.standing_of(licence), learning.today
    place = {"licence_id": licence.pk}
    return LicenceCard(
        id=licence.pk,
        number=licence.number,
        body_name=body_name(licence.program),
        period=f"{day_words(licence.first_on)} to {day_words(licence.last_on)}",
        tag=_tag(found),
        verdict=_verdict(licence, found, today),
        earned=credit_words(found.earned) if found else "",
        why=found.why if found else "",
        url=reverse("my_licence", kwargs=place),
        report_url=in_program(reverse("ce_new"), licence.program),
        transcript_url=own_url("transcript", licence.program),
        lines=[_line(licence, each) for each in found.asked] if found else [],
        ways=ways_of(licence, found, learning) if found else (),
        ruling=found.basis.ruling if found and found.basis.is_ruling else "",
        sharing=_sharing(licence),
    )


def _tag(found: Relicensing | None) -> Tag:
    if found is not None and found.retired:
        return RETIRED
    return MET if found is None or found.met else LACKING


def _sharing(licence: Licence) -> str:
    """Say which requirements one hour may count for (M8)."""
    rules = rules_of(licence)
    if rules is None or not rules.apart:
        return "An hour counts for every requirement it qualifies for."
    named = {each.code: each.title for each in rules.requirements}
    sets = "; ".join(
        ", ".join(named[code] for code in each.requirements) for each in rules.apart
    )
    others = "and for every other requirement it qualifies for"
    return f"An hour counts for one alone of {sets}, {others}."


def _verdict(licence: Licence, found: Relicensing | None, today: date) -> str:
    if found is not None and found.retired and licence.retired_on:
        rules = rules_of(licence)
        words = rules.retired_words if rules else ""
        return f"Retired since {day_words(licence.retired_on)}. {words}"
    if found is None or found.met:
        return "You have everything that this registration asks."
    left = len(found.missing)
    things = "1 requirement is" if left == 1 else f"{left} requirements are"
    by = day_words(licence.last_on)
    if licence.last_on < today:
        return f"{things} missing. The registration ended on {by}."
    return f"{things} missing by {by}."


def _line(licence: Licence, asked: Asked) -> RequirementLine:
    query = {"program": licence.program, "requirement": asked.code}
    parts = [
        (each.credit.title, day_words(each.credit.on), credit_words(each.credits))
        for each in asked.parts
    ]
    return RequirementLine(
        title=asked.title,
        once=asked.once,
        measure=Measure(
            id=f"{asked.code}-{licence.pk.hex}",
            label=asked.title,
            done=credit_words(asked.have),
            of=credit_words(asked.need),
            value=str(min(asked.have, asked.need)),
            max=str(asked.need),
        ),
        missing=missing_of(asked),
        tag=LACKING if asked.missing else MET,
        parts=parts,
        why=asked.why,
        learn_url=f"{reverse('my_learning')}?{urlencode(query)}",
    )


def missing_of(asked: Asked) -> str:
    """Say how much of a requirement is missing; empty where nothing is."""
    if not asked.missing:
        return ""
    if asked.once:
        return f"1 activity about {asked.title}"
    unit = "hour" if asked.missing == 1 else "hours"
    return f"{credit_words(asked.missing)} more {unit} of {asked.title}"
