"""Reading a pack: each section of the file into its frozen object."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from credentials.policy import model
from credentials.policy.approvals import read_approval
from credentials.policy.bands import read_bands
from credentials.policy.basis import OURS, Basis, read_basis
from credentials.policy.courses import read_courses, read_physicians
from credentials.policy.exams import Exam, read_exam
from credentials.policy.formulas import BandFormula, Kind, read_kind
from credentials.policy.grounds import read_grounds
from credentials.policy.limits import Cap, Largest, read_cap, read_largest
from credentials.policy.plan_sections import read_plan
from credentials.policy.prices import read_sales
from credentials.policy.reading import (
    Table,
    as_count,
    as_day,
    as_flag,
    as_positive,
    as_text,
    list_of,
    one_of,
)
from credentials.policy.relicensure import read_relicensure
from credentials.policy.topics import Topic, read_topics

COUNTRY = re.compile("[A-Z]{2}")


def read_policy(table: Table) -> model.Policy:
    """Read a whole pack; raise the table's error for whatever is wrong in it."""
    program = table.need("program", as_text)
    effective = table.need("effective", as_day)
    sources = _read_sources(table.table("sources"))
    names = tuple(source.code for source in sources)
    unit = _read_unit(table.table("unit"), names)
    exams = tuple(read_exam(item, names) for item in table.tables("exams"))
    topics = read_topics(table)
    kinds = _read_kinds(table, names, unit.name, topics)
    policy = model.Policy(
        program=program,
        effective=effective,
        sources=sources,
        body=_read_body(table.table("body"), names),
        credit_unit=unit,
        credentials=_read_credentials(table, names, exams),
        exams=exams,
        plan=read_plan(table, names),
        sales=read_sales(table, names),
        time=_read_time(table.table("time"), names),
        titles=_read_titles(table.table("titles"), names),
        bands=read_bands(table.table("bands"), names) if table.has("bands") else None,
        kinds=kinds,
        caps=_read_caps(table, names, kinds),
        largest=_read_largest(table, names, kinds),
        once=_read_once(table, names),
        submission=_read_submission(table, names),
        review=_read_review(table, names),
        grounds=read_grounds(table, names),
        audit=_read_audit(table, names),
        physicians=read_physicians(table, names),
        topics=topics,
        courses=read_courses(table, names, topics),
        relicensure=read_relicensure(table, names, topics),
        approval=read_approval(table, names, kinds),
    )
    _check_physicians(table, policy)
    _check_bands_used(table, policy)
    table.close()
    return policy


def _read_sources(table: Table) -> tuple[model.Source, ...]:
    if table.has(OURS):
        table.fail(OURS, "is the name kept for our own rulings")
    codes = table.keys()
    return tuple(model.Source(code, table.need(code, as_text)) for code in codes)


def as_zone(value: object) -> ZoneInfo:
    """Open a time zone by its name, such as America/New_York."""
    name = as_text(value)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise ValueError(f"{name!r} is no time zone") from fault


def as_country(value: object) -> str:
    """Read a country by its two letters, such as US."""
    code = as_text(value)
    if not COUNTRY.fullmatch(code):
        raise ValueError(f"{code!r} is no country: two capital letters, such as US")
    return code


def _read_body(table: Table, sources: tuple[str, ...]) -> model.Body:
    body = model.Body(
        name=table.need("name", as_text),
        full_name=table.need("full_name", as_text),
        zone=table.need("zone", as_zone),
        holidays=table.maybe("holidays", as_country) or "",
        basis=read_basis(table, sources),
    )
    table.close()
    return body


def _read_unit(table: Table, sources: tuple[str, ...]) -> model.Unit:
    unit = model.Unit(
        name=table.need("name", as_text), basis=read_basis(table, sources)
    )
    table.close()
    return unit


def _read_credentials(
    table: Table, sources: tuple[str, ...], exams: tuple[Exam, ...]
) -> tuple[model.Credential, ...]:
    items = table.tables("credentials")
    if not items and not table.has("licence"):
        table.fail("credentials", "must hold at least one credential")
    codes = tuple(exam.code for exam in exams)
    credentials = tuple(_read_credential(item, sources, codes) for item in items)
    _check_once(table, "credentials", [item.code for item in credentials])
    _check_once(table, "exams", list(codes))
    return credentials


def _read_credential(
    table: Table, sources: tuple[str, ...], exams: tuple[str, ...]
) -> model.Credential:
    credential = model.Credential(
        code=table.need("code", as_text),
        title=table.need("title", as_text),
        number_prefix=table.need("number_prefix", as_text),
        exams=table.need("exams", list_of(one_of(exams))),
        basis=read_basis(table, sources),
    )
    table.close()
    return credential


def _read_time(table: Table, sources: tuple[str, ...]) -> model.TimeInput:
    time = model.TimeInput(basis=read_basis(table, sources))
    table.close()
    return time


def _read_titles(table: Table, sources: tuple[str, ...]) -> model.TitleInput:
    titles = model.TitleInput(
        read_minutes=table.need("read_minutes", as_flag),
        basis=read_basis(table, sources),
    )
    table.close()
    return titles


def _read_kinds(
    table: Table, sources: tuple[str, ...], unit: str, topics: tuple[Topic, ...]
) -> tuple[Kind, ...]:
    items = table.tables("kinds")
    if not items:
        table.fail("kinds", "must hold at least one kind of activity")
    kinds = tuple(read_kind(item, sources, unit=unit, topics=topics) for item in items)
    _check_once(table, "kinds", [kind.code for kind in kinds])
    return kinds


def _read_caps(
    table: Table, sources: tuple[str, ...], kinds: tuple[Kind, ...]
) -> tuple[Cap, ...]:
    codes = frozenset(kind.code for kind in kinds)
    return tuple(read_cap(item, sources, kinds=codes) for item in table.tables("caps"))


def _read_largest(
    table: Table, sources: tuple[str, ...], kinds: tuple[Kind, ...]
) -> tuple[Largest, ...]:
    codes = frozenset(kind.code for kind in kinds)
    items = table.tables("largest")
    return tuple(read_largest(item, sources, kinds=codes) for item in items)


def _read_once(table: Table, sources: tuple[str, ...]) -> Basis | None:
    if not table.has("once"):
        return None
    inner = table.table("once")
    basis = read_basis(inner, sources)
    inner.close()
    return basis


def _read_submission(table: Table, sources: tuple[str, ...]) -> model.Submission | None:
    if not table.has("submission"):
        return None
    inner = table.table("submission")
    submission = model.Submission(
        licence_number=inner.need("licence_number", as_flag),
        basis=read_basis(inner, sources),
    )
    inner.close()
    return submission


def _read_review(table: Table, sources: tuple[str, ...]) -> model.Review | None:
    if not table.has("review"):
        return None
    inner = table.table("review")
    review = model.Review(basis=read_basis(inner, sources))
    inner.close()
    return review


def _read_audit(table: Table, sources: tuple[str, ...]) -> model.Audit | None:
    if not table.has("audit"):
        return None
    inner = table.table("audit")
    audit = model.Audit(
        answer_days=inner.need("answer_days", as_positive),
        remind_days=inner.need("remind_days", as_positive),
        exclude_years=inner.need("exclude_years", as_count),
        basis=read_basis(inner, sources),
    )
    if audit.remind_days >= audit.answer_days:
        inner.fail("remind_days", "must be less than answer_days")
    inner.close()
    return audit


def _check_once(table: Table, key: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            table.fail(key, f'"{code}" occurs twice')


def _check_bands_used(table: Table, policy: model.Policy) -> None:
    banded = [k.code for k in policy.kinds if isinstance(k.formula, BandFormula)]
    if banded and policy.bands is None:
        table.fail("bands", f'is missing, and "{banded[0]}" counts by bands')
    if policy.bands is not None and not banded:
        table.fail("bands", "is there, but no kind of activity counts by bands")


def _check_physicians(table: Table, policy: model.Policy) -> None:
    """What is for physicians needs a word on who is one."""
    if policy.physicians is not None:
        return
    only = [kind.code for kind in policy.kinds if kind.physicians_only]
    if only:
        table.fail("physicians", f'is missing, and "{only[0]}" is for physicians')


def file_name(program: str, effective: date) -> str:
    """Say what a pack's file must be called."""
    return f"{program}-{effective.isoformat()}.toml"
