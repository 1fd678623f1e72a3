"""The yearly program's pack, and how a version is picked (X1, X6)."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from credentials.policy import (
    PACKS,
    PolicyError,
    UnknownProgram,
    load_book,
    policy_for,
    programs,
    zone_of,
)
from tests.rules.packs_of_tests import acmss, bent, invented_book, load_bent


def test_the_program_is_there() -> None:
    assert "acmss" in programs()
    assert zone_of("acmss") == ZoneInfo("America/Los_Angeles")
    policy = acmss()
    assert (policy.version, policy.body_name, policy.unit) == (
        "acmss@2017-01-01",
        "ACMSS",
        "CME",
    )


def test_its_figures() -> None:
    policy = acmss()
    assert policy.terms.term.months == 12
    assert policy.terms.requirement.credits == 3
    assert policy.terms.requirement.approved == 0
    assert (policy.terms.fees.renewal, policy.terms.fees.currency) == (
        Decimal("85.00"),
        "USD",
    )
    assert (policy.terms.standing.due_days, policy.terms.reminder.days_before) == (
        30,
        14,
    )
    assert [exam.pass_mark for exam in policy.exams] == [80, 80]
    mscat = policy.exam("mscat")
    assert mscat is not None
    assert len(mscat.specialties) == 8
    assert policy.credential.code == "CMSS"
    assert policy.terms.certificate.title == "CMS Compliance Certificate"
    assert policy.bands is not None
    assert policy.bands.staff_over == 120
    assert policy.titles.read_minutes


def test_every_ruling_has_its_sentence_and_every_source_a_title() -> None:
    policy = acmss()
    bases = [
        policy.body.basis,
        policy.credit_unit.basis,
        policy.terms.term.basis,
        policy.terms.requirement.basis,
        policy.terms.certificate.basis,
        policy.terms.reminder.basis,
        policy.terms.standing.basis,
        policy.terms.fees.basis,
        policy.time.basis,
        policy.titles.basis,
        *(credential.basis for credential in policy.credentials),
        *(exam.basis for exam in policy.exams),
        *(kind.basis for kind in policy.kinds),
    ]
    known = {source.code for source in policy.sources} | {"ours"}
    for basis in bases:
        assert basis.rule[0] in "AX"
        assert basis.source in known
        assert basis.ruling or basis.source != "ours"
    assert policy.source_title("S0").startswith("Annual CME")


def test_days_before_the_first_pack_fall_under_it() -> None:
    for day in (date.min, date(2016, 12, 31), date(2017, 1, 1), date.max):
        assert policy_for("acmss", on=day).effective == date(2017, 1, 1)


def test_a_later_pack_begins_on_its_day() -> None:
    later = {
        "effective = 2017-01-01": "effective = 2026-01-01",
        "renewal = 85.00": "renewal = 95.00",
    }
    book = load_bent("acmss", later, beside=True)
    fees = {
        day: book.policy_for("acmss", on=day).terms.fees.renewal
        for day in (date(2015, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date.max)
    }
    assert list(fees.values()) == [85, 85, 95, 95]
    assert [policy.version for policy in book.versions("acmss")] == [
        "acmss@2017-01-01",
        "acmss@2026-01-01",
    ]


def test_an_unknown_program_is_named() -> None:
    with pytest.raises(UnknownProgram, match=r'"nobody" \(have: acmss'):
        policy_for("nobody", on=date(2025, 1, 1))
    with pytest.raises(KeyError):
        zone_of("nobody")


def test_an_invented_body_stands_beside() -> None:
    assert set(invented_book().programs()) >= {"acmss", "guild"}


def test_the_same_version_twice_is_an_error() -> None:
    with pytest.raises(PolicyError, match="acmss@2017-01-01 is there already"):
        load_bent("acmss", {}, beside=True)


def test_a_version_is_a_value() -> None:
    assert load_book(PACKS).policy_for("acmss", on=date.max) == acmss()
    assert hash(acmss()) == hash(load_book(PACKS).policy_for("acmss", on=date.max))
    assert bent("acmss", {}).startswith("#")
