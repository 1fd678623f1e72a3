"""What Dana is told stands under the bell; her week comes by mail until one click."""

import re
from email.message import EmailMessage
from urllib.request import Request, urlopen

from playwright.sync_api import expect

from tests.browser.letters import words
from tests.browser.post_office import PostOffice, post_office
from tests.browser.renewing import renew_tom
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

__all__ = ["post_office"]


def bell_says(visitor: Visitor) -> int:
    """Read how many notifications the page's head says are unread."""
    bell = visitor.page.get_by_role("link", name=re.compile("^Notifications(,|$)"))
    name = str(bell.get_attribute("aria-label"))
    found = re.search(r"(\d+) unread", name)
    return int(found[1]) if found else 0


def weeks_in(office: PostOffice) -> list[EmailMessage]:
    """Find Dana's weekly summaries."""
    return [each for each in office.letters if "Your week from" in str(each["Subject"])]


def pass_days(visitor: Visitor, stage: Stage, until: str) -> None:
    """Let the demonstration's days pass."""
    visitor.page.get_by_role("button", name=until, exact=True).click()
    expect(visitor.page.locator("body")).to_contain_text(f"{until}, 20")
    stage.settle()


def test_the_bell_falls_and_one_click_ends_the_weekly_summary(
    visitor: Visitors, stage: Stage, post_office: PostOffice
) -> None:
    dana = visitor()
    renew_tom(dana)
    stage.settle()
    dana.go("/notifications/")
    before = bell_says(dana)
    assert before >= 1
    expect(dana.main).to_contain_text("[Harbor Family Medicine]")
    dana.main.get_by_role("button", name=re.compile("^Mark read")).first.click()
    expect(dana.main).to_contain_text(
        f"{before - 1} unread." if before > 1 else "You have read everything."
    )
    assert bell_says(dana) == before - 1

    dana.go("/settings/notifications/")
    dana.page.get_by_role("checkbox", name="Weekly summary").check()
    dana.button("Save").click()
    expect(dana.notice).to_contain_text("Saved.")
    pass_days(dana, stage, "Dec 1")
    # Of Nov 24 and of Dec 1.
    letters = weeks_in(post_office)
    assert [str(each["To"]) for each in letters] == ["dana@demo.example"] * 2
    letter = letters[-1]
    assert str(letter["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    link = str(letter["List-Unsubscribe"]).strip(" <>")
    assert link in words(letter, "plain")
    assert "Harbor Family Medicine" in words(letter, "html")

    # A mail program has neither session nor key, and follows no link.
    with urlopen(Request(link, data=b"List-Unsubscribe=One-Click")) as answer:  # noqa: S310
        assert answer.status == 200
    dana.go("/settings/notifications/")
    box = dana.page.get_by_role("checkbox", name="Weekly summary")
    expect(box).not_to_be_checked()
    pass_days(dana, stage, "Jan 1")
    assert len(weeks_in(post_office)) == 2
