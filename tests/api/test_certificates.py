"""Certificates: what was issued on the practice's account, and the PDF."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from accounts.models import Sponsorship
from certificates.models import Certificate, CertificateEvent
from core.public_ids import spell
from tests.api.asking import Api, mem, places, problem, without_request_id
from tests.cast import NOW, Cast, given

PDF = b"%PDF-1.7 certificate"


def of(cast: Cast) -> Certificate:
    """Bob's first certificate."""
    return Certificate.objects.get(member=cast.bob)


def spelled(certificate: Certificate) -> str:
    """The id as the API spells it."""
    return spell("crt", certificate.pk)


@pytest.fixture
def printed(cast: Cast, tmp_path: Path, settings: Settings) -> Certificate:
    """Bob's certificate with its paper."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    default_storage.save("bob.pdf", ContentFile(PDF))
    certificate = of(cast)
    certificate.paper = Certificate.Paper.READY
    certificate.file_key = "bob.pdf"
    certificate.sha256 = sha256(PDF).hexdigest()
    certificate.save()
    return certificate


def test_a_certificate_is_told_with_its_numbers_and_days(api: Api, cast: Cast) -> None:
    (row,) = api.get("certificates").json()["results"]
    certificate = of(cast)
    assert row["id"] == spelled(certificate)
    assert row["number"] == certificate.number
    assert row["attestation_number"] == certificate.attestation_number
    assert row["member"] == mem(cast.bob.pk)
    assert row["name"] == "Bob Baker"
    assert (row["valid_from"], row["valid_until"]) == ("2024-11-03", "2025-11-02")
    assert (row["status"], row["pdf"], row["pdf_sha256"]) == (
        "expired",
        "preparing",
        None,
    )
    assert row["verify_url"].endswith(f"/verify/{certificate.number}/")
    assert api.get(f"certificates/{row['id']}").json() == row


@pytest.mark.parametrize("kind", CertificateEvent.Kind.values)
def test_what_ended_a_certificate_is_its_status(
    api: Api, cast: Cast, kind: str
) -> None:
    CertificateEvent.objects.create(
        certificate=of(cast), kind=kind, on=date(2025, 11, 1), at=NOW, by="tests"
    )
    assert api.get("certificates").json()["results"][0]["status"] == kind
    assert api.get("certificates", status=kind).json()["count"] == 1
    assert api.get("certificates", status="expired").json()["count"] == 0


def test_a_revoked_certificate_stays_revoked_whatever_else(
    api: Api, cast: Cast
) -> None:
    for kind in CertificateEvent.Kind.values:
        CertificateEvent.objects.create(
            certificate=of(cast), kind=kind, on=date(2025, 11, 1), at=NOW, by="tests"
        )
    assert api.get("certificates").json()["results"][0]["status"] == "revoked"


def test_certificates_are_filtered_and_ordered(api: Api, cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    told = api.get("certificates", ordering="valid_until").json()["results"]
    assert [row["status"] for row in told] == ["expired", "valid"]
    assert api.get("certificates", status="valid").json()["count"] == 1
    assert api.get("certificates", member=mem(cast.bob.pk)).json()["count"] == 2
    assert api.get("certificates", member=mem(cast.charlie.pk)).json()["count"] == 0
    said = problem(api.get("certificates", member="bob"), 400, "malformed")
    assert places(said) == ["member"]


def test_a_practice_keeps_the_certificate_of_somebody_who_left(
    api: Api, cast: Cast
) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 1))
    assert api.get("certificates").json()["count"] == 1


@pytest.mark.parametrize("tail", ["", ".pdf"])
def test_a_foreign_certificate_is_answered_like_a_missing_one(
    api: Api, cast: Cast, tail: str
) -> None:
    foreign = Certificate.objects.get(member=cast.charlie)
    answers = [
        without_request_id(api.get(f"certificates/{certificate_id}{tail}"))
        for certificate_id in (spelled(foreign), "crt_" + "1" * 32, "crt_1", "none")
    ]
    assert answers[0][0] == 404
    assert answers.count(answers[0]) == len(answers)


def test_the_pdf_comes_as_an_attachment_that_runs_nothing(
    api: Api, printed: Certificate
) -> None:
    answer = api.get(f"certificates/{spelled(printed)}.pdf")
    assert answer.status_code == 200
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    name = f"{printed.number}.pdf"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert answer.headers["ETag"] == f'"{printed.sha256}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_while_the_pdf_is_made_the_answer_says_when_to_ask_again(
    api: Api, cast: Cast
) -> None:
    answer = api.get(f"certificates/{spelled(of(cast))}.pdf")
    said = problem(answer, 409, "not-ready")
    assert answer.headers["Retry-After"] == str(said["retry_after"])


def test_a_pdf_that_could_not_be_made_says_so(api: Api, cast: Cast) -> None:
    Certificate.objects.update(paper=Certificate.Paper.FAILED)
    answer = api.get(f"certificates/{spelled(of(cast))}.pdf")
    assert "could not be made" in problem(answer, 409, "not-ready")["detail"]
    assert "Retry-After" not in answer.headers
