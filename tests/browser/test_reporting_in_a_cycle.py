"""J6, reporting: what asks more than time counts at once, and one course a cycle."""

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.certificants import enter_as
from tests.browser.reporting import choose_kind, field, payload, send_files, write_day
from tests.browser.visitor import Visitor, Visitors
from tests.files.samples import pdf

ME, NEW = "/me/?program=namss", "/me/ce/new/?program=namss"


def reports(
    lena: Visitor, kind: str, title: str, day: str, inputs: Mapping[str, str]
) -> None:
    """Write an activity with what its kind asks, add proof, and submit it."""
    lena.go(NEW)
    choose_kind(lena, kind)
    lena.hand.write(field(lena, "Title"), title)
    for label, value in inputs.items():
        asked = field(lena, label)
        if asked.evaluate("(each) => each.tagName") == "SELECT":
            asked.select_option(label=value)
        else:
            lena.hand.write(asked, value)
    year, month, date = day.split("-")
    write_day(lena, month, date, year)
    send_files(lena, payload("proof.pdf", pdf(b"<< /Of (%s) >>" % title.encode())))
    expect(lena.notice).to_contain_text("Added proof.pdf.")
    lena.hand.press(lena.button("Submit activity"))


def test_what_a_first_time_dual_certificant_adds_counts_at_once(
    visitor: Visitors,
) -> None:
    lena = visitor()
    enter_as(lena, "lena")
    lena.go(ME)
    expect(lena.main).to_contain_text("27.0 of 30.0 CE, 14.0 of 15.0 approved")

    reports(
        lena,
        "Board or standing committee",
        "State association board",
        "2025-06-30",
        {"Level": "State", "Number of positions": "1"},
    )
    expect(lena.notice).to_contain_text("Submitted. 1.0 CE counts from today.")

    course = "College or university course, taken or taught"
    reports(lena, course, "Health law", "2025-05-20", {"Academic credits": "3"})
    expect(lena.notice).to_contain_text("Submitted. 12.0 CE counts from today.")
    reports(lena, course, "Statistics", "2025-05-21", {"Academic credits": "2"})
    expect(lena.main).to_contain_text("one course a cycle counts")

    teaching = "Teaching or speaking at an accredited program"
    reports(lena, teaching, "Credentialing 101", "2025-07-08", {"Minutes": "90"})
    expect(lena.notice).to_contain_text("Submitted. 3.0 CE counts from today.")

    lena.go(ME)
    expect(lena.main).to_contain_text("43.0 of 30.0 CE, 18.0 of 15.0 approved")
