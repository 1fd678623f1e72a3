"""The catalogue: searched, imported in two steps, and items taken out of the offer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ce_credits.models import CatalogueFile, CatalogueItem
from core.models import AuditEntry
from tests.cast import BODY, NOW, OTHER_BODY
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.statements import statements

pytestmark = pytest.mark.db
PLACE = "/staff/acmss/catalogue/"
HEAD = "code,title,kind,minutes,provider\n"
TEN = HEAD + "".join(f"MLN{n},Coding {n} (45 min),webinar,,CMS\n" for n in range(10))


def upload(text: str | bytes, name: str = "items.csv") -> dict[str, SimpleUploadedFile]:
    """A file as a form sends it."""
    content = text.encode() if isinstance(text, str) else text
    return {"file": SimpleUploadedFile(name, content, "text/csv")}


def checked(client: Client, text: str) -> Page:
    """Send a file and go to what it would do."""
    return followed(client, client.post(PLACE, upload(text)))


def imported(client: Client, text: str) -> Page:
    """Send a file and import it."""
    answer = client.post(PLACE, upload(text))
    return followed(client, client.post(answer.headers["Location"]))


def titles(page: Page) -> list[str]:
    """What the page lists."""
    return [row.one("th").text for row in page.one("tbody").all("tr")]


def test_an_empty_catalogue_leads_to_the_import(mona: Client) -> None:
    page = Page.of(mona.get(PLACE))
    assert page.links["Import a file"] == "#import"
    for column in ("code", "title", "kind", "minutes", "provider"):
        assert column in [each.one("dt").text for each in page.facts]


def test_the_sample_can_be_imported_as_it_is(mona: Client) -> None:
    page = Page.of(mona.get(PLACE))
    answer = mona.get(page.links["Download a sample file"])
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    done = imported(mona, answer.content.decode())
    assert done.notices == ["Imported 4 activities from items.csv."]


def test_nothing_is_saved_until_import_is_pressed(mona: Client) -> None:
    page = checked(mona, TEN)
    assert not CatalogueItem.objects.exists()
    assert page.h1 == "Check items.csv"
    assert "Importing adds 10 activities. Nothing is saved yet." in page.text
    assert "New: 10" in page.text
    assert page.one("main").one("button").text == "Import 10 activities"
    assert "CMS/MLN webinar" in page.text


def test_importing_fills_the_catalogue(mona: Client) -> None:
    page = imported(mona, TEN)
    assert page.notices == ["Imported 10 activities from items.csv."]
    assert CatalogueItem.objects.of_program(BODY).offered().count() == 10
    assert "10 activities. Members pick from what is offered." in page.text
    assert AuditEntry.objects.filter(action="catalogue.imported").count() == 1


def test_bad_rows_are_named_and_the_good_ones_go_in(mona: Client) -> None:
    page = checked(mona, TEN + "X,,seminar,-1,\n=1,Formula,webinar,45,\n")
    assert "2 rows can't be imported." in page.text
    table = page.all("table")[0].one("tbody")
    assert [
        [cell.text for cell in (row.one("th"), *row.all("td"))]
        for row in table.all("tr")
    ] == [
        ["Row 12", "title", "Enter the title."],
        ["Row 12", "kind", "Use one of: call, event, webinar, web_based_training."],
        ["Row 12", "minutes", "Enter whole minutes above 0."],
        [
            "Row 13",
            "code",
            "Begin with another character: this would be a formula.",
        ],
    ]
    assert page.one("main").all("button")[0].text == "Import 10 activities"


def test_the_same_file_again_changes_nothing(mona: Client) -> None:
    imported(mona, TEN)
    before = list(CatalogueItem.objects.order_by("code").values())
    page = checked(mona, TEN)
    assert "Nothing to import: the catalogue holds all of it already." in page.text
    assert not page.one("main").all("button")
    answer = mona.post(PLACE, upload(TEN))
    mona.post(answer.headers["Location"])
    assert list(CatalogueItem.objects.order_by("code").values()) == before


def test_what_would_change_is_told_from_what_is_new(mona: Client) -> None:
    imported(mona, TEN)
    page = checked(mona, TEN.replace("Coding 3", "Billing 3") + "NEW,N,call,30,\n")
    assert (
        "Importing adds 1 activity and changes 1 activity. Nothing is saved yet."
        in page.text
    )
    assert "Unchanged: 9" in page.text


def test_a_file_pressed_twice_is_imported_once(mona: Client) -> None:
    answer = mona.post(PLACE, upload(TEN))
    address = answer.headers["Location"]
    first, second = (followed(mona, mona.post(address)) for _ in range(2))
    assert first.notices == ["Imported 10 activities from items.csv."]
    assert second.notices == ["This file was imported already, once."]
    page = Page.of(mona.get(address))
    assert "This file was imported." in page.text
    assert not page.one("main").all("button")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty. Choose another."),
        (b"a\xff\xfe", "Save the file as CSV in UTF-8, then choose it again."),
        (b"code,title\nA,B\n", "The first line must name the columns"),
        (b"PK\x03\x04 a workbook", "The first line must name the columns"),
        (b'code,title,kind,minutes\n"A', "This is not a CSV file"),
        (
            HEAD.encode() + b"A,B,webinar,45,\n" * 10_001,
            "The file has more than 10,000 rows. Split it.",
        ),
        (b"x" * (2 * 1024 * 1024 + 1), "The file is larger than 2 MB. Split it."),
    ],
)
def test_a_file_of_another_form_is_refused_in_a_sentence(
    mona: Client, content: bytes, sentence: str
) -> None:
    before = checksum()
    answer = mona.post(PLACE, upload(content))
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    (problem,) = page.problems
    assert problem.startswith(sentence)
    assert checksum() == before


@pytest.mark.parametrize("sent", [{}, {"file": "no file"}, {"other": "x"}])
def test_without_a_file_one_is_asked_for(mona: Client, sent: dict[str, str]) -> None:
    answer = mona.post(PLACE, sent)
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Choose a CSV file."]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "a\x00b.csv", "x" * 150 + ".csv", "<b>.csv"]
)
def test_a_files_name_is_text(mona: Client, name: str) -> None:
    page = followed(mona, mona.post(PLACE, upload(TEN, name)))
    stored = CatalogueFile.objects.get().name
    assert "/" not in stored
    assert "\x00" not in stored
    assert page.h1 == f"Check {stored}"


def test_cells_are_text_wherever_they_are_shown(mona: Client) -> None:
    title = "<img src=x onerror=alert(1)> {{7*7}}"
    page = imported(mona, f"{HEAD}A,{title},webinar,45,<b>CMS</b>\n")
    assert f"{title} A, <b>CMS</b>" in titles(page)
    assert not page.all("img")


def test_an_item_is_withdrawn_and_offered_again(mona: Client) -> None:
    imported(mona, TEN)
    item = CatalogueItem.objects.get(code="MLN3")
    address = f"{PLACE}items/{item.pk}/offer/"
    page = followed(mona, mona.post(address, {"offered": "0"}))
    assert "is withdrawn: nobody can pick it any more" in page.notices[0]
    assert CatalogueItem.objects.offered().count() == 9
    again = followed(mona, mona.post(address, {"offered": "0"}))
    assert "is withdrawn already. Nothing was done." in again.notices[0]
    assert titles(Page.of(mona.get(f"{PLACE}?only=withdrawn"))) == [
        "Coding 3 (45 min) MLN3, CMS"
    ]
    back = followed(mona, mona.post(address, {"offered": "1"}))
    assert "is offered again" in back.notices[0]
    assert AuditEntry.objects.filter(subject_id=item.pk).count() == 2


def test_search_filter_and_paging_work_together(mona: Client) -> None:
    many = "".join(f"C{n:03},Course {n} (30 min),call,,\n" for n in range(60))
    imported(mona, TEN + many)
    page = Page.of(mona.get(f"{PLACE}?q=course"))
    assert "60 activities found." in page.text
    assert len(titles(page)) == 50
    assert len(titles(Page.of(mona.get(f"{PLACE}{page.links['Next page']}")))) == 10
    assert titles(Page.of(mona.get(f"{PLACE}?q=mln3"))) == [
        "Coding 3 (45 min) MLN3, CMS"
    ]
    nothing = Page.of(mona.get(f"{PLACE}?q=zzz"))
    assert "Nothing matches." in nothing.text


@pytest.mark.parametrize("size", [10, 1_000])
def test_it_reads_as_many_statements_at_any_size(mona: Client, size: int) -> None:
    CatalogueItem.objects.bulk_create(
        CatalogueItem(
            program=BODY,
            code=f"C{n}",
            title=f"Course {n}",
            kind="call",
            minutes=30,
            changed_at=NOW,
        )
        for n in range(size)
    )
    for query in ("", "?q=course", "?only=offered&page=2"):
        assert len(statements(mona, f"{PLACE}{query}")) == 5


def test_another_bodys_rows_are_nothing(mona: Client) -> None:
    item = CatalogueItem.objects.create(
        program=OTHER_BODY, code="A", title="A", kind="x", changed_at=NOW
    )
    file = CatalogueFile.objects.create(
        program=OTHER_BODY, name="a", rows=[], problems=[], by="x", at=NOW
    )
    before = checksum()
    assert mona.get(f"{PLACE}files/{file.pk}/").status_code == 404
    assert mona.post(f"{PLACE}files/{file.pk}/").status_code == 404
    offer = mona.post(f"{PLACE}items/{item.pk}/offer/", {"offered": "0"})
    assert offer.status_code == 404
    assert checksum() == before


def test_when_it_was_checked_and_by_whom_is_said(mona: Client) -> None:
    page = checked(mona, TEN)
    assert "Checked Nov 17, 2025, 10:00 AM PST by Mona Moss." in page.text
