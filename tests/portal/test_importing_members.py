"""Importing members: upload, check, import; nothing is saved before the last step."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from accounts.models import Invitation, Member, RosterImport
from accounts.tasks import import_roster
from tests.cast import Cast
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.statements import statements
from tests.rosters.waiting import a_roster

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.db
PLACE = "/p/northside/members/import/"
HEAD = "first_name,last_name,email,role,renewal_mode\n"
EIGHT = [f"N{n},New,n{n}@mail.example,Scribe,auto" for n in range(8)]
TEN = HEAD + "\n".join([*EIGHT, ",New,x@mail.example,,", "Ned,New,nobody,,"]) + "\n"


def upload(client: Client, content: str | bytes, name: str = "roster.csv") -> "Answer":
    """Send a file."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(PLACE, {"file": SimpleUploadedFile(name, data)})


def checked(client: Client, content: str | bytes) -> tuple[str, Page]:
    """Send a file, and give where its check is and what stands there."""
    answer = upload(client, content)
    assert answer.status_code == 302, Page.of(answer).problems
    return answer.headers["Location"], followed(client, answer)


def press(client: Client, place: str, **more: str) -> "Answer":
    """Press Import."""
    return client.post(place, {"do": "import", "whole": "0"} | more)


def worked(client: Client, place: str) -> Page:
    """Let the worker import it, and look again."""
    import_roster(place.rstrip("/").rpartition("/")[2])
    return Page.of(client.get(place))


def downloaded(client: Client, place: str) -> str:
    """Save a CSV file of ours, and read it."""
    answer = client.get(place)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.getvalue().decode("utf-8-sig")


def rows(page: Page) -> list[list[str]]:
    """What the page says has to be mended."""
    table = page.one("tbody").all("tr")
    return [[cell.text for cell in row.all("th") + row.all("td")] for row in table]


def test_ten_rows_two_of_them_bad_are_checked_and_nobody_is_saved(
    alice: Client, cast: Cast
) -> None:
    people = Member.objects.count()
    _, page = checked(alice, TEN)
    assert (
        "Importing adds 8 members. Nothing is saved yet. 2 rows can't be" in page.text
    )
    assert rows(page) == [
        ["Row 10", "First name", "Enter a first name."],
        ["Row 11", "E-mail", "Enter an e-mail address such as name@practice.example."],
    ]
    assert "Import 8 members" in page.text
    assert page.one("li", "gs-step", **{"aria-current": "step"}).text == "Check"
    assert Member.objects.count() == people


def test_the_good_rows_are_imported_by_the_worker(alice: Client, cast: Cast) -> None:
    place, _ = checked(alice, TEN)
    going = followed(alice, press(alice, place))
    assert "You can leave this page" in going.text
    assert "0 of 8" in going.text
    assert "roster.csv is being imported" in Page.of(alice.get(PLACE)).text
    page = worked(alice, place)
    assert "Added 8 members. 2 rows could not be imported." in page.text
    assert not Invitation.objects.exists()


def test_the_bad_rows_can_be_mended_and_sent_again(alice: Client, cast: Cast) -> None:
    place, page = checked(alice, TEN)
    text = downloaded(alice, page.links["Download these rows"])
    head, first, second, _ = text.split("\r\n")
    assert head == HEAD.strip() + ",problem"
    assert first == ",New,x@mail.example,,,First name: Enter a first name."
    assert second.startswith("Ned,New,nobody,,,E-mail: ")
    followed(alice, press(alice, place))
    worked(alice, place)
    assert alice.get(page.links["Download these rows"]).status_code == 200
    mended = text.replace("nobody", "ned@mail.example").replace("\n,New", "\nNora,New")
    place, page = checked(alice, mended)
    assert "Importing adds 2 members." in page.text
    followed(alice, press(alice, place))
    assert "Added 2 members." in worked(alice, place).text


def test_the_same_file_again_has_nothing_to_import(alice: Client, cast: Cast) -> None:
    place, _ = checked(alice, HEAD + "\n".join(EIGHT))
    press(alice, place)
    worked(alice, place)
    _, page = checked(alice, HEAD + "\n".join(EIGHT))
    assert "Nothing to import. Your list holds all of it already." in page.text
    assert "Import 8 members" not in page.text


def test_all_or_nothing_asks_for_the_bad_rows_first(alice: Client, cast: Cast) -> None:
    place, _ = checked(alice, TEN)
    before = checksum()
    answer = press(alice, place, whole="1")
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Some rows have problems. Mend the file, or choose to import the others."
    ]
    assert checksum() == before
    assert press(alice, place, whole="7").status_code == 422


def test_invitations_are_sent_when_asked_for(alice: Client, cast: Cast) -> None:
    place, _ = checked(alice, HEAD + EIGHT[0])
    press(alice, place, invite="on")
    worked(alice, place)
    assert Invitation.objects.get().email == "n0@mail.example"


def test_columns_of_other_names_are_matched_by_hand(alice: Client, cast: Cast) -> None:
    place, page = checked(
        alice, "Vorname;Nachname;Adresse\nNora;New;nora@mail.example\n"
    )
    assert "Choose the columns of the names and the e-mail." in page.text
    fields = {"do": "match", "column_first_name": "0", "column_last_name": "1"}
    wrong = alice.post(place, fields)
    assert wrong.status_code == 422
    assert Page.of(wrong).problems == ["Choose the column of e-mail."]
    page = followed(alice, alice.post(place, fields | {"column_email": "2"}))
    assert "Importing adds 1 member." in page.text
    late = followed(alice, alice.post(place, fields | {"column_email": "2"}))
    assert "checked again or imported meanwhile" in late.text


def test_forty_columns_are_taken_and_those_nobody_needs_left_out(
    alice: Client, cast: Cast
) -> None:
    head = [f"extra{n}" for n in range(37)] + ["first_name", "last_name", "email"]
    row = ["x"] * 37 + ["Nora", "New", "nora@mail.example"]
    _, page = checked(alice, f"{','.join(head)}\n{','.join(row)}\n")
    assert "Importing adds 1 member." in page.text


def test_a_workbook_is_read_as_well(alice: Client, cast: Cast) -> None:
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["First Name", "Last Name", "E-mail"])
    book.active.append(["Nora", "New", "nora@mail.example"])
    book.save(content)
    _, page = checked(alice, content.getvalue())
    assert "Importing adds 1 member." in page.text


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"%PDF-1.7", b"PK\x03\x04zip"])
def test_what_is_no_roster_is_said_beside_the_field(
    alice: Client, cast: Cast, content: bytes
) -> None:
    before = checksum()
    answer = upload(alice, content)
    assert answer.status_code == 422
    page = Page.of(answer)
    assert page.title.startswith("Error:")
    assert page.one("", "gs-problem").one("a").attributes["href"] == "#id_file"
    assert checksum() == before


def test_the_template_can_be_imported_as_it_is(alice: Client, cast: Cast) -> None:
    link = Page.of(alice.get(PLACE)).links["Download a template"]
    _, page = checked(alice, downloaded(alice, link))
    assert "Importing adds 1 member." in page.text


def test_a_renewal_date_that_differs_is_told(alice: Client, cast: Cast) -> None:
    bob = cast.bob
    text = f"first_name,last_name,email,renewal_date\n{bob.first_name},{bob.last_name},"
    _, page = checked(alice, f"{text}{bob.email},2031-01-01\n")
    assert "Differs, and stays as it is" in page.text
    assert rows(page)[0][:2] == ["Row 2", "Renewal date"]


def test_another_practice_s_roster_is_not_found(
    alice: Client, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    theirs = a_roster(cast.lakeview)
    for end in ("", "rows-to-mend.csv"):
        assert alice.get(f"{PLACE}{theirs.pk}/{end}").status_code == 404
    assert signed_in("bob").get(PLACE).status_code == 403


def test_two_administrators_start_one_import(alice: Client, cast: Cast) -> None:
    place, _ = checked(alice, HEAD + EIGHT[0])
    press(alice, place)
    again = followed(alice, press(alice, place))
    assert "started or replaced already" in again.text
    other, _ = checked(alice, HEAD + EIGHT[1])
    busy = followed(alice, press(alice, other))
    assert "Another import is running." in busy.text
    assert RosterImport.objects.filter(state="importing").count() == 1


def test_a_page_of_many_problems_takes_no_more_statements(
    alice: Client, cast: Cast
) -> None:
    few, _ = checked(alice, TEN)
    small = len(statements(alice, few))
    many, _ = checked(alice, HEAD + "x,,,,\n" * 300)
    assert len(statements(alice, many)) == small


def test_a_nul_in_a_file_or_a_field_is_no_fault(alice: Client, cast: Cast) -> None:
    _, page = checked(alice, HEAD + "No\x00ra,New,nora@mail.example,,\n")
    assert rows(page) == [
        ["Row 2", "First name", "This holds a character that could not be read."]
    ]
    place, _ = checked(alice, HEAD + EIGHT[0])
    answer = alice.post(place, {"do": "match", "column_email": "2\x00"})
    assert answer.status_code == 422
    assert alice.post(PLACE, {"file": "x\x00"}).status_code == 422
