"""The longest names there may be break into lines; no page outgrows its window.

The pages are made first: Django refuses its database to the thread a browser runs in.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from accounts.models import Invitation, Member, Practice, User
from accounts.services import invite
from ce_credits.models import Activity, CatalogueItem, Proof
from core.files import MOST_BYTES
from deploy import system
from renewals.models import TermCertificate
from tests.cast import BODY, NOW, TESTER, Cast, a_proof, given, seats
from tests.ce.reporting import a_draft, decided, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://phone.example"
WIDTHS = (320, 360, 700, 1280)
FIRST, LAST = "W" * 100, "Q" * 100
ADDRESS = f"{'m' * 60}@{'d' * 60}.example"
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const out = [...document.querySelectorAll("main *, header *, footer *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
    .filter((each) => each.getBoundingClientRect().width > 1)
    .map((each) => each.outerHTML.slice(0, 120));
  return wide > 0 ? [`${wide} px too wide`, ...out.slice(0, 3)] : [];
}"""
# Who opens which page; {bob} is Bob's number.
PAGES = {
    "alice": (
        "/p/northside/",
        "/p/northside/assignments/",
        "/p/northside/assignments/?q=nobody",
        "/p/northside/members/{bob}/",
        "/p/northside/settings/people/",
        "/p/northside/settings/api/",
    ),
    "bob": (
        "/me/",
        "/me/ce/new/",
        "/me/ce/new/?q=W",
        "/me/ce/{draft}/",
        "/me/ce/{draft}/edit/",
        "/me/ce/{draft}/withdraw/",
        "/me/ce/{sent}/",
        "/me/transcript/",
    ),
    "mona": (
        "/staff/acmss/",
        "/staff/acmss/?q=W",
        "/staff/acmss/members/{bob}/",
        "/staff/acmss/seats/",
        "/staff/acmss/queue/",
        "/staff/acmss/queue/?state=all",
        "/staff/acmss/review/{report}/",
        "/staff/acmss/members/{bob}/waive/{held}/",
        "/staff/acmss/certificates/{certificate}/revoke/",
        "/staff/acmss/catalogue/",
    ),
}


def lengthen(cast: Cast) -> None:
    """Give everybody and every practice the longest names and addresses."""
    for number, practice in enumerate(Practice.objects.all()):
        Practice.objects.filter(pk=practice.pk).update(name=f"{number}" + "P" * 199)
    Member.objects.update(first_name=FIRST, last_name=LAST)
    User.objects.update(name=f"{FIRST}{LAST}"[:200])
    Member.objects.filter(pk=cast.bob.pk).update(email=ADDRESS)
    Invitation.objects.update(first_name=FIRST, last_name=LAST)


def long_activities(cast: Cast) -> dict[str, UUID]:
    """Have Bob write one activity and send another, both with the longest words."""
    title, provider = "W" * 300, "Q" * 200
    CatalogueItem.objects.create(
        program=BODY, code="W" * 40, title=title, kind="webinar", changed_at=NOW
    )
    draft, sent = (
        a_draft(cast.bob),
        submitted(cast.bob, title=title, provider=provider, licence_number="W" * 40),
    )
    a_long_proof(draft, title)
    typed = {"title": title, "provider": provider, "on": "2025-10-02", "minutes": "45"}
    Activity.objects.filter(pk=draft.pk).update(
        title=title, typed=typed, read_from_file=["title"]
    )
    decided(sent, "returned", words="W" * 1000)
    return {"draft": draft.pk, "sent": sent.pk}


def a_long_proof(draft: Activity, title: str) -> None:
    """Give it a file of the longest name, which says the title."""
    proof = a_proof(draft)
    Proof.objects.bulk_create(
        [
            Proof(
                activity=draft,
                file_key=f"{proof.file_key}-long",
                kind=Proof.Kind.PNG,
                name="P" * 196 + ".png",
                sha256="f" * 64,
                stored_sha256="f" * 64,
                size=MOST_BYTES,
                pages=1,
                said={"title": title},
                added_by="tests",
                added_at=NOW,
            )
        ]
    )


def long_reports(cast: Cast) -> dict[str, UUID]:
    """Have Bob report the longest of everything, twice; name what staff look at."""
    long: dict[str, Any] = {
        "title": "T" * 300,
        "provider": "P" * 200,
        "licence_number": "L" * 40,
    }
    said = {"title": "S" * 300, "minutes": "90"}
    file = {"content": "one", "said": said}
    report = submitted(cast.bob, file=file, **long)
    submitted(cast.bob, file={"content": "one"}, **long)
    Proof.objects.filter(activity=report).update(removed_at=NOW)
    proof = a_proof(report, content="two", said=said, name="N" * 200)
    decided(submitted(cast.bob, **long), "rejected", words="W" * 1_000)
    held = TermCertificate.objects.filter(window__member=cast.bob).latest("decided_at")
    assert held.certificate is not None
    return {
        "report": proof.activity_id,
        "held": held.pk,
        "certificate": held.certificate.pk,
    }


def written(client: Client, path: str) -> str:
    """Open a page and give its text."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def pages(
    cast: Cast, today: date, signed_in: Callable[[str], Client]
) -> dict[str, str]:
    """Each page's text by its address, with the longest names."""
    seats(cast.northside, cast.renewals, 3)
    given(cast.renewals, cast.northside, cast.bob)
    invite(
        actor=TESTER,
        practice=cast.northside,
        program=BODY,
        first_name="Dana",
        last_name="Diaz",
        email=ADDRESS,
        now=NOW,
    )
    ids = {"bob": cast.bob.pk, **long_activities(cast), **long_reports(cast)}
    lengthen(cast)
    return {
        path: written(signed_in(name), path.format(**ids))
        for name, paths in PAGES.items()
        for path in paths
    }


@pytest.fixture
def window() -> Iterator[Page]:
    """A window that fetches nothing from anywhere."""
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        program = system.browser()
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser.new_page()
        browser.close()


def test_no_page_grows_wider_than_its_window(
    pages: dict[str, str], window: Page
) -> None:
    shown: dict[str, str] = {}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        file, found = path.removeprefix("/static/").partition("?")[0], None
        if path.startswith("/static/"):
            found = finders.find(file)
        if path == "/":
            route.fulfill(content_type="text/html; charset=utf-8", body=shown["page"])
        elif found:
            route.fulfill(path=Path(found))
        else:
            route.fulfill(status=404)

    window.route("**/*", answer)
    found = {}
    for path, text in pages.items():
        shown["page"] = text
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 640})
            window.goto(f"{SITE}/")
            assert window.evaluate("getComputedStyle(document.body).display") == "flex"
            found[f"{path} at {width} px"] = window.evaluate(OVERFLOW)
    assert {where: wide for where, wide in found.items() if wide} == {}
