"""The society's pack: licences, who is a physician, and how courses are taken."""

from datetime import date
from decimal import Decimal

import pytest

from ce_credits.rules import ActivityInput, award
from credentials.policy import (
    LicencePlan,
    NoSuchPlanError,
    PolicyError,
    cycle_programs,
    policy_for,
    programs,
    term_programs,
    versions_of,
)
from tests.rules.packs_of_tests import load_bent

DAY = date(2025, 11, 17)
PACK = policy_for("mms", on=DAY)


def category_1(**inputs: object) -> ActivityInput:
    return ActivityInput(kind="category_1", on=DAY, **inputs)  # type: ignore[arg-type]


def test_nothing_of_it_runs_by_terms_or_cycles() -> None:
    assert isinstance(PACK.plan, LicencePlan)
    assert "mms" not in {*term_programs(), *cycle_programs()}
    assert PACK.currency == "USD"
    assert PACK.public_words[0] == "Registered elsewhere"
    assert PACK.badge is None
    for ask in ("terms", "cycles"):
        with pytest.raises(NoSuchPlanError, match="mms@2024-01-01 does not run"):
            getattr(PACK, ask)


@pytest.mark.parametrize(
    ("profession", "physician"),
    [
        ("MD", True),
        ("M.D.", True),
        ("mbbs", True),
        ("Physician (MD)", True),
        ("DO", True),
        ("Physician", True),
        (" m.d. ", True),
        ("M. D.", True),
        ("MD/DO", True),
        ("M.B. Ch.B.", True),
        ("Doctor of Osteopathy", True),
        ("D.O., Physician", True),
        ("Physician assistant", False),
        ("Physician-assistant", False),
        ("Scribe (MD)", False),
        ("MD (scribe)", False),
        ("MD SCRIBE", False),
        ("MD, medical scribe", False),
        ("MA/MD", False),
        ("MD PhD", False),
        ("MD, PhD", True),
        ("M.D., M.P.H., FACP", True),
        ("M.D., Ph. D.", True),
        ("PhD, MPH", False),
        ("MD, PhD (scribe)", False),
        ("()", False),
        ("MD office manager", False),
        ("Scribe for an MD", False),
        ("DOT", False),
        ("PhD", False),
        ("Medical scribe", False),
        ("", False),
        (None, False),
        (7, False),
    ],
)
def test_who_is_a_physician(profession: object, physician: bool) -> None:  # noqa: FBT001
    assert PACK.physicians is not None
    assert PACK.physicians.has(profession) is physician


def test_stated_credit_goes_before_time() -> None:
    found = award(PACK, category_1(stated_credits=Decimal("1.5"), profession="MD"))
    assert (found.credits, found.rule) == (Decimal("1.5"), "M13")
    assert found.explanation == (
        "1.5 stated -> 1.5 AMA PRA Category 1 Credit, as its provider stated"
    )
    by_time = award(PACK, category_1(minutes=50, profession="DO"))
    assert by_time.credits == Decimal("0.75")


@pytest.mark.parametrize("stated", [0, -1, "1", 1.5, True])
def test_what_is_stated_is_a_number_above_zero(stated: object) -> None:
    found = award(PACK, category_1(stated_credits=stated, profession="MD"))
    assert (found.outcome, found.field) == ("refused", "stated_credits")


def test_others_have_attendance_and_no_credit() -> None:
    found = award(PACK, category_1(stated_credits=Decimal(1), profession="RN"))
    assert (found.outcome, found.credits, found.attendance_only, found.rule) == (
        "awarded",
        Decimal(0),
        True,
        "M5",
    )
    assert "certificate of attendance" in found.explanation


def test_every_pack_says_how_its_courses_are_taken() -> None:
    for program in programs():
        for pack in versions_of(program):
            rules = pack.courses
            assert rules is not None
            assert rules.unwatched > 0
            assert rules.evaluation.shown_from >= 5
            assert {each.form for each in rules.evaluation.questions} <= {
                "scale",
                "words",
            }
    assert PACK.courses is not None
    assert PACK.courses.members_below_half
    assert PACK.courses.topic_title("ehr") == "Electronic health records"
    assert PACK.courses.topic_title("no such") == "no such"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {
                '"ehr"\ntitle = "Electronic health records"\n\n': (
                    '"burnout"\ntitle = "Burnout"\n\n'
                )
            },
            '"burnout" occurs twice',
        ),
        ({'topics = ["ehr"]': 'topics = ["magic"]'}, "topics: .*magic"),
        ({'topics = ["ehr"]\nonce = true': 'topics = ["ehr"]'}, "credits: is missing"),
        (
            {'["ehr"]\nonce = true': '["ehr"]\nonce = true\ncredits = 1'},
            "credits: stand beside once",
        ),
        ({'always = ["risk_management"]': 'always = ["risk"]'}, "always"),
        ({"Retired: owes no CE, and may not practise.": ""}, "retired.words"),
        ({"pass_mark = 70": "pass_mark = 170"}, "test.pass_mark: must be above 0"),
        ({"unwatched = 3": "unwatched = -3"}, "unwatched: must not be negative"),
        (
            {'do differently?"\nform = "words"': 'do differently?"\nform = "stars"'},
            "is none of: scale, words",
        ),
        ({'    "MD",\n': "    1,\n"}, "professions: must be text"),
    ],
)
def test_a_wrong_pack_says_where(changes: dict[str, str], text: str) -> None:
    with pytest.raises(PolicyError, match=text):
        load_bent("mms", changes)
