"""The walk of somebody who reports what they learnt, with proof, until it counts."""

import re

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.hands import Keyboard
from tests.browser.visitor import Visitor
from tests.files.samples import MIB, pdf

TITLE = "MLN: Telehealth Services (45 min)"
LINE = "45 min → 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A"
BEFORE = "You have 1.5 of 3.0 CME. 1.5 more by Nov 30, 2025."
AFTER = "You have 2.5 of 3.0 CME. 0.5 more by Nov 30, 2025."
# By the server the day comes first, by the page itself the hour.
SAVED, SAVED_BY_ITSELF = re.compile(r"^Saved \w"), re.compile(r"^Saved \d")


def payload(name: str, content: bytes) -> FilePayload:
    """A file as it is chosen."""
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def field(visitor: Visitor, label: str) -> Locator:
    """Find a field of the form."""
    return visitor.main.get_by_label(label, exact=True)


def choose_kind(visitor: Visitor, kind: str) -> None:
    """Choose the kind of activity."""
    select = field(visitor, "Kind of activity")
    if isinstance(visitor.hand, Keyboard):
        visitor.hand.reach(select).keyboard.type(kind)
    else:
        select.select_option(label=kind)


def write_day(visitor: Visitor, month: str, day: str, year: str) -> None:
    """Fill in the day: its parts one after the other, where there are only keys."""
    keys = isinstance(visitor.hand, Keyboard)
    text = f"{month}{day}{year}" if keys else f"{year}-{month}-{day}"
    visitor.hand.write(field(visitor, "Date completed"), text)


def begin(maya: Visitor, *, scripts: bool = True) -> None:
    """Open the form from the first page on, type, and see what it would give."""
    maya.sign_in("maya")
    expect(maya.page.get_by_role("heading", level=1)).to_have_text(BEFORE)
    maya.hand.press(maya.main.get_by_role("link", name="Add CE activity"))
    expect(maya.main).to_contain_text("PDF, PNG or JPEG, up to 10 MB each")
    choose_kind(maya, "MLN web-based training")
    maya.hand.write(field(maya, "Title"), TITLE)
    if not scripts:
        maya.hand.press(maya.button("Check credit"))
    expect(field(maya, "Minutes")).to_have_value("45")
    panel = maya.main.get_by_role("region", name="Credit for this activity")
    expect(panel).to_contain_text(LINE)
    write_day(maya, "11", "10", "2025")
    if not scripts:
        maya.hand.press(maya.button("Save draft"))
    expect(panel).to_contain_text("Counts in your term Dec 1, 2024 to Nov 30, 2025.")
    expect(panel).to_contain_text("1.5 now, 1.0 from this. 0.5 still needed")
    expect(maya.main.get_by_text(SAVED)).to_be_visible()


def leave_and_return(maya: Visitor) -> None:
    """Go elsewhere, and find the draft as it was."""
    maya.go("/me/")
    expect(maya.main).to_contain_text("Draft, not counted.")
    maya.hand.press(maya.main.get_by_role("link", name=f"Continue {TITLE}"))
    expect(field(maya, "Title")).to_have_value(TITLE)
    expect(field(maya, "Date completed")).to_have_value("2025-11-10")
    expect(field(maya, "Minutes")).to_have_value("45")


def send_files(maya: Visitor, *files: FilePayload) -> None:
    """Choose files and add them."""
    field(maya, "Proof").set_input_files(list(files))
    maya.hand.press(maya.button("Add files"))


def be_refused(maya: Visitor) -> None:
    """Try a program with another name, and a file of 12 MB: told why, nothing lost."""
    maya.watch.awaited.add(422)
    for name, content, words in (
        ("certificate.pdf", b"MZ\x90\x00" + b"x" * 999, "This file is a program."),
        ("large.pdf", pdf() + b"x" * (12 * MIB), "This file is larger than 10 MB."),
    ):
        send_files(maya, payload(name, content))
        problem = maya.page.locator("[data-gs-problem]")
        expect(problem).to_be_focused()
        expect(problem).to_contain_text(words)
        expect(field(maya, "Title")).to_have_value(TITLE)


def submit(maya: Visitor) -> None:
    """Add the certificate and submit: it counts at once (A9)."""
    send_files(maya, payload("certificate.pdf", pdf()))
    expect(maya.notice).to_contain_text("Added certificate.pdf.")
    expect(maya.main.get_by_role("link", name="certificate.pdf")).to_be_visible()
    maya.hand.press(maya.button("Submit activity"))
    expect(maya.notice).to_contain_text("Submitted. 1.0 CME counts from today.")
    expect(maya.main).to_contain_text(LINE)
    maya.go("/me/")
    expect(maya.page.get_by_role("heading", level=1)).to_have_text(AFTER)
    totals = maya.main.locator(".gs-trio")
    expect(totals).to_contain_text("Completed 2.5")
    expect(totals).to_contain_text("Applied 2.5")
    expect(totals).to_contain_text("Still needed 0.5")
