"""J6 whole: a first-time dual certificant reports, applies, pays, and is recertified.

What asks more than time counts at once, and one course a cycle.
"""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from tests.browser.cycle_steps import PLACE, approve, declare, entered, lead, look_up
from tests.browser.reporting import choose_kind, field, payload, send_files, write_day
from tests.browser.stage import Stage
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


def reports_the_rest(lena: Visitor) -> None:
    """Report a volunteer's post, a course, one too many, and teaching."""
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


def pays(lena: Visitor, stage: Stage, price: str) -> None:
    """Submit the application and pay for it by card."""
    lead(lena, "Apply for recertification")
    declare(lena, f"Submit, {price}")
    lead(lena, f"Go on to pay {price}")
    lena.hand.press(lena.button(f"Pay {price} by card"))
    lena.page.wait_for_url(f"{stage.far.base}/**")
    lena.hand.press(lena.button("Pay"))
    lena.page.wait_for_url(f"{stage.base}/**")
    expect(lena.page.get_by_role("heading", level=1)).to_have_text(
        "Paid", timeout=30_000
    )


@pytest.mark.db
@pytest.mark.broker
def test_a_first_time_dual_certificant_is_recertified(
    visitor: Visitors, stage: Stage
) -> None:
    lena, marcus = entered(visitor, "lena"), entered(visitor, "marcus")
    lena.go(ME)
    expect(lena.main).to_contain_text("27.0 of 30.0 CE, 14.0 of 15.0 approved")
    reports_the_rest(lena)
    lena.go(ME)
    expect(lena.main).to_contain_text("43.0 of 30.0 CE, 18.0 of 15.0 approved")

    pays(lena, stage, "$225.00")
    lena.go(PLACE)
    expect(lena.main).to_contain_text("Your application is under review.")
    expect(lena.main).to_contain_text("Answer due between")
    approve(marcus, "Lena Ortiz")
    stage.settle()

    lena.go(PLACE)
    expect(lena.main).to_contain_text("The cycle that ends Dec 1, 2025 is recertified.")
    lena.go("/me/certificates/")
    for title in ("Specialist (CPCS)", "Management (CPMSM)"):
        held = lena.main.get_by_role("region", name=title)
        newest = held.get_by_role("listitem").first
        expect(newest).to_contain_text("Dec 2, 2025 to Dec 1, 2028")
        expect(newest.get_by_role("link", name="Download PDF")).to_be_visible()
    lena.hand.press(lena.main.get_by_role("button", name="Share badge of CPMSM"))
    expect(lena.notice).to_contain_text("sees your CPMSM badge")
    look_up(lena, "Ortiz", "Lena")
    expect(lena.main).to_contain_text("In good standing")
