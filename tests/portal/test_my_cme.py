"""A transcript by year, category, topic and cycle; My CME for holders of a licence."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from ce_credits.models import Activity
from tests.api.asking import Caller
from tests.cast import Cast, credit
from tests.cycles import BODY, first_time_dual
from tests.pdf.reading import Paper
from tests.portal.reading import Page

pytestmark = pytest.mark.db
PAGE = "/me/transcript/"
FIRST, SECOND, STUDY = "category_1", "category_2", "risk_management_study"
UNIT = {
    FIRST: "AMA PRA Category 1 Credit",
    SECOND: "AMA PRA Category 2 Credit",
    STUDY: "hours",
}


def learnt(member: Member, kind: str, amount: str, on: date, **inputs: Any) -> str:  # noqa: ANN401
    """Something a physician did, about what; its title."""
    title = f"{kind} of {on.year}"
    always = ["risk_management"] if kind == STUDY else []
    award = credit(
        member,
        amount,
        on=on,
        program="mms",
        kind=kind,
        title=title,
        unit=UNIT[kind],
        rule="M13",
        policy="mms@2024-01-01",
        explanation="As its provider stated.",
        topics=" ".join([*always, *inputs.get("topics", ())]),
    )
    Activity.objects.filter(pk=award.activity_id).update(inputs=inputs)
    return title


@pytest.fixture
def learner(cast: Cast, today: date) -> Member:
    """Bob, who learns for a licence: two categories, a study, and one long ago."""
    learnt(cast.bob, FIRST, "2.50", date(2025, 3, 1), topics=["pain_management", "ehr"])
    learnt(cast.bob, SECOND, "0.75", date(2025, 2, 1))
    learnt(cast.bob, STUDY, "1.00", date(2024, 5, 1), website="www.example.org/risk")
    learnt(cast.bob, FIRST, "1.00", date(2018, 1, 31))
    return cast.bob


def titles(page: Page) -> list[str]:
    """The activities of the page, as they stand."""
    return [row.one("a").text for row in page.all("th", scope="row")]


def blocks(page: Page) -> dict[str, str]:
    """What stands together, and what it comes to."""
    return {
        each.one("h2").text: each.one("p", "gs-reason").text
        for each in page.all("section", "gs-paper")
    }


def test_whoever_holds_a_licence_reads_my_cme_by_year(
    bob: Client, learner: Member
) -> None:
    page = Page.of(bob.get(f"{PAGE}?program=mms"))
    assert page.h1 == "My CME"
    # Each unit by itself, and nothing left out for its age: well over six years.
    assert blocks(page) == {
        "2025": "Credit: 2.5 AMA PRA Category 1 Credit, "
        "0.75 AMA PRA Category 2 Credit.",
        "2024": "Credit: 1.0 hours.",
        "2018": "Credit: 1.0 AMA PRA Category 1 Credit.",
    }
    # A study says its time and where (M9), and counts as risk management.
    assert "60 min, www.example.org/risk, about Risk management" in page.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=category_2", ["category_2 of 2025"]),
        ("topic=risk_management", ["risk_management_study of 2024"]),
        ("topic=ehr&year=2025", ["category_1 of 2025"]),
        ("topic=ehr&year=2024", []),
        # What can't be asked for narrows nothing.
        ("topic=mindfulness&kind=webinar&year=2024", ["risk_management_study of 2024"]),
    ],
)
def test_it_is_narrowed_in_the_address_on_page_file_and_paper(
    bob: Client, learner: Member, query: str, shown: list[str]
) -> None:
    page = Page.of(bob.get(f"{PAGE}?program=mms&{query}"))
    assert titles(page) == shown
    answer = bob.get(page.links["Download CSV"])
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [each["Title"] for each in rows] == shown


def test_the_paper_says_what_it_leaves_out(bob: Client, learner: Member) -> None:
    page = Page.of(bob.get(f"{PAGE}?program=mms&topic=risk_management&by=topic"))
    text = Paper(bob.get(page.links["Download PDF"]).content).text
    assert "Not all of it: about Risk management." in text
    assert "whole term" not in text
    assert "risk_management_study of 2024" in text
    assert "category_1" not in text


def test_an_activity_stands_under_each_of_its_topics_and_is_counted_once(
    bob: Client, learner: Member
) -> None:
    page = Page.of(bob.get(f"{PAGE}?program=mms&by=topic"))
    assert list(blocks(page)) == [
        "Electronic health records",
        "No topic",
        "Pain management",
        "Risk management",
    ]
    assert "4 activities" in page.text
    by_kind = Page.of(bob.get(f"{PAGE}?program=mms&by=category"))
    assert list(blocks(by_kind)) == [
        "AMA PRA Category 1 Credit",
        "AMA PRA Category 2 Credit",
        "Risk management study, not accredited",
    ]


def test_a_body_of_cycles_is_asked_by_cycle_and_category(
    bob: Client, cast: Cast, today: date
) -> None:
    own = Caller("/api/v1/me", {}, bob)
    first_time_dual(cast)
    page = Page.of(bob.get(f"{PAGE}?program={BODY}&span=none"))
    assert len(titles(page)) == 1
    assert "1 activity: in no cycle." in page.text
    (span,) = own.get("transcript", program=BODY, span="2022-05-10").json()["spans"]
    assert len(span["activities"]) == 2
    assert own.get("transcript", program=BODY, kind="no_such").json()["spans"] == []
    by_year = own.get("transcript", program=BODY, by="year").json()
    assert [each["credit"] for each in by_year["spans"]] == [None] * len(
        by_year["spans"]
    )
    # What an activity brings to its cycle is the same, however they are grouped.
    applied = [
        each["applied"] for row in by_year["spans"] for each in row["activities"]
    ]
    assert sorted(filter(None, applied)) == ["13.0", "14.0"]


def test_what_its_provider_stated_stands_by_itself_everywhere(
    bob: Client, cast: Cast, today: date
) -> None:
    learnt(cast.bob, FIRST, "1.25", date(2025, 3, 1), stated_credits="1.25")
    learnt(cast.bob, SECOND, "0.75", date(2025, 2, 1))
    page = Page.of(bob.get(f"{PAGE}?program=mms"))
    assert page.text.count("As stated by the provider: 1.25") == 1
    assert page.text.count("As stated by the provider") == 1
    text = b"".join(bob.get(page.links["Download CSV"])).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [each["Stated by the provider"] for each in rows] == ["1.25", ""]
    paper = Paper(bob.get(page.links["Download PDF"]).content).text
    assert "As stated by the provider: 1.25" in paper
    own = Caller("/api/v1/me", {}, bob)
    (year,) = own.get("transcript", program="mms").json()["spans"]
    stated = [each["stated_credits"] for each in year["activities"]]
    assert stated == ["1.25", None]


def test_topics_are_those_that_the_credit_was_given_for(
    bob: Client, learner: Member
) -> None:
    # What is written on the activity later changes nothing that was judged.
    Activity.objects.filter(on=date(2025, 3, 1)).update(inputs={"topics": ["burnout"]})
    page = Page.of(bob.get(f"{PAGE}?program=mms&by=topic"))
    assert "Physician burnout" not in blocks(page)
    assert "Pain management" in blocks(page)
