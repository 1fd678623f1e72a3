"""Pages of a body of cycles: registering, and decrees with their preview."""

from tests.browser.looks_of_cycles import MARCUS, STAFF_OF_CYCLES, seen
from tests.browser.showing import at, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

LISTED = at(f"{STAFF_OF_CYCLES}decrees/")
REGISTER = at(f"{STAFF_OF_CYCLES}certificants/new/")
NEW = at(f"{STAFF_OF_CYCLES}decrees/new/")


def previewed(visitor: Visitor, world: World) -> None:
    """Look at what three months more would be for somebody unknown."""
    _previewed(visitor, world, "CPCS-NONE")


def _previewed(visitor: Visitor, world: World, numbers: str) -> None:
    NEW(visitor, world)
    form = visitor.main
    cycles = form.get_by_label("Cycle that ends on")
    cycles.select_option(index=1)
    form.get_by_label("Certification numbers").fill(numbers)
    form.get_by_label("Or months after the cycle's end").fill("3")
    form.get_by_label("Reason").fill("The storm of November 2025")
    form.get_by_role("button", name="Preview").click()


def decreed(visitor: Visitor, world: World) -> None:
    """Give all of that cycle three months more."""
    _previewed(visitor, world, "")
    visitor.main.get_by_role("button", name="Give more time and write").click()


DECREES = (
    seen("register", "staff_register", MARCUS, REGISTER),
    seen(
        "register wrong",
        "staff_register",
        MARCUS,
        pressing("Register and write to them", REGISTER),
        422,
    ),
    seen("decree new", "staff_decree_new", MARCUS, NEW),
    seen("decree preview", "staff_decree_new", MARCUS, previewed),
    seen("decree wrong", "staff_decree_new", MARCUS, pressing("Preview", NEW), 422),
    seen("decree", "staff_decree", MARCUS, decreed),
    seen("decrees", "staff_decrees", MARCUS, LISTED),
)
