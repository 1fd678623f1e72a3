"""Public verification over REST: the facts for a number, nothing for a guess."""

from datetime import date

import pytest
from django.test import Client

from certificates.models import Certificate, CertificateEvent
from certificates.rules import ALPHABET
from core.throttle import VerifyThrottle
from tests.api.asking import problem, without_request_id
from tests.api.contract import Answer, keeps_its_word
from tests.cast import NOW, Cast, given

MINIMUM = {
    "number",
    "attestation_number",
    "name",
    "credential",
    "title",
    "issuer",
    "valid_from",
    "valid_until",
    "issued_on",
    "certificate",
    "standing",
    "licence",
}


@pytest.fixture
def number(today: date, cast: Cast) -> str:
    """The number of Bob's present certificate."""
    given(cast.renewals, cast.northside, cast.bob)
    mine = Certificate.objects.filter(member=cast.bob)
    return mine.get(valid_from=date(2025, 11, 17)).number


def verify(code: str) -> Answer:
    """Ask without signing in."""
    path = f"/api/v1/verify/{code}"
    answer = Client().get(path)
    keeps_its_word(answer, "GET", path)
    return answer


def test_a_number_gives_the_certificate_and_the_standing_today(number: str) -> None:
    found = verify(number)
    assert found.status_code == 200
    said = found.json()
    assert said.keys() == MINIMUM
    assert said["number"] == number
    assert said["name"] == "Bob Baker"
    assert said["certificate"] == {"code": "valid", "words": "Valid"}
    assert said["standing"]["code"] == "in_good_standing"
    assert found.headers["X-Robots-Tag"] == "noindex"


def test_nothing_else_about_the_person_is_told(number: str, cast: Cast) -> None:
    said = verify(number).content.decode()
    assert cast.bob.email not in said
    assert "Northside" not in said
    assert "CME" not in said


def test_a_number_may_be_typed_as_people_type(number: str) -> None:
    for typed in (number.lower(), number.replace("-", ""), number.replace("-", "%20")):
        assert verify(typed).json()["number"] == number


@pytest.mark.parametrize(
    ("kind", "code"), [("revoked", "revoked"), ("superseded", "superseded")]
)
def test_what_ended_a_certificate_is_told(number: str, kind: str, code: str) -> None:
    CertificateEvent.objects.create(
        certificate=Certificate.objects.get(number=number),
        kind=kind,
        on=date(2025, 11, 17),
        at=NOW,
        by="tests",
    )
    assert verify(number).json()["certificate"]["code"] == code


def test_an_old_certificate_is_expired_while_the_credential_stands(
    number: str, cast: Cast
) -> None:
    old = Certificate.objects.exclude(number=number).get(member=cast.bob)
    said = verify(old.number).json()
    assert said["certificate"]["code"] == "expired"
    assert said["standing"]["code"] == "in_good_standing"


def test_every_guess_gets_the_same_answer_however_near(number: str) -> None:
    last = ALPHABET[(ALPHABET.index(number[-1]) + 1) % len(ALPHABET)]
    guesses = [
        number[:-1] + last,
        number[:-1],
        "CMS-0000-0000-0000",
        "CMS",
        "hello",
        "%00",
        "%FF",
        "1' OR 1=1",
        "x" * 4_000,
        "٣٣٣",
        "..",
    ]
    answers = [verify(guess) for guess in guesses]
    for answer in answers:
        problem(answer, 404, "not-found")
    compared = [without_request_id(answer) for answer in answers]
    assert compared.count(compared[0]) == len(compared)


def test_a_token_changes_nothing(number: str) -> None:
    headers = {"Authorization": "Bearer cep_live_nothing"}
    answer = Client().get(f"/api/v1/verify/{number}", headers=headers)
    assert answer.status_code == 200


def test_too_many_look_ups_are_refused_until_later(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VerifyThrottle, "THROTTLE_RATES", {"verify": "3/min"})
    for _ in range(3):
        assert verify(number).status_code == 200
    refused = verify(number)
    problem(refused, 429, "rate-limited")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    forged = Client().get(
        f"/api/v1/verify/{number}", headers={"X-Forwarded-For": "203.0.113.9"}
    )
    problem(forged, 429, "rate-limited")
