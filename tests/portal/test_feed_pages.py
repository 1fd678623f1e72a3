"""Staff send a file of completions, see what it would do, and settle what waits."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Member, StaffRole
from ce_credits.models import Activity, FeedDelivery, FeedRow
from ce_credits.tasks import take_feed
from core.models import AuditEntry
from tests.cast import Cast
from tests.ce.society import certified
from tests.feeds.feeding import BODY, an_item
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db
PLACE = "/staff/namss/feed/"
HEAD = "certification_no,email,first_name,last_name,activity_code,completed_on,minutes"


@pytest.fixture
def desk(cast: Cast, erin: Client) -> Client:
    """Erin reviews for the body of cycles too; Bob is certified by it."""
    StaffRole.objects.create(user=cast.erin, program=BODY, role="reviewer")
    certified(cast.bob)
    an_item()
    return erin


def check(client: Client, *lines: str, head: str = HEAD, **more: str) -> Page:
    """Send a file and go to what it would do."""
    text = "\n".join([head, *lines]).encode()
    file = SimpleUploadedFile("completions.csv", text, "text/csv")
    answer = client.post(PLACE, {"sender": "The academy", "file": file} | more)
    if answer.status_code == 422:
        return Page.of(answer)
    return followed(client, answer)


def take_in(client: Client) -> Page:
    """Take the newest file in, and have the worker take its rows."""
    file = FeedDelivery.objects.latest("at", "pk")
    page = followed(client, client.post(f"{PLACE}files/{file.pk}/"))
    take_feed()
    return page


def test_a_file_is_checked_first_and_names_row_column_and_reason(
    desk: Client,
) -> None:
    page = check(
        desk,
        "CPCS-100,,,,ETH-1,2025-10-02,60",
        "CPCS-100,,,,ETH-1,2025-10-02,60",
        "CPCS-0,,,,NONE,2099-01-01,x",
    )
    assert "1 row can be taken, 1 will wait for staff, 1 came before." in page.text
    rows = [row.text for row in page.one("tbody").all("tr")]
    assert rows[0].startswith("Row 4")
    assert {row.split()[2] for row in rows} == {
        "certification_no",
        "activity_code",
        "completed_on",
        "minutes",
    }
    assert not FeedRow.objects.exists()
    take_in(desk)
    assert FeedRow.objects.filter(state="taken").count() == 1
    assert FeedRow.objects.filter(state="unmatched").count() == 1


def test_a_licence_s_number_is_spoken_of_where_licences_are_registered(
    desk: Client, cast: Cast
) -> None:
    StaffRole.objects.create(user=cast.erin, program="mms", role="reviewer")
    page = Page.of(desk.get("/staff/mms/feed/")).text
    assert "or a licence's number with both names" in page
    assert "licence" not in Page.of(desk.get(PLACE)).text


def test_columns_stand_in_any_order_and_spelling(desk: Client, cast: Cast) -> None:
    head = "Minutes,Last name,Completed on,Activity code,E-mail,First name"
    bob = cast.bob
    line = f"60,{bob.last_name},10/02/2025,ETH-1,{bob.written_to},{bob.first_name}"
    page = check(desk, line, head=head)
    assert "1 row can be taken. Nothing is saved yet." in page.text
    take_in(desk)
    assert FeedRow.objects.get().member == bob


def test_the_same_file_twice_takes_nothing_more(desk: Client) -> None:
    line = "CPCS-100,,,,ETH-1,2025-10-02,60"
    check(desk, line)
    take_in(desk)
    page = check(desk, line)
    assert "0 rows can be taken, 1 came before." in page.text
    assert "Take in" not in page.text
    file = FeedDelivery.objects.exclude(received_at=None).get()
    again = followed(desk, desk.post(f"{PLACE}files/{file.pk}/"))
    assert again.notices == ["This file was taken in already, once."]
    assert Activity.objects.filter(program=BODY).count() == 1


def test_columns_in_another_order_are_found_by_their_names(desk: Client) -> None:
    check(
        desk,
        "60,10/02/2025,ETH-1,CPCS-100,whatever",
        head="Minutes,Completed on,Activity code,Certification no,Room",
    )
    take_in(desk)
    assert FeedRow.objects.get().state == "taken"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("certification_no,completed_on", "The file has no column activity_code."),
        ("activity_code,completed_on", "no column certification_no or email"),
        (f"{HEAD},minutes", "names minutes twice"),
    ],
)
def test_a_missing_or_doubled_column_is_named(
    desk: Client, head: str, said: str
) -> None:
    page = check(desk, "a,b,c,d,e,f,g,h", head=head)
    assert said in page.text
    assert not FeedDelivery.objects.exists()


def test_what_matches_nobody_is_given_to_somebody_with_a_reason(
    desk: Client, cast: Cast
) -> None:
    check(desk, "CPCS-0,,,,ETH-1,2025-10-02,60")
    take_in(desk)
    row = FeedRow.objects.get()
    place = f"{PLACE}{row.pk}/"
    assert "CPCS-0" in Page.of(desk.get(PLACE)).text
    found = Page.of(desk.get(place, {"q": "baker"}))
    assert cast.bob.name in found.text
    said = {
        "do": "settle",
        "member": str(cast.bob.pk),
        "activity_code": "ETH-1",
        "completed_on": "2025-10-02",
        "minutes": "60",
        "reason": "The academy mistyped the number.",
    }
    wrong = Page.of(desk.post(place, said | {"member": "", "reason": ""}))
    assert "Choose whose it is." in wrong.text or "Find the person" in wrong.text
    done = followed(desk, desk.post(place, said))
    assert done.notices == [f"It counts for {cast.bob.name}."]
    row.refresh_from_db()
    assert (row.state, row.member) == ("settled", cast.bob)
    late = followed(desk, desk.post(place, said))
    assert "settled or set aside meanwhile" in late.notices[0]
    assert Activity.objects.filter(program=BODY).count() == 1


def test_whose_a_row_may_be_is_found_whichever_apostrophe_was_sent(
    desk: Client, cast: Cast
) -> None:
    Member.objects.filter(pk=cast.bob.pk).update(last_name="O\u2019Brien")
    check(desk, ",nobody@mail.example,Bob,O'Brien,ETH-1,2025-10-02,60")
    take_in(desk)
    page = Page.of(desk.get(f"{PLACE}{FeedRow.objects.get().pk}/"))
    assert "Bob O\u2019Brien" in page.text


def test_a_row_is_set_aside_with_a_reason(desk: Client) -> None:
    check(desk, "CPCS-0,,,,ETH-1,2025-10-02,60")
    take_in(desk)
    row = FeedRow.objects.get()
    place = f"{PLACE}{row.pk}/"
    wrong = Page.of(desk.post(place, {"do": "aside"}))
    assert "Write why nobody gets credit for it." in wrong.text
    followed(desk, desk.post(place, {"do": "aside", "aside_reason": "A test row."}))
    row.refresh_from_db()
    assert (row.state, row.words) == ("set_aside", "A test row.")
    assert AuditEntry.objects.filter(action="feed.set_aside").count() == 1


def test_the_sample_has_the_columns_there_are(desk: Client) -> None:
    answer = desk.get(f"{PLACE}sample.csv")
    content = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert content.lstrip("\ufeff").splitlines()[0] == HEAD
