"""The walk from the first page to a certificate, and what must come of it."""

from collections.abc import Sequence
from email.message import EmailMessage

from playwright.sync_api import expect

from tests.browser.letters import words
from tests.browser.visitor import HARBOR, Visitor
from tests.pdf.reading import Paper

NAMES = ("dana", "tom")
RED, BLUE = "rgb(185, 28, 28)", "rgb(219, 234, 254)"


def renew_tom(dana: Visitor) -> Paper:
    """Walk from the first page to Tom's certificate, looking at each step."""
    dana.sign_in("dana")
    dana.open_assignments()
    tile, line = dana.tile("Renewals"), dana.line("Tom Bell")
    expect(tile.get_by_text("6", exact=True)).to_be_visible()
    chip = line.locator(".gs-chip")
    expect(chip).to_have_text("Renew now Nov 3, 2025")
    expect(chip).to_have_css("background-color", RED)

    dana.choose("Tom Bell")
    expect(line.locator("label")).to_have_css("background-color", BLUE)
    dana.hand.press(dana.on_tile("Renewals"))

    expect(dana.notice).to_contain_text("Tom Bell is now renewed until Nov 17, 2026.")
    expect(tile.get_by_text("5", exact=True)).to_be_visible()
    expect(line).to_contain_text("Nov 17, 2026")
    expect(line.locator(".gs-chip")).to_have_count(0)

    dana.choose("Tom Bell")
    dana.hand.press(dana.on_tile("View Compliance Certificate"))
    return dana.wait_for_paper()


def undo_refused(dana: Visitor) -> None:
    """Ask to undo what was downloaded: the page says by whom, and offers no button."""
    dana.go(f"/p/{HARBOR}/activity/")
    undo = dana.main.get_by_role("link", name="Undo Assigned Renewals to Tom Bell")
    dana.hand.press(undo)
    expect(dana.main).to_contain_text("This can't be undone any more.")
    expect(dana.main).to_contain_text("Tom Bell's certificate was downloaded by Dana")
    expect(dana.button("Undo")).to_have_count(0)


def renew_and_undo_tom(dana: Visitor) -> None:
    """Renew Tom, and take it back from the notice: all is as it was."""
    dana.enter("dana")
    dana.open_assignments()
    dana.assign("Tom Bell")
    expect(dana.notice).to_contain_text("Tom Bell is now renewed until Nov 17, 2026.")
    dana.hand.press(dana.notice.get_by_role("link", name="Undo"))
    expect(dana.main).to_contain_text("Each renewal date is again what it was before")
    dana.hand.press(dana.button("Undo"))
    expect(dana.notice).to_contain_text("Renewals taken back from Tom Bell.")
    expect(dana.tile("Renewals").get_by_text("6", exact=True)).to_be_visible()
    chip = dana.line("Tom Bell").locator(".gs-chip")
    expect(chip).to_have_text("Renew now Nov 3, 2025")


def check_paper(paper: Paper, anybody: Visitor) -> None:
    """Hold what a person reads, and what a telephone reads, to what was done."""
    assert "Tom Bell" in paper.text
    assert "Nov 17, 2025" in paper.text
    assert "Nov 16, 2026" in paper.text
    assert "Attestation" in paper.text
    [address] = paper.codes()
    assert address.startswith(f"{anybody.stage.base}/verify/")
    anybody.page.goto(address)
    expect(anybody.main).to_contain_text("In good standing")
    expect(anybody.main).to_contain_text("Tom Bell")
    number = address.rstrip("/").rpartition("/")[2]
    assert number in paper.text


def check_mail(letters: Sequence[EmailMessage]) -> None:
    """One to the holder, one to the administrator, each to be read in two ways."""
    told = {str(letter["To"]): letter for letter in letters}
    assert len(letters) == 2
    assert sorted(told) == ["dana@demo.example", "tom@demo.example"]
    for kind in ("plain", "html"):
        dana, tom = (words(told[f"{name}@demo.example"], kind) for name in NAMES)
        assert "Tom Bell: next renewal date Nov 17, 2026." in dana
        assert "Your term: Nov 17, 2025 to Nov 16, 2026." in tom
