"""A binder that holds the body's documents opens as those documents do (A13)."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.models import Sponsorship
from certificates.models import Certificate
from core.files import keep
from core.models import AuditEntry, ExportJob
from credentials.models import DocumentReading, DocumentVersion
from tests.binding.binders import asked, worked
from tests.binding.papers import paper
from tests.cast import NOW, TODAY, Cast, an_administrator, given
from tests.db.document_rows import a_version
from tests.documents.papers import problems
from tests.signing import open_session

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def version(cast: Cast, kept: Certificate) -> DocumentVersion:
    """A document that Northside may read: Bob was renewed."""
    given(cast.renewals, cast.northside, cast.bob)
    return a_version(file_key=keep(paper("The crosswalk")), title="The codes")


@pytest.fixture
def job(cast: Cast, version: DocumentVersion) -> ExportJob:
    """A binder with that document, which Alice asked for."""
    return worked(asked(cast))


def fetched(client: Client, job: ExportJob) -> "list[Answer]":
    """Fetch both of its files to the end: the PDF and the ZIP."""
    there = (f"binder/{job.pk}.pdf", f"exports/{job.pk}/file/")
    answers = [client.get(f"/p/northside/{each}", follow=True) for each in there]
    for answer in answers:
        if answer.streaming:
            assert b"".join(answer)
    return answers


def test_whoever_opens_it_has_read_the_documents_in_it(
    alice: Client, cast: Cast, job: ExportJob, version: DocumentVersion
) -> None:
    assert alice.get(f"/p/northside/binder/{job.pk}.pdf").status_code == 302
    assert not DocumentReading.objects.exists()

    assert [answer.status_code for answer in fetched(alice, job)] == [200, 200]
    readings = DocumentReading.objects.filter(version=version)
    assert [(each.practice, each.reader) for each in readings] == [
        (cast.northside, "Alice Adams")
    ] * 2
    for action in ("document.opened", "export.opened"):
        assert AuditEntry.objects.filter(action=action).count() == 2


def test_it_opens_no_more_when_good_standing_is_lost(
    alice: Client, cast: Cast, job: ExportJob
) -> None:
    spells = Sponsorship.objects.filter(practice=cast.northside)
    spells.update(until_on=TODAY - timedelta(days=1))

    for answer in fetched(alice, job):
        assert answer.status_code == 409
        assert problems(answer)[0].startswith("No current membership")
    assert not DocumentReading.objects.exists()
    assert not AuditEntry.objects.filter(action="export.opened").exists()


def test_a_link_that_was_given_before_opens_nothing_then(
    alice: Client, cast: Cast, job: ExportJob
) -> None:
    links = [
        alice.get(f"/p/northside/{each}").headers["Location"]
        for each in (f"binder/{job.pk}.pdf", f"exports/{job.pk}/file/")
    ]
    spells = Sponsorship.objects.filter(practice=cast.northside)
    spells.update(until_on=TODAY - timedelta(days=1))

    assert [alice.get(each).status_code for each in links] == [409, 409]


def test_it_opens_no_more_when_a_version_in_it_is_withdrawn(
    alice: Client, job: ExportJob, version: DocumentVersion
) -> None:
    DocumentVersion.objects.filter(pk=version.pk).update(withdrawn_at=NOW)

    for answer in fetched(alice, job):
        assert answer.status_code == 409
        assert "This version was withdrawn." in problems(answer)[0]
    assert not DocumentReading.objects.exists()


def test_another_administrator_is_told_to_make_her_own(
    cast: Cast, job: ExportJob, today: object
) -> None:
    olga = open_session(
        Client(), an_administrator("Olga Other", cast.northside, named=False)
    )

    for answer in fetched(olga, job):
        assert answer.status_code == 409
        (said,) = problems(answer)
        assert said.startswith("Alice Adams asked for this binder")
        assert said.endswith("Make a binder of your own.")
    assert not DocumentReading.objects.exists()

    page = Page.of(olga.get("/p/northside/binder/"))
    assert "Alice Adams asked for this binder" in page.text
    assert not [each for each in page.links.values() if str(job.pk) in each]


def test_without_the_bodys_documents_any_administrator_opens_it(
    cast: Cast, kept: Certificate, today: object
) -> None:
    job = worked(asked(cast))
    olga = open_session(
        Client(), an_administrator("Olga Other", cast.northside, named=False)
    )

    answers = fetched(olga, job)
    assert [answer.status_code for answer in answers] == [200, 200]
