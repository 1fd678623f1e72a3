"""Whose rows an audit binder holds: the practice's of the days chosen, no more."""

from datetime import date

import pytest

from accounts.models import Sponsorship
from accounts.services import end_sponsorship
from certificates.models import Certificate, Opening
from portal.queries.binder_people import Period
from tests.binding.binders import bound, learnt, proven
from tests.binding.papers import paper
from tests.cast import NOW, TESTER, TODAY, Cast, credit, given
from tests.portal.paper import worked as printed

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_drafts_and_files_of_others_stay_out(cast: Cast, kept: Certificate) -> None:
    draft = learnt(cast.bob, "A draft", on=date(2025, 6, 6), practice=None)
    type(draft).objects.filter(pk=draft.pk).update(state="draft", submitted_at=None)
    before = learnt(cast.bob, "From before", on=date(2025, 7, 7), practice=None)
    proven(before, paper("Not yours to read"), name="before.pdf")

    binder = bound(cast)
    assert "A draft" not in binder.text
    assert "From before" in binder.text
    assert "Not yours to read" not in binder.text
    assert "before.pdf" not in binder.text


def test_of_who_left_stays_what_was_seen_and_issued_and_nothing_later(
    cast: Cast, kept: Certificate
) -> None:
    spell = Sponsorship.objects.get(member=cast.bob, practice=cast.northside)
    end_sponsorship(
        actor=TESTER, sponsorship=spell, reason="Moved", today=TODAY, now=NOW
    )
    Sponsorship.objects.create(
        practice=cast.lakeview, member=cast.bob, program=spell.program, from_on=TODAY
    )
    given(cast.renewals, cast.lakeview, cast.bob)
    later = learnt(
        cast.bob, "At Lakeview", on=date(2025, 11, 17), practice=cast.lakeview
    )
    proven(later, paper("Of Lakeview"), name="later.pdf")
    credit(cast.bob, "7.5", on=date(2025, 5, 9))
    for each in Certificate.objects.filter(paper="waiting"):
        printed(each)

    binder = bound(cast)
    assert kept.number in binder.text
    assert "Coding basics" in binder.text
    assert "does not stand for this person any more" in binder.text.replace("\n", " ")
    new = Certificate.objects.get(practice=cast.lakeview, member=cast.bob)
    for said in (new.number, "At Lakeview", "Of Lakeview", "7.5", "Webinar of"):
        assert said not in binder.text, said
    # Only what was reported while it stood for him adds up.
    assert "Completed 2.0" in binder.text


def test_a_practice_has_nothing_of_anothers(cast: Cast, kept: Certificate) -> None:
    binder = bound(cast, practice=cast.lakeview)

    for said in ("Bob", kept.number, "Coding basics", "Northside"):
        assert said not in binder.text


def test_days_choose_what_is_in_it_and_whole_terms_are_listed(
    cast: Cast, kept: Certificate
) -> None:
    early = Period(date(2020, 1, 1), date(2024, 10, 1))
    assert kept.number not in bound(cast, period=early).text

    late = Period(date(2025, 10, 1), TODAY)
    binder = bound(cast, period=late)
    # Of March, but the totals of its term are said.
    assert "Coding basics" in binder.text
    assert kept.number in binder.text


def test_the_binder_opens_the_certificates_in_it(cast: Cast, kept: Certificate) -> None:
    bound(cast)
    opening = Opening.objects.get(certificate=kept)
    assert (opening.kind, opening.way, opening.by) == (
        "opened",
        "archive",
        "Alice Adams",
    )


def test_a_certificate_that_was_undone_unopened_is_left_out(
    cast: Cast, kept: Certificate
) -> None:
    Opening.objects.create(certificate=kept, kind="barred", by="tests", at=NOW)
    binder = bound(cast)
    assert not any("/certificates/" in name for name in binder.files)
