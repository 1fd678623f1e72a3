"""The demonstration's own pages: starting over, its mailbox and its letters."""

from tests.browser.look import Look
from tests.browser.showing import at, following, unboxed

DEMO = (
    Look("demo reset", "demo_reset", at("/demo/reset/")),
    Look("mailbox", "demo_mailbox", at("/demo/mailbox/")),
    Look("letter", "demo_letter", following("renewed", at("/demo/mailbox/"))),
    Look(
        "letter formatted",
        "demo_letter_html",
        unboxed(following("Open as a", following("renewed", at("/demo/mailbox/")))),
    ),
)
