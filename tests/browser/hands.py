"""Two ways to work a page: with a mouse, and with a keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, Page

# More stops than any page of the demonstration has.
MOST_STOPS = 200
FOCUSED = "element => element === document.activeElement"
# What the keyboard is on must not lie under anything that sticks to the window.
UNCOVERED = """element => {
  const shown = element.closest("label") ?? element;
  const box = shown.getBoundingClientRect();
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  return top !== null && (shown.contains(top) || top.contains(shown));
}"""


class Hand(Protocol):
    """What somebody does to a page."""

    def press(self, button: Locator) -> None:
        """Press a button or follow a link."""

    def tick(self, box: Locator, words: Locator) -> None:
        """Tick a box, whose words are its label."""

    def write(self, field: Locator, text: str) -> None:
        """Fill in a field."""


class Mouse:
    """Clicks; `words` are clicked rather than the box they stand beside."""

    def press(self, button: Locator) -> None:
        """Click."""
        button.click()

    def tick(self, box: Locator, words: Locator) -> None:
        """Click the words."""
        words.click()

    def write(self, field: Locator, text: str) -> None:
        """Click the field, then type."""
        field.click()
        field.fill(text)


class Keyboard:
    """Tab, Space, Enter and letters."""

    def press(self, button: Locator) -> None:
        """Tab there, then Enter."""
        self.reach(button).keyboard.press("Enter")

    def tick(self, box: Locator, words: Locator) -> None:
        """Tab to the box, then Space."""
        self.reach(box).keyboard.press("Space")

    def write(self, field: Locator, text: str) -> None:
        """Tab there, then type."""
        self.reach(field).keyboard.type(text)

    def reach(self, wanted: Locator) -> Page:
        """Press Tab until the wanted element has the focus.

        Raises:
            AssertionError: it can't be reached so, or is covered when it is.
        """
        for _ in range(MOST_STOPS):
            wanted.page.keyboard.press("Tab")
            if wanted.evaluate(FOCUSED):
                assert wanted.evaluate(UNCOVERED), f"{wanted} is covered"
                return wanted.page
        raise AssertionError(f"Tab does not lead to {wanted}")
