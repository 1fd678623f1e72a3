"""J4: told two weeks before, once; auto or manual; and what the day then brings."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from deploy.processes import output, wait_until
from deploy.setup import PYTHON
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.letters import words
from tests.browser.post_office import PostOffice, post_office
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors

__all__ = ["post_office"]
TOLD = (
    "dana@demo.example",
    "grace.lindqvist@demo.example",
    "june.castellan@demo.example",
    "maya@demo.example",
    "ruth@demo.example",
)
# Told of their cycles on the same day.
OF_CYCLES = ("ana", "ben", "lena", "rosa")
OVERDUE = 1
ALL = len(TOLD) + len(OF_CYCLES) + OVERDUE


def run_daily_task(stage: Stage, task: str) -> None:
    """Ring for a task, as the beat does."""
    command = [PYTHON, "-m", "celery", "-A", "config", "call", task]
    status, said = output(command, env=stage.environment(**stage.rows.role("worker")))
    assert status == 0, said


def tell_everybody(stage: Stage, office: PostOffice) -> None:
    """Let the day's sweep run twice, and what it queued be delivered twice."""
    for _ in range(2):
        run_daily_task(stage, "renewals.tasks.sweep")
        run_daily_task(stage, "notifications.tasks.deliver_waiting")
        assert wait_until(lambda: len(office.letters) >= ALL, seconds=60)


def about_something_else(letter: EmailMessage) -> bool:
    """Say whether a letter is about money that is owed or a cycle, not a renewal."""
    account = str(letter["To"]).partition("@")[0]
    return account in OF_CYCLES or "is overdue" in str(letter["Subject"])


def check_notice(letter: EmailMessage) -> None:
    """Date, price, mode, button, why, and a day for the calendar."""
    for kind in ("plain", "html"):
        said = words(letter, kind)
        assert "Dec 1, 2025" in said
        assert "$85.00" in said
        assert "auto-renewal" in said.lower()
        assert "/me/" in said
        assert "You get this" in said
    (day,) = (
        part for part in letter.walk() if part.get_content_type() == "text/calendar"
    )
    content = day.get_payload(decode=True)
    assert isinstance(content, bytes)
    entry = content.decode()
    assert entry.count("BEGIN:VEVENT") == 1
    assert "METHOD:PUBLISH" in entry
    assert "DTSTART;VALUE=DATE:20251201" in entry


def open_record(dana: Visitor, name: str) -> None:
    """Go from the list to somebody's record."""
    dana.open_assignments()
    dana.choose(name)
    dana.hand.press(dana.on_tile("View Member Record"))
    expect(dana.page.get_by_role("heading", level=1)).to_contain_text(name)


@pytest.mark.parametrize(
    "hand",
    [
        pytest.param(Mouse, id="mouse", marks=[pytest.mark.db, pytest.mark.broker]),
        pytest.param(Keyboard, id="keyboard alone"),
    ],
)
def test_two_weeks_before_everybody_is_told_once_and_the_day_keeps_its_word(
    visitor: Visitors,
    stage: Stage,
    post_office: PostOffice,
    hand: Callable[[], Hand],
) -> None:
    tell_everybody(stage, post_office)
    letters = [each for each in post_office.letters if not about_something_else(each)]
    told = {str(letter["To"]): letter for letter in letters}
    assert tuple(sorted(told)) == TOLD
    assert len(letters) == len(TOLD)
    # The day tells of an overdue order and of cycles as well, each once.
    assert len(post_office.letters) == ALL
    check_notice(told["maya@demo.example"])
    digest = told["dana@demo.example"]
    assert digest["Subject"] == "[Harbor Family Medicine] 2 renewals due Dec 1, 2025"
    for name in ("Grace Lindqvist", "Maya Okafor"):
        assert words(digest, "plain").count(name) == 1

    dana = visitor(hand())
    dana.sign_in("dana")
    open_record(dana, "Maya Okafor")
    dana.hand.press(dana.main.get_by_role("button", name="Switch to manual renewal"))
    expect(dana.notice).to_contain_text("manual")
    open_record(dana, "Grace Lindqvist")
    dana.hand.press(dana.main.get_by_role("button", name="Switch to auto-renewal"))
    expect(dana.notice).to_contain_text("auto")

    dana.hand.press(dana.page.get_by_role("button", name="Dec 1", exact=True))
    expect(dana.notice).to_contain_text("It is now Dec 1, 2025.")
    dana.go(f"/p/{HARBOR}/assignments/")
    expect(dana.line("Grace Lindqvist")).to_contain_text("Dec 1, 2026")
    expect(dana.line("Maya Okafor").locator(".gs-chip")).to_have_text(
        "Renew now Dec 1, 2025"
    )
    expect(dana.tile("Renewals").get_by_text("5", exact=True)).to_be_visible()

    stage.settle()
    due = [
        str(each["To"]) for each in post_office.letters if " due " in each["Subject"]
    ]
    assert tuple(sorted(due)) == TOLD
