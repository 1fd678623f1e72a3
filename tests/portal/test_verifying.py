"""Anybody checks a certificate by its number; nobody learns more than the answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from certificates.models import Certificate
from certificates.rules import ALPHABET
from certificates.services import revoke, supersede
from tests.accounts.reading import headers
from tests.cast import NOW, TESTER, TODAY, Cast, a_member, certify, credit, given
from tests.matrix.asking import checksum
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db
FORM = "/verify/"


@pytest.fixture
def past(issued: Certificate) -> Certificate:
    """Bob's certificate of the term before."""
    return Certificate.objects.exclude(pk=issued.pk).get(member=issued.member)


def check(number: str) -> Page:
    """Ask without signing in, as a browser that follows where it is led."""
    answer = Client().get(FORM, {"number": number}, follow=True)
    assert answer.status_code == 200, answer.status_code
    return Page.of(answer)


def verdicts(page: Page) -> tuple[str, str]:
    """The answer about the certificate, and the one about the credential."""
    certificate, credential = page.one("dl", "gs-answer").all("dd")
    return certificate.text, credential.text


def ended(
    service: Callable[..., Any], certificate: Certificate, **more: object
) -> None:
    """Revoke or supersede a certificate."""
    service(
        actor=TESTER,
        certificate=certificate,
        reason="misprinted",
        today=TODAY,
        now=NOW,
        **more,
    )


def test_a_number_shows_the_certificate_and_the_credential_today(
    issued: Certificate,
) -> None:
    page = check(issued.number)
    assert page.h1 == "Bob Baker, Certified Medical Scribe Specialist (CMSS)"
    assert verdicts(page) == ("Valid", "In good standing")
    facts = {row.one("dt").text: row.one("dd").text for row in page.facts}
    assert facts["Certificate number"] == issued.number
    assert facts["Attestation number"] == issued.attestation_number
    assert facts["Valid"] == "Nov 17, 2025 through Nov 16, 2026"
    assert facts["Issued by"].endswith(", on Nov 17, 2025")
    assert facts["Checked"].startswith("Nov 17, 2025, 10:0")


def test_a_term_that_has_not_begun_says_from_when(today: date, cast: Cast) -> None:
    amy = a_member("Amy Able", cast.northside)
    certify(amy)
    given(cast.membership, cast.northside, amy, today=date(2024, 12, 1))
    credit(amy, "3.0", on=date(2025, 5, 5))
    given(cast.renewals, cast.northside, amy)
    early, current = Certificate.objects.filter(member=amy)
    words = ("Valid from Dec 1, 2025", "In good standing")
    assert verdicts(check(early.number)) == words
    assert verdicts(check(current.number))[0] == "Valid"


def test_an_old_certificate_is_expired_while_the_credential_stands(
    past: Certificate,
) -> None:
    assert verdicts(check(past.number)) == ("Expired Nov 2, 2025", "In good standing")


def test_a_replaced_certificate_names_the_one_that_counts(
    issued: Certificate, past: Certificate
) -> None:
    ended(supersede, past, by=issued)
    assert verdicts(check(past.number))[0] == f"Superseded by {issued.number}"


def test_a_certificate_replaced_by_none_is_superseded_all_the_same(
    issued: Certificate,
) -> None:
    ended(supersede, issued, by=None)
    assert verdicts(check(issued.number))[0] == "Superseded"


def test_a_revoked_certificate_says_since_when(issued: Certificate) -> None:
    ended(supersede, issued, by=None)
    ended(revoke, issued)
    page = check(issued.number)
    assert verdicts(page)[0] == "Revoked Nov 17, 2025"
    assert "misprinted" not in page.text


def test_without_a_renewal_the_credential_is_not_current_since_that_day_a12(
    today: date, cast: Cast
) -> None:
    only = Certificate.objects.get(member=cast.bob)
    words = ("Expired Nov 2, 2025", "Not current since Nov 3, 2025")
    assert verdicts(check(only.number)) == words


def test_the_day_decides_in_the_bodys_own_zone_x3(issued: Certificate) -> None:
    with time_machine.travel("2026-11-17T07:59:00Z"):
        assert verdicts(check(issued.number)) == ("Valid", "In good standing")
    with time_machine.travel("2026-11-17T08:01:00Z"):
        words = ("Expired Nov 16, 2026", "Not current since Nov 17, 2026")
        assert verdicts(check(issued.number)) == words


def test_the_page_tells_nothing_else_about_the_person(
    issued: Certificate, past: Certificate, cast: Cast
) -> None:
    for number in (issued.number, past.number):
        text = Client().get(f"{FORM}{number}/").content.decode()
        for private in (cast.bob.email, "Northside", "CME", "3.0", str(cast.bob.pk)):
            assert private not in text


def test_the_page_is_kept_by_nobody(issued: Certificate) -> None:
    answer = Client().get(f"{FORM}{issued.number}/")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]
    (robots,) = Page.of(answer).all("meta", name="robots")
    assert robots.attributes["content"] == "noindex"
    assert b"Disallow: /verify/" in Client().get("/robots.txt").content


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda number: number.replace("-", ""),
        lambda number: number.replace("-", " "),
        lambda number: f"  {number}\t",
        lambda number: number[:4] + number[4:].replace("0", "O").replace("1", "l"),
        lambda number: number[:4] + number[4:].replace("0", "o").replace("1", "I"),
        lambda number: number.replace("-", "\N{EN DASH}"),
        lambda number: "".join(
            chr(ord(each) + 0xFEE0) if each.isalnum() else each for each in number
        ),
    ],
    ids=["small", "run on", "spaced", "padded", "O l", "o I", "dashes", "wide"],
)
def test_a_number_may_be_typed_as_people_type(
    issued: Certificate, typed: Callable[[str], str]
) -> None:
    answer = Client().get(FORM, {"number": typed(issued.number)}, follow=True)
    assert answer.request["PATH_INFO"] == f"{FORM}{issued.number}/"
    assert verdicts(Page.of(answer))[0] == "Valid"


def test_every_guess_hears_the_same_however_near(issued: Certificate) -> None:
    number = issued.number
    last = ALPHABET[(ALPHABET.index(number[-1]) + 1) % len(ALPHABET)]
    guesses = [
        "CMS-0000-0000-0000",
        number[:-1] + last,
        number[:-1],
        f"X{number}",
        "hello",
        "' OR 1=1 --",
        "\N{ARABIC-INDIC DIGIT THREE}" * 3,
        "<script>alert(1)</script>",
        "{{7*7}}",
        "../../etc/passwd",
    ]
    heard = set()
    for guess in guesses:
        answer = Client().get(FORM, {"number": guess})
        assert answer.status_code == 404
        page = Page.of(answer)
        assert page.problems == [
            "No credential matches. Check the number on the certificate."
        ]
        (typed,) = page.all("input", id="number")
        heard.add(said(answer).replace(typed.attributes["value"], "*"))
        assert typed.attributes["value"] == guess
    assert len({len(Page.of_text(text).text) for text in heard}) == 1


def test_an_unknown_and_a_mistyped_number_differ_in_nothing(
    issued: Certificate,
) -> None:
    number = issued.number
    last = ALPHABET[(ALPHABET.index(number[-1]) + 1) % len(ALPHABET)]
    mistyped, unknown = number[:-1] + last, "CMS-0000-0000-0000"
    first, second = (Client().get(f"{FORM}{each}/") for each in (mistyped, unknown))
    assert said(first).replace(mistyped, "*") == said(second).replace(unknown, "*")
    assert headers(first) == headers(second)


def test_a_very_long_number_is_answered_as_any_other(issued: Certificate) -> None:
    answer = Client().get(FORM, {"number": issued.number * 2_000})
    assert answer.status_code == 404
    assert len(answer.content) < 20_000


def test_without_a_number_the_form_is_shown(db: None) -> None:
    for query in ({}, {"number": ""}, {"number": "   "}):
        answer = Client().get(FORM, query)
        assert answer.status_code == 200
        assert Page.of(answer).h1 == "Verify a credential"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_answers(issued: Certificate, method: str) -> None:
    before = checksum()
    address = f"{FORM}{issued.number}/"
    assert getattr(Client(), method)(address).status_code == 405
    assert checksum() == before
