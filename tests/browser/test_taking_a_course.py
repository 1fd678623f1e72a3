"""J8: a course is played, left, gone on with elsewhere, tested, evaluated, claimed."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.browser.certificants import enter_as
from tests.browser.learning import answers, begin, reads_what_to_learn
from tests.browser.visitor import Visitor, Visitors
from tests.browser.written import press, sits_it, writes_a_page, writes_the_test

PLAY = "v => { v.muted = true; v.playbackRate = %s; return v.play(); }"
NEAR = 5
# In tenths of a second.
PATIENCE = 600


def film(visitor: Visitor) -> Locator:
    """The video, once it can be played."""
    video = visitor.main.locator("video")
    waits(visitor, video, "v => v.readyState > 1")
    return video


def waits(visitor: Visitor, video: Locator, until: str) -> None:
    """Wait for a video; the page's own policy lets no text be run to ask it."""
    for _ in range(PATIENCE):
        if video.evaluate(until):
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError(f"not in time: {until}")


def second(video: Locator) -> float:
    found: float = video.evaluate("v => v.currentTime")
    return found


def plays_to(visitor: Visitor, until: float, *, rate: int = 1) -> None:
    video = film(visitor)
    video.evaluate(PLAY % rate)
    waits(visitor, video, f"v => v.currentTime >= {until}")


def test_from_enrolment_to_certificate(visitor: Visitors) -> None:
    maya, other = visitor(), visitor()
    left = leaves_at_ten_past(maya)
    goes_on(other, left)
    watches_and_reads_the_rest(other)
    fails_then_passes(other)
    evaluates_and_claims(other)


def test_staff_write_a_test_with_a_picture_and_a_member_sits_it(
    visitor: Visitors,
) -> None:
    priya, maya = visitor(), visitor()
    title = f"Screens {uuid4().hex[:6]}"
    enter_as(priya, "priya")
    writes_a_page(priya, title)
    writes_the_test(priya)
    press(priya, "Publish")
    expect(priya.main).to_contain_text("Published")
    enter_as(maya, "maya")
    sits_it(maya, title)


def leaves_at_ten_past(maya: Visitor) -> float:
    """Begin the course, switch captions on, and leave the film at 1:10."""
    begin(maya)
    maya.hand.press(maya.button("Continue"))
    maya.hand.press(maya.button("Captions"))
    plays_to(maya, 2)
    film(maya).evaluate("v => { v.currentTime = 69; }")
    plays_to(maya, 70)
    left = second(film(maya))
    maya.go("/me/learn/")
    return left


def goes_on(other: Visitor, left: float) -> None:
    """Open it on another device: the same page, second and captions."""
    enter_as(other, "maya")
    other.go("/me/learn/")
    other.hand.press(other.main.get_by_role("link", name=re.compile("^Resume")).first)
    video = film(other)
    waits(other, video, "v => v.currentTime > 1")
    assert abs(second(video) - left) <= NEAR
    expect(other.button("Captions")).to_have_attribute("aria-pressed", "true")
    assert video.evaluate("v => v.textTracks[0].mode") == "showing"


def watches_and_reads_the_rest(other: Visitor) -> None:
    """What was skipped does not count: watch it, then read the pages after it."""
    other.hand.press(other.button("Continue"))
    expect(other.page.get_by_role("alert").first).to_contain_text("Not watched yet:")
    # It is refused, and said so: nothing else went wrong.
    assert [fault.split(":")[0] for fault in other.watch.faults] == ["answered 409"]
    other.watch.faults.clear()
    film(other).evaluate("v => { v.currentTime = 0; }")
    plays_to(other, 89, rate=4)
    expect(other.main.get_by_text("Watched.", exact=True)).to_be_visible()
    for _ in range(3):
        other.hand.press(other.main.locator("[data-gs-going] button"))


def fails_then_passes(other: Visitor) -> None:
    """Read the score, what is left and what to learn again; then pass."""
    other.hand.press(other.main.get_by_role("link", name="Go on"))
    told = answers(other, right=7)
    expect(other.main).to_contain_text("Not passed")
    expect(other.main).to_contain_text("70 %, 7 of 10 right")
    expect(other.main).to_contain_text("75 % right is needed to pass.")
    reads_what_to_learn(other, told, mark=75)
    expect(other.main).to_contain_text("2 of 3")
    answers(other)
    expect(other.main).to_contain_text("100 %, 10 of 10 right")
    other.hand.press(other.main.get_by_role("link", name="Back to the course"))


def evaluates_and_claims(other: Visitor) -> None:
    """There is no certificate before the evaluation, and one after it."""
    other.hand.press(other.main.get_by_role("link", name="Credit and certificate"))
    expect(other.main).to_contain_text("Fill in the evaluation first.")
    other.page.go_back()
    other.hand.press(other.main.get_by_role("link", name="Go on"))
    for place in range(3):
        fieldset = other.main.locator("fieldset.gs-options").nth(place)
        fieldset.get_by_label("Agree", exact=True).check()
    other.hand.press(other.button("Send evaluation"))
    expect(other.main).to_contain_text("You can claim")
    other.hand.press(other.main.locator("form button").first)
    # Her record has no physician's profession: attendance, and no AMA credit (M5).
    expect(other.page.get_by_role("heading", level=1)).to_contain_text(
        "You claimed a certificate of attendance"
    )
    expect(other.main.get_by_role("link", name="Open and print")).to_be_visible()
    other.hand.press(other.main.get_by_role("link", name="Check it as anybody can"))
    expect(other.main).to_contain_text("Valid")
    expect(other.main).to_contain_text("Completed")
