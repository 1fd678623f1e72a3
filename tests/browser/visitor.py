"""Somebody before a browser: what they do on the pages, step by step."""

import re
from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import BrowserContext, Locator, Page, expect

from portal.demo.roster import DOMAIN, PASSWORD
from tests.browser.hands import Hand, Mouse
from tests.browser.stage import Stage
from tests.browser.watch import Watch
from tests.pdf.reading import Paper

HARBOR = "harbor-family-medicine"
ASSIGNMENTS = "Membership and Certification Assignments"
PAPER_SECONDS = 90


class Visitors(Protocol):
    """Makes people with windows of their own."""

    def __call__(
        self, hand: Hand | None = None, *, scripts: bool = True
    ) -> "Visitor": ...


@dataclass
class Visitor:
    """One person, one window, and the hand they work it with."""

    stage: Stage
    context: BrowserContext
    watch: Watch
    hand: Hand = field(default_factory=Mouse)

    def __post_init__(self) -> None:
        """Open a window."""
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.stage.base}{path}")

    def sign_in(self, account: str, password: str = PASSWORD) -> None:
        """Sign in by the form, from the first page on."""
        self.go("/")
        main = self.page.get_by_role("navigation", name="Main")
        self.hand.press(main.get_by_role("link", name="Sign in"))
        email = account if "@" in account else f"{account}@{DOMAIN}"
        self.hand.write(self.page.get_by_label("E-mail"), email)
        self.hand.write(self.page.get_by_label("Password"), password)
        self.hand.press(self.button("Sign in"))
        expect(self.page.get_by_role("button", name="My Account")).to_be_visible()

    def enter(self, account: str) -> None:
        """Take the demonstration's short way in."""
        self.go("/")
        self.button(f"Enter as {account.capitalize()}").click()
        expect(self.page.get_by_role("button", name="My Account")).to_be_visible()

    def button(self, name: str) -> Locator:
        """Find the page's own button of exactly this name."""
        return self.main.get_by_role("button", name=name, exact=True)

    @property
    def main(self) -> Locator:
        """The page without its head and foot."""
        return self.page.get_by_role("main")

    # --- The assignments page -----------------------------------------------------

    def open_assignments(self) -> None:
        """Go there by the menu, as the practice's administrator."""
        self.hand.press(self.page.get_by_role("button", name="My Account"))
        main = self.page.get_by_role("navigation", name="Main")
        self.hand.press(main.get_by_role("link", name="Manage Member Assignments"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text(ASSIGNMENTS)

    def line(self, name: str) -> Locator:
        """Find somebody's line."""
        words = self.page.get_by_text(name, exact=True)
        return self.main.get_by_role("listitem").filter(has=words)

    def box(self, name: str) -> Locator:
        """Find somebody's check box."""
        return self.page.get_by_role("checkbox", name=name, exact=True)

    def choose(self, name: str) -> None:
        """Tick somebody."""
        words = self.line(name).get_by_text(name, exact=True)
        self.hand.tick(self.box(name), words)
        expect(self.box(name)).to_be_checked()

    def tile(self, label: str) -> Locator:
        """Find a tile."""
        return self.page.get_by_role("group", name=label, exact=True)

    def on_tile(self, label: str) -> Locator:
        """Find a tile's button; with people chosen it says how many."""
        return self.tile(label).get_by_role("button", name=re.compile("Assign|View"))

    def assign(self, *names: str, tile: str = "Renewals") -> None:
        """Choose people and press Assign."""
        for name in names:
            self.choose(name)
        self.hand.press(self.on_tile(tile))

    @property
    def notice(self) -> Locator:
        """What the page says was done."""
        return self.main.get_by_role("status").filter(has_text=re.compile(r"\w"))

    def invite(self, first: str, last: str, email: str, practice: str = HARBOR) -> None:
        """Invite somebody, as the practice's administrator."""
        self.go(f"/p/{practice}/settings/people/")
        self.page.get_by_label("First name").fill(first)
        self.page.get_by_label("Last name").fill(last)
        self.page.get_by_label("E-mail").fill(email)
        self.button("Send invitation").click()
        expect(self.notice).to_contain_text(f"Invitation sent to {email}.")

    # --- Paper --------------------------------------------------------------------

    def wait_for_paper(self) -> Paper:
        """Stay on the page until the PDF comes by itself, then read it."""
        for _ in range(PAPER_SECONDS * 10):
            if self.watch.papers:
                break
            self.page.wait_for_timeout(100)
        assert self.watch.papers, "No PDF came."
        answer = self.context.request.get(self.watch.papers[-1])
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        return Paper(answer.body())
