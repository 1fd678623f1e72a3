"""Documents over REST: listed, read by name, acknowledged; a practice's own filed."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from core.files import keep
from core.models import AuditEntry
from core.public_ids import spell
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    OwnDocumentVersion,
)
from tests.api.asking import (
    FORM,
    Api,
    Caller,
    form,
    places,
    problem,
    secret_of,
    without_request_id,
)
from tests.api.contract import Answer
from tests.cast import NOW, OTHER_BODY, Cast, an_administrator, given
from tests.db.document_rows import a_version
from tests.documents.papers import a_pdf, pages
from tests.files.conftest import stored
from tests.files.samples import pdf
from tests.signing import open_session

__all__ = ["stored"]
pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
READER = "API token Payroll (Alice Adams)"


@pytest.fixture
def version(cast: Cast, shelf: Path) -> DocumentVersion:
    """A version that Northside may read: Bob was renewed."""
    given(cast.renewals, cast.northside, cast.bob)
    return a_version(file_key=keep(pdf()))


def at(version: DocumentVersion, what: str) -> str:
    """Where something is done with a version."""
    return f"documents/{spell('dvr', version.pk)}/{what}"


def fetched(caller: Caller, address: str) -> Answer:
    """Fetch a copy from the address that a reading gives."""
    return caller.get(address.removeprefix(caller.base + "/"))


def filed(api: Caller, content: bytes, key: str = "", **typed: str) -> Answer:
    """File a document of the practice's own."""
    said = {"title": "Protocol", "kind": "staffing", "covers_from": "2025-01-01"}
    parts = [(name, None, text.encode()) for name, text in (said | typed).items()]
    body = form(*parts, ("file", "protocol.pdf", content))
    more = {"Idempotency-Key": key} if key else {}
    return api.send("POST", "own-documents", body, media=FORM, **more)


def test_a_program_reads_and_acknowledges_by_its_name_and_its_maker_s(
    api: Api, version: DocumentVersion, cast: Cast
) -> None:
    (listed,) = api.get("documents").json()["results"]
    assert (listed["readable"], listed["why_not"]) == (True, "")
    assert listed["current"] == spell("dvr", version.pk)
    early = api.post(at(version, "acknowledgement"), {})
    assert problem(early, 409, "conflict")["detail"].startswith("Open this version")
    reading = api.post(at(version, "readings"), {}).json()
    assert reading["reader"] == READER
    answer = fetched(api, reading["pdf"])
    assert answer.headers["Content-Type"] == "application/pdf"
    assert all(f"{READER} · Northside · " in page for page in pages(answer))
    made = api.post(at(version, "acknowledgement"), {})
    assert made.status_code == 201
    assert made.json()["acknowledged_by"] == READER
    again = api.post(at(version, "acknowledgement"), {})
    assert again.json() == made.json()
    (listed,) = api.get("documents").json()["results"]
    assert listed["versions"][0]["acknowledgements"] == [made.json()]
    assert DocumentReading.objects.get().user == cast.alice
    assert DocumentAcknowledgement.objects.get().user == cast.alice
    entry = AuditEntry.objects.get(action="document.opened")
    assert entry.actor == "API token Payroll"


def test_where_no_copy_can_be_made_no_reading_is_noted(
    api: Api, version: DocumentVersion, shelf: Path
) -> None:
    (shelf / version.file_key).write_bytes(b"%PDF-1.7 and no more")

    said = problem(api.post(at(version, "readings"), {}), 409, "conflict")
    assert said["detail"].startswith("The copy with your name could not be made.")
    assert not DocumentReading.objects.exists()
    assert not AuditEntry.objects.filter(action="document.opened").exists()


def test_the_same_key_is_one_reading(api: Api, version: DocumentVersion) -> None:
    key = uuid4().hex
    first, again = (api.post(at(version, "readings"), {}, key=key) for _ in "12")
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert DocumentReading.objects.count() == 1


def test_a_copy_is_there_for_its_reader_and_for_a_minute(
    api: Api, version: DocumentVersion, cast: Cast
) -> None:
    reading = api.post(at(version, "readings"), {}).json()
    other = an_administrator("Olga Other", cast.northside, named=False)
    browser = open_session(Client(), other)
    olga = Caller(api.base, {}, browser)
    assert fetched(olga, reading["pdf"]).status_code == 404
    foreign = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    tail = reading["pdf"].removeprefix(api.base + "/")
    assert foreign.get(tail).status_code == 404
    with time_machine.travel(NOW + timedelta(minutes=2)):
        problem(fetched(api, reading["pdf"]), 409, "stale-version")


def test_whoever_is_not_in_good_standing_is_told_why(api: Api, cast: Cast) -> None:
    version = a_version(file_key=keep(pdf()))
    (listed,) = api.get("documents").json()["results"]
    assert not listed["readable"]
    assert listed["why_not"].startswith("No current membership since Nov 3, 2025.")
    said = problem(api.post(at(version, "readings"), {}), 409, "not-eligible")
    assert said["detail"] == listed["why_not"]
    assert not DocumentReading.objects.exists()


def test_what_is_withdrawn_or_old_is_refused(
    api: Api, version: DocumentVersion
) -> None:
    api.post(at(version, "readings"), {})
    newer = a_version(file_key=keep(pdf()))
    problem(api.post(at(version, "acknowledgement"), {}), 409, "stale-version")
    DocumentVersion.objects.filter(pk=newer.pk).update(withdrawn_at=NOW)
    problem(api.post(at(newer, "readings"), {}), 409, "stale-version")
    assert api.post(at(version, "acknowledgement"), {}).status_code == 201


def test_another_body_s_version_is_nobody_s(api: Api, version: DocumentVersion) -> None:
    other = a_version("Elsewhere", OTHER_BODY, file_key=keep(pdf()))
    for what in ("readings", "acknowledgement"):
        foreign = api.post(at(other, what), {})
        missing = api.post(f"documents/{spell('dvr', uuid4())}/{what}", {})
        assert foreign.status_code == 404
        assert without_request_id(foreign)[0] == without_request_id(missing)[0]
        problem(api.post(at(version, what), {"read": True}), 422, "validation-error")


@pytest.mark.parametrize(
    ("scope", "reads", "writes"),
    [("documents:read", 201, 403), ("documents:write", 403, 409)],
)
@pytest.mark.usefixtures("today")
def test_each_scope_opens_its_own(
    scope: str, reads: int, writes: int, version: DocumentVersion, cast: Cast
) -> None:
    api = Api("northside", secret_of(cast.northside, cast.alice, [scope]))
    assert api.post(at(version, "acknowledgement"), {}).status_code == writes
    assert api.post(at(version, "readings"), {}).status_code == reads


def test_a_document_is_filed_once_and_listed(api: Api, cast: Cast) -> None:
    key = uuid4().hex
    made = filed(api, a_pdf("one"), key)
    assert made.status_code == 201
    again = filed(api, a_pdf("one"), key)
    assert again.json() == made.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    problem(filed(api, a_pdf("two"), key), 422, "idempotency-key-reused")
    # Under another key the same file is the version that is there.
    assert filed(api, a_pdf("one")).json() == made.json()
    second = filed(api, a_pdf("two"), document=made.json()["document"])
    assert second.json()["version"] == 2
    assert api.get("own-documents").json()["results"] == [second.json(), made.json()]
    assert OwnDocumentVersion.objects.count() == 2


def test_each_version_s_file_is_fetched_as_it_was_sent(api: Api) -> None:
    contents = [a_pdf("one"), a_pdf("two")]
    first = filed(api, contents[0]).json()
    second = filed(api, contents[1], document=first["document"]).json()
    for version, content in zip((first, second), contents, strict=True):
        answer = api.get(f"own-documents/{version['id']}/file")
        body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert body == content
        assert sha256(body).hexdigest() == version["stored_sha256"]
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_document_is_removed_with_a_reason_and_all_its_versions(
    api: Api, cast: Cast
) -> None:
    first = filed(api, a_pdf("one")).json()
    second = filed(api, a_pdf("two"), document=first["document"]).json()
    other = filed(api, a_pdf("three"), title="Another").json()
    place = f"own-documents/{first['document']}/remove"
    for body in ({}, {"reason": ""}, {"reason": "x" * 401}):
        said = problem(api.post(place, body), 422, "validation-error")
        assert places(said) == ["/reason"]
    assert OwnDocumentVersion.objects.there().count() == 3

    key = uuid4().hex
    removed = api.post(place, {"reason": "Out of date"}, key=key)
    assert (removed.status_code, removed.content) == (204, b"")
    assert api.post(place, {"reason": "Out of date"}, key=key).status_code == 204
    assert api.get("own-documents").json()["results"] == [other]
    for tail in (first["id"], second["id"]):
        assert api.get(f"own-documents/{tail}/file").status_code == 404
    problem(api.post(place, {"reason": "Again"}), 404, "not-found")
    gone = OwnDocumentVersion.objects.filter(removed_why="Out of date")
    assert [each.removed_by for each in gone] == ["API token Payroll"] * 2
    entry = AuditEntry.objects.get(action="own_document.removed")
    assert (entry.reason, entry.token_id is None) == ("Out of date", False)


def test_an_own_document_is_nobody_else_s_to_fetch_or_remove(
    api: Api, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    made = filed(api, a_pdf("one")).json()
    file, remove = (
        f"own-documents/{made['id']}/file",
        f"own-documents/{made['document']}/remove",
    )
    why = {"reason": "Mine"}
    theirs = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    missing = (
        f"own-documents/{spell('odv', uuid4())}/file",
        f"own-documents/{spell('odc', uuid4())}/remove",
    )
    foreign = theirs.get(file), theirs.post(remove, why)
    nowhere = theirs.get(missing[0]), theirs.post(missing[1], why)
    for there, none in zip(foreign, nowhere, strict=True):
        assert without_request_id(there) == without_request_id(none)
        assert there.status_code == 404
    elsewhere = Api("northside", theirs.secret)
    for who, status in (
        (elsewhere, 404),
        (Caller(api.base, {}, signed_in("bob")), 403),
        (Caller(api.base, {}, signed_in("sam")), 404),
        (Caller(api.base, {}, Client()), 401),
    ):
        assert who.get(file).status_code == status
        assert who.post(remove, why).status_code == status
    reads = Api("northside", secret_of(cast.northside, cast.alice, ["documents:read"]))
    writes = Api(
        "northside", secret_of(cast.northside, cast.alice, ["documents:write"])
    )
    body = b"".join(reads.get(file).streaming_content)  # type: ignore[attr-defined]
    assert body == a_pdf("one")
    assert writes.get(file).status_code == 403
    assert reads.post(remove, why).status_code == 403
    assert OwnDocumentVersion.objects.there().count() == 1
    assert writes.post(remove, why).status_code == 204


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "secret"}, "/kind"),
        ({"title": ""}, "/title"),
        ({"covers_until": "2024-01-01"}, "/covers_until"),
        ({"covers_from": "soon"}, "/covers_from"),
        ({"more": "x"}, "/more"),
        ({"document": "odc_1"}, "/document"),
    ],
)
def test_a_bad_field_is_named(api: Api, typed: dict[str, str], field: str) -> None:
    said = problem(filed(api, a_pdf("one"), **typed), 422, "validation-error")
    assert places(said) == [field]
    assert not OwnDocumentVersion.objects.exists()


def test_a_bad_file_is_refused_by_name(api: Api) -> None:
    said = problem(filed(api, b"MZ"), 422, "file-rejected")
    assert places(said) == ["/file"]
    problem(filed(api, a_pdf("one"), document=spell("odc", uuid4())), 404, "not-found")
