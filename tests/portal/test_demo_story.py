"""`manage.py demo`: tells the story once, over and over without harm, or anew."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError
from django.db.models import Sum
from django.test import Client
from pytest_django import Settings

from accounts.models import Practice, Sponsorship, User
from ce_credits.models import Proof
from certificates.models import Certificate
from core import clock
from core.files import page_picture
from core.models import OutboxMessage
from credentials.models import SeatEntry, SeatPool
from portal.demo.cards import demo_cards
from portal.demo.roster import DAY, DOMAIN
from portal.queries.application_list import applications_waiting
from portal.queries.filters import Asked
from portal.queries.people import counts, people
from portal.queries.queue import queue_page
from portal.queries.resting import all_resting
from renewals.models import MovedDeadline
from tests.browser.rows import Rows, rows_in
from tests.cast import BODY
from tests.kept import Kept
from tests.matrix.asking import checksum
from tests.portal.reading import Page
from tests.portal.story import demo
from tests.recertifying.living import noon
from tests.signing import open_session

pytestmark = pytest.mark.db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def told(settings: Settings, kept_story: Kept[str], db: None) -> str:
    """Tell the story."""
    settings.DEMO = True
    return kept_story.put_back()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("options", [(), ("--reset",), ("--logins",)])
def test_without_a_demonstration_it_does_nothing(options: tuple[str, ...]) -> None:
    before = checksum()
    with pytest.raises(CommandError, match="DEMO=1"):
        demo(*options)
    assert checksum() == before


def test_told_twice_it_is_told_once(told: str) -> None:
    before = checksum()
    assert told == "The story is told.\n"
    assert demo() == "The people are there already.\n"
    assert checksum() == before


def test_telling_it_again_leaves_what_was_done_meanwhile(told: str) -> None:
    clock.pin(date(2026, 1, 1))
    before = checksum()
    demo()
    assert clock.pinned() == date(2026, 1, 1)
    assert checksum() == before


def test_a_physician_has_three_of_ten_hours_and_shares_his_transcript(
    told: str,
) -> None:
    clock.pin(DAY)
    samuel = User.objects.get(email=f"samuel@{DOMAIN}")
    client = Client()
    open_session(client, samuel)
    (licence,) = client.get("/api/v1/me/licences").json()["results"]
    asked = {each["code"]: each for each in licence["relicensure"]["requirements"]}
    figures = [asked["risk_management"][name] for name in ("have", "need", "missing")]
    assert [*map(float, figures)] == [3, 10, 7]
    (link,) = client.get("/api/v1/me/transcript-links").json()["results"]
    assert link["status"] == "works"


def test_the_story_is_as_the_cards_tell_it(told: str) -> None:
    harbor = Practice.objects.get(slug="harbor-family-medicine")
    today = date(2025, 11, 17)
    assert clock.pinned() == today
    standing = counts(people(harbor, BODY, today))
    assert (standing["all"], standing["renew"], standing["due"]) == (24, 1, 2)
    pools = SeatPool.objects.filter(practice=harbor)
    assert {pool.product.code: pool.available for pool in pools} == {
        "renewals": 6,
        "membership": 2,
        "mscat-manual": 2,
        "hipaa": 2,
        "mscat-assessment": 2,
        "mscat-training": 0,
        "specialty": 5,
        "continuing-education": 12,
    }
    assert not Certificate.objects.filter(facts__demo=False).exists()
    # What was mailed in the past was read; today's notices wait for the worker.
    waiting = OutboxMessage.objects.exclude(state="sent")
    assert sorted(waiting.values_list("state", "kind", "recipient")) == [
        ("waiting", "cycle_reminder", "ana@demo.example"),
        ("waiting", "cycle_reminder", "ben@demo.example"),
        ("waiting", "cycle_reminder", "lena@demo.example"),
        ("waiting", "cycle_reminder", "rosa@demo.example"),
        ("waiting", "order_overdue", "ruth@demo.example"),
        ("waiting", "renewal_due", "grace.lindqvist@demo.example"),
        ("waiting", "renewal_due", "june.castellan@demo.example"),
        ("waiting", "renewal_due", "maya@demo.example"),
        ("waiting", "renewal_due_administrator", "dana@demo.example"),
        ("waiting", "renewal_due_administrator", "ruth@demo.example"),
    ]
    assert not User.objects.exclude(email__endswith="@demo.example").exists()
    assert Sponsorship.objects.filter(practice__slug="cedar-surgical-group").exists()


def test_nine_activities_wait_for_priya_each_with_its_proof(told: str) -> None:
    page = queue_page(BODY, Asked(), number=1, today=DAY)
    assert page.verdict == "9 activities wait for review"
    assert page.sub == "The oldest has waited 6 days."
    assert page.rows[0].member == "Joy Mbeki"
    assert {pill.label: pill.count for pill in page.flags} == {
        "Reported twice": 2,
        "Same file elsewhere": 2,
        "Differs from the file": 1,
        "You determine credit": 1,
        "Outside any term": 1,
        "Sent again": 1,
    }
    for proof in Proof.objects.of_program(BODY):
        drawn = page_picture(key=proof.file_key, kind=proof.kind, page=1, width=64)
        assert drawn.startswith(b"\x89PNG")


def test_the_cards_of_staff_say_what_waits_for_them(told: str) -> None:
    assert applications_waiting("namss", DAY).startswith("2 applications wait for")
    texts = {card.email.partition("@")[0]: card.text for card in demo_cards()}
    assert texts["marcus"] == "2 applications wait for his decision."
    assert texts["priya"] == "9 activities wait for her decision."


@pytest.mark.urls("tests.matrix.demo_urls")
def test_the_empty_queue_of_marcus_leads_to_his_applications(told: str) -> None:
    client = Client()
    with time_machine.travel(noon(DAY), tick=True):
        open_session(client, User.objects.get(email__startswith="marcus@"))
        page = Page.of(client.get("/staff/namss/queue/"))
    assert page.h1 == "Queue is clear"
    assert page.links["2 applications wait for a decision. 1 overdue."] == (
        "/staff/namss/applications/"
    )
    assert page.links["1 sponsor's activity waits."] == "/staff/namss/approvals/"


def test_one_certificate_rests_on_credit_that_was_lost(told: str) -> None:
    (resting,) = all_resting(BODY, today=DAY)
    assert resting.name == "Mei-Lin Tanaka"
    assert "only 1.5 of 3.0 CME stand behind it." in resting.text


@pytest.mark.urls("tests.matrix.demo_urls")
def test_one_audit_is_open_and_one_closed_on_pages_and_over_rest(told: str) -> None:
    client = Client()
    marcus = User.objects.get(email__startswith="marcus@")
    with time_machine.travel(noon(DAY), tick=True):
        open_session(client, marcus)
        page = client.get("/staff/namss/audits/").content.decode()
        found = client.get("/api/v1/bodies/namss/audits").json()["results"]
        draws = "/api/v1/bodies/namss/audit-draws"
        (listed,) = client.get(draws).json()["results"]
        draw = client.get(f"{draws}/{listed['id']}").json()
    assert {each["member_name"]: each["status"] for each in found} == {
        "Ana Duarte": "waiting",
        "Ben Halloran": "closed",
    }
    assert "Ana Duarte" in page
    assert (draw["population"], draw["reproduced"]) == (2, True)


@pytest.mark.urls("tests.matrix.demo_urls")
def test_two_accounts_wait_for_staff_and_a_decree_gave_one_more_time(told: str) -> None:
    client = Client()
    with time_machine.travel(noon(DAY), tick=True):
        open_session(client, User.objects.get(email__startswith="marcus@"))
        bodies = "/api/v1/bodies/namss"
        (waits,) = client.get(f"{bodies}/duplicates").json()["results"]
        pair = client.get(f"{bodies}/duplicates/{waits['id']}").json()
        (decree,) = client.get(f"{bodies}/decrees").json()["results"]
        page = client.get("/staff/namss/duplicates/").content.decode()
    assert (waits["state"], pair["in_the_way"]) == ("proved", [])
    names = {pair[side]["name"] for side in ("would_keep", "would_give_up")}
    assert names == {"Iris Novak", "Iris Novak-Reed"}
    assert all(pair[side]["bodies"] for side in ("would_keep", "would_give_up"))
    assert "Iris Novak" in page
    assert decree["reason"] == "The storm of November 2025"
    moved = MovedDeadline.objects.get()
    assert (moved.member.name, moved.outcome) == ("Iris Novak", "given")


def test_the_storys_ledger_adds_up(told: str) -> None:
    for pool in SeatPool.objects.all():
        sum_ = SeatEntry.objects.filter(pool=pool).aggregate(sum=Sum("delta"))["sum"]
        assert sum_ == pool.available


def test_the_logins_are_printed_with_their_roles(told: str) -> None:
    said = demo("--logins")
    assert "dana@demo.example" in said
    assert "Dana Whitfield: Practice administrator" in said
    assert "Password of all:" in said


@contextmanager
def alone(folder: Path) -> Iterator[tuple[Rows, dict[str, str]]]:
    """Give a database nobody else uses, and what a process of its own is told."""
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env |= {
        "DEMO": "1",
        "SECRET_KEY": "key-of-the-tests-" * 4,
        "DATA_DIR": str(folder),
        "FILES_DIR": str(folder / "files"),
        "EMAIL_URL": f"folder://{folder / 'mail'}",
        "LOG_LEVEL": "ERROR",
    }
    with rows_in(folder) as rows:
        yield rows, env | rows.told


def run(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a process of its own."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


COUNT = """
from accounts.models import Member, User
from core.models import DomainDate
from core.scope import Scope, scoped
with scoped(Scope.sweep()):
    User.objects.count()
    print(Member.objects.count(), DomainDate.objects.get().today)
"""
CHANGE = """
from core.models import DomainDate
from accounts.models import Member
DomainDate.objects.update(today="2026-07-01")
Member.objects.create(first_name="One", last_name="More")
"""


def test_a_reset_throws_everything_away_and_tells_it_anew(tmp_path: Path) -> None:
    """In a demonstration alone: anywhere else it throws nothing away."""
    with alone(tmp_path) as (rows, env):
        web = env | rows.role("web")
        for command in (["migrate", "--no-input"], ["demo"], ["shell", "-c", CHANGE]):
            assert run(env, *command).returncode == 0
        for folder in ("files", "mail"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / "left.over").touch()
        refused = run(env | {"DEMO": "0"}, "demo", "--reset")
        assert refused.returncode != 0
        assert run(web, "shell", "-v0", "-c", COUNT).stdout == "38 2026-07-01\n"
        assert len(list(tmp_path.glob("*/left.over"))) == 2
        reset = run(env, "demo", "--reset")
        assert (reset.returncode, reset.stdout) == (0, "The story is told.\n")
        # The web reads as its own role, which must have its rights again.
        assert run(web, "shell", "-v0", "-c", COUNT).stdout == "37 2025-11-17\n"
        assert not list(tmp_path.glob("*/left.over"))
