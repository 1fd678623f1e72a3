"""What counts in a cycle: by day, once, the largest, under caps, each cut explained."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import Credit
from renewals.rules.cycles import counted, totals_of
from tests.rules.cycling import (
    LAST_ON,
    applied,
    approved,
    credit,
    day,
    first,
    lived,
)


def amounts(*credits: Credit, as_of: date = LAST_ON) -> list[Decimal]:
    return [row.applied for row in counted(first(), credits, as_of=as_of)]


def test_the_day_of_the_certification_is_before_the_cycle() -> None:
    days = ("2020-02-29", "2020-03-01", "2020-03-02", "2022-06-15", "2022-06-16")
    credits = [credit(on, "1") for on in days]
    found = counted(first(), credits, as_of=day("2022-07-01"))
    assert [row.credit.on for row in found] == [day("2020-03-02"), LAST_ON]


def test_under_an_extension_later_credit_counts_until_its_application() -> None:
    extension = approved("extension", "2022-06-01")
    late = [credit(on, "1") for on in ("2022-06-16", "2022-08-01", "2022-08-02")]
    running = first(extension)
    assert len(counted(running, late, as_of=day("2022-08-02"))) == 3
    ended = lived(extension, applied("recertification", "2022-08-01")).cycles[0]
    assert len(counted(ended, late, as_of=day("2022-08-02"))) == 2
    assert counted(running, late, as_of=day("2022-11-01")) == []


def test_credit_counts_between_its_days() -> None:
    one = replace(credit("2021-01-01", "2"), counts_until=day("2021-03-01"))
    assert amounts(one, as_of=day("2020-12-31")) == []
    assert amounts(one, as_of=day("2021-01-01")) == [2]
    assert amounts(one, as_of=day("2021-02-28")) == [2]
    assert amounts(one, as_of=day("2021-03-01")) == []


def test_the_same_activity_counts_once_and_says_so() -> None:
    rows = counted(
        first(),
        [
            credit("2021-01-01", "1", title="Breath"),
            credit("2021-01-01", "2", title="  breath "),
            credit("2021-01-01", "1", "solo", title="Breath", approved=False),
            credit("2021-01-02", "1", title="Breath"),
            credit("2021-01-01", "1"),
            credit("2021-01-01", "1"),
        ],
        as_of=LAST_ON,
    )
    assert [row.applied for row in rows] == [0, 2, 1, 1, 1, 1]
    assert rows[0].words == (
        "1.0 reported, 0.0 applied: the same activity is reported twice and counts once"
    )
    assert rows[0].cuts[0].rule == "Y21"
    assert rows[1].words == ""


def test_the_largest_of_a_year() -> None:
    rows = [
        credit("2021-01-01", "1.5", "masterclass"),
        credit("2021-12-31", "3", "masterclass"),
        credit("2022-01-01", "1.5", "masterclass"),
    ]
    assert amounts(*rows) == [0, 3, Decimal("1.5")]


def test_the_largest_of_a_cycle_by_level() -> None:
    rows = [
        credit("2020-04-01", "1", "concert", level="hall"),
        credit("2021-04-01", "2", "concert", level="hall"),
        credit("2022-04-01", "0.5", "concert", level="parish"),
        credit("2022-04-02", "0.5", "concert", level="parish"),
    ]
    assert amounts(*rows) == [0, 2, Decimal("0.5"), 0]


def test_of_equals_the_approved_one_is_kept_then_the_earlier() -> None:
    rows = [
        credit("2021-01-01", "1", "masterclass", approved=False),
        credit("2021-02-01", "1", "masterclass", approved=True),
        credit("2021-03-01", "1", "masterclass", approved=True),
    ]
    assert amounts(*rows) == [0, 1, 0]


def test_when_the_largest_stops_counting_the_next_one_does() -> None:
    largest = replace(
        credit("2021-02-01", "3", "masterclass"), counts_until=day("2021-06-01")
    )
    other = credit("2021-03-01", "1", "masterclass")
    assert amounts(largest, other, as_of=day("2021-05-31")) == [3, 0]
    assert amounts(largest, other, as_of=day("2021-06-01")) == [1]


def test_a_cap_comes_last_and_says_what_is_left() -> None:
    rows = counted(
        first(),
        [
            credit("2021-01-01", "2", "solo", title="Aria", approved=False),
            credit("2021-01-01", "2", "solo", title="aria", approved=False),
            credit("2021-02-01", "2", "solo", approved=False),
            credit("2021-03-01", "1", "solo", approved=False),
        ],
        as_of=LAST_ON,
    )
    assert [row.applied for row in rows] == [2, 0, 1, 0]
    assert rows[2].words == (
        "2.0 reported, 1.0 applied: only 3.0 count under this type's limit"
    )
    assert rows[2].cuts[0].rule == "Y22"


def test_totals_and_their_approved_part() -> None:
    rows = counted(
        first(),
        [credit("2021-01-01", "2"), credit("2021-02-01", "1", "solo", approved=False)],
        as_of=LAST_ON,
    )
    found = totals_of(rows)
    assert [found.credits, found.approved] == [3, 2]
    assert totals_of([]).credits == 0


@given(
    st.lists(
        st.builds(
            lambda offset, amount, kind, title, level, approved: Credit(
                date.fromordinal(day("2020-02-20").toordinal() + offset),
                Decimal(amount) / 4,
                date.fromordinal(day("2020-02-20").toordinal() + offset),
                None,
                kind,
                approved,
                title,
                level,
            ),
            st.integers(0, 900),
            st.integers(0, 40),
            st.sampled_from(["rehearsal", "solo", "masterclass", "concert"]),
            st.sampled_from(["", "A", "a "]),
            st.sampled_from(["hall", "parish"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_never_more_than_reported_and_every_cut_has_its_sentence(
    credits: list[Credit],
) -> None:
    rows = counted(first(), credits, as_of=date.max)
    assert all(0 <= row.applied <= row.credit.credits for row in rows)
    assert all(bool(row.cuts) == (row.applied < row.credit.credits) for row in rows)
    found = totals_of(rows)
    assert found.approved <= found.credits
