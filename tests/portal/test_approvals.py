"""A sponsor applies on pages of their own; the body's managers decide on theirs."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import StaffRole, User
from ce_credits.models import ApprovalApplication, AttendanceList, CatalogueItem
from ce_credits.tasks import take_feed
from tests.approvals.approving import BODY, CODE, TYPED, approved, sent_in, typed
from tests.cast import Cast, a_user
from tests.ce.society import certified
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.signing import client_without_second_factor

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today", "shelf")]
HERE, STAFF = "/approvals/", "/staff/namss/approvals/"


@pytest.fixture
def sam(db: None, today: object) -> User:
    """Somebody without a practice or a credential."""
    return a_user("Sam Sponsor")


@pytest.fixture
def sponsor(sam: User) -> Client:
    """Their browser."""
    return client_without_second_factor(sam)


@pytest.fixture
def manager(cast: Cast, mona: Client) -> Client:
    """The browser of Mona, who manages the body too."""
    StaffRole.objects.create(user=cast.mona, program=BODY, role="manager")
    return mona


def fields(said: dict[str, object] | None = None) -> dict[str, str]:
    """What a browser sends of an application."""
    found: dict[str, str] = {}
    for name, value in (said or typed()).items():
        if isinstance(value, str):
            found[name] = value
            continue
        assert isinstance(value, list)
        for place, row in enumerate(value):
            if isinstance(row, str):
                found[f"{name}.{place}"] = row
                continue
            found |= {f"{name}.{place}.{key}": text for key, text in row.items()}
    return found


def test_a_programme_is_written_row_by_row_and_sent_once(
    sponsor: Client, sam: User
) -> None:
    first = Page.of(sponsor.get(f"{HERE}new/?program=namss"))
    key = str(first.one("input", name="form_key").attributes["value"])
    begun = {"program": BODY, "form_key": key, "title": "A", "parts.0.minutes": "soon"}
    more = Page.of(sponsor.post(f"{HERE}new/", begun | {"do": "add_part"}))
    draft = ApprovalApplication.objects.get()
    edit = f"{HERE}{draft.pk}/edit/"
    assert draft.typed["parts"][0]["minutes"] == "soon"
    # Typed as it was, with one more row to fill.
    assert more.one("input", name="parts.0.minutes").attributes["value"] == "soon"
    assert more.one("input", name="parts.1.minutes").attributes.get("value") is None
    bad = sponsor.post(edit, {"title": "A", "saves": "0", "seen": "0", "do": "send"})
    assert bad.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = Page.of(bad)
    assert page.one("a", href="#id_days.0").text == "Enter the day it is held."
    assert "education" in page.one("a", href="#id_parts.0.title").text
    draft.refresh_from_db()
    said = fields() | {"saves": str(draft.saves), "seen": "0", "do": "send"}
    sent = followed(sponsor, sponsor.post(edit, said))
    assert sent.notices == ["Sent. NAMSS looks at it; you get a mail."]
    assert "3.0 CE" in sent.text
    again = followed(sponsor, sponsor.post(edit, said))
    assert "With the body" in again.text
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.user) == ("submitted", 1, sam)
    assert "Credentialing in a storm" in Page.of(sponsor.get(HERE)).text


def test_a_draft_of_another_window_is_not_overwritten(sponsor: Client) -> None:
    sponsor.post(f"{HERE}new/", {"program": BODY, "title": "One", "do": "save"})
    draft = ApprovalApplication.objects.get()
    late = {"title": "Two", "saves": "7", "seen": "0", "do": "save"}
    answer = sponsor.post(f"{HERE}{draft.pk}/edit/", late)
    assert answer.status_code == HTTPStatus.CONFLICT
    page = Page.of(answer)
    assert "saved in another window" in page.text
    assert page.one("input", name="title").attributes["value"] == "Two"
    draft.refresh_from_db()
    assert draft.title == "One"


def test_a_version_that_nobody_could_have_seen_is_refused(
    sam: User, manager: Client
) -> None:
    """Whatever a browser was made to send, nothing breaks."""
    there = f"{STAFF}{sent_in(sam).pk}/"
    for seen in ("9" * 12, "9" * 30, "-1", "x"):
        for do in ("ask", "approve", "end"):
            answer = manager.post(there, {"do": do, "words": "Why?", "seen": seen})
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_staff_ask_and_approve_and_the_sponsor_reads_it(
    sponsor: Client, sam: User, manager: Client
) -> None:
    application = sent_in(sam)
    here, there = f"{HERE}{application.pk}/", f"{STAFF}{application.pk}/"
    assert "1 activity waits for you." in Page.of(manager.get(STAFF)).text
    page = Page.of(manager.get(there))
    assert "states 3.0 CE" in page.text
    assert "12.5 are more than allowed" in page.text
    empty = manager.post(there, {"do": "ask", "seen": "1"})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Page.of(empty).one("a", href="#id_words").text == "Write what you ask."
    followed(
        manager, manager.post(there, {"do": "ask", "seen": "1", "words": "Who pays?"})
    )
    assert "Who pays?" in Page.of(sponsor.get(here)).text
    answer = fields() | {"answer": "We do.", "saves": "1", "seen": "2", "do": "send"}
    followed(sponsor, sponsor.post(f"{here}edit/", answer))
    stale = followed(manager, manager.post(there, {"do": "approve", "seen": "1"}))
    assert "changed since you opened" in stale.notices[0]
    done = followed(manager, manager.post(there, {"do": "approve", "seen": "3"}))
    assert done.notices == [f"Approved. It is in the catalogue as {CODE}."]
    assert CODE in Page.of(sponsor.get(here)).text
    late = followed(manager, manager.post(there, {"do": "approve", "seen": "4"}))
    assert late.notices == [
        "This application is not with you any more. Nothing was done."
    ]
    assert CatalogueItem.objects.count() == 1


def test_refusing_needs_a_ground_and_nobody_decides_their_own(
    cast: Cast, sam: User, manager: Client
) -> None:
    there = f"{STAFF}{sent_in(sam).pk}/"
    bad = manager.post(there, {"do": "refuse", "seen": "1"})
    assert Page.of(bad).one("a", href="#id_ground").text == "Choose why it is refused."
    for junk in ({"do": "dance", "seen": "1"}, {"do": "ask", "seen": "x"}):
        assert manager.post(there, junk).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    followed(
        manager,
        manager.post(there, {"do": "refuse", "ground": "promotional", "seen": "1"}),
    )
    assert "it promotes a product or a company" in Page.of(manager.get(there)).text
    own = f"{STAFF}{sent_in(cast.mona).pk}/"
    assert "your own application" in Page.of(manager.get(own)).text
    refused = followed(manager, manager.post(own, {"do": "approve", "seen": "1"}))
    assert "your own application" in refused.notices[0]


def test_attendance_is_checked_sent_and_says_nothing_of_anybody(
    cast: Cast, sponsor: Client, sam: User
) -> None:
    certified(cast.bob)
    here = f"{HERE}{approved(sam).pk}/"

    def upload(text: str) -> Page:
        file = SimpleUploadedFile("who.csv", text.encode())
        return followed(sponsor, sponsor.post(here, {"do": "check", "file": file}))

    nothing = sponsor.post(here, {"do": "check"})
    assert nothing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    head = "certification_no,last_name,completed_on\n"
    bad = upload(f"{head}CPCS-100,Bell,2025-10-09\n")
    assert "Row 2" in bad.text
    assert "It is held on Oct 2, 2025." in bad.text
    good = upload(f"{head}CPCS-100,,2025-10-02\nCPCS-404,Nobody,2025-10-02\n")
    assert "CPCS" not in good.text
    listed = AttendanceList.objects.filter(problems=[]).get()
    place = f"{here}attendance/{listed.pk}/"
    sent = followed(sponsor, sponsor.post(place))
    assert sent.notices == ["Sent. It waits for NAMSS."]
    assert "Waits for the body" in sent.text
    take_feed()
    after = Page.of(sponsor.get(here)).text
    assert "Taken in" in after
    assert cast.bob.last_name not in after
    assert "already, once" in followed(sponsor, sponsor.post(place)).notices[0]


def test_a_sponsor_names_people_by_licence_where_the_body_registers_them(
    sponsor: Client, sam: User
) -> None:
    theirs = approved(sam, program="mms", kind="category_1")
    page = Page.of(sponsor.get(f"{HERE}{theirs.pk}/")).text
    assert "or a licence's number with both names" in page
    page = Page.of(sponsor.get(f"{HERE}{approved(sam).pk}/")).text
    assert "The credential's number; or e-mail and both names." in page


def test_nobody_else_finds_an_application_nor_staff_a_draft(
    sam: User, bob: Client, manager: Client, sponsor: Client
) -> None:
    application = approved(sam)
    for place in ("", "edit/", f"attendance/{application.pk}/"):
        path = f"{HERE}{application.pk}/{place}"
        assert bob.get(path).status_code == HTTPStatus.NOT_FOUND
    sponsor.post(f"{HERE}new/", {"program": BODY, "title": TYPED["title"]})
    draft = ApprovalApplication.objects.get(state="draft")
    assert manager.get(f"{STAFF}{draft.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert sponsor.get(f"{HERE}new/?program=acmss").status_code == HTTPStatus.NOT_FOUND
    gone = sponsor.post(f"{HERE}{draft.pk}/", {"do": "withdraw", "seen": "0"})
    assert followed(sponsor, gone).notices == ["Withdrawn. Nothing comes of it."]
    assert sponsor.get(f"{HERE}{draft.pk}/edit/").status_code == HTTPStatus.FOUND


def test_staff_end_an_approval_and_the_sponsor_reads_why(
    sponsor: Client, sam: User, manager: Client, cast: Cast
) -> None:
    row = approved(sam)
    here, there = f"{HERE}{row.pk}/", f"{STAFF}{row.pk}/"
    assert "End the approval" in Page.of(manager.get(there)).text
    empty = manager.post(there, {"do": "end", "seen": "2"})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Write why the approval ends." in Page.of(empty).text
    end = {"do": "end", "seen": "2", "words": "The speakers were others."}
    done = followed(manager, manager.post(there, end))
    assert done.notices == ["The approval ended. The sponsor gets a mail."]
    assert "End the approval" not in done.text
    page = Page.of(sponsor.get(here)).text
    assert "took its approval back on" in page
    assert "The speakers were others." in page
    # What was attended until then is still reported here.
    assert "Report who attended" in page
    again = followed(manager, manager.post(there, end | {"seen": "3"}))
    assert "does not stand any more" in again.notices[0]
    own = f"{STAFF}{approved(cast.mona).pk}/"
    assert "Another member of staff has to end" in Page.of(manager.get(own)).text


def test_a_sponsor_asks_for_a_change_which_takes_the_place_once_approved(
    sponsor: Client, sam: User, manager: Client
) -> None:
    row = approved(sam)
    here = f"{HERE}{row.pk}/"
    page = followed(sponsor, sponsor.post(here, {"do": "change", "seen": "2"}))
    assert "Ask for a change" in page.text
    assert f"takes the place of {CODE}" in page.text
    change = ApprovalApplication.objects.get(state="draft")
    edit = f"{HERE}{change.pk}/edit/"
    send = fields(typed(where="Online")) | {"saves": "0", "seen": "0", "do": "send"}
    followed(sponsor, sponsor.post(edit, send))
    there = f"{STAFF}{change.pk}/"
    assert "It changes: approved" in Page.of(manager.get(there)).text
    followed(manager, manager.post(there, {"do": "approve", "seen": "1"}))
    assert "NAMSS-AE-0002 takes its place." in Page.of(sponsor.get(here)).text
    late = followed(sponsor, sponsor.post(here, {"do": "change", "seen": "3"}))
    assert "does not stand any more" in late.notices[0]
