"""M12, N10: a sponsor applies, staff ask and approve, who attended has the credit."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import FilePayload, expect

from deploy.processes import wait_until
from tests.browser.certificants import enter_as
from tests.browser.stage import Stage
from tests.browser.test_reporting_in_a_cycle import ME
from tests.browser.visitor import Visitor, Visitors

TITLE = "Privileging by committee"
MINE, DESK = "/approvals/", "/staff/namss/approvals/"
FIELDS: Mapping[str, str] = {
    "title": TITLE,
    "sponsor": "Lakeshore Association of Medical Staff Services",
    "contact_name": "Owen Barker",
    "contact_email": "owen@demo.example",
    "where": "Lakeshore Conference Center, Chicago",
    # Before the demonstration's first day: it was held already.
    "days.0": "2025-11-14",
    "parts.0.title": "Who decides, and on what",
    "parts.0.minutes": "120",
    "parts.0.speaker": "Iris Calder",
    "speakers.0.name": "Iris Calder",
    "speakers.0.credentials": "CPMSM",
    "disclosures": "Each speaker's first slide says it.",
    "evaluation": "A form at the end.",
}
CHOICES: Mapping[str, str] = {
    "place": "in_person",
    "parts.0.sort": "education",
    "speakers.0.disclosure": "none",
}
LIST = FilePayload(
    name="who.csv",
    mimeType="text/csv",
    buffer=b"email,first_name,last_name,completed_on\n"
    b"lena@demo.example,Lena,Ortiz,2025-11-14\n",
)


@pytest.mark.db
@pytest.mark.broker
def test_from_the_application_to_the_record_of_who_attended(
    visitor: Visitors, stage: Stage
) -> None:
    owen, marcus, lena = visitor(scripts=False), visitor(), visitor()
    enter_as(owen, "owen")
    enter_as(marcus, "marcus")
    applies(owen)
    asks(marcus)
    answers(owen)
    code = approves(marcus)
    reports(owen, code)
    stage.settle()
    enter_as(lena, "lena")
    assert wait_until(lambda: credited(lena), seconds=60), "not taken in"
    expect(lena.main).to_contain_text(TITLE)


def applies(owen: Visitor) -> None:
    """Write it without a script; what is missing is named, and nothing is lost."""
    owen.go(f"{MINE}new/?program=namss")
    for name, text in FIELDS.items():
        owen.main.locator(f'[name="{name}"]').fill(text)
    for name, value in CHOICES.items():
        owen.main.locator(f'[name="{name}"]').select_option(value)
    owen.main.locator("[name=evaluation]").fill("")
    owen.hand.press(owen.button("Send to NAMSS"))
    expect(owen.main.locator("[name=title]")).to_have_value(TITLE)
    # It is refused, and said so: nothing else went wrong.
    assert [fault.split(":")[0] for fault in owen.watch.faults] == ["answered 422"]
    owen.watch.faults.clear()
    owen.main.locator("[name=evaluation]").fill(FIELDS["evaluation"])
    owen.hand.press(owen.button("Send to NAMSS"))
    expect(owen.main).to_contain_text("NAMSS looks at it")


def asks(marcus: Visitor) -> None:
    """Ask something about it."""
    marcus.go(DESK)
    marcus.hand.press(marcus.main.get_by_role("link", name=TITLE))
    expect(marcus.main).to_contain_text("states 2.0 CE")
    marcus.main.locator("[name=words]").fill("Who pays for the room?")
    marcus.hand.press(marcus.button("Ask the sponsor"))
    expect(marcus.notice).to_contain_text("Asked. The sponsor gets a mail.")


def answers(owen: Visitor) -> None:
    """Read the question, and answer it."""
    owen.page.reload()
    expect(owen.main).to_contain_text("Who pays for the room?")
    owen.hand.press(owen.main.get_by_role("link", name="Answer"))
    owen.main.locator("[name=answer]").fill("The association does.")
    owen.hand.press(owen.button("Send the answer"))
    expect(owen.main).to_contain_text("The association does.")


def approves(marcus: Visitor) -> str:
    """Approve it, and find it in the catalogue under its code."""
    marcus.page.reload()
    expect(marcus.main).to_contain_text("The association does.")
    marcus.hand.press(marcus.button("Approve"))
    expect(marcus.notice).to_contain_text("It is in the catalogue as NAMSS-AE-")
    code = marcus.main.locator(".gs-sub .gs-mono").inner_text()
    marcus.go(f"/staff/namss/catalogue/?q={code}")
    expect(marcus.main).to_contain_text(TITLE)
    return code


def reports(owen: Visitor, code: str) -> None:
    """Send who attended: checked first, then sent; nothing is said of anybody."""
    owen.page.reload()
    expect(owen.main).to_contain_text(f"Its code is {code}.")
    owen.main.locator("[name=file]").set_input_files(files=[LIST])
    owen.hand.press(owen.button("Check the list"))
    expect(owen.main).not_to_contain_text("Lena")
    owen.hand.press(owen.button("Send the list"))
    expect(owen.main).to_contain_text("Sent. It waits for NAMSS.")


def credited(lena: Visitor) -> bool:
    """Look whether it stands on her record: a worker takes rows one by one."""
    lena.go(ME)
    return bool(lena.main.get_by_text(TITLE).count())
