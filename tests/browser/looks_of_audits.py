"""The pages of audits: a sample drawn, a case decided, and its member's answer."""

from tests.browser.certificants import enter_as
from tests.browser.look import NOBODY, PRIYA, STAFF, Look
from tests.browser.showing import at, following, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

DRAW = at(f"{STAFF}audits/draw/")
PREVIEW = pressing("Preview", DRAW, from_on="2024-01-01", number="1", exclude_years="0")
OMAR = following("Omar Haddad", at(f"{STAFF}?q=haddad"))
OPENING = following("Audit what they reported", OMAR)


def drawn(visitor: Visitor, world: World) -> None:
    """Draw one submission, of whoever has no open audit."""
    pressing("Draw and write to them", PREVIEW)(visitor, world)


def one_of_them(visitor: Visitor, world: World) -> None:
    """Open the case of what was drawn."""
    drawn(visitor, world)
    visitor.main.locator("table a").first.click()


def asked(visitor: Visitor, world: World) -> None:
    """Have Maya audited, if she isn't, and let her open it from her home."""
    enter_as(visitor, "maya")
    visitor.go("/me/")
    if not visitor.main.get_by_role("link", name="Answer the audit").count():
        enter_as(visitor, "priya")
        following("Maya Okafor", at(f"{STAFF}?q=okafor"))(visitor, world)
        visitor.main.get_by_role("link", name="Audit what they reported").click()
        visitor.main.get_by_role("checkbox").first.check()
        visitor.main.get_by_label("Why they are audited").fill("A complaint")
        visitor.main.get_by_role("button", name="Open the audit").click()
        enter_as(visitor, "maya")
        visitor.go("/me/")
    visitor.main.get_by_role("link", name="Answer the audit").click()


AUDITS = (
    Look("audits", "staff_audits", at(f"{STAFF}audits/"), PRIYA),
    Look("audit draw", "staff_audit_draw", DRAW, PRIYA),
    Look("audit preview", "staff_audit_draw", PREVIEW, PRIYA),
    Look(
        "audit draw wrong",
        "staff_audit_draw",
        pressing("Preview", DRAW, from_on="2024-01-01", percent="101"),
        PRIYA,
        422,
    ),
    Look("audit open", "staff_audit_open", OPENING, PRIYA),
    Look(
        "audit open wrong",
        "staff_audit_open",
        pressing("Open the audit", OPENING),
        PRIYA,
        422,
    ),
    Look("audit drawn", "staff_audit_drawn", drawn, PRIYA),
    Look("audit case", "staff_audit", one_of_them, PRIYA),
    Look("my audit", "my_audit", asked, NOBODY),
    Look(
        "my audit wrong",
        "my_audit",
        pressing("Send response", asked),
        NOBODY,
        422,
    ),
)
