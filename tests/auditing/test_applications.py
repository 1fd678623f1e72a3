"""Applications are audited: drawn or by hand, held meanwhile, released by closing."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ce_credits.models import AuditCase, AuditDraw
from ce_credits.rules import Size
from ce_credits.services import (
    drawn_again,
)
from core.actor import Actor
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from renewals.models import Recertification
from renewals.services import (
    audit_application,
    hold_application,
    preview_applications,
    release_application,
    withdraw_application,
)
from tests.auditing.applications import (
    DUE,
    NOV_3,
    a_sample,
    an_application,
    answered,
    closed,
    drawn,
    drawn_of,
)
from tests.cast import TESTER, Cast
from tests.recertifying.living import (
    BODY,
    a_manager,
    applied,
    decided,
    fresh,
    noon,
    own,
    pays,
    stands,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
LIST, PLACE = "/staff/namss/applications/", "/me/recertify/namss/"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Live on Nov 3, 2025."""
    with time_machine.travel(noon(NOV_3), tick=True):
        yield


@pytest.fixture
def max_(cast: Cast) -> Client:
    """The browser of a manager."""
    return open_session(Client(), a_manager())


def test_a_drawn_application_is_asked_about_what_counts_and_held(cast: Cast) -> None:
    row = an_application()
    before = stands(row.member, date(2026, 2, 1))
    draw = drawn()
    assert draw.of == "applications"
    assert draw.drawn == [row.pk.hex]
    assert draw.population == {"recertification CPCS": [row.pk.hex]}
    row = fresh(row)
    assert row.audited == AuditCase.objects.get(draw=draw)
    assert row.audit is not None
    assert row.audit.items.count() == 2
    assert row.held_reason == "Audit: drawn by lot on Nov 3, 2025."
    assert stands(row.member, date(2026, 2, 1)) == before == "under_review"
    assert OutboxMessage.objects.filter(kind="audit_selected").count() == 1
    with pytest.raises(NotEligible, match="It is held since"):
        decided(row, "approved", NOV_3)


def test_closing_the_audit_releases_it_and_the_review_goes_on(cast: Cast) -> None:
    row = an_application()
    drawn()
    row = fresh(row)
    assert row.audit is not None
    with pytest.raises(NotEligible, match="Close the audit"):
        release_application(
            actor=TESTER, application=row, reason="Enough", now=noon(NOV_3)
        )
    closed(answered(row.audit), "verified", "verified")
    row = fresh(row)
    assert row.held_on is None
    assert row.audit is not None
    assert row.audited is None
    assert AuditEntry.objects.filter(action="application.released").count() == 1
    assert decided(row, "approved", NOV_3).state == "approved"


def test_what_is_not_accepted_is_on_the_checklist(cast: Cast, max_: Client) -> None:
    row = an_application()
    drawn()
    case = AuditCase.objects.get()
    closed(answered(case), "not_accepted", "verified")
    page = max_.get(f"{LIST}{row.pk}/").content.decode()
    assert "Held since" not in page
    assert "Not accepted" in page
    assert "Look at: Credits" in page


def test_the_same_draw_comes_out_of_its_row_again_and_once_a_key(cast: Cast) -> None:
    for name in ("Nora North", "Olga Olsen", "Pia Price"):
        an_application(name)
    key = uuid4()
    draw = drawn(a_sample(size=Size(number=2)), key=key)
    assert drawn(key=key, seed="other") == draw
    assert AuditCase.objects.count() == 2
    again = AuditDraw.objects.get(pk=draw.pk)
    assert [each.hex for each in drawn_again(draw=again)] == draw.drawn


def test_a_redraw_is_another_row_of_the_same_with_a_reason(cast: Cast) -> None:
    for name in ("Nora North", "Olga Olsen"):
        an_application(name)
    first = drawn(a_sample(size=Size(number=1)))
    with pytest.raises(NotUsable, match="why it is drawn again"):
        drawn(instead_of=first)
    second = drawn(instead_of=first, reason="The seed was known")
    assert not set(second.drawn) & set(first.drawn)


def test_who_was_audited_is_held_or_has_nothing_is_left_out_and_counted(
    cast: Cast,
) -> None:
    an_application("Nora North")
    drawn()
    held = an_application("Olga Olsen")
    hold_application(
        actor=TESTER, application=held, reason="Odd", today=NOV_3, now=noon(NOV_3)
    )
    an_application("Pia Price")
    found = preview_applications(program=BODY, sample=a_sample(), today=NOV_3)
    assert (found.population, found.left_out, found.size) == (1, 2, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"size": Size(percent=0)}, "percent"),
        ({"size": Size(percent=101)}, "percent"),
        ({"size": Size(number=2)}, "number"),
        ({"kinds": ("cheese",)}, "kinds"),
        ({"kinds": ("extension",)}, "from_on"),
        ({"due_on": NOV_3}, "due_on"),
    ],
)
def test_what_is_no_sample_is_refused_at_its_field(
    cast: Cast, values: dict[str, object], field: str
) -> None:
    an_application()
    with pytest.raises(NotUsable) as refused:
        drawn(a_sample(**values))
    assert refused.value.problems[0].field == field
    assert not AuditDraw.objects.exists()


def test_a_body_that_nobody_applies_to_says_so(cast: Cast) -> None:
    with pytest.raises(NotEligible, match="Draw submissions"):
        preview_applications(program="acmss", sample=a_sample(), today=NOV_3)


def test_one_by_hand_holds_it_and_nobody_audits_their_own(cast: Cast) -> None:
    row = an_application()

    def by_hand(actor: Actor = TESTER, seen: int | None = None) -> AuditCase:
        return audit_application(
            actor=actor,
            application=row,
            seen=row.version if seen is None else seen,
            due_on=DUE,
            reason="A complaint",
            today=NOV_3,
            now=noon(NOV_3),
        )

    with pytest.raises(NotEligible):
        by_hand(own(row.member))
    with pytest.raises(Stale):
        by_hand(seen=0)
    case = by_hand()
    assert fresh(row).audited == case
    assert fresh(row).held_reason == "Audit: A complaint"
    with pytest.raises(Stale):
        by_hand()


def test_refusing_it_ends_the_hold_and_closing_then_changes_nothing(
    cast: Cast,
) -> None:
    row = an_application()
    drawn()
    row = decided(fresh(row), "refused", NOV_3, "It was not meant")
    version = row.version
    closed(answered(AuditCase.objects.get()), "verified", "verified")
    assert fresh(row).version == version


def test_managers_draw_applications_and_audit_one_on_their_pages(
    cast: Cast, max_: Client
) -> None:
    first, second = an_application(), an_application("Olga Olsen")
    url = reverse("staff_audit_draw", kwargs={"program": BODY})
    said = {
        "of": "applications",
        "from_on": "2025-01-01",
        "until_on": "2025-11-03",
        "applied_for": ["recertification"],
        "number": "1",
        "exclude_years": "2",
        "due_on": "2025-12-08",
        "form_key": str(uuid4()),
    }
    page = max_.post(url, said).content.decode()
    assert "Applications to draw from" in page
    assert "Held until closed" in page
    assert not AuditDraw.objects.exists()
    page = max_.post(url, said | {"act": "draw"}, follow=True).content.decode()
    assert "the same applications" in page
    assert "recertification CPCS: 2" in page
    hit = fresh(Recertification.objects.get(audit__isnull=False))
    other = second if hit == first else first
    page = max_.get(f"{LIST}{hit.pk}/").content.decode()
    assert 'value="release"' not in page
    assert reverse("staff_audit", kwargs=case_place(hit)) in page
    act = {"seen": str(other.version), "reason": "", "outcome": "audit"}
    assert max_.post(f"{LIST}{other.pk}/", act).status_code == 422
    done = max_.post(f"{LIST}{other.pk}/", act | {"reason": "Odd"}, follow=True)
    assert "A mail asks for proof by Dec 3, 2025." in done.content.decode()


def case_place(row: Recertification) -> dict[str, str | UUID]:
    """What the address of its audit names."""
    assert row.audit_id is not None
    return {"program": BODY, "case_id": row.audit_id}


def test_its_holder_reads_what_it_waits_for_and_the_public_does_not(
    cast: Cast,
) -> None:
    row = an_application()
    drawn()
    user = row.member.user
    assert user is not None
    client = open_session(Client(), user)
    page = client.get(PLACE).content.decode()
    assert "Answer the audit by Dec 8, 2025." in page
    assert reverse("my_audit", kwargs={"case_id": fresh(row).audit_id}) in page
    assert "drawn by lot" not in page
    answered(AuditCase.objects.get())
    assert "looks at your answer to the audit" in client.get(PLACE).content.decode()
    public = Client().get(f"/verify/?q={row.member.last_name}").content.decode()
    assert "udit" not in public.replace("auditor", "")


def test_withdrawn_and_sent_anew_it_is_held_until_the_audit_is_closed(
    cast: Cast,
) -> None:
    row = an_application()
    case = drawn_of(row)
    first = fresh(row)
    withdraw_application(
        actor=own(row.member),
        application=first,
        seen=first.version,
        today=NOV_3,
        now=noon(NOV_3),
    )
    again = applied(row.member, NOV_3)
    pays(again.order, NOV_3)
    assert (fresh(again).held_on, fresh(again).audit_id) == (NOV_3, case.pk)
    with pytest.raises(NotEligible):
        decided(fresh(again), "approved", NOV_3)
    asked = case.items.count()
    closed(answered(case), *["verified"] * asked)
    assert fresh(again).held_on is None
