"""Proof over REST: a file in one part, looked into, given out as it is, never run."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ce_credits.models import Activity, Proof, ProofAllowance
from core.models import AuditEntry
from tests.api.asking import (
    Api,
    Caller,
    places,
    problem,
    secret_of,
    tail_of,
    without_request_id,
)
from tests.api.reporting import begun, proved, row_of
from tests.cast import Cast
from tests.files.conftest import stored
from tests.files.samples import from_objects, pdf, picture, stream

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


def added(caller: Caller, made: dict[str, Any], content: bytes = b"") -> dict[str, Any]:
    """Add a PDF to what an answer is about."""
    answer = caller.upload(tail_of(made, "proofs"), content or pdf())
    assert answer.status_code == 201, answer.content
    proof: dict[str, Any] = answer.json()
    return proof


def test_a_file_is_added_and_comes_back_as_an_attachment(
    api: Api, own: Caller, body: Caller, cast: Cast
) -> None:
    made = begun(api, cast)
    content = pdf()
    proof = added(api, made, content)
    assert (proof["name"], proof["kind"], proof["pages"]) == ("proof.pdf", "pdf", 1)
    assert proof["sha256"] == sha256(content).hexdigest()
    assert proof["size"] == len(content)
    assert proof["added_by"] == "API token Payroll"
    assert api.get(tail_of(made, "proofs")).json()["results"] == [proof]
    assert api.get(tail_of(made)).json()["proofs"] == [proof]
    done = api.post(tail_of(made, "submit"), {})
    assert done.json()["credit"]["amount"] == "1.0"
    for caller in (api, own, body):
        answer = caller.get(tail_of(made, "proofs", proof["id"]))
        assert answer.status_code == 200
        assert answer.getvalue() == content
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]


def test_what_the_file_says_is_told_beside_what_is_reported(
    own: Caller, cast: Cast
) -> None:
    made = begun(own, cast)
    assert added(own, made)["said"] == {"title": None, "on": None, "minutes": None}
    lines = ("Course Title: Coding basics", "Completed: 2025-10-02", "Duration: 45 min")
    said = {"title": "Coding basics", "on": "2025-10-02", "minutes": 45}
    assert added(own, made, saying(*lines))["said"] == said
    assert own.get(tail_of(made)).json()["title"] == made["title"]


def saying(*lines: str) -> bytes:
    """A PDF of one page with lines of text."""
    shown = b"BT /F1 12 Tf 72 720 Td 16 TL "
    shown += b" ".join(f"({line}) Tj T*".encode() for line in lines) + b" ET"
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("proof\u202efdp.exe.pdf", "prooffdp.exe.pdf"),
        ("n" * 300 + ".pdf", "n" * 196 + ".pdf"),
    ],
)
def test_a_name_is_text_and_leads_nowhere(
    own: Caller, cast: Cast, shelf: Path, name: str, shown: str
) -> None:
    made = begun(own, cast)
    answer = own.upload(tail_of(made, "proofs"), pdf(), name)
    assert answer.json()["name"] == shown
    (path,) = stored(shelf)
    assert path.startswith("proofs/")
    file = own.get(tail_of(made, "proofs", answer.json()["id"]))
    assert file.getvalue() == pdf()
    assert "\n" not in file.headers["Content-Disposition"]
    assert file.headers["Content-Disposition"].startswith("attachment; ")


def test_the_same_file_again_is_the_proof_that_is_there(
    api: Api, cast: Cast, shelf: Path
) -> None:
    made = begun(api, cast)
    assert added(api, made) == added(api, made)
    assert len(stored(shelf)) == 1


def test_a_repeated_upload_is_answered_alike(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    tail = tail_of(made, "proofs")
    first = api.upload(tail, pdf(), Idempotency_Key="one")
    again = api.upload(tail, pdf(), Idempotency_Key="one")
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    for content, name in ((picture("PNG"), "proof.png"), (pdf(), "other.pdf")):
        other = api.upload(tail, content, name, Idempotency_Key="one")
        problem(other, 422, "idempotency-key-reused")
    refused = api.upload(tail, b"MZ", Idempotency_Key="two")
    problem(refused, 422, "file-rejected")
    assert (
        api.upload(tail, picture("PNG"), "a.png", Idempotency_Key="two").status_code
        == 201
    )


def test_a_proof_is_removed_while_the_activity_is_written(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    proof, kept = added(api, made), added(api, made, pdf(b"<</Two 2>>"))
    tail = tail_of(made, "proofs", proof["id"])
    gone = api.delete(tail)
    assert (gone.status_code, gone.content) == (204, b"")
    problem(api.get(tail), 404, "not-found")
    problem(api.delete(tail), 404, "not-found")
    assert api.get(tail_of(made)).json()["proofs"] == [kept]
    api.post(tail_of(made, "submit"), {})
    problem(api.delete(tail_of(made, "proofs", kept["id"])), 409, "conflict")
    problem(api.upload(tail_of(made, "proofs"), pdf()), 409, "conflict")
    assert api.get(tail_of(made)).json()["proofs"] == [kept]


def test_nobody_keeps_more_than_one_may(own: Caller, cast: Cast) -> None:
    made = begun(own, cast)
    ProofAllowance.objects.create(
        member=cast.bob, files=200, most_files=200, most_bytes=10**6
    )
    answer = own.upload(tail_of(made, "proofs"), pdf())
    said = problem(answer, 409, "no-room")
    assert places(said) == ["/file"]
    assert said["errors"][0]["code"] == "quota"
    assert "One person may keep 200 files and 200 MB here" in said["detail"]


def test_proof_for_somebody_else_s_activity_is_not_taken(
    api: Api, own: Caller, cast: Cast, signed_in: Callable[[str], Client], shelf: Path
) -> None:
    made = begun(own, cast)
    lakeview = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    charlie = Caller("/api/v1/me", {}, signed_in("charlie"))
    for caller in (lakeview, charlie, api):
        missing = "ce-activities/ce_" + "0" * 32 + "/proofs"
        foreign = caller.upload(tail_of(made, "proofs"), pdf())
        problem(foreign, 404, "not-found")
        nobody = caller.upload(missing, pdf())
        assert without_request_id(foreign) == without_request_id(nobody)
    assert not Proof.objects.exists()
    assert not stored(shelf)


def test_a_proof_is_found_on_its_own_activity_alone(
    own: Caller, api: Api, body: Caller, cast: Cast
) -> None:
    one, other = begun(own, cast), begun(own, cast)
    proof = added(own, one)
    problem(own.get(tail_of(other, "proofs", proof["id"])), 404, "not-found")
    problem(own.delete(tail_of(other, "proofs", proof["id"])), 404, "not-found")
    # Nobody else sees what belongs to a draft.
    for caller in (api, body):
        problem(caller.get(tail_of(one, "proofs", proof["id"])), 404, "not-found")
        problem(caller.get(tail_of(one, "proofs")), 404, "not-found")


def test_a_practice_adds_nothing_to_what_its_member_reports(
    api: Api, own: Caller, body: Caller, cast: Cast
) -> None:
    made = begun(own, cast)
    proof = added(own, made)
    own.post(tail_of(made, "submit"), {})
    sent = {"version": 1, "outcome": "returned", "words": "Page 2?"}
    body.post(tail_of(made, "decision"), sent)
    assert row_of(made).state == Activity.State.RETURNED
    problem(
        api.upload(tail_of(made, "proofs"), picture("PNG"), "a.png"), 409, "conflict"
    )
    problem(api.delete(tail_of(made, "proofs", proof["id"])), 409, "conflict")
    assert (
        own.upload(tail_of(made, "proofs"), picture("PNG"), "a.png").status_code == 201
    )


def test_pages_of_proofs_are_asked_as_of_any_list(own: Caller, cast: Cast) -> None:
    made = begun(own, cast)
    first, second = proved(made), proved(made)
    tail = tail_of(made, "proofs")
    page = own.get(tail, page_size=1, page=2).json()
    assert page["count"] == 2
    assert page["results"][0]["sha256"] in {first.sha256, second.sha256}
    problem(own.get(tail, page=9), 404, "not-found")
    problem(own.get(tail, kind="pdf"), 400, "malformed")


def test_each_file_is_on_the_trail_once(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    proof = added(api, made)
    api.delete(tail_of(made, "proofs", proof["id"]))
    entries = AuditEntry.objects.filter(action__startswith="ce.proof")
    assert sorted(entry.action for entry in entries) == [
        "ce.proof_added",
        "ce.proof_removed",
    ]
    assert all(entry.token is not None for entry in entries)
