"""One form, two windows, one moment: one draft, one submission, nothing overwritten."""

from collections.abc import Callable
from typing import cast as taken_as

import pytest
from django.test import Client

from ce_credits.models import Activity, ActivityStep, CreditAward
from tests.cast import Cast, a_proof
from tests.portal.writing import NEW, TYPED, opened, place, send
from tests.race.hands import Fields, Hand, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
Browsers = Callable[[str, int], list[Client]]
MANY = 6


def form(client: Client, address: str = NEW, **typed: str) -> Fields:
    """Open the form and fill it in."""
    return taken_as("Fields", opened(client, address) | TYPED | typed)


def mine(cast: Cast) -> Activity:
    """The only thing Bob wrote himself."""
    return Activity.objects.get(member=cast.bob, title=TYPED["title"])


def test_a_form_sent_many_times_begins_one_draft(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    (bob,) = browsers("bob", 1)
    hands = [Hand(bob, NEW, form(bob, do="save"))] * MANY
    assert statuses(send_all(server, hands)) == {302: MANY}
    assert mine(cast).state == Activity.State.DRAFT


def test_a_draft_submitted_many_times_counts_once(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    windows = browsers("bob", MANY)
    send(windows[0])
    draft = mine(cast)
    a_proof(draft)
    address = place(draft, "edit/")
    hands = [Hand(each, address, form(each, address, do="submit")) for each in windows]
    assert statuses(send_all(server, hands)) == {302: MANY}
    assert mine(cast).state == Activity.State.SUBMITTED
    assert ActivityStep.objects.filter(activity=draft).count() == 1
    assert CreditAward.objects.filter(activity=draft).count() == 1


def test_of_many_windows_that_save_one_is_kept(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    windows = browsers("bob", MANY)
    send(windows[0])
    address = place(mine(cast), "edit/")
    hands = [
        Hand(each, address, form(each, address, do="save", provider=f"Window {number}"))
        for number, each in enumerate(windows)
    ]
    answers = send_all(server, hands)
    assert statuses(answers) == {302: 1, 409: MANY - 1}
    for answer in answers:
        changed = "This draft was changed in another window."
        assert answer.status == 302 or answer.problem.startswith(changed)
    assert mine(cast).saves == 1
