"""Education reports itself: staff send a file, the holder sees where it came from."""

import pytest
from playwright.sync_api import FilePayload, expect

from deploy.processes import wait_until
from tests.browser.certificants import enter_as
from tests.browser.showing_feeds import ITEMS, import_items
from tests.browser.stage import Stage
from tests.browser.test_reporting_in_a_cycle import ME, reports
from tests.browser.visitor import Visitor, Visitors

FEED = "/staff/namss/feed/"
# In no order of ours; the second mistypes the number, the third is the first again.
ROWS = (
    "Minutes,Last name,Activity code,E-mail,Completed on,First name,Certification no\n"
    "60,Ortiz,ETH-1,lena@demo.example,2025-06-30,Lena,\n"
    "60,Ortiz,ETH-1,,2025-07-01,Lena,CPCS-0\n"
    "60,Ortiz,ETH-1,lena@demo.example,2025-06-30,Lena,\n"
)


def sends(marcus: Visitor) -> None:
    """Send a file, and look at what it would do."""
    marcus.go(FEED)
    marcus.hand.write(marcus.main.get_by_label("Who sends it"), "The academy")
    file = FilePayload(name="done.csv", mimeType="text/csv", buffer=ROWS.encode())
    marcus.main.locator("[name=file]").set_input_files(files=[file])
    marcus.hand.press(marcus.button("Check file"))


def waits(marcus: Visitor, number: str) -> bool:
    """Look whether a row has come before staff: a worker takes them one by one."""
    marcus.go(FEED)
    return bool(marcus.main.get_by_role("link", name=number).count())


@pytest.mark.db
@pytest.mark.broker
def test_a_file_gives_its_credit_once_and_a_mistyped_row_is_settled(
    visitor: Visitors, stage: Stage
) -> None:
    marcus, lena = visitor(), visitor()
    enter_as(lena, "lena")
    lena.go(ME)
    expect(lena.main).to_contain_text("27.0 of 30.0 CE")
    enter_as(marcus, "marcus")
    import_items(marcus, ITEMS)

    sends(marcus)
    expect(marcus.main).to_contain_text(
        "1 row can be taken, 1 will wait for staff, 1 came before. Nothing is saved"
    )
    expect(marcus.main).to_contain_text("No credential of the body has this number.")
    marcus.hand.press(marcus.button("Take in 2 rows"))
    stage.settle()

    assert wait_until(lambda: waits(marcus, "CPCS-0"), seconds=60), "not taken"
    marcus.hand.press(marcus.main.get_by_role("link", name="CPCS-0"))
    marcus.main.get_by_role("radio").first.check()
    marcus.hand.write(marcus.main.get_by_label("Why it is theirs"), "A mistyped number")
    marcus.hand.press(marcus.button("Give the credit"))
    expect(marcus.notice).to_contain_text("It counts for Lena Ortiz.")

    lena.go(ME)
    expect(lena.main).to_contain_text("29.0 of 30.0 CE")
    lena.hand.press(lena.main.get_by_role("link", name="Ethics for all").first)
    expect(lena.main).to_contain_text("Reported by The academy")

    sends(marcus)
    expect(marcus.main).to_contain_text("0 rows can be taken, 3 came before.")
    expect(marcus.button("Take in 2 rows")).to_have_count(0)

    reports(
        lena,
        "NAMSS sponsored education",
        "Ethics for all",
        "2025-06-30",
        {"Minutes": "60"},
    )
    lena.go(ME)
    expect(lena.main).to_contain_text("29.0 of 30.0 CE")


@pytest.mark.db
@pytest.mark.broker
def test_a_holder_asks_after_a_credit_and_staff_answer(
    visitor: Visitors, stage: Stage
) -> None:
    marcus, lena = visitor(), visitor()
    enter_as(marcus, "marcus")
    import_items(marcus, ITEMS)
    enter_as(lena, "lena")
    lena.go(ME)
    lena.hand.press(lena.main.get_by_role("link", name="A credit is missing"))
    lena.hand.press(lena.main.get_by_role("radio", name="The conference"))
    lena.hand.write(lena.main.get_by_label("Completed on"), "2025-10-06")
    lena.hand.press(lena.button("Look for it"))
    expect(lena.notice).to_contain_text(
        "after its evaluation closes Nov 14, 2025 (N12)"
    )

    lena.hand.press(lena.main.get_by_role("radio", name="Ethics for all"))
    lena.hand.write(lena.main.get_by_label("Completed on"), "2025-07-07")
    lena.hand.press(lena.button("Look for it"))
    expect(lena.notice).to_contain_text("Staff look for it")

    marcus.go(f"{FEED}missing/")
    marcus.hand.press(marcus.main.get_by_role("link", name="Lena Ortiz").first)
    marcus.hand.press(
        marcus.main.get_by_role("radio", name="The sponsor did not report it")
    )
    marcus.hand.write(
        marcus.main.get_by_label("What you write to the holder"), "Nothing came."
    )
    marcus.hand.press(marcus.button("Send answer"))
    expect(marcus.notice).to_contain_text("Answered. A mail tells Lena Ortiz.")
    lena.go("/me/ce/missing/?program=namss")
    expect(lena.main).to_contain_text("Nothing came.")
