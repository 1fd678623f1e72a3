"""The catalogue over REST: what can be picked, and for staff what can't as well."""

import pytest

from ce_credits.models import CatalogueItem
from tests.api.asking import Api, Caller, places, problem
from tests.cast import BODY, NOW, OTHER_BODY

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def items(db: None) -> None:
    """Two items of the body, one of them offered no more, and another body's."""
    for program, code, title, offered in (
        (BODY, "MLN 1", "Global surgery", True),
        (BODY, "MLN 2", "Advance notices", False),
        (OTHER_BODY, "X 1", "Elsewhere", True),
    ):
        CatalogueItem.objects.create(
            program=program,
            code=code,
            title=title,
            kind="web_based_training",
            minutes=60,
            provider="MLN",
            offered_now=offered,
            changed_at=NOW,
        )


def codes(caller: Caller, **query: str) -> list[str]:
    """The codes of a list, in its order."""
    return [row["code"] for row in caller.get("catalogue", **query).json()["results"]]


def test_an_item_is_told_as_it_will_fill_a_report_in(api: Api) -> None:
    (row,) = api.get("catalogue", program=BODY).json()["results"]
    assert row.pop("id").startswith("cat_")
    assert row == {
        "program": BODY,
        "code": "MLN 1",
        "title": "Global surgery",
        "kind": "web_based_training",
        "minutes": 60,
        "provider": "MLN",
        "topics": [],
        "evaluation_deadline": None,
        "offered": True,
    }


def test_what_is_offered_no_more_is_for_the_body_s_staff(
    api: Api, own: Caller, body: Caller
) -> None:
    assert (
        codes(api, ordering="code") == codes(own, ordering="code") == ["MLN 1", "X 1"]
    )
    assert codes(body) == ["MLN 2", "MLN 1"]
    assert codes(body, ordering="-title") == ["MLN 1", "MLN 2"]


def test_items_are_found_by_words_and_kind(own: Caller) -> None:
    assert codes(own, q="SURG glob") == ["MLN 1"]
    assert codes(own, q="mln surgery") == ["MLN 1"]
    assert codes(own, kind="webinar") == []
    assert codes(own, kind="web_based_training", q="else") == ["X 1"]


def test_a_filter_that_isn_t_known_is_refused(own: Caller, body: Caller) -> None:
    for query in ({"offered": "true"}, {"code": "1"}, {"ordering": "minutes"}):
        said = problem(own.get("catalogue", **query), 400, "malformed")
        assert places(said) == list(query)
    problem(body.get("catalogue", program=BODY), 400, "malformed")


@pytest.fixture
def pain(db: None) -> CatalogueItem:
    """An activity about pain management, which a registration asks."""
    return CatalogueItem.objects.create(
        program="mms",
        code="P1",
        title="Opioid safety",
        kind="category_2",
        minutes=60,
        topics=["pain_management"],
        changed_at=NOW,
    )


@pytest.mark.usefixtures("pain")
def test_items_are_found_by_topic_and_by_requirement(own: Caller) -> None:
    assert codes(own, topic="pain_management") == ["P1"]
    assert codes(own, requirement="pain_management") == ["P1"]
    assert codes(own, requirement="pain_management", program=BODY) == []
    assert codes(own, requirement="ehr") == codes(own, topic="ehr") == []
    assert codes(own, requirement="nothing") == []


@pytest.mark.usefixtures("pain")
def test_a_report_takes_the_topics_of_its_item_over(own: Caller) -> None:
    sent = {"program": "mms", "item": "P1", "on": "2025-10-02"}
    made = own.post("ce-activities", sent).json()
    assert (made["kind"], made["topics"]) == ("category_2", ["pain_management"])
    other = own.post("ce-activities", {**sent, "topics": ["ehr"]}).json()
    assert other["topics"] == ["ehr"]
