"""Whoever works for a body has no say on their own record, on pages or over REST."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.checks import routed
from ce_credits.models import Activity
from certificates.models import Certificate
from core.files import keep
from renewals.models import TermCertificate
from tests.auditing.auditing import a_case, answered, the_item
from tests.cast import Cast, a_member, a_proof, certify, given
from tests.ce.reporting import submitted
from tests.files.samples import pdf
from tests.matrix.asking import ask, checksum, undone
from tests.matrix.cycles_world import under_review_of
from tests.matrix.expectations import Word, parts_of
from tests.matrix.inspection import Inspection
from tests.matrix.table import ROWS
from tests.matrix.things import Thing
from tests.matrix.world import World
from tests.recertifying.living import certified

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
# Which of a row's names are somebody's record.
OF_A_PERSON = {
    "activity of the body",
    "application of the body",
    "application to the body",
    "audit of the body",
    "audit of the body over REST",
    "audit to decide",
    "certificant",
    "certificant of the body",
    "held certificate",
    "paper of the body",
    "person of the body",
    "person of the body who waits",
    "person to audit",
    "report to the body",
    "society member of the body",
}


def her_own(cast: Cast) -> dict[str, Thing]:
    """Make Mona, who manages for the body, a member of it, with one thing of each."""
    mona = a_member("Mona Moss", cast.northside, user=cast.mona)
    certify(mona)
    given(cast.membership, cast.northside, mona, today=date(2024, 11, 3))
    given(cast.renewals, cast.northside, mona)
    report = submitted(mona)
    a_proof(report, key=keep(pdf()))
    held = TermCertificate.objects.get(window__member=mona, window__sequence=2)
    paper = Certificate.objects.filter(member=mona)[0]
    certified(mona)
    case = answered(a_case(mona, report))
    application = under_review_of(mona)
    return {
        "activity of the body": Thing.rows(report, report, "ce"),
        "audit of the body": Thing.rows(case, case),
        "audit of the body over REST": Thing.rows(case, case, "aud"),
        "audit to decide": Thing.rows(case, case, "aud"),
        "item to decide": Thing.rows(the_item(case), the_item(case), "aui"),
        "person to audit": Thing.rows(mona, mona),
        "submission of the person": Thing.rows(report, report),
        "application of the body": Thing.rows(application, application, "app"),
        "application to the body": Thing.rows(application, application),
        "certificant": Thing.rows(mona, mona),
        "certificant of the body": Thing.rows(mona, mona, "mem"),
        "society member of the body": Thing.rows(mona, mona, "mem"),
        "held certificate": Thing.rows(held, held),
        "paper of the body": Thing.rows(paper, paper),
        "person of the body": Thing.rows(mona, mona),
        "person of the body who waits": Thing.rows(mona, mona),
        "report to the body": Thing.rows(report, report),
    }


# What a manager can do about one person.
TRIED = [
    "api_application_audit",
    "api_application_decision",
    "api_application_hold",
    "api_application_questions",
    "api_application_release",
    "api_audit_close",
    "api_audit_decision",
    "api_decision",
    "api_society",
    "api_society_end",
    "staff_allowances",
    "staff_application",
    "staff_audit",
    "staff_audit_open",
    "staff_record_activity",
    "staff_record_certification",
    "staff_review",
    "staff_revoke",
    "staff_society",
    "staff_waive",
]


def test_nobody_decides_on_their_own_record(world: World) -> None:
    things = her_own(world.cast)
    hers = replace(world, things={**world.things, **things})
    before, faults, tried = checksum(), [], []
    for each in routed():
        row = ROWS[each.name]
        named = {row.names.get(part, part) for part in parts_of(each.path)}
        if row.word not in {Word.STAFF, Word.MANAGER} or not named & OF_A_PERSON:
            continue
        for method, call in row.calls.items():
            if method == "GET" or call.send is None:
                continue
            with undone():
                path = Inspection(each, row, hers).path()
                heard = ask(hers.client("manager"), method, path, call.send(hers))
                if heard.status < 400 or checksum() != before:
                    faults.append(f"{each.name} {method}: {heard.status}")
            tried.append(each.name)
    assert not faults
    assert sorted(tried) == TRIED
    assert (
        Activity.objects.get(pk=things["report to the body"].own).state == "submitted"
    )
