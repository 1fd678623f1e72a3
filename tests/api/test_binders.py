"""A program asks for an audit binder, waits, and fetches it; nobody else's opens."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from accounts.models import Sponsorship
from core.files import keep
from core.models import AuditEntry, ExportJob
from core.public_ids import spell
from credentials.models import DocumentReading, DocumentVersion
from tests.api.asking import Api, Caller, mem, places, problem, secret_of
from tests.api.contract import Answer
from tests.binding.binders import worked
from tests.binding.papers import paper
from tests.cast import (
    BODY,
    NOW,
    TODAY,
    Cast,
    a_member,
    an_administrator,
    certify,
    given,
)
from tests.db.document_rows import a_version
from tests.signing import open_session

pytestmark = [pytest.mark.db, pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
SCOPES = (
    "exports:read",
    "members:read",
    "certificates:read",
    "ce:read",
    "documents:read",
)
READER = "API token Payroll (Alice Adams)"


@pytest.fixture
def version(cast: Cast, shelf: object) -> DocumentVersion:
    """A document that Northside may read: Bob was renewed."""
    given(cast.renewals, cast.northside, cast.bob)
    return a_version(file_key=keep(paper("The crosswalk")), title="The codes")


def asked(api: Caller, **body: object) -> dict[str, Any]:
    """Ask for a binder."""
    answer = api.post("binders", body)
    assert answer.status_code == 202, answer.content
    told: dict[str, Any] = answer.json()
    return told


def made(api: Caller, **body: object) -> str:
    """Ask for a binder and let the worker make it; where it lies then."""
    told = asked(api, **body)
    worked(ExportJob.objects.get())
    return f"binders/{told['id']}"


def files(api: Caller, place: str) -> list[Answer]:
    """Fetch both of its files: the ZIP and the PDF."""
    return [api.get(f"{place}/{tail}") for tail in ("file", "binder.pdf")]


def content(answer: Answer) -> bytes:
    """What came, whole."""
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_binder_is_asked_for_looked_after_and_fetched(api: Api, cast: Cast) -> None:
    told = asked(api)
    assert (told["state"], told["program"], told["of"]) == ("waiting", BODY, 1)
    assert (told["from_on"], told["until_on"]) == ("2019-11-17", "2025-11-17")
    place = f"binders/{told['id']}"
    assert [each.status_code for each in files(api, place)] == [404, 404]

    worked(ExportJob.objects.get())
    ready = api.get(place).json()
    assert (ready["state"], ready["done"], ready["of"]) == ("ready", 1, 1)
    assert (ready["why_not"], ready["opened"]) == ("", [])
    assert api.get("binders").json()["results"] == [ready]
    # Tables are listed with exports, binders are not.
    assert api.get("exports").json()["count"] == 0
    as_export = spell("exp", ExportJob.objects.get().pk)
    assert api.get(f"exports/{as_export}").status_code == 404

    whole, alone = files(api, place)
    archive = content(whole)
    assert whole.headers["Content-Type"] == "application/zip"
    assert (sha256(archive).hexdigest(), len(archive)) == (
        ready["sha256"],
        ready["size"],
    )
    with ZipFile(BytesIO(archive)) as packed:
        inside = packed.read("binder.pdf")
        assert {"index.csv", "MANIFEST.sha256"} <= set(packed.namelist())
    pdf = content(alone)
    assert pdf == inside
    pages = PdfReader(BytesIO(pdf)).pages
    assert any("Bob Baker" in page.extract_text() for page in pages)
    for each in (whole, alone):
        assert each.headers["Content-Disposition"].startswith("attachment")
        assert each.headers["X-Content-Type-Options"] == "nosniff"
    entries = AuditEntry.objects.filter(action="export.opened")
    assert all(each.token_id is not None for each in entries)
    opened = api.get(place).json()["opened"]
    assert [each["by"] for each in opened] == ["API token Payroll"] * 2


def test_looking_at_its_head_notes_nothing(api: Api, settings: Settings) -> None:
    # The server in front sends the file: no answer holds one open.
    settings.FILES_ACCEL = "/stored/"
    place = made(api)
    for tail in ("file", "binder.pdf"):
        head = api.client.head(api.path(f"{place}/{tail}"), headers=api.headers)
        assert head.status_code == 200
    assert not AuditEntry.objects.filter(action="export.opened").exists()


def test_days_and_people_are_chosen_as_on_the_page(api: Api, cast: Cast) -> None:
    nora = a_member("Nora North", cast.northside)
    certify(nora)
    asked(api, from_on="2025-01-01", until_on="2025-06-30", q="nora", only="open")
    asked(api, members=[mem(cast.bob.pk)])
    asked(api, members=[mem(cast.bob.pk), mem(cast.bob.pk), mem(nora.pk)])
    jobs = [job.params for job in ExportJob.objects.order_by("pk")]
    chosen = sorted(sorted(each["members"]) for each in jobs)
    bob, new = str(cast.bob.pk), str(nora.pk)
    assert chosen == sorted([[new], [bob], sorted([bob, new])])
    assert {each["from_on"] for each in jobs} == {"2025-01-01", "2019-11-17"}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"from_on": "soon"}, "/from_on"),
        ({"until_on": "2025-11-18"}, "/until_on"),
        ({"from_on": "2025-05-01", "until_on": "2025-04-01"}, "/from_on"),
        ({"only": "everybody"}, "/only"),
        ({"q": "Nobody of that name"}, "/members"),
        ({"q": "x" * 101}, "/q"),
        ({"members": []}, "/members"),
        ({"members": "all"}, "/members"),
        ({"members": ["mem_1"]}, "/members"),
        ({"program": "nobody"}, "/program"),
        ({"who": "all"}, "/who"),
    ],
)
def test_what_can_t_be_used_is_named(api: Api, body: object, where: str) -> None:
    refused = api.post("binders", body)
    assert places(problem(refused, 422, "validation-error")) == [where]
    assert not ExportJob.objects.exists()


def test_somebody_of_another_practice_is_as_one_who_is_not_there(
    api: Api, cast: Cast
) -> None:
    said = []
    for other in (mem(cast.charlie.pk), mem(uuid4())):
        refused = api.post("binders", {"members": [mem(cast.bob.pk), other]})
        said.append(problem(refused, 422, "validation-error")["errors"])
    assert said[0] == said[1]
    assert not ExportJob.objects.exists()


def test_the_same_request_again_is_the_same_binder(api: Api) -> None:
    first = api.post("binders", {}, key="once")
    again = api.post("binders", {}, key="once")
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert ExportJob.objects.count() == 1
    other = api.post("binders", {"only": "open"}, key="once")
    problem(other, 422, "idempotency-key-reused")
    assert api.send("POST", "binders", b"{}").status_code == 400
    assert ExportJob.objects.count() == 1


@pytest.mark.parametrize("lacking", SCOPES)
def test_it_needs_each_scope_of_what_it_shows(
    lacking: str, api: Api, cast: Cast
) -> None:
    place = f"binders/{asked(api)['id']}"
    scopes = [each for each in SCOPES if each != lacking]
    less = Api("northside", secret_of(cast.northside, cast.alice, scopes))
    answers = [
        less.post("binders", {}),
        less.get("binders"),
        less.get(place),
        *files(less, place),
    ]
    for each in answers:
        assert lacking in problem(each, 403, "forbidden")["detail"]
    assert ExportJob.objects.count() == 1
    enough = Api("northside", secret_of(cast.northside, cast.alice, SCOPES))
    assert enough.get(place).status_code == 200


def test_whoever_may_not_see_the_practice_finds_none(
    api: Api, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    place = made(api)
    theirs = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    assert theirs.get("binders").json()["count"] == 0
    for tail in (place, f"{place}/file", f"{place}/binder.pdf"):
        assert theirs.get(tail).status_code == 404
    for who, status in (
        (Api("northside", theirs.secret), 404),
        (Caller(api.base, {}, signed_in("sam")), 404),
        (Caller(api.base, {}, signed_in("bob")), 403),
        (Caller(api.base, {}, Client()), 401),
    ):
        assert who.post("binders", {}).status_code == status
        for tail in ("binders", place, f"{place}/file", f"{place}/binder.pdf"):
            assert who.get(tail).status_code == status
    assert ExportJob.objects.count() == 1


def test_an_export_that_is_no_binder_is_not_there(api: Api) -> None:
    told = api.post("exports", {"kind": "people", "format": "csv"}).json()
    job = ExportJob.objects.get()
    worked(job)
    assert told["id"] == spell("exp", job.pk)
    place = f"binders/{spell('bnd', job.pk)}"
    assert api.get("binders").json()["count"] == 0
    for tail in (place, f"{place}/file", f"{place}/binder.pdf"):
        assert api.get(tail).status_code == 404


def test_after_its_week_the_binder_still_says_that_it_was(api: Api) -> None:
    place = made(api)
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        assert api.get(place).json()["state"] == "expired"
        assert [each.status_code for each in files(api, place)] == [404, 404]
    assert not AuditEntry.objects.filter(action="export.opened").exists()


def test_the_body_s_documents_carry_the_maker_s_name_and_are_read_when_it_opens(
    api: Api, cast: Cast, version: DocumentVersion
) -> None:
    place = made(api)
    assert not DocumentReading.objects.exists()
    whole, _ = files(api, place)
    with ZipFile(BytesIO(content(whole))) as packed:
        (name,) = [each for each in packed.namelist() if "certifying body/" in each]
        marked = PdfReader(BytesIO(packed.read(name))).pages[0].extract_text()
    assert READER in marked.replace("\n", " ")
    readings = DocumentReading.objects.filter(version=version)
    assert [(each.user, each.reader) for each in readings] == [(cast.alice, READER)] * 2


def test_such_a_binder_opens_for_whoever_asked_and_in_good_standing_alone(
    api: Api, cast: Cast, version: DocumentVersion
) -> None:
    place = made(api)
    another = Api("northside", secret_of(cast.northside, cast.alice, SCOPES))
    olga = an_administrator("Olga Other", cast.northside, named=False)
    in_browser = Caller(api.base, {}, open_session(Client(), olga))
    for who in (another, in_browser):
        told = who.get(place).json()
        assert told["why_not"].startswith("API token Payroll asked for this binder")
        for answer in files(who, place):
            said = problem(answer, 409, "not-eligible")
            assert said["detail"] == told["why_not"]
    spells = Sponsorship.objects.filter(practice=cast.northside)
    spells.update(until_on=TODAY - timedelta(days=1))
    for answer in files(api, place):
        problem(answer, 409, "not-eligible")
    spells.update(until_on=None)
    DocumentVersion.objects.filter(pk=version.pk).update(withdrawn_at=NOW)
    for answer in files(api, place):
        problem(answer, 409, "stale-version")
    assert not DocumentReading.objects.exists()
    assert not AuditEntry.objects.filter(action="export.opened").exists()
