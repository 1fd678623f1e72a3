"""Staff import the catalogue from a CSV file: checked first, then applied once."""

import pytest

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.services import apply_file, check_file
from core.failures import NotUsable, Stale
from credentials.policy import policy_for
from tests.cast import BODY, NOW, TESTER, TODAY

pytestmark = [pytest.mark.db, pytest.mark.django_db]
HEAD = "code,title,kind,minutes,provider\n"
GOOD = "MLN1,Fraud basics,web_based_training,45,CMS\n"


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
        ("A,Fraud,webinar,45", ""),
    ],
)
def test_each_bad_cell_is_named_by_row_and_column(row: str, column: str) -> None:
    file = checked(f"{HEAD}{GOOD}{row}\n")
    found = {(each["row"], each["column"]) for each in file.problems}
    assert found == ({(3, column)} if column else set())


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
        (b"\xff\xfe\x00", "UTF-8"),
        (b'code,title,kind,minutes\n"A', "not a CSV file"),
        (HEAD.encode() + b"A,B,webinar,45,\n" * 10_001, "more than 10,000 rows"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_file_of_another_form_is_refused_whole(content: bytes, words: str) -> None:
    with pytest.raises(NotUsable, match=words):
        checked(content)
    assert not CatalogueFile.objects.exists()
