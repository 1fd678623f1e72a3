"""Sixty activities are decided on in one go, by keys alone; the next proof is ready."""

import re

from playwright.sync_api import Page, Request, expect

from deploy.processes import output
from deploy.setup import PYTHON
from tests.browser.hands import Keyboard
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor, Visitors

QUEUE = "/staff/acmss/queue/"
MANY = 51
ALL = 60
# What each of a few people did, told as the demonstration tells its queue.
HAND_IN = """
from datetime import date, timedelta
from accounts.models import Member
from core import clock
from portal.demo.roster import Learnt
from portal.demo.sent import send
today = date(2025, 11, 17)
people = Member.objects.filter(certifications__program="acmss", user__isnull=False)
people = list(people.order_by("last_name").distinct()[:6])
for each in range(MANY):
    on = date(2025, 9, 1) + timedelta(days=each)
    learnt = Learnt(f"MLN: Lesson {each + 1}", 45, on)
    send(people[each % len(people)], learnt, today=today, now=clock.now())
print(len(people))
"""


def hand_in_many(stage: Stage) -> None:
    """Have a few people send in many activities, each with its certificate."""
    command = [
        PYTHON,
        "manage.py",
        "shell",
        "-v",
        "0",
        "-c",
        HAND_IN.replace("MANY", str(MANY)),
    ]
    status, said = output(command, env=stage.environment())
    assert status == 0, said


def decide(priya: Visitor, number: int) -> str:
    """Decide on what is open by keys alone, and say how."""
    page = priya.page
    title = page.get_by_role("heading", level=1).inner_text()
    with page.expect_navigation():
        if "150 minutes" in title:
            # In no band: its holder is asked for more.
            page.keyboard.press("i")
            page.keyboard.type("Which sessions did you attend?")
            Keyboard().press(priya.button("Needs information"))
            how = "returned"
        elif number % 10 == 9:
            page.keyboard.press("d")
            page.keyboard.type("Product")
            Keyboard().press(priya.button("Not accepted"))
            how = "rejected"
        else:
            page.keyboard.press("a")
            how = "accepted"
    expect(priya.notice).to_be_visible()
    return how


def pictures(page: Page) -> list[str]:
    """Note the address of each picture of a proof that the page asks for from now."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/proofs/" in request.url and request.url.endswith("width=1200"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_sixty_are_decided_on_without_the_mouse(
    visitor: Visitors, stage: Stage
) -> None:
    hand_in_many(stage)
    priya = visitor(Keyboard())
    priya.enter("priya")
    priya.go(QUEUE)
    heading = priya.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"{ALL} activities wait for review")
    priya.hand.press(priya.main.get_by_role("link", name="Start reviewing"))
    expect(heading).to_contain_text("reported")
    done = [decide(priya, number) for number in range(ALL)]
    # After the last one the queue itself is there.
    expect(heading).to_have_text("Queue is clear")
    assert (done.count("returned"), done.count("rejected")) == (1, 6)
    priya.go(f"{QUEUE}?state=rejected")
    expect(heading).to_have_text(re.compile(r"^7 activities found$"))


def test_the_next_proof_is_drawn_while_this_one_is_read(visitor: Visitors) -> None:
    priya = visitor(Keyboard())
    priya.enter("priya")
    priya.go(QUEUE)
    asked = pictures(priya.page)
    priya.hand.press(priya.main.get_by_role("link", name="Start reviewing"))
    ahead = priya.page.locator("[data-gs-ahead]").get_attribute("data-gs-ahead") or ""
    with priya.page.expect_response(lambda said: said.url.endswith(ahead)) as drawn:
        priya.page.wait_for_load_state("load")
    assert drawn.value.status == 200
    priya.page.keyboard.press("j")
    shown = priya.page.locator("[data-gs-sheet]")
    expect(shown).to_have_attribute("src", ahead)
    assert [each for each in asked if each.endswith(ahead)]
