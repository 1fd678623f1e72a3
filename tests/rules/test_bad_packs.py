"""A wrong pack stops the start: the error names file, place and reason."""

from pathlib import Path

import pytest

from credentials.policy import PolicyError, load_book
from tests.rules.packs_of_tests import bent, load_bent, load_text

SENTENCE = "sentence = \"The body's days"
BAND_OVER_30 = "over = 30\nup_to = 60"
GAP_30 = """[[bands.gaps]]
from = 30
up_to = 30
takes = "lower"
"""


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("remind_days = 7", "remind_days = 30", "audit.remind_days", "less than"),
        ("answer_days = 30", "answer_days = 0", "audit.answer_days", "above zero"),
        ("exclude_years = 2", "exclude_years = -1", "audit.exclude_years", "negative"),
        ("months = 12", "month = 12", "term.months", '(is "month" meant?)'),
        ("months = 12", "months = 12\nweeks = 4", "term.weeks", "unknown key"),
        ("[term]", "[extra]\nx = 1\n\n[term]", "extra", "unknown key"),
        ("months = 12", "months = 12.0", "term.months", "must be a whole number"),
        ("months = 12", 'months = "12"', "term.months", "must be a whole number"),
        ("months = 12", "months = true", "term.months", "must be a whole number"),
        ("months = 12", "months = 0", "term.months", "must be above zero"),
        ("renewal = 85.00", 'renewal = "85"', "fees.renewal", "must be a number"),
        ("renewal = 85.00", "renewal = -85.00", "fees.renewal", "must not be negative"),
        ("renewal = 85.00", "renewal = nan", "fees.renewal", "must be a finite number"),
        ("renewal = 85.00", "renewal = true", "fees.renewal", "must be a number"),
        ("credits = 3.0", "credits = inf", "requirement.credits", "finite"),
        (
            "credits = 3.0",
            "credits = 3.0\napproved = 4",
            "requirement.approved",
            "more",
        ),
        ('zone = "America/Los_Angeles"', 'zone = "Mars/Base"', "body.zone", "no time"),
        ('zone = "America/Los_Angeles"', 'zone = "../etc"', "body.zone", "no time"),
        ('zone = "America/Los_Angeles"', 'zone = "America"', "body.zone", "no time"),
        ('holidays = "US"', 'holidays = "usa"', "body.holidays", "two capital letters"),
        ('name = "ACMSS"', 'name = " "', "body.name", "not empty"),
        ("read_minutes = true", "read_minutes = 1", "titles.read_minutes", "true or"),
        ('S2 = "Guide', 'S3 = "Guide', "source", "is not listed under sources"),
        ('S2 = "Guide', 'ours = "Guide', "sources.ours", "our own rulings"),
        ('label = "CMS call"\n', "", "kinds[1].label", "is missing"),
        ('code = "event"', 'code = "call"', "kinds", '"call" occurs twice'),
        ('code = "mscat"', 'code = "hipaa"', "credentials[1].exams", "none of: hipaa"),
        ('exams = ["hipaa"', 'exams = ["hippa"', "credentials[1].exams", "'hippa'"),
        ("questions = 25", "questions = 0", "exams[1].paper.questions", "above zero"),
        ("minutes = 40", "minutes = 40.5", "exams[1].paper.minutes", "whole number"),
        (
            "questions = 30\nminutes = 30\n",
            "questions = 30\n",
            "exams[2].paper.minutes",
            "is missing",
        ),
        (
            '[exams.paper]\nproduct = "hipaa"',
            '[exams.specialty_paper]\nproduct = "hipaa"',
            "exams[1].specialty_paper",
            "is for an exam with specialties",
        ),
        ("[standing]", "[[standing]]", "standing", "must be a table"),
        ('[[kinds]]\ncode = "call"', '[kinds]\ncode = "call"', "", "is not TOML"),
    ],
)
def test_wrong_values(old: str, new: str, place: str, reason: str) -> None:
    expect_fault({old: new}, place, reason)


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        # gaps
        ({GAP_30: "[extra]\n"}, "bands.gaps", "30 to 30 min are in no band and no gap"),
        ({BAND_OVER_30: "over = 40\nup_to = 60"}, "bands.gaps", "30 to 40 min"),
        ({"over = 0\nunder = 30": "over = 9\nunder = 30"}, "bands.gaps", "1 to 9 min"),
        ({"over = 60\nup_to = 90": "from = 62\nup_to = 90"}, "bands.gaps", "61 to 61"),
        # a gap that is none
        ({"under = 30": "up_to = 30"}, "bands.gaps[1]", "30 to 30 min are no gap"),
        ({"from = 30\nup_to = 30": "from = 30\nup_to = 29"}, "gaps[1].up_to", "below"),
        # overlaps
        ({BAND_OVER_30: "over = 28\nup_to = 60"}, "bands.rows[2]", "overlaps"),
        ({"over = 60\nup_to = 90": "over = 59\nup_to = 90"}, "rows[3]", "overlaps"),
        ({BAND_OVER_30: "over = 30\nup_to = 61"}, "bands.rows[3]", "overlaps"),
        # a band of its own
        ({BAND_OVER_30: "over = 30\nup_to = 30"}, "bands.rows[2]", "no whole minute"),
        ({BAND_OVER_30: "over = 30\nup_to = 60.5"}, "rows[2].up_to", "whole number"),
        ({BAND_OVER_30: "over = 30"}, "bands.rows[2].up_to", "is missing"),
        ({BAND_OVER_30: "up_to = 60"}, "bands.rows[2].from", "is missing"),
        ({BAND_OVER_30: f"{BAND_OVER_30}\nunder = 61"}, "rows[2].up_to", "same edge"),
        ({"credits = 1.5": "credits = 0.9"}, "bands.rows[3].credits", "fall although"),
        ({"credits = 1.5": "credits = 0"}, "bands.rows[3].credits", "above zero"),
        ({"credits = 1.5": 'credits = "1.5"'}, "bands.rows[3].credits", "a number"),
        # beyond the last band
        ({"over = 120": "over = 125"}, "bands.beyond.over", "must be 120"),
        ({'takes = "staff"': 'takes = "lower"'}, "bands.beyond.takes", "none of"),
        ({'takes = "lower"': 'takes = "middle"'}, "bands.gaps[1].takes", "none of"),
    ],
)
def test_wrong_bands(changes: dict[str, str], place: str, reason: str) -> None:
    expect_fault(changes, place, reason)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("unit_minutes = 50", "unit_minutes = 0", "unit_minutes", "above zero"),
        ("unit_minutes = 50\nstep = 0.25", "unit_minutes = 50", "step", "is missing"),
        ("step = 0.25", "step = 0", "kinds[1].step", "above zero"),
        ('rounding = "down"', 'rounding = "up"', "kinds[1].rounding", "none of"),
        ('formula = "staff"', 'formula = "guess"', "kinds[6].formula", "none of"),
        ("levels = { city = 3, street = 1 }", "levels = {}", "levels", "at least one"),
        ("city = 3", 'city = "3"', "kinds[4].levels.city", "must be a number"),
        ("credits = 0.75\n", "", "kinds[5].credits", "is missing"),
        ("credits = 0.75", "credits = 1\nlevels = { a = 1 }", "levels", "keep one"),
        ('says = "fairs never count"\n', "", "kinds[7].says", "is missing"),
        ('kinds = ["reading"]', 'kinds = ["writing"]', "caps[2].kinds", "'writing'"),
        ('kinds = ["reading"]', "kinds = []", "caps[2].kinds", "at least one"),
        ('per = "term"', 'per = "week"', "caps[2].per", "none of"),
        ('formula = "staff"', 'formula = "bands"', "bands", "is missing"),
        ("pass_mark = 66.5", "pass_mark = 101", "exams[1].pass_mark", "at most 100"),
        ("pass_mark = 66.5", "pass_mark = 0", "exams[1].pass_mark", "above 0"),
    ],
)
def test_wrong_vocabulary(old: str, new: str, place: str, reason: str) -> None:
    expect_fault({old: new}, place, reason, program="guild")


def test_bands_nobody_uses() -> None:
    text = bent("acmss", {}).replace('formula = "bands"', 'formula = "staff"')
    with pytest.raises(PolicyError, match="bands: is there, but no kind of activity"):
        load_text("acmss", text)


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        ({f"ruling = true\n{SENTENCE}": SENTENCE}, "body.sentence", "add ruling"),
        ({SENTENCE: f"# {SENTENCE}"}, "body.ruling", "needs the sentence"),
        ({f"ruling = true\n{SENTENCE}": f"# {SENTENCE}"}, "body.source", "for rulings"),
        ({'rule = "X3"\n': ""}, "body.rule", "is missing"),
    ],
)
def test_rulings_and_sources(changes: dict[str, str], place: str, reason: str) -> None:
    expect_fault(changes, place, reason)


@pytest.mark.parametrize(
    "name",
    [
        "acmss.toml",
        "acmss-2017-01-02.toml",
        "ACMSS-2017-01-01.toml",
        "other-2017-01-01.toml",
    ],
)
def test_a_wrong_file_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(bent("acmss", {}), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_book(tmp_path)
    assert caught.value.file == name
    assert "must be called acmss-2017-01-01.toml" in str(caught.value)


def test_an_empty_folder_and_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="holds no policy pack"):
        load_book(tmp_path)
    with pytest.raises(PolicyError, match="holds no policy pack"):
        load_book(tmp_path / "absent")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = ", b"a = 1\na = 2", b"x = 1"])
def test_bytes_that_are_no_pack(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "acmss-2017-01-01.toml").write_bytes(content)
    with pytest.raises(PolicyError, match=r"acmss-2017-01-01\.toml"):
        load_book(tmp_path)


def expect_fault(
    changes: dict[str, str], place: str, reason: str, *, program: str = "acmss"
) -> None:
    """A pack with these changes is refused at this place for this reason."""
    with pytest.raises(PolicyError) as caught:
        load_bent(program, changes)
    assert caught.value.file.startswith(f"{program}-")
    assert caught.value.place.endswith(place)
    assert reason in caught.value.reason
