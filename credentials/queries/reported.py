"""Credentials that fit what the public names of them whole, and how they stand."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, OuterRef, Q, Subquery, TextField

from core.plain_names import plain_name
from core.scope import Scope, scoped
from credentials.models import Certification, GivenReport, StandingPeriod

Timeline = Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody names: a number and a last name, or a name and a credential.

    The number is the credential's, or that of a certificate of it.
    """

    number: str
    last: str
    first: str
    code: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A credential the public asked about, with its holder's kept standing."""

    program: str
    code: str
    number: str
    last_name: str
    first_name: str
    earned_on: date
    timeline: Timeline


def reported(asked: Sequence[Named]) -> list[Reported | None]:
    """Answer each, in its order; None where nobody fits, or more than one person does.

    Five statements, however many are asked about. Of a credential that was earned
    again the newest is meant.
    """
    if not asked:
        return []
    key = json.dumps([asdict(each) for each in asked])
    with scoped(Scope.report(key)):
        fitting = _fitting(asked)
        found = list(
            Certification.objects.filter(pk__in={each for each, _ in fitting})
            .select_related("member")
            .order_by("nth")
        )
        timelines = _timelines({each.member_id for each in found})
    papers: defaultdict[UUID, set[str]] = defaultdict(set)
    for pk, paper in fitting:
        papers[pk].add(paper)
    by_number: dict[tuple[str, str], Certification] = {}
    by_name: defaultdict[tuple[str, str], dict[UUID, Certification]]
    by_name = defaultdict(dict)
    for each in found:
        member = each.member
        for number in {each.number, *papers[each.pk]}:
            by_number[number.upper(), plain_name(member.last_name, "")] = each
        name = plain_name(member.last_name, member.first_name)
        by_name[name, each.code][each.member_id] = each
    chosen = [_chosen(each, by_number, by_name) for each in asked]
    return [_reported(each, timelines) if each else None for each in chosen]


def _chosen(
    asked: Named,
    by_number: Mapping[tuple[str, str], Certification],
    by_name: Mapping[tuple[str, str], Mapping[UUID, Certification]],
) -> Certification | None:
    if asked.number:
        return by_number.get((asked.number.upper(), plain_name(asked.last, "")))
    fitting = by_name.get((plain_name(asked.last, asked.first), asked.code), {})
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _reported(
    found: Certification, timelines: Mapping[tuple[UUID, str], Timeline]
) -> Reported:
    return Reported(
        program=found.program,
        code=found.code,
        number=found.number,
        last_name=found.member.last_name,
        first_name=found.member.first_name,
        earned_on=found.earned_on,
        timeline=timelines.get((found.member_id, found.program), ()),
    )


def _fitting(asked: Sequence[Named]) -> list[tuple[UUID, str]]:
    """Find which credentials fit, on PostgreSQL as the wall finds them.

    A certificate's number stands for its credential: each comes with the one that was
    named, or with nothing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT certification, '' FROM wall_reported() "
                "UNION SELECT certification, number FROM wall_papers()"
            )
            return [(row[0], row[1]) for row in cursor.fetchall()]
    connection.ensure_connection()
    connection.connection.create_function(
        "plain_name", 2, plain_name, deterministic=True
    )
    typed = {each.number for each in asked if each.number}
    numbers = typed | {each.upper() for each in typed}
    names = {plain_name(e.last, e.first) for e in asked if not e.number}
    whole = Func(
        F("member__last_name"),
        F("member__first_name"),
        function="plain_name",
        output_field=TextField(),
    )
    fits = Q(number__in=numbers) | Q(whole__in=names)
    rows = Certification.objects.annotate(whole=whole).filter(fits)
    named = Certification.objects.filter(certificates__number__in=numbers)
    papers = named.filter(certificates__number__in=numbers)
    return [
        *((pk, "") for pk in rows.values_list("pk", flat=True)),
        *papers.values_list("pk", "certificates__number"),
    ]


def _timelines(members: Iterable[UUID]) -> Mapping[tuple[UUID, str], Timeline]:
    """Read the newest recording of each, in its order."""
    newest = (
        StandingPeriod.objects.filter(
            member=OuterRef("member"), program=OuterRef("program")
        )
        .order_by("-recording")
        .values("recording")[:1]
    )
    rows = (
        StandingPeriod.objects.filter(member__in=members, recording=Subquery(newest))
        .order_by("from_on")
        .values_list("member_id", "program", "from_on", "standing")
    )
    found: defaultdict[tuple[UUID, str], list[tuple[date, str]]] = defaultdict(list)
    for member_id, program, from_on, standing in rows:
        found[member_id, program].append((from_on, standing))
    return found


def given_report(sha256: str) -> GivenReport | None:
    """Find the note of a file by its hash; None where it was not given out here."""
    with scoped(Scope.given(sha256)):
        return GivenReport.objects.filter(sha256=sha256).first()
