"""A transcript that its holder shares by a secret address, until they revoke it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from core.models import AuditEntry
from portal.models import TranscriptLink
from portal.services.sharing import MOST_LINKS
from tests.cast import NOW, TODAY, Cast
from tests.ce.reporting import decided, submitted
from tests.merging.merging import merged, proved, second_account
from tests.pdf.reading import Paper
from tests.portal.reading import Page

pytestmark = pytest.mark.db
HERE = "/me/transcript/links/"
KEY = {"form_key": "first"}


def shared(browser: Client, name: str = "New employer", **typed: str) -> str:
    """Make a link in somebody's browser; give its path."""
    sent = {"name": name, "days": "90", "form_key": name} | typed
    page = Page.of(browser.post(f"{HERE}?program=acmss", sent))
    return page.one("code", id="secret").text.removeprefix("http://localhost:8000")


def opened(path: str) -> int:
    """How a stranger is answered."""
    return Client().get(path).status_code


def test_whoever_has_the_link_reads_the_transcript_and_its_paper(
    bob: Client, cast: Cast
) -> None:
    submitted(cast.bob, 45, on=TODAY, title="For all to see")
    decided(submitted(cast.bob, 60, on=TODAY, title="Sent back"), "returned")
    path = shared(bob)
    assert not {"bob", "baker"} & set(path.lower().replace("/", "-").split("-"))
    answer = Client().get(path)
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    page = Page.of(answer)
    assert page.h1 == "Bob Baker"
    assert "For all to see" in page.text
    # What the body sent back is between it and the holder.
    assert "Sent back" not in page.text
    assert "Needs information" not in page.text
    assert not [each for each in page.links.values() if "/me/" in each]
    narrowed = Page.of(Client().get(f"{path}?year=2025&status=approved"))
    assert "For all to see" not in narrowed.text
    paper = Client().get(narrowed.links["Download PDF"])
    assert "no-store" in paper["Cache-Control"]
    assert paper["X-Robots-Tag"] == "noindex"
    assert "Not all of it: activities of 2025" in Paper(paper.content).text


def test_the_address_is_shown_once_and_kept_as_a_fingerprint(bob: Client) -> None:
    path = shared(bob)
    secret = path.removeprefix("/transcripts/").removesuffix("/")
    assert len(secret) >= 43
    page = bob.get(f"{HERE}?program=acmss")
    assert "no-store" in page["Cache-Control"]
    assert secret not in page.content.decode()
    assert "Not opened yet." in page.content.decode()
    assert secret not in str(TranscriptLink.objects.values())
    assert secret not in str(list(AuditEntry.objects.values()))
    # Neither is whom it is for: practices and staff read the trail.
    assert "New employer" not in str(list(AuditEntry.objects.values()))
    assert opened(path) == 200
    assert "Last opened" in bob.get(f"{HERE}?program=acmss").content.decode()


def test_a_form_that_is_sent_twice_makes_one_link(bob: Client) -> None:
    sent = {"name": "Twice", "days": "30", **KEY}
    assert bob.post(HERE, sent).status_code == 200
    again = bob.post(HERE, sent)
    assert again.status_code == 409
    assert "sent already" in again.content.decode()
    assert TranscriptLink.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "", "days": "30"}, "Enter for whom it is"),
        ({"name": "A" * 101, "days": "30"}, "100"),
        ({"name": "A", "days": "366"}, "Choose one of the list."),
        ({"name": "A", "days": ""}, "Choose how long it works."),
    ],
)
def test_bad_input_makes_none(bob: Client, sent: dict[str, str], said: str) -> None:
    answer = bob.post(HERE, sent | KEY)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not TranscriptLink.objects.exists()


def test_wrong_ended_and_revoked_are_one_and_the_same_nothing(
    bob: Client, cast: Cast
) -> None:
    path, kept = shared(bob), shared(bob, "Another")
    link = TranscriptLink.objects.get(name="New employer")
    wrong = Client().get("/transcripts/no-such-secret/")
    for _ in range(2):
        bob.post(f"/me/transcript/links/{link.pk}/revoke/")
    ended = Client().get(path)
    assert (wrong.status_code, ended.status_code) == (404, 404)
    texts = [
        Page.of(each).one("main").text.replace(each["X-Request-ID"], "")
        for each in (wrong, ended)
    ]
    assert texts[0] == texts[1]
    assert opened(f"{path}transcript.pdf") == 404
    assert opened(kept) == 200
    actions = AuditEntry.objects.filter(action__startswith="transcript_link")
    assert list(actions.order_by("at", "number").values_list("action", flat=True)) == [
        "transcript_link.made",
        "transcript_link.made",
        "transcript_link.revoked",
    ]
    # On its last day it works, on the next no more.
    with time_machine.travel(NOW + timedelta(days=90), tick=False):
        assert opened(kept) == 200
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        assert opened(kept) == 404
    User.objects.filter(pk=cast.user("bob").pk).update(is_active=False)
    assert opened(kept) == 404


def test_nobody_revokes_another_s_link(
    bob: Client, signed_in: Callable[[str], Client]
) -> None:
    charlie = signed_in("charlie")
    path = shared(bob)
    link = TranscriptLink.objects.get()
    answer = charlie.post(f"/me/transcript/links/{link.pk}/revoke/")
    assert answer.status_code == 404
    assert "New employer" not in charlie.get(HERE).content.decode()
    assert opened(path) == 200


def test_there_are_so_many_at_once_and_no_more(bob: Client) -> None:
    for count in range(MOST_LINKS):
        shared(bob, f"Link {count}")
    answer = bob.post(HERE, {"name": "One more", "days": "30", **KEY})
    assert answer.status_code == 409
    assert "Revoke one first." in answer.content.decode()


def test_an_address_can_be_tried_so_often_and_no_more(
    client: Client, settings: Settings, cast: Cast, today: object
) -> None:
    cache.clear()
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    most = int(rates["verify"].split("/")[0])
    answers = [
        client.get(f"/transcripts/wrong-{count}/").status_code
        for count in range(most + 1)
    ]
    assert answers == [404] * most + [429]


def test_a_merge_ends_the_links_of_both_accounts(bob: Client, cast: Cast) -> None:
    path = shared(bob)
    other = second_account()
    merged(cast, proved(cast.bob, other), cast.bob)
    assert opened(path) == 404
    link = TranscriptLink.objects.get()
    assert (link.ending, bool(link.ended_at)) == ("merged", True)
    assert "Ended: accounts merged" in bob.get(f"{HERE}?program=acmss").content.decode()
    entry = AuditEntry.objects.get(action="transcript_link.ended")
    assert entry.member_id == cast.bob.pk
