"""Staff import the catalogue from a CSV file: checked first, then applied once."""

from datetime import timedelta

import pytest

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.queries import catalogue_change
from ce_credits.services import apply_file, check_file, offer_item
from core.failures import NotUsable, Stale
from core.models import AuditEntry
from credentials.policy import policy_for
from tests.cast import BODY, NOW, TESTER, TODAY
from tests.ce.society import SOCIETY

pytestmark = [pytest.mark.db, pytest.mark.django_db]
HEAD = "code,title,kind,minutes,provider\n"
GOOD = "MLN1,Fraud basics,web_based_training,45,CMS\n"
OTHER = "MLN2,Coding,webinar,60,\n"
THIRD = "MLN3,Billing,webinar,30,\n"


def checked(text: str | bytes) -> CatalogueFile:
    """Check a file's text."""
    content = text if isinstance(text, bytes) else text.encode()
    policy = policy_for(BODY, on=TODAY)
    return check_file(
        actor=TESTER, policy=policy, name="items.csv", content=content, now=NOW
    )


def test_checking_changes_no_item(db: None) -> None:
    file = checked(HEAD + GOOD)
    assert len(file.rows) == 1
    assert not CatalogueItem.objects.exists()


def test_applying_writes_the_good_rows(db: None) -> None:
    file = checked(HEAD + GOOD + "MLN2,Coding (1 hr 15 min),webinar,,\n")
    assert apply_file(actor=TESTER, file=file, now=NOW) == 2
    items = CatalogueItem.objects.of_program(BODY).offered().order_by("code")
    assert [(item.code, item.minutes) for item in items] == [("MLN1", 45), ("MLN2", 75)]


def test_a_file_is_applied_once(db: None) -> None:
    file = checked(HEAD + GOOD)
    apply_file(actor=TESTER, file=file, now=NOW)
    with pytest.raises(Stale):
        apply_file(actor=TESTER, file=file, now=NOW)


def test_the_same_items_again_keep_their_rows(db: None) -> None:
    apply_file(actor=TESTER, file=checked(HEAD + GOOD), now=NOW)
    first = CatalogueItem.objects.get()
    changed = GOOD.replace("Fraud basics", "Fraud revised")
    apply_file(actor=TESTER, file=checked(HEAD + changed), now=NOW)
    again = CatalogueItem.objects.get()
    assert (again.pk, again.title) == (first.pk, "Fraud revised")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",Fraud,webinar,45,", "code"),
        ("A,,webinar,45,", "title"),
        ("A,Fraud,seminar,45,", "kind"),
        ("A,Fraud,webinar,-1,", "minutes"),
        ("A,Fraud,webinar,1.5,", "minutes"),
        ("A,Fraud,webinar,٤٥,", "minutes"),
        ("A,Fraud,webinar,,", "minutes"),
        ("A,Fraud\x00,webinar,45,", "title"),
        (f"A,{'x' * 301},webinar,45,", "title"),
        ("A,Fraud,webinar,45", None),
        ("=1+1,Fraud,webinar,45,", "code"),
        ("A,=HYPERLINK(1),webinar,45,", "title"),
        ("A,@SUM(1),webinar,45,", "title"),
        ("A,Fraud,webinar,45,+1", "provider"),
        ("A,Fraud,webinar,45,CMS,more", ""),
        ('A,"Fraud, part 1",webinar,45,', None),
        ('A,"Fraud ""again""",webinar,45,', None),
    ],
)
def test_each_bad_cell_is_named_by_row_and_column(row: str, column: str | None) -> None:
    file = checked(f"{HEAD}{GOOD}{row}\n")
    found = {(each["row"], each["column"]) for each in file.problems}
    assert found == (set() if column is None else {(3, column)})


def test_empty_rows_are_passed_over_and_counted() -> None:
    file = checked(f"{HEAD},,,,\n\n{GOOD}A,,webinar,45,\n , ,,,\n")
    assert [row["code"] for row in file.rows] == ["MLN1"]
    assert [each["row"] for each in file.problems] == [5]


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    file = checked("Minutes,NOTE, Kind ,code,title\n45,x,webinar,A,Fraud\n")
    assert file.rows == [
        {
            "code": "A",
            "title": "Fraud",
            "kind": "webinar",
            "minutes": 45,
            "provider": "",
        }
    ]


def test_what_importing_would_do_is_told_row_by_row() -> None:
    apply_file(actor=TESTER, file=checked(HEAD + GOOD + OTHER), now=NOW)
    file = checked(HEAD + GOOD + OTHER.replace("Coding", "Coding II") + THIRD)
    change = catalogue_change(file)
    assert [
        [row["code"] for row in rows]
        for rows in (change.new, change.changed, change.unchanged)
    ] == [["MLN3"], ["MLN2"], ["MLN1"]]
    assert apply_file(actor=TESTER, file=file, now=NOW) == 2


def test_the_same_file_again_changes_no_row() -> None:
    apply_file(actor=TESTER, file=checked(HEAD + GOOD), now=NOW)
    again = checked(HEAD + GOOD)
    assert apply_file(actor=TESTER, file=again, now=NOW + timedelta(days=1)) == 0
    assert CatalogueItem.objects.get().changed_at == NOW


def test_an_item_is_withdrawn_offered_again_and_each_time_once() -> None:
    apply_file(actor=TESTER, file=checked(HEAD + GOOD), now=NOW)
    item = CatalogueItem.objects.get()
    offer_item(actor=TESTER, item=item, offered=False, now=NOW)
    assert not CatalogueItem.objects.of_program(BODY).offered().exists()
    with pytest.raises(Stale, match="withdrawn already"):
        offer_item(actor=TESTER, item=item, offered=False, now=NOW)
    offer_item(actor=TESTER, item=item, offered=True, now=NOW)
    with pytest.raises(Stale, match="offered already"):
        offer_item(actor=TESTER, item=item, offered=True, now=NOW)
    trail = AuditEntry.objects.filter(subject_id=item.pk)
    assert [entry.action for entry in trail.order_by("id")] == [
        "catalogue.withdrawn",
        "catalogue.offered",
    ]


def test_importing_a_withdrawn_item_offers_it_again() -> None:
    apply_file(actor=TESTER, file=checked(HEAD + GOOD), now=NOW)
    item = CatalogueItem.objects.get()
    offer_item(actor=TESTER, item=item, offered=False, now=NOW)
    assert apply_file(actor=TESTER, file=checked(HEAD + GOOD), now=NOW) == 1
    item.refresh_from_db()
    assert item.offered_now


def test_a_code_that_stands_twice_is_named() -> None:
    file = checked(HEAD + GOOD + GOOD)
    assert file.problems == [
        {"row": 3, "column": "code", "text": "The code stands in row 2 already."}
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "code, title, kind, minutes"),
        (b"code,title\n", "Missing: kind, minutes"),
        (b"code,code,title,kind,minutes\n", "names code twice"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("code,title,kind,minutes\nA,Café,webinar,45".encode("latin-1"), "UTF-8"),
        (b"code;title;kind;minutes\nA;B;webinar;45", "Missing: code"),
        (b'code,title,kind,minutes\n"A', "not a CSV file"),
        (HEAD.encode() + b"A,B,webinar,45,\n" * 10_001, "more than 10,000 rows"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_file_of_another_form_is_refused_whole(content: bytes, words: str) -> None:
    with pytest.raises(NotUsable, match=words):
        checked(content)
    assert not CatalogueFile.objects.exists()


def test_a_kind_that_asks_no_minutes_needs_none_and_takes_none(db: None) -> None:
    policy = policy_for(SOCIETY, on=TODAY)
    rows = (
        "C1,Health law,college_course,,State\nC2,Health law,college_course,45,State\n"
    )
    rows += "C3,Forum (45 min),approved_education,,NAMSS\n"
    file = check_file(
        actor=TESTER,
        policy=policy,
        name="items.csv",
        content=f"{HEAD}{rows}".encode(),
        now=NOW,
    )
    assert [(row["code"], row["minutes"]) for row in file.rows] == [("C1", None)]
    assert [(each["row"], each["text"]) for each in file.problems] == [
        (3, "Leave this empty: the kind asks no minutes."),
        # This body reads no minutes out of titles.
        (4, "Enter the minutes."),
    ]


TOPICAL = "code,title,kind,minutes,topics\n"


def of_society(text: str) -> CatalogueFile:
    """Check a file for the body that tells topics apart."""
    policy = policy_for("mms", on=TODAY)
    content = text.encode()
    return check_file(
        actor=TESTER, policy=policy, name="items.csv", content=content, now=NOW
    )


def test_a_file_says_what_items_are_about_m8(db: None) -> None:
    file = of_society(
        TOPICAL + "P1,Opioids,category_2,60,pain_management risk_management\n"
    )
    apply_file(actor=TESTER, file=file, now=NOW)
    item = CatalogueItem.objects.get()
    # In the order of the pack, each once.
    assert item.topics == ["risk_management", "pain_management"]
    assert catalogue_change(file).unchanged


def test_a_file_without_topics_leaves_them_and_an_empty_cell_takes_them(
    db: None,
) -> None:
    row = "P1,Opioids,category_2,60"
    for text, expected in (
        (f"{TOPICAL}{row},ehr\n", ["ehr"]),
        (f"code,title,kind,minutes\n{row}0\n", ["ehr"]),
        (f"{TOPICAL}{row},\n", []),
    ):
        apply_file(actor=TESTER, file=of_society(text), now=NOW)
        assert CatalogueItem.objects.get().topics == expected


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("pain", "Use some of these, with spaces between them: risk_management"),
        ("ehr;pain_management", "Use some of these"),
    ],
)
def test_a_topic_that_the_pack_does_not_know_is_named(cell: str, words: str) -> None:
    (problem,) = of_society(f"{TOPICAL}P1,Opioids,category_2,60,{cell}\n").problems
    assert problem["column"] == "topics"
    assert problem["text"].startswith(words)


def test_a_body_without_topics_takes_none() -> None:
    (problem,) = checked(f"{TOPICAL}MLN1,Fraud,webinar,45,ehr\n").problems
    words = "Leave this empty: the body tells no topics apart."
    assert (problem["column"], problem["text"]) == ("topics", words)


def test_items_are_found_by_what_they_are_about(db: None) -> None:
    rows = "P1,Opioids,category_2,60,pain_management\nE1,Records,category_2,60,ehr\n"
    apply_file(actor=TESTER, file=of_society(TOPICAL + rows), now=NOW)

    def found(*topics: str) -> list[str]:
        items = CatalogueItem.objects.about(topics).order_by("code")
        return list(items.values_list("code", flat=True))

    assert found("ehr") == ["E1"]
    assert found("ehr", "pain_management") == ["E1", "P1"]
    assert found() == found("pain") == found('%"') == []
