"""A body's managers publish versions in the browser; administrators get a letter."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from core.failures import Stale
from core.letters import Moment, compose
from core.models import AuditEntry, OutboxMessage
from credentials.models import DocumentVersion, SecureDocument
from credentials.services import NewVersion, publish_version
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.documents.papers import (
    NEW,
    STAFF,
    a_pdf,
    problems,
    publish,
    published,
    republished,
    upload,
)
from tests.files.bad_pdfs import SAMPLES as BAD_PDFS
from tests.files.samples import picture
from tests.portal.pressing import followed
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db


def test_a_manager_publishes_a_document_and_then_a_new_version(
    mona: Client, erin: Client, good: Cast
) -> None:
    first = published(mona)
    second = republished(mona, first, title="CMSS Crosswalk")
    assert (first.number, second.number) == (1, 2)
    assert SecureDocument.objects.get().title == "CMSS Crosswalk"
    page = Page.of(erin.get(STAFF))
    assert "Version 2 Effective Nov 1, 2025." in page.text
    assert "by Mona Moss" in page.text
    assert "The table of duties is new." in page.text
    assert "Withdraw" not in page.text
    entry = AuditEntry.objects.filter(action="document.published").latest("number")
    assert entry.changes["sha256"] == [first.sha256, second.sha256]


def test_a_reviewer_sees_the_file_as_it_was_published_and_publishes_nothing(
    mona: Client, erin: Client, good: Cast
) -> None:
    version = published(mona)
    answer = erin.get(f"{STAFF}versions/{version.pk}/", follow=True)
    assert b"".join(answer) == a_pdf("one")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    entry = AuditEntry.objects.get(action="document.original_opened")
    assert (entry.actor, entry.subject_id) == (good.erin.name, version.pk)
    for address in (
        NEW,
        f"{STAFF}{version.document_id}/publish/",
        f"{STAFF}versions/{version.pk}/withdraw/",
    ):
        assert erin.get(address).status_code == 403
        assert erin.post(address).status_code == 403


def test_each_administrator_gets_one_letter_a_version(mona: Client, good: Cast) -> None:
    first = published(mona)
    publish(mona, a_pdf("one"), at=f"{STAFF}{first.document_id}/publish/", seen=1)
    told = OutboxMessage.objects.filter(kind="document_published")
    assert sorted(told.values_list("recipient", flat=True)) == sorted(
        [good.alice.email, good.frank.email]
    )
    moment = Moment(now=NOW, today=lambda zone: TODAY)
    letters = [compose(message=each, moment=moment) for each in told]
    assert all(letter and letter.payload["title"] == "Crosswalk" for letter in letters)


def test_nobody_is_told_of_a_version_that_was_withdrawn_before_the_letter_left(
    mona: Client, good: Cast
) -> None:
    version = published(mona)
    mona.post(f"{STAFF}versions/{version.pk}/withdraw/", {"reason": "A slip"})
    moment = Moment(now=NOW, today=lambda zone: TODAY)
    for each in OutboxMessage.objects.filter(kind="document_published"):
        assert compose(message=each, moment=moment) is None


def test_the_same_file_again_changes_nothing(mona: Client, good: Cast) -> None:
    first = published(mona)
    at = f"{STAFF}{first.document_id}/publish/"
    page = followed(mona, publish(mona, a_pdf("one"), at=at, seen=1))
    assert (
        "This file is Crosswalk, version 1 already. Nothing was changed." in page.text
    )
    page = followed(mona, publish(mona, a_pdf("one")))
    assert "Nothing was changed." in page.text
    assert DocumentVersion.objects.count() == 1
    assert len(list(_files())) == 1


def test_of_two_managers_who_publish_at_once_the_second_is_told(
    mona: Client, good: Cast
) -> None:
    first = published(mona)
    republished(mona, first)
    at = f"{STAFF}{first.document_id}/publish/"
    answer = publish(mona, a_pdf("three"), at=at, seen=1)
    assert answer.status_code == 409
    assert problems(answer)[0].startswith("Somebody published version 2 since")
    assert DocumentVersion.objects.count() == 2
    assert len(list(_files())) == 2


def test_a_title_that_is_taken_says_what_to_do(mona: Client, good: Cast) -> None:
    published(mona)
    answer = publish(mona, a_pdf("other"), title="CROSSWALK")
    assert answer.status_code == 422
    assert problems(answer)[0].startswith("There is another document with this title.")
    assert SecureDocument.objects.count() == 1


ENCRYPTED = next(each for each in BAD_PDFS if each.code == "password")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "This file is empty."),
        ("a.pdf", b"%PDF-1.7" + b"0" * (10 * 2**20), "This file is larger than 10 MB."),
        ("a.pdf", b"MZ nothing", "This file is not a PDF."),
        ("a.png", picture("PNG"), "This file is not a PDF."),
        (ENCRYPTED.name, ENCRYPTED.make(), "protected by a password"),
    ],
    ids=["empty", "large", "program", "picture", "encrypted"],
)
def test_what_is_no_plain_pdf_is_refused_with_the_way_out(
    mona: Client, good: Cast, name: str, content: bytes, words: str
) -> None:
    answer = publish(mona, content, name=name)
    assert answer.status_code == 422
    assert words in problems(answer)[0]
    assert not DocumentVersion.objects.exists()
    assert not SecureDocument.objects.exists()
    assert not OutboxMessage.objects.filter(kind="document_published").exists()
    assert list(_files()) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Enter the document's title."),
        ("title", "x" * 201, "Use at most 200 characters."),
        ("effective_on", "", "Enter the day from which it is current."),
        ("effective_on", "2025-02-31", "There is no such day."),
        ("effective_on", "0001-01-01", "Enter a day from 1970 on."),
        ("effective_on", "9999-12-31", "Enter a day until 2100."),
        ("changes", " ", "Write what changed, or that it is new."),
        ("seen", "-1", "Reload the page"),
        ("seen", "x", "Reload the page"),
    ],
)
def test_each_field_says_what_it_needs(
    mona: Client, good: Cast, field: str, value: str, words: str
) -> None:
    answer = publish(mona, a_pdf("one"), **{field: value})  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert words in problems(answer)[0]
    assert not DocumentVersion.objects.exists()


def test_withdrawing_asks_why_and_is_done_once(mona: Client, good: Cast) -> None:
    version = published(mona)
    address = f"{STAFF}versions/{version.pk}/withdraw/"
    answer = mona.post(address, {"reason": " "})
    assert answer.status_code == 422
    assert problems(answer) == ["Write why. The reason stays with the version."]
    followed(mona, mona.post(address, {"reason": "A slip"}))
    page = followed(mona, mona.post(address, {"reason": "Again"}))
    assert "This version is withdrawn already." in page.text
    version.refresh_from_db()
    assert version.withdrawn_why == "A slip"
    assert AuditEntry.objects.filter(action="document.withdrawn").count() == 1


def test_another_body_s_documents_are_nobody_s_here(mona: Client, good: Cast) -> None:
    version = published(mona)
    assert version.document.program == BODY
    other = SecureDocument.objects.create(program="another", title="X", added_at=NOW)
    mona.get(STAFF)
    foreign = mona.get(f"{STAFF}{other.pk}/publish/")
    missing = mona.get(f"{STAFF}{good.northside.pk}/publish/")
    assert foreign.status_code == missing.status_code == 404
    assert said(foreign) == said(missing)


def test_the_service_tells_whoever_saw_an_older_version(
    good: Cast, mona: Client
) -> None:
    version = published(mona)
    republished(mona, version)
    with pytest.raises(Stale):
        publish_version(
            actor=TESTER,
            program=BODY,
            document=version.document,
            seen=version.number,
            wanted=NewVersion("Crosswalk", TODAY, "Again"),
            upload=upload(a_pdf("four")),
            now=NOW,
        )


def _files() -> list[str]:
    try:
        folders, _ = default_storage.listdir("proofs")
    except FileNotFoundError:
        return []
    return [
        name
        for folder in folders
        for name in default_storage.listdir(f"proofs/{folder}")[1]
    ]
