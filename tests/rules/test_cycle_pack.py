"""The three-yearly program's packs: their figures, and where each comes from."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from credentials.policy import Basis, CyclePlan, Policy, policy_for, zone_of

OLD = policy_for("namss", on=date(2024, 12, 31))
NEW = policy_for("namss", on=date(2025, 1, 1))
PACKS = pytest.mark.parametrize("pack", [OLD, NEW], ids=lambda pack: pack.version)


def plan_of(pack: Policy) -> CyclePlan:
    return pack.cycles


def bases(value: object) -> Iterator[Basis]:
    """Every basis inside a pack, however deep."""
    if isinstance(value, Basis):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from bases(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from bases(getattr(value, field.name))


@PACKS
def test_the_days(pack: Policy) -> None:
    plan = plan_of(pack)
    days = [
        plan.application.opens,
        plan.cycle.ends,
        plan.application.late_until,
        plan.extension.until,
        plan.grace.until,
    ]
    assert [(day.month, day.day) for day in days] == [
        (8, 1),
        (12, 1),
        (12, 31),
        (6, 1),
        (6, 30),
    ]
    assert plan.cycle.years == 3
    assert plan.extension.asked_until == time(17)
    assert plan.application.review_weeks == (3, 4)
    assert zone_of("namss") == ZoneInfo("America/New_York")


@PACKS
def test_needs_and_fees(pack: Policy) -> None:
    plan = plan_of(pack)
    rows = [
        [each.credentials, each.credits, each.approved, each.extension]
        for each in plan.needs
    ]
    assert rows == [[1, 30, 15, 15], [2, 45, 25, 25], [2, 30, 15, 15]]
    assert [each.first_time for each in plan.needs] == [False, False, True]
    prices = [[p.credentials, p.members, p.others] for p in plan.recertifications]
    assert prices == [[1, 200, 375], [2, 225, 400]]
    extras = [plan.application.late_fee, plan.extension.fee, plan.grace.fee]
    assert extras == [50, 50, 150]
    assert pack.currency == "USD"


@PACKS
def test_every_value_names_its_rule_and_its_source(pack: Policy) -> None:
    known = {source.code for source in pack.sources} | {"ours"}
    found = list(bases(pack))
    assert len(found) > 40
    for basis in found:
        assert basis.rule[0] in "NX"
        assert basis.source in known
        assert basis.ruling or basis.source != "ours"


def test_the_versions_differ_in_what_reports_itself_and_is_approved() -> None:
    by_itself = [kind.code for kind in NEW.kinds if kind.appears]
    assert by_itself == ["sponsored_education"]
    appears = NEW.kinds[0].appears
    assert appears is not None
    assert (appears.from_days, appears.to_days) == (7, 10)
    silent = tuple(replace(kind, appears=None) for kind in NEW.kinds)
    older = replace(NEW, kinds=silent, effective=OLD.effective, approval=None)
    assert NEW.approval is not None
    assert older == OLD
