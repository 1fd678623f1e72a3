"""After undoing, every page and address says what it said before the renewal.

Whoever reads terms finds those that stand. A page that still counted the undone one
would differ, whatever way it reads.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from accounts.checks import routed
from accounts.models import Member
from credentials.services import Pick, assign
from tests.api.asking import secret_of
from tests.cast import BODY, TODAY, Cast, a_member, a_user, seats
from tests.matrix.expectations import parts_of
from tests.portal.reading import said
from tests.signing import open_session
from tests.undoing.undone import ALICE, PRESSED, renew, undo_all

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
ROOT = Path(__file__).parents[2]
# What tells what was done, and so tells of the undoing too.
TOLD = {
    "api_assignments": "Assignments, undone ones too.",
    "practice_activity": "The trail.",
    "practice_activity_csv": "The trail.",
    "reports_xlsx": "Each file has its instant; its CSV is read.",
    "seats": "The ledger.",
    "staff_activity": "The trail.",
    "staff_activity_csv": "The trail.",
    "staff_jobs": "How many letters wait.",
    "staff_good_standing_xlsx": "Each file has its instant; its CSV is read.",
    "staff_reports_xlsx": "Each file has its instant; its CSV is read.",
    "staff_journal_xlsx": "Each file has its instant; its CSV is read.",
    "staff_mail": "Letters, void ones too.",
    "staff_seats": "The ledger.",
    "staff_tokens": "Each round here makes one.",
    "tokens": "Each round here makes one.",
}
# One entry of the activity that a page shows beside other things.
ACTIVITY = re.compile(r"<li><p>[^<]*</p><p class=\"gs-small gs-muted\">.*?</li>", re.S)
NEW = re.compile(r'name="[^"]*(?:draft|form_key)" value="[^"]*"|data-csrf="[^"]*"')
# A letter that a practice's first page lists.
LETTER = re.compile(r'<li>\s*<p class="gs-row-title">\[Northside\].*?</li>', re.S)
# One's own account: sessions, keys, addresses; each look there is another.
OWN_ACCOUNT = ("account_", "mfa_")
# Who may say `every`, or write SQL about terms, and why.
READERS = {
    "credentials/models/held.py": "It is defined there.",
    "renewals/models/terms.py": "It is defined there.",
    "renewals/services/inserting.py": "The sweep's SQL, with its own condition.",
    "renewals/services/merging_rows.py": "Undone terms follow their person too.",
    "renewals/services/letters.py": "Whether a letter's term was undone; its changes.",
    "renewals/services/untelling.py": "Whether a letter's term was undone.",
    "config/walls/credentials.py": "The walls: its practice keeps what was undone.",
    "config/walls/conditions.py": "The walls.",
    "config/walls/learning.py": "The walls.",
}
# Who goes from something else to its terms, past the manager, and why it may.
JOINERS = {
    "accounts/models/people.py": "Who was ever a body's, by an undone term too.",
    "notifications/services/weekly.py": "Its own condition leaves undone terms out.",
    "portal/queries/binder_people.py": "Its own condition leaves undone terms out.",
    "renewals/queries/outcomes.py": "Its own condition leaves undone terms out.",
    "portal/queries/record_statements.py": "Its own condition leaves undone terms out.",
}


@pytest.fixture
def amy(cast: Cast) -> Member:
    """A member with a term and without the credential: her certificates are held."""
    found = a_member("Amy Able", cast.northside, user=a_user("Amy Able"))
    renew(cast.northside, cast.membership, found, today=date(2024, 11, 3))
    seats(cast.northside, cast.renewals, 1)
    return found


def addresses(member: Member) -> Iterator[tuple[str, str]]:
    """Every address that is read with no more than a practice, a body and a member."""
    for each in routed():
        if "GET" not in each.permissions or each.name in TOLD:
            continue
        if each.name.startswith(OWN_ACCOUNT):
            continue
        rest = each.name.startswith("api_")
        known: Mapping[str, object] = {
            "practice": "northside",
            "program": BODY,
            "body": BODY,
            "member_id": f"mem_{member.pk.hex}" if rest else member.pk,
        }
        parts = parts_of(each.path)
        if set(parts) <= known.keys():
            yield each.name, reverse(each.name, kwargs={p: known[p] for p in parts})


def a_program(cast: Cast) -> Client:
    """A program of the practice."""
    secret = secret_of(cast.northside, cast.alice)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def everything(cast: Cast, member: Member) -> dict[tuple[str, str], str]:
    """What each of them reads at each address of theirs."""
    assert member.user is not None
    people = {
        "holder": (("/me/", "/api/"), open_session(Client(), member.user)),
        "administrator": (("/p/", "/api/"), open_session(Client(), cast.alice)),
        "reviewer": (("/staff/",), open_session(Client(), cast.erin)),
        "manager": (("/staff/", "/api/"), open_session(Client(), cast.mona)),
        "program": (("/api/",), a_program(cast)),
    }
    found = {}
    for name, address in addresses(member):
        for who, (places, client) in people.items():
            if address.startswith(places):
                answer = client.get(address)
                if answer.status_code == 200:
                    found[name, who] = text_of(answer)
    return found


def text_of(answer: "Answer") -> str:
    """Read what an answer says of terms."""
    if getattr(answer, "streaming", False):
        return b"".join(answer).decode("latin-1")
    if not answer.headers["Content-Type"].startswith("text/html"):
        return answer.content.decode("latin-1")
    # Forms are new each time, and lines of the activity leave spaces.
    return " ".join(NEW.sub("", LETTER.sub("", ACTIVITY.sub("", said(answer)))).split())


def test_everybody_reads_what_they_read_before(cast: Cast, amy: Member) -> None:
    before = everything(cast, amy)
    batch = assign(
        actor=ALICE,
        practice=cast.northside,
        product=cast.renewals,
        picks=[Pick(amy.pk)],
        form_key="once",
        today=TODAY,
        now=PRESSED,
    )
    renewed = everything(cast, amy)
    changed = {name for name, who in before if before[name, who] != renewed[name, who]}
    # Enough pages read terms, or this would prove nothing.
    assert {
        "assignments",
        "me",
        "api_member",
        "api_members",
        "member_record",
        "renewals",
        "reports",
    } <= changed, sorted(changed)
    undo_all(batch.assignments.get())
    after = everything(cast, amy)
    assert after.keys() == before.keys()
    assert [key for key in before if before[key] != after[key]] == []


def files_that(asks: re.Pattern[str]) -> set[str]:
    """Name the files of the portal in which something is found."""
    found = set()
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        outside = name.startswith((".", "tests/")) or "/migrations/" in name
        if not outside and asks.search(path.read_text(encoding="utf-8")):
            found.add(name)
    return found


def test_who_reads_undone_terms_is_known() -> None:
    asks = re.compile(
        r"\b(Window|TermCertificate)\.every\b|credentials_window|"
        r"renewals_termcertificate|\bevery: ClassVar"
    )
    assert files_that(asks) == READERS.keys()


def test_who_joins_terms_past_their_manager_is_known() -> None:
    """A join asks no manager: `windows__…` finds what was undone as well.

    Nor does a query set that is made of the model itself.
    """
    asks = re.compile(
        r"windows__|__windows\b|__term_certificate\b|\bterm__|"
        r"(prefetch_related|select_related|FilteredRelation|values|values_list|"
        r"Count|Exists|Max|Min)\(\s*\"(windows|term)\"|"
        r"window__attempts|assignments?__term\b|\bmodels\.QuerySet\("
    )
    assert files_that(asks) == JOINERS.keys()
