"""Bob enters his licence, and sees what its registration has and what it lacks."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from ce_credits.models import CatalogueItem, CreditAward
from ce_credits.services import record_accepted_activity
from core.failures import NotUsable, Stale
from core.models import AuditEntry
from renewals.models import Licence
from renewals.services import LicenceDetails, change_licence, enter_licence
from tests.api.asking import Caller, tail_of
from tests.api.reporting import row_of
from tests.cast import NOW, TESTER, TODAY, a_proof
from tests.licences.conftest import PERIOD
from tests.portal.reading import Page

pytestmark = pytest.mark.django_db


def learn(
    member: Member, title: str, minutes: int, *topics: str, **how: object
) -> None:
    inputs = {"topics": list(topics), **how}
    record_accepted_activity(
        actor=TESTER,
        member=member,
        program="mms",
        kind="risk_management_study" if "website" in how else "category_1",
        title=title,
        on=date(2025, 3, 1),
        minutes=minutes,
        inputs=inputs,
        proof="seen",
        reason="A certificate",
        today=TODAY,
        now=NOW,
    )


def test_three_hours_of_pain_management_leave_seven_of_risk_management(
    licence: Licence, signed_in: Callable[[str], Client]
) -> None:
    learn(licence.member, "Opioids", 180, "pain_management", "risk_management")
    page = signed_in("bob").get(f"/me/licences/{licence.pk}/")
    text = page.content.decode()
    assert "7.0 more hours of Risk management" in text
    assert "3.0 of 3.0" in text
    assert "3.0 earned in this period, each hour counted once" in text
    assert "1 activity about Implicit bias" in text
    assert "4 requirements are missing by May 31, 2026." in text


def test_a_study_counts_as_risk_management_and_keeps_its_website(
    licence: Licence, own: Caller
) -> None:
    learn(licence.member, "Claims", 53, website="www.example.org/claims")
    award = CreditAward.objects.get(activity__program="mms")
    assert (award.topics, award.rule, award.unit) == ("risk_management", "M9", "hours")
    assert award.activity.inputs["website"] == "www.example.org/claims"
    shown = own.get(f"licences/lic_{licence.pk.hex}").json()
    risk = shown["relicensure"]["requirements"][0]
    assert (risk["have"], risk["missing"], risk["rule"]) == ("1.00", "9.00", "M8")
    assert risk["parts"][0]["title"] == "Claims"


def test_from_retirement_on_nothing_is_owed(licence: Licence, own: Caller) -> None:
    asked = {
        "number": licence.number,
        "first_on": "2024-06-01",
        "last_on": "2026-05-31",
        "retired_on": TODAY.isoformat(),
        "version": 1,
    }
    done = own.send(
        "PUT", f"licences/lic_{licence.pk.hex}", json.dumps(asked).encode()
    ).json()
    assert "relicensure" in done, done
    assert done["relicensure"]["retired"]
    assert done["relicensure"]["met"]
    assert {each["need"] for each in done["relicensure"]["requirements"]} == {"0"}
    entry = AuditEntry.objects.filter(action="licence.changed").get()
    assert entry.changes["retired_on"] == ["", TODAY.isoformat()]


def test_a_number_is_entered_once(licence: Licence) -> None:
    with pytest.raises(NotUsable, match="entered this licence already"):
        enter_licence(
            actor=TESTER,
            member=licence.member,
            program="mms",
            details=PERIOD,
            now=NOW,
        )


def test_of_two_who_change_it_the_second_is_told(licence: Licence) -> None:
    changed = LicenceDetails("MA 123", date(2024, 6, 1), date(2026, 6, 30))
    change_licence(actor=TESTER, licence=licence, details=changed, seen=1, now=NOW)
    with pytest.raises(Stale):
        change_licence(actor=TESTER, licence=licence, details=PERIOD, seen=1, now=NOW)
    assert Licence.objects.get().last_on == date(2026, 6, 30)


def test_what_cannot_be_says_which_field(
    physician: Member, signed_in: Callable[[str], Client]
) -> None:
    sent = {
        "program": "mms",
        "number": "MA 1",
        "first_on": "2026-01-01",
        "last_on": "2025-12-31",
    }
    page = signed_in("bob").post("/me/licences/", sent)
    assert page.status_code == 422
    assert "The registration can&#x27;t end before it begins" in page.content.decode()
    assert not Licence.objects.exists()
    one_day = {**sent, "last_on": "2026-01-01"}
    assert signed_in("bob").post("/me/licences/", one_day).status_code == 302


def test_the_form_takes_topics_website_and_stated_credit(
    licence: Licence, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("bob").get("/me/ce/new/?program=mms").content.decode()
    for name in ("topics", "website", "stated_credits"):
        assert f'name="{name}"' in page
    typed = {
        "program": "mms",
        "kind": "category_1",
        "title": "Opioids",
        "on": "2025-03-01",
        "stated_credits": "1.25",
        "topics": ["pain_management", "risk_management"],
    }
    answer = signed_in("bob").post("/me/ce/check/", typed).content.decode()
    assert "1.25 stated" in answer
    assert "about Pain management, Risk management" in answer
    typed |= {"kind": "risk_management_study", "minutes": "60", "website": ""}
    refused = signed_in("bob").post("/me/ce/check/", typed).content.decode()
    assert "website" in refused


def test_the_catalogue_lists_what_brings_a_requirement(
    licence: Licence, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("bob").get("/me/learn/?program=mms&requirement=risk_management")
    assert page.status_code == 200
    assert "Risk management" in page.content.decode()


def test_known_activities_that_bring_a_requirement_are_reported_in_one_step(
    physician: Member, signed_in: Callable[[str], Client]
) -> None:
    CatalogueItem.objects.create(
        program="mms",
        code="P1",
        title="Opioid safety",
        kind="category_2",
        minutes=60,
        topics=["pain_management"],
        changed_at=NOW,
    )
    bob = signed_in("bob")
    page = Page.of(bob.get("/me/learn/?program=mms&requirement=pain_management"))
    assert "AMA PRA Category 2 Credit, P1, 60 min, Pain management" in page.text
    (url,) = (url for text, url in page.links.items() if "Opioid safety" in text)
    form = bob.get(url).content.decode()
    (box,) = re.findall(r'<input[^>]*value="pain_management"[^>]*>', form)
    assert "checked" in box
    assert 'value="Opioid safety"' in form
    for narrowed in ("requirement=ehr", "topic=ehr", "", "topic=ehr&price=free"):
        assert "Opioid safety" not in Page.of(bob.get(f"/me/learn/?{narrowed}")).text


def test_an_item_s_topics_count_when_its_report_is_judged(
    licence: Licence, own: Caller
) -> None:
    CatalogueItem.objects.create(
        program="mms",
        code="P1",
        title="Opioid safety",
        kind="category_2",
        minutes=60,
        topics=["pain_management"],
        changed_at=NOW,
    )
    made = own.post(
        "ce-activities", {"program": "mms", "item": "P1", "on": "2025-10-02"}
    )
    a_proof(row_of(made.json()))
    done = own.post(tail_of(made.json(), "submit"), {})
    assert done.status_code == 200, done.content
    assert CreditAward.objects.get(activity__program="mms").topics == "pain_management"
