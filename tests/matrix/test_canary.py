"""Every text of practice B holds a marker; nothing that practice A gets holds one."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import Practice, Sponsorship
from certificates.models import Certificate
from certificates.services import claim_paper, keep_paper, print_paper
from core.models import OutboxMessage
from portal.queries.export_kinds import KINDS
from renewals.services import pass_day
from tests.cast import BODY, NOW, TODAY, Cast, a_member, certify, given
from tests.matrix.asking import ask, undone
from tests.matrix.canaries import MARKER, Marked, belonging_to, mark
from tests.matrix.conftest import MEMORY
from tests.matrix.guild import GUILD, staff_of_the_guild
from tests.matrix.hauling import Haul, without
from tests.matrix.things import Thing
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
# A body's manager chooses the practice they grant seats to among all there are.
CHOSEN_BY_NAME = {"accounts_practice_name", "accounts_practice_slug"}


@dataclass(frozen=True)
class Setting:
    """The world with its marks."""

    world: World
    marked: Marked


@pytest.fixture(scope="module")
def setting(
    guild: None, made_once: World, django_db_blocker: DjangoDbBlocker
) -> Iterator[Setting]:
    """Mark Lakeview, once its people were sent what the day asks for."""
    with django_db_blocker.unblock(), undone():
        cast = made_once.cast
        lakeview = cast.lakeview
        for practice in (cast.northside, lakeview):
            # Whom their administrator and they themselves are told of, with a calendar.
            due = a_member(f"Dee Due-{practice.slug}", practice)
            certify(due)
            given(cast.membership, practice, due, today=date(2024, 11, 25))
        move_in(cast)
        pass_day(program=BODY, today=TODAY, now=NOW)
        found = mark(lakeview)
        for practice in (cast.northside, lakeview):
            print_anew(Certificate.objects.filter(practice=practice, paper="ready")[0])
        slug = Practice.objects.get(pk=lakeview.pk).slug
        things = {
            **made_once.things,
            "practice": Thing(made_once.cast.northside.slug, slug, "nowhere"),
        }
        yield Setting(replace(made_once, things=things), found)


def move_in(cast: Cast) -> None:
    """Let somebody leave Lakeview, with what it did for them, and come to Northside."""
    moved = a_member("Mia Moved", cast.lakeview)
    certify(moved)
    given(cast.membership, cast.lakeview, moved, today=date(2024, 11, 10))
    moved.sponsorships.update(until_on=date(2025, 6, 1))
    Sponsorship.objects.create(
        practice=cast.northside, member=moved, program=BODY, from_on=date(2025, 6, 2)
    )


def print_anew(certificate: Certificate) -> None:
    """Make a certificate's PDF as it would be made for its facts."""
    Certificate.objects.filter(pk=certificate.pk).update(paper="waiting", sha256="")
    claim = claim_paper(certificate_id=certificate.pk, now=NOW)
    assert claim is not None
    assert keep_paper(claim=claim, content=print_paper(claim=claim))


@pytest.fixture(autouse=True)
def memory(settings: Settings) -> None:
    settings.CACHES = MEMORY
    settings.DEBUG = False


def hauled(setting: Setting, actor: str) -> Haul:
    """Let somebody of Northside, or another body's staff, get all they can."""
    if actor not in {"reviewer", "manager"}:
        haul = Haul(partial(setting.world.client, actor), setting.world)
        haul.fetch("own")
        return haul
    client = staff_of_the_guild(actor)
    things = {
        **setting.world.things,
        "program": Thing(GUILD, BODY, "nobody"),
    }
    haul = Haul(lambda scope: client, replace(setting.world, things=things))
    haul.fetch("own")
    return haul


@pytest.mark.parametrize(
    "actor", ["administrator", "member", "token", "reviewer", "manager"]
)
def test_nothing_of_another_practice_is_got(
    setting: Setting, actor: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with undone():
        haul = hauled(setting, actor)
    # It names the addresses that were asked for.
    log = without(haul.asked, caplog.text)
    found = {
        f"{where}: {mark}"
        for where, text in {**haul.got, "the log": log}.items()
        for mark in setting.marked.found_in(text)
        if not (actor == "manager" and "/seats/" in where and _is_name(mark))
    }
    assert not found, "\n".join(["", *sorted(found)])
    assert len(haul.got) > 80
    assert haul.mails or actor in {"token", "reviewer", "manager"}


def _is_name(mark: str) -> bool:
    return any(name in mark.replace("-", "_") for name in CHOSEN_BY_NAME)


@pytest.mark.parametrize("kind", [each.code for each in KINDS])
def test_no_table_taken_away_holds_any_of_them(setting: Setting, kind: str) -> None:
    """Each is another query; practice B's own file would show its markers."""

    def file_of(actor: str, whose: str) -> str:
        slug = getattr(setting.world.things["practice"], whose)
        place = reverse("export_now", kwargs={"practice": slug})
        query = urlencode({"kind": kind, "format": "csv", "program": BODY})
        heard = ask(setting.world.client(actor), "GET", f"{place}?{query}")
        assert heard.status == 200
        return heard.body.decode()

    with undone():
        assert not setting.marked.found_in(file_of("administrator", "own"))
        assert setting.marked.found_in(file_of("foreign administrator", "foreign"))


def test_no_mail_to_others_tells_of_them(setting: Setting) -> None:
    """All that waits to leave, digests and calendar files included."""
    haul = Haul(partial(setting.world.client, "administrator"), setting.world)
    theirs = belonging_to(setting.world.cast.lakeview)[OutboxMessage]
    haul.read_mail(OutboxMessage.objects.exclude(pk__in=theirs))
    found = {
        f"{where}: {mark}"
        for where, text in haul.got.items()
        for mark in setting.marked.found_in(text)
    }
    assert not found
    assert haul.mails > 5
    assert [text for text in haul.got.values() if "BEGIN:VCALENDAR" in text]


def test_their_own_people_get_them(setting: Setting) -> None:
    """Practice B's own see the markers by the same ways: they would be found."""
    seen: set[str] = set()
    for actor in ("foreign administrator", "foreign member"):
        with undone():
            haul = Haul(partial(setting.world.client, actor), setting.world)
            haul.fetch("foreign", tries_others=False)
        seen |= {each for text in haul.got.values() for each in MARKER.findall(text)}
    said = {
        each.lower().removeprefix("canary_b_").rstrip("_0123456789") for each in seen
    }
    assert len(said) > 40
    assert said >= {
        "accounts_apitoken_name",
        "accounts_invitation_email",
        "accounts_practice_name",
        "accounts_user_email",
        "billing_orderline_why",
        "billing_payment_reference",
        "ce_credits_activity_title",
        "ce_credits_activity_typed_title",
        "ce_credits_proof_name",
        # From the text of PDFs.
        "certificates_certificate_facts_holder_name",
    }, sorted(said)
