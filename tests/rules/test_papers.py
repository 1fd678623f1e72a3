"""What a certificate of completion says: title, day and minutes, or nothing."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules.papers import Found, read_paper

DAY = date(2025, 12, 1)
MLN = """Centers for Medicare & Medicaid Services
CERTIFICATE OF COMPLETION
This certifies that
Jane Doe
has successfully completed
Medicare Fraud & Abuse: Prevent, Detect, Report (45 min)
Web-Based Training
on December 1, 2025
"""


LABELLED = """Course Title: Coding basics
Date completed: 12/13/2025
Duration: 1.5 hours
Issued: December 20, 2025
Expires: 2027-12-13
"""
SENTENCE = """Bob has completed the online course titled \u201cHIPAA for Scribes\u201d \
on 1 December 2025 and is awarded 1 hour of credit."""
BELOW = """Awarded to Bob for completing the requirements for the following activity:
ICD-10 Update
Dec. 1st, 2025
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            MLN,
            Found("Medicare Fraud & Abuse: Prevent, Detect, Report (45 min)", DAY, 45),
        ),
        (LABELLED, Found("Coding basics", date(2025, 12, 13), 90)),
        (SENTENCE, Found("HIPAA for Scribes", DAY, 60)),
        (BELOW, Found("ICD-10 Update", DAY)),
        ("Training: Safety\nDate of training\n2025-12-01", Found("Safety", DAY)),
        ("attended the Fraud training on Dec 1 2025", Found("Fraud training", DAY)),
        ("completed ICD-10 Update on Dec 1, 2025", Found("ICD-10 Update", DAY)),
        ("Name: Bob\nTitle: Safety first", Found("Safety first")),
        ("", Found()),
        ("Bob\nThank you", Found()),
    ],
)
def test_a_certificate_is_read(text: str, found: Found) -> None:
    assert read_paper(text) == found


@pytest.mark.parametrize(
    "said",
    [
        "December 1, 2025",
        "DECEMBER 1 2025",
        "Dec 1, 2025",
        "Sept. 9, 2025 is not it; completed on Dec. 1, 2025",
        "1 December 2025",
        "1st of December 2025",
        "2025-12-01",
        "2025/12/1",
        "Completed: December 1, 2025. Issued: December 5, 2025",
        "Completed 12/01/2025, that is December 1, 2025",
        "Valid through 12/31/2026\nCompletion date: Dec 1, 2025",
        "Printed 2026-01-05\nDate of completion:\nDecember 1, 2025",
        "born March 3, 1990 \u2013 passed December 1, 2025",
    ],
)
def test_the_day_is_read(said: str) -> None:
    assert read_paper(said).on == DAY


@pytest.mark.parametrize(
    "said",
    [
        "Completed 03/04/2025",
        "Completed 3.4.2025",
        "Completed 12/1/25",
        "Completed December 1, 2025, completed December 2, 2025",
        "December 1, 2025\nDecember 2, 2025",
        "December 1-3, 2025",
        "held December 1 to December 3, 2025",
        "held November 30 \u2013 December 1, 2025",
        "12/01/2025 - 12/03/2025",
        "February 30, 2025",
        "Issued December 1, 2025",
        "Expires December 1, 2025",
        "December 2025",
        "1/2/3",
        "December 1, 0001",
        "December 1, 9999",
        "\u0661\u0662/\u0660\u0661/\u0662\u0660\u0662\u0665",
        "No. 2025-12-01/7",
        "19/2025-12-01",
        "Completed December 1, 2025 or Feb 30, 2025",
    ],
)
def test_no_day_that_reads_one_way(said: str) -> None:
    assert read_paper(said).on is None


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("Course: Safety (45 min)\nDuration: 2 hours", 45),
        ("Course: Safety\nDuration: 2 hours", 120),
        ("Course: Safety\nThis course took 1 hr 15 min", 75),
        ("Course: Safety (30 min or 45 min)\nDuration: 30 min", None),
        ("Course: Safety\nDuration: 30 min\nTotal time: 45 min", None),
        ("Course: Safety\nDuration: 45.5 min", None),
        ("Course: Safety\nDuration: 0 min", None),
        ("Course: Safety\nAllow 24 hours for processing of this course", None),
        ("Course: Safety\nContact hours: 1.5", None),
        ("Course: Safety\nOpen 24 hours", None),
    ],
)
def test_the_minutes_are_those_of_the_title_or_of_a_length(
    said: str, minutes: int | None
) -> None:
    assert read_paper(said).minutes == minutes


@pytest.mark.parametrize(
    "said",
    [
        "has completed on December 1, 2025",
        "completed by Bob",
        "has completed 1.5 contact hours",
        "Completed: December 1, 2025",
        "completed the course",
        "Course: A\nCourse: B",
        "Course: Safety\nCourse: Coding",
        "Course: " + "x" * 301,
        "Course: 12",
        "Certificate of completion",
    ],
)
def test_no_title_that_reads_one_way(said: str) -> None:
    assert read_paper(said).title == ""


def test_the_same_title_twice_is_one() -> None:
    assert read_paper("Course: Safety\nActivity: SAFETY").title in {"Safety", "SAFETY"}


WORDS = (
    "completed Course: the Title: on Dec Feb 30 1 2025 / - , hours min 1.5 ( expires"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\0", "\u0663"])


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join))
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = read_paper(text)
    assert found.title == found.title.strip()
    assert len(found.title) <= 300
    assert found.minutes is None or found.minutes > 0
    assert found.on is None or 1990 <= found.on.year < 2100


@pytest.mark.parametrize(
    "piece", ["completed ", "1/", "Dec 1 - ", "1 hr ", "the ", "\n"]
)
def test_a_long_text_costs_only_its_length(piece: str) -> None:
    began = time.process_time()
    read_paper(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 1
