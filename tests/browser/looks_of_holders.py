"""The pages of people who hold a credential, in every state."""

from playwright.sync_api import expect

from tests.browser.look import Look
from tests.browser.looks_of_sharing import NO_PAGES_OF_SHARING, SHARING
from tests.browser.showing import (
    an_old_draft,
    at,
    following,
    held_still,
    pressing,
    typing_an_activity,
)
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

MAYA, NEW = "maya", "/me/ce/new/"


def a_licence(visitor: Visitor, world: World) -> None:
    """Enter a licence, of which much is missing."""
    visitor.go("/me/licences/")
    visitor.page.get_by_label("Licence number").fill("MA 204418")
    visitor.page.get_by_label("Registration begins").fill("2024-06-01")
    visitor.page.get_by_label("Registration ends").fill("2026-05-31")
    visitor.button("Enter licence").click()
    expect(visitor.main).to_contain_text("10.0 more hours of Risk management")


HOLDERS = (
    Look("me held", "me", at("/me/"), MAYA),
    Look("me due", "me", at("/me/"), "tom"),
    Look(
        "me preparing",
        "my_certificate",
        held_still(following("Download PDF", at("/me/"))),
        "tom",
    ),
    Look("me elsewhere", "practice_home", at(f"/p/{HARBOR}/"), MAYA, 403),
    Look("ce draft", "ce_edit", following("Continue", at("/me/")), MAYA),
    Look(
        "activity draft",
        "my_activity",
        following("MLN: Medicare Preventive Services", at("/me/")),
        MAYA,
    ),
    Look(
        "activity approved",
        "my_activity",
        following("MLN: Evaluation and Management", at("/me/")),
        MAYA,
    ),
    Look(
        "activity withdraw",
        "ce_withdraw",
        following(
            "Discard draft",
            following("MLN: Medicare Preventive Services", at("/me/")),
        ),
        MAYA,
    ),
    Look("ce new", "ce_new", at(NEW), MAYA),
    Look("ce searched", "ce_new", at(f"{NEW}?q=mln"), MAYA),
    Look("ce searched nothing", "ce_new", at(f"{NEW}?q=zzz"), MAYA),
    Look("ce picked", "ce_new", at(f"{NEW}?item=MLN-1043"), MAYA),
    Look("ce empty", "ce_new", pressing("Submit activity", at(NEW)), MAYA, 422),
    Look("ce checked", "ce_edit", typing_an_activity, MAYA),
    Look("ce stale", "ce_edit", an_old_draft, MAYA, 409),
    Look("licences", "my_licences", at("/me/licences/"), MAYA),
    Look(
        "licences empty",
        "my_licences",
        pressing("Enter licence", at("/me/licences/")),
        MAYA,
        422,
    ),
    Look("licence", "my_licence", a_licence, MAYA),
    Look("transcript", "transcript", at("/me/transcript/"), MAYA),
    Look(
        "transcript nothing",
        "transcript",
        at("/me/transcript/?status=not_accepted"),
        MAYA,
    ),
    *SHARING,
)
NO_PAGES_OF_HOLDERS = {
    **NO_PAGES_OF_SHARING,
    **dict.fromkeys(("transcript_csv", "transcript_pdf"), "a file to be saved"),
}
