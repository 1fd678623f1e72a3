"""Undoing at the same moment as opening, renewing or undoing: one of them wins."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.test import Client

from ce_credits.models import Activity
from ce_credits.services import Ruling, decide
from certificates.models import CertificateEvent, Opening
from certificates.services import open_paper
from certificates.tasks import make
from core.failures import NotEligible, Refusal
from core.scope import Scope, scoped
from credentials.models import Assignment, SeatEntry, Window
from credentials.queries import seat_faults
from renewals.queries import life_of, verdict_of
from renewals.rules import CertificateVerdict
from renewals.services import holding
from tests.cast import BODY, TESTER, TODAY, Cast, a_member, a_user, certify, seats
from tests.cast import given as given_to
from tests.ce.reporting import reviewer, submitted
from tests.portal.paper import worked
from tests.portal.pressing import ADDRESS, form
from tests.race.hands import Hand, at_once, send_all, statuses
from tests.undoing.undone import LATER, paper_of, renew, term_of, undo_all

pytestmark = [pytest.mark.race, pytest.mark.db, pytest.mark.usefixtures("shelf")]
Browsers = Callable[[str, int], list[Client]]
TIMES = 6


def tried(act: Callable[[], object], cast: Cast) -> str:
    """Do it in the practice's scope, and say what came of it."""
    try:
        with scoped(Scope.practice(cast.northside.pk)):
            act()
    except NotEligible as refused:
        return f"refused: {refused.text}"
    except Refusal as refused:
        return f"late: {refused.text}"
    return "done"


@pytest.mark.parametrize("turn", range(TIMES))
def test_a_certificate_is_opened_or_its_term_undone(
    cast: Cast, server: str, turn: int
) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    paper = worked(paper_of(given))
    acts: list[Callable[[], object]] = [
        partial(undo_all, given),
        partial(
            open_paper,
            actor=TESTER,
            certificate=paper,
            way=Opening.Way.PAGE,
            now=LATER,
        ),
    ]
    # Whichever comes to the row first.
    order = acts if turn % 2 else acts[::-1]
    heard = at_once([partial(tried, act, cast) for act in order])
    assert heard.count("done") == 1, heard
    (decided,) = Opening.objects.filter(certificate=paper)
    undone = term_of(given).undone_at is not None
    assert undone == (decided.kind == "barred")
    assert undone == CertificateEvent.objects.filter(certificate=paper).exists()
    assert undone == SeatEntry.objects.filter(key=f"undo:{given.pk}").exists()
    assert not seat_faults()


@pytest.mark.parametrize("many", [2, 6])
def test_a_term_is_undone_once(
    cast: Cast, server: str, browsers: Browsers, many: int
) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    hands = [
        Hand(
            client, f"{ADDRESS}{given.batch_id}/undo/", {"assignment": [str(given.pk)]}
        )
        for client in browsers("alice", many)
    ]
    assert statuses(send_all(server, hands)) == {302: many}
    assert SeatEntry.objects.filter(key=f"undo:{given.pk}").count() == 1
    assert CertificateEvent.objects.filter(certificate=paper_of(given)).count() == 1
    assert not seat_faults()


@pytest.mark.parametrize("turn", range(TIMES))
def test_undoing_and_renewing_again_leave_no_gap(
    cast: Cast, server: str, browsers: Browsers, turn: int
) -> None:
    eve = a_member("Eve Early", cast.northside)
    (given,) = renew(cast.northside, cast.membership, eve)
    seats(cast.northside, cast.renewals, 1)
    one, other = browsers("alice", 2)
    hands = [
        Hand(one, f"{ADDRESS}{given.batch_id}/undo/", {"assignment": [str(given.pk)]}),
        Hand(other, ADDRESS, form(other, "Eve Early")),
    ]
    answers = send_all(server, hands if turn % 2 else hands[::-1])
    assert statuses(answers) == {302: 1, 409: 1}
    numbers = [each.sequence for each in life_of(eve.pk, BODY).windows]
    assert numbers in ([], [1, 2])
    assert not seat_faults()


def test_many_are_undone_while_their_papers_are_made(
    cast: Cast, server: str, lapsed: Callable[[int], list[object]]
) -> None:
    members = [*lapsed(4)]
    rows = renew(cast.northside, cast.renewals, *members)  # type: ignore[arg-type]
    papers = [paper_of(row) for row in rows]
    acts: list[Callable[[], object]] = [partial(make, str(each.pk)) for each in papers]
    undoing = partial(tried, partial(undo_all, *rows), cast)
    everybody: list[Callable[[], object]] = [*acts, undoing]
    assert at_once(everybody)[-1] == "done"
    for paper in papers:
        paper.refresh_from_db()
        assert paper.paper in {"ready", "waiting", "making"}
        open_it = partial(
            open_paper,
            actor=TESTER,
            certificate=paper,
            way=Opening.Way.PAGE,
            now=LATER + timedelta(minutes=1),
        )
        assert tried(open_it, cast).startswith("refused: Certificate")
    assert not Window.objects.filter(assignment__in=rows).exists()
    assert {row.state for row in Assignment.objects.filter(product=cast.renewals)} == {
        "undone"
    }


@pytest.mark.parametrize("reported_by", ["lakeview", "northside"])
def test_staff_decide_on_credit_while_a_term_is_undone(
    cast: Cast, server: str, monkeypatch: pytest.MonkeyPatch, reported_by: str
) -> None:
    """Credit that another practice saw frees a certificate that waits at this one."""
    dora = a_member("Dora Day", cast.northside, user=a_user("Dora Day"))
    certify(dora)
    for day, product in ((2023, cast.membership), (2024, cast.renewals)):
        given_to(product, cast.northside, dora, today=date(day, 11, 3))
    (given,) = renew(cast.northside, cast.renewals, dora)
    activity = submitted(dora, 200, on=date(2025, 10, 2))
    Activity.objects.filter(pk=activity.pk).update(practice=getattr(cast, reported_by))
    activity.refresh_from_db()
    decides, looks = Event(), verdict_of

    def slowly(*facts: Any) -> CertificateVerdict:  # noqa: ANN401
        # Certificates are locked by now, and the entries are not written.
        decides.set()
        sleep(1)
        return looks(*facts)

    monkeypatch.setattr(holding, "verdict_of", slowly)

    def decided() -> str:
        ruling = Ruling("accepted", determined=Decimal("9.0"), words="ok")
        with scoped(Scope.staff(BODY)):
            decide(
                actor=reviewer(cast),
                activity=activity,
                seen=activity.version,
                ruling=ruling,
                today=TODAY,
                now=LATER,
            )
        return "done"

    def undone() -> str:
        decides.wait(20)
        return tried(partial(undo_all, given), cast)

    first, second = at_once([decided, undone])
    assert first == "done"
    # Whichever came first: nobody waited for the other without end.
    assert second == "done" or second.startswith("refused: ")
    assert not seat_faults()
