"""The page of audit binders: choosing, asking, waiting and opening."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import Sponsorship
from accounts.services import end_sponsorship
from certificates.models import Certificate
from core.exporting import forget_exports
from core.models import AuditEntry, ExportJob
from tests.binding.binders import asked, worked
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.django_db]
PLACE = "/p/northside/binder/"
DAYS = {"from_on": "2019-11-17", "until_on": "2025-11-17", "program": BODY}


def send(client: Client, **said: object) -> "Answer":
    """Press “Make the binder”."""
    form = {**DAYS, "who": "all", "form_key": uuid4().hex, **said}
    return client.post(PLACE, form)


def sent(answer: object) -> bytes:
    """What came, whole."""
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def jobs() -> list[ExportJob]:
    """All that was asked for."""
    return list(ExportJob.objects.all())


def members(job: ExportJob) -> set[UUID]:
    """Whom a binder is about."""
    return {UUID(each) for each in job.params["members"]}


def test_the_page_says_what_a_binder_would_hold(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    page = Page.of(alice.get(PLACE))

    assert page.one("h1").text == "Audit binder"
    for said in (
        "Nov 17, 2019 to Nov 17, 2025, 1 person on the list",
        "1, as they were issued",
        "3 activities with credit",
        "2 files sent in through your practice",
        "Make the binder",
        "Bob Baker",
    ):
        assert said in page.text, said
    assert "Charlie" not in page.text


def test_asking_makes_one_and_the_page_follows_it(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    assert send(alice).status_code == 302

    (job,) = jobs()
    assert members(job) == {cast.bob.pk}
    waiting = Page.of(alice.get(PLACE))
    assert "You can leave this page" in waiting.text
    worked(job)
    ready = Page.of(alice.get(PLACE))
    for said in ("Ready", job.sha256, "Asked for by Alice Adams", "until Nov 24, 2025"):
        assert said in ready.text, said
    assert "Nobody has opened it yet" in ready.text


def test_a_double_click_makes_one(alice: Client, cast: Cast, kept: Certificate) -> None:
    for _ in range(2):
        assert send(alice, form_key="a form").status_code == 302

    assert len(jobs()) == 1


def test_those_who_are_ticked_alone_are_in_it(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    eve = a_member("Eve Ellis", cast.northside)
    send(alice, who="ticked", member=[str(eve.pk)])

    (job,) = jobs()
    assert members(job) == {eve.pk}


def test_who_left_may_be_chosen_and_who_came_later_may_not(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    spell = Sponsorship.objects.get(member=cast.bob, practice=cast.northside)
    end_sponsorship(
        actor=TESTER, sponsorship=spell, reason="Moved", today=TODAY, now=NOW
    )
    a_member("Nora New", cast.northside, from_on=TODAY)

    left = Page.of(alice.get(PLACE, {"only": "left"}))
    assert "Bob Baker" in left.text
    assert "Nora New" not in left.text
    then = Page.of(alice.get(PLACE, {"until_on": "2025-01-01"}))
    assert "Nora New" not in then.text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"from_on": "2025-11-02", "until_on": "2025-11-01"},
            "The first day is after the last",
        ),
        ({"until_on": "2026-01-01"}, "Nothing is recorded after today"),
        ({"from_on": "soon"}, "Enter a day"),
        ({"until_on": ""}, "Last day"),
        ({"only": "dead"}, "Choose one of the list"),
        ({"who": "ticked"}, "Nobody is chosen"),
        ({"q": "nobody of this name"}, "Nobody is chosen"),
        ({"who": "ticked", "member": "no id"}, "choose again"),
    ],
)
def test_what_cannot_be_made_is_said_with_a_way_out(
    alice: Client, cast: Cast, kept: Certificate, said: dict[str, str], words: str
) -> None:
    answer = send(alice, **said)

    assert answer.status_code == 422
    page = Page.of(answer)
    assert "There is a problem" in page.text
    assert words.lower() in page.text.lower()
    assert not jobs()


def test_somebody_of_another_practice_is_refused_as_somebody_who_is_not_there(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    def told(member_id: object) -> str:
        answer = send(alice, who="ticked", member=[str(cast.bob.pk), str(member_id)])
        assert answer.status_code == 422
        problem = Page.of(answer).one("div", role="alert")
        return str(problem.text)

    assert told(cast.charlie.pk) == told(uuid4())
    assert not jobs()


def test_more_people_than_a_binder_is_about_are_refused(
    alice: Client, cast: Cast, kept: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_member("Eve Ellis", cast.northside)
    monkeypatch.setattr("portal.services.binders.MOST_PEOPLE", 1)

    assert "Narrow the list" in Page.of(send(alice)).text
    assert not jobs()


def test_opening_either_file_is_noted_and_shown(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    job = worked(asked(cast))
    there = f"{PLACE}{job.pk}.pdf"

    assert alice.get(there).status_code == 302
    answer = alice.get(there, follow=True)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].endswith(
        'audit-binder-northside-2025-11-17.pdf"'
    )
    content = sent(answer)
    reader = PdfReader(BytesIO(content), strict=True)
    assert "Page 1 of" in reader.pages[0].extract_text()
    assert (
        AuditEntry.objects.filter(action="export.opened", actor="Alice Adams").count()
        == 1
    )
    archive = alice.get(f"/p/northside/exports/{job.pk}/file/", follow=True)
    assert ZipFile(BytesIO(sent(archive))).testzip() is None
    page = Page.of(alice.get(PLACE))
    assert "Opened 2 times" in page.text
    assert "Alice Adams, Nov 17, 2025" in page.text


def test_one_that_failed_says_why_and_one_that_ended_says_that(
    alice: Client, cast: Cast, kept: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = worked(asked(cast))
    with monkeypatch.context() as patched:
        patched.setattr("core.binding.binder.MOST_PAGES", 2)
        worked(asked(cast))

    forget_exports(now=NOW + timedelta(days=8))
    page = Page.of(alice.get(PLACE))
    assert alice.get(f"{PLACE}{over.pk}.pdf").status_code == 404
    assert "Choose fewer people" in page.text
    assert "kept for seven days" in page.text


@pytest.mark.parametrize("who", ["frank", "bob", "erin", "sam"])
def test_only_the_practices_administrators_come_in(
    cast: Cast,
    kept: Certificate,
    today: date,
    signed_in: Callable[[str], Client],
    who: str,
) -> None:
    job = worked(asked(cast))
    client = signed_in(who)

    wanted = 403 if who == "bob" else 404
    assert client.get(PLACE).status_code == wanted
    assert send(client).status_code == wanted
    assert client.get(f"{PLACE}{job.pk}.pdf").status_code == wanted
    assert len(jobs()) == 1


def test_a_binder_of_another_practice_is_not_there(
    alice: Client, cast: Cast, kept: Certificate
) -> None:
    foreign = worked(asked(cast, practice=cast.lakeview))

    theirs = alice.get(f"{PLACE}{foreign.pk}.pdf")
    missing = alice.get(f"{PLACE}{uuid4()}.pdf")
    assert theirs.status_code == missing.status_code == 404


def test_the_page_takes_the_same_statements_for_many(
    alice: Client,
    cast: Cast,
    kept: Certificate,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for at in range(30):
        a_member(f"Person No{at}", cast.northside)

    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        assert alice.get(PLACE).status_code == 200
