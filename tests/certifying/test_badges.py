"""A badge: its holder shares it, anybody with the address sees it, until they don't."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from certificates.models import Badge, Certificate
from certificates.services import revoke
from core.models import AuditEntry
from core.public_ids import spell
from tests.cast import NOW, TESTER, Cast
from tests.certifying.living import a_dual_holder, held, recertified
from tests.portal.paper import content, worked
from tests.portal.reading import Page
from tests.recertifying.living import a_holder, applied, noon, pays
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
MINE = "/me/certificates/"
TODAY = date(2025, 12, 3)
# An answer's own number, and what its forms and scripts are sent with.
REQUEST = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|nonce-?=?\S+")


@dataclass(frozen=True)
class Nora:
    """Somebody with both credentials, in her browser."""

    member: Member
    client: Client

    def share(self, code: str = "CPCS") -> Badge:
        """Share a badge on the page."""
        found = held(self.member, code)
        answer = self.client.post(f"{MINE}{found.pk}/share/")
        assert answer.status_code == 302
        return Badge.objects.get(certification=found, withdrawn_at=None)

    def withdraw(self, badge: Badge) -> None:
        """Withdraw it there."""
        answer = self.client.post(f"/me/badges/{badge.pk}/withdraw/")
        assert answer.status_code == 302


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Dec 3, 2025; nobody has looked anything up yet."""
    cache.clear()
    with time_machine.travel(noon(TODAY), tick=True):
        yield


@pytest.fixture
def nora(cast: Cast, shelf: Path) -> Nora:
    """Nora, recertified to Dec 1, 2028."""
    member = a_dual_holder()
    recertified(member)
    assert member.user is not None
    return Nora(member, open_session(Client(), member.user))


def look(badge: Badge, name: str = "badge") -> Any:  # noqa: ANN401
    """Open a badge's address without signing in."""
    return Client().get(reverse(name, args=[badge.pk]))


def entries(badge: Badge) -> list[str]:
    """What the trail says of a badge."""
    found = AuditEntry.objects.filter(subject_id=badge.pk).order_by("number")
    return [each.action for each in found]


def test_nobody_sees_anything_until_it_is_shared(nora: Nora) -> None:
    page = Page.of(nora.client.get(MINE))
    assert "Nobody sees it until you share it." in page.text
    assert "Certified Provider Credentialing Specialist (CPCS)" in page.text
    assert "Dec 2, 2025 to Dec 1, 2028" in page.text
    assert not Badge.objects.exists()


def test_it_shows_the_facts_the_criteria_and_the_standing_of_today(
    nora: Nora,
) -> None:
    badge = nora.share()
    answer = look(badge)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    page = Page.of(answer)
    credential = "Certified Provider Credentialing Specialist (CPCS)"
    assert page.h1 == f"Nora North, {credential}"
    for words in (
        "In good standing",
        "Passed the certification exam.",
        "Rule N14: Recertification program of 2025",
        "National Association Medical Staff Services",
        held(nora.member).number,
        "Nov 20, 2025",
        "Dec 1, 2028",
    ):
        assert words in page.text, words
    assert nora.member.email not in answer.content.decode()
    address = f"/badges/{badge.pk}/"
    assert address in nora.client.get(MINE).content.decode()


def test_its_picture_says_in_words_what_it_shows(nora: Nora) -> None:
    answer = look(nora.share(), "badge_image")
    assert answer["Content-Type"].startswith("image/svg+xml")
    picture = answer.content.decode()
    assert (
        "<title>Badge: NAMSS, Certified Provider Credentialing Specialist (CPCS), "
        "through Dec 1, 2028</title>"
    ) in picture


def test_its_picture_is_there_as_png_too(nora: Nora) -> None:
    badge = nora.share()
    answer = look(badge, "badge_picture")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Robots-Tag"] == "noindex"
    # The signature of PNG, then its first chunk: width and height.
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert answer.content[16:24] == (960).to_bytes(4) * 2
    assert look(badge, "badge_picture").content == answer.content
    assert reverse("badge_picture", args=[badge.pk]) in look(badge).content.decode()


def test_its_certificate_opens_once_it_is_made(nora: Nora) -> None:
    badge = nora.share()
    assert look(badge, "badge_paper").status_code == 404
    issued = worked(Certificate.objects.get(certification=badge.certification))
    answer = look(badge, "badge_paper")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == content(issued)
    assert reverse("badge_paper", args=[badge.pk]) in look(badge).content.decode()


def test_withdrawn_and_unknown_are_the_same_nothing(nora: Nora) -> None:
    badge = nora.share()
    nora.withdraw(badge)
    nora.withdraw(badge)
    for name in ("badge", "badge_image", "badge_picture", "badge_paper"):
        never, gone = Client().get(reverse(name, args=[uuid4()])), look(badge, name)
        assert (gone.status_code, never.status_code) == (404, 404)
        assert REQUEST.sub(b"", gone.content) == REQUEST.sub(b"", never.content)
    assert entries(badge) == ["badge.shared", "badge.withdrawn"]


def test_shared_again_it_has_another_address(nora: Nora) -> None:
    first = nora.share()
    assert nora.share() == first
    nora.withdraw(first)
    second = nora.share()
    assert second.pk != first.pk
    assert look(first).status_code == 404
    assert look(second).status_code == 200


def test_each_credential_is_shared_by_itself(nora: Nora) -> None:
    badge = nora.share("CPMSM")
    assert Page.of(look(badge)).h1.endswith("(CPMSM)")
    assert Badge.objects.count() == 1


def test_what_is_revoked_says_so(nora: Nora) -> None:
    badge = nora.share()
    issued = Certificate.objects.get(certification=badge.certification)
    revoke(actor=TESTER, certificate=issued, reason="Seen", today=TODAY, now=NOW)
    assert "Revoked Dec 3, 2025" in Page.of(look(badge)).text


def test_somebody_else_shares_and_withdraws_nothing_of_hers(nora: Nora) -> None:
    badge = nora.share()
    other = a_holder("Otto Other")
    assert other.user is not None
    client = open_session(Client(), other.user)
    theirs = held(nora.member, "CPMSM")
    assert client.post(f"{MINE}{theirs.pk}/share/").status_code == 404
    assert client.post(f"/me/badges/{badge.pk}/withdraw/").status_code == 404
    assert look(badge).status_code == 200
    assert Badge.objects.count() == 1


def test_without_a_certificate_there_is_nothing_to_share(cast: Cast) -> None:
    member = a_holder()
    assert member.user is not None
    client = open_session(Client(), member.user)
    answer = client.post(f"{MINE}{held(member).pk}/share/")
    assert answer.status_code == 409
    assert "once its certificate is issued" in answer.content.decode()
    assert "Share badge" not in client.get(MINE).content.decode()


def test_by_when_it_can_be_expected_is_said_while_it_is_reviewed(cast: Cast) -> None:
    member = a_holder()
    with time_machine.travel(noon(date(2025, 11, 28)), tick=True):
        row = applied(member, date(2025, 11, 28))
        pays(row.order, date(2025, 11, 28))
    assert member.user is not None
    page = Page.of(open_session(Client(), member.user).get(MINE))
    assert "expect it by Dec 15, 2025, 10 business days after Dec 1, 2025." in page.text


def test_an_address_that_looks_too_often_is_told_to_wait(
    nora: Nora,
    settings: Any,  # noqa: ANN401
) -> None:
    badge = nora.share()
    answers = [look(badge).status_code for _ in range(62)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_by_program_it_is_shared_read_and_withdrawn(nora: Nora) -> None:
    certification = spell("ctn", held(nora.member).pk)
    place = "/api/v1/me/badges"
    shares = f"/api/v1/me/certifications/{certification}/badge"
    made = nora.client.post(shares, {}, content_type="application/json")
    assert made.status_code == 201, made.content
    badge_id = made.json()["id"]
    assert nora.client.get(place).json()["results"][0]["id"] == badge_id
    public = f"/api/v1/badges/{badge_id}"
    shown = Client().get(public).json()
    assert shown["name"] == "Nora North"
    assert shown["expires_on"] == "2028-12-01"
    assert shown["standing"]["code"] == "in_good_standing"
    assert len(shown["criteria"]) == 2
    mine = nora.client.get("/api/v1/me/certificates").json()["results"]
    assert [each["certification"] for each in mine].count(certification) == 1
    gone = nora.client.post(
        f"{place}/{badge_id}/withdraw", {}, content_type="application/json"
    )
    assert gone.json()["withdrawn_at"]
    assert Client().get(public).status_code == 404
