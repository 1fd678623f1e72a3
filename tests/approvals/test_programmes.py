"""What a sponsor's programme brings, and what of it can't be used (M12, N9, N10)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ce_credits.rules import (
    Attended,
    Completion,
    Programme,
    kept_typed,
    read_programme,
    stated_credit,
    wrong_rows,
    wrong_time,
)
from credentials.policy import PolicyError, policy_for
from tests.approvals.approving import CODE, HELD_ON, typed
from tests.cast import TODAY
from tests.rules.packs_of_tests import load_bent

PACK = policy_for("namss", on=TODAY)
MMS = policy_for("mms", on=TODAY)
assert PACK.approval is not None
RULES = PACK.approval
Typed = dict[str, Any]


def read(said: Mapping[str, Any]) -> Programme:
    found, wrong = read_programme(kept_typed(said), kinds=RULES.kinds, asks=RULES.asks)
    assert found is not None, wrong
    return found


def test_credit_is_stated_from_the_minutes_that_count_n9() -> None:
    said = stated_credit(PACK, read(typed()))
    # 195 minutes, of which 32.5 may be housekeeping: 12.5 of the 45 don't count.
    assert (said.minutes, said.words) == (182, "3.0 CE")
    assert [each.rule for each in said.reasons] == ["N9", "N9", "N10"]
    text = " ".join(each.text for each in said.reasons)
    assert "60 min of breaks, meals" in text
    assert "Of 45 min of housekeeping 12.5 are more than allowed." in text
    assert "182 min -> 3.0 CE" in text


def test_a_programme_reads_again_as_it_was_kept() -> None:
    found = read(typed(days=["2025-10-03", "10/02/2025"]))
    assert found.days == (HELD_ON, date(2025, 10, 3))
    assert Programme.of(found.kept) == found


def test_credit_for_physicians_alone_is_stated_for_them_m5() -> None:
    found = replace(read(typed()), kind="category_1")
    said = stated_credit(MMS, found)
    assert said.award.credits == Decimal("2.50")
    assert said.words == "2.5 AMA PRA Category 1 Credit"


def _in_part(name: str, value: str) -> Callable[[Typed], None]:
    return lambda said: said["parts"][1].update({name: value})


def _in_speaker(name: str, value: str) -> Callable[[Typed], None]:
    return lambda said: said["speakers"][0].update({name: value})


def _put(name: str, value: object) -> Callable[[Typed], None]:
    return lambda said: said.update({name: value})


@pytest.mark.parametrize(
    ("bend", "field"),
    [
        (_put("title", " "), "title"),
        (_put("title", "=1+1"), "title"),
        (_put("sponsor", "two\nlines"), "sponsor"),
        (_put("contact_email", "sam"), "contact_email"),
        (_put("kind", "teaching"), "kind"),
        (_put("place", ""), "place"),
        (_put("disclosures", ""), "disclosures"),
        (_put("evaluation", ""), "evaluation"),
        (_put("days", []), "days.0"),
        (_put("days", ["2025-10-02", "Oct 2"]), "days.1"),
        (_put("days", ["2025-10-02", "10/02/2025"]), "days.1"),
        (_put("days", ["0001-01-01"]), "days.0"),
        (_put("parts", []), "parts.0.title"),
        (_in_part("minutes", "12.5"), "parts.1.minutes"),
        (_in_part("minutes", "0"), "parts.1.minutes"),
        (_in_part("minutes", "1440"), "parts.0.minutes"),
        (_in_part("speaker", ""), "parts.1.speaker"),
        (_in_part("speaker", "Nobody"), "parts.1.speaker"),
        (_in_part("sort", "party"), "parts.1.sort"),
        (_put("speakers", []), "speakers.0.name"),
        (_in_speaker("name", "Eli  RAY"), "speakers.1.name"),
        (_in_speaker("credentials", ""), "speakers.0.credentials"),
        (_in_speaker("disclosure", ""), "speakers.0.disclosure"),
        (_in_speaker("words", ""), "speakers.0.words"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_field(
    bend: Callable[[Typed], None], field: str
) -> None:
    said = typed()
    bend(said)
    found, wrong = read_programme(kept_typed(said), kinds=RULES.kinds, asks=RULES.asks)
    assert found is None
    assert field in {each.field for each in wrong}
    assert all(each.text.endswith(".") for each in wrong)


def test_whatever_is_sent_is_kept_as_text_that_fits() -> None:
    junk = {
        "title": 7,
        "days": "x",
        "parts": [1, {"title": "x" * 999, "minutes": None}],
    }
    kept = kept_typed({**junk, "speakers": [{"disclosure": "none"}]})
    assert (kept["title"], kept["days"], kept["speakers"]) == ("", [], [])
    assert [len(part["title"]) for part in kept["parts"]] == [300]


def test_a_pack_may_ask_for_time_before_and_no_credit_is_not_approved() -> None:
    bent = replace(RULES, days_before=30)
    late = list(wrong_time(PACK, bent, read(typed()), date(2025, 9, 3)))
    assert [each.field for each in late] == ["days.0"]
    assert not list(wrong_time(PACK, bent, read(typed()), date(2025, 9, 2)))
    # No source gives a day: none is set.
    assert RULES.days_before is None
    assert RULES.basis.is_ruling
    short = typed()
    short["parts"] = [short["parts"][1] | {"minutes": "10"}]
    found = list(wrong_time(PACK, RULES, read(short), TODAY))
    assert [each.field for each in found] == ["parts.0.minutes"]


def test_attendance_is_held_against_the_activity_alone() -> None:
    activity = Attended(CODE, [HELD_ON, date(2025, 12, 1)], 182)
    good = {"number": "CPCS-1", "completed_on": "2025-10-02"}
    rows = [
        good | {"minutes": "182"},
        good | {"number": "CPCS-2", "minutes": "183"},
        good | {"number": "CPCS-3", "code": "OTHER-1"},
        good | {"number": "CPCS-4", "completed_on": "2025-10-03"},
        good | {"number": "CPCS-5", "completed_on": "2025-12-01"},
        {"email": "ann@home.example", "completed_on": "2025-10-02"},
        good | {"number": "cpcs-1", "completed_on": "10/02/2025"},
        good | {"number": "CPCS-6", "minutes": "an hour", "completed_on": "soon"},
    ]
    sent = [(place + 2, Completion(**row)) for place, row in enumerate(rows)]
    found = [(row, each.field) for row, each in wrong_rows(activity, sent, TODAY)]
    assert found == [
        (3, "minutes"),
        (4, "activity_code"),
        (5, "completed_on"),
        (6, "completed_on"),
        (7, "certification_no"),
        (8, "certification_no"),
        (9, "completed_on"),
        (9, "minutes"),
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('kinds = ["category_1"]', "kinds = []"), "at least one kind"),
        (('kinds = ["category_1"]', 'kinds = ["talks"]'), "is none of"),
        (('"MMS-A"', '"mms a"'), "capitals, figures"),
        (('code = "promotional"', 'code = "incomplete"'), "occurs twice"),
    ],
)
def test_a_wrong_section_stops_the_start(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(PolicyError, match=reason):
        load_bent("mms", dict([change]))
