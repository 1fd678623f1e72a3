"""The demonstration's mailbox and its letters."""

from tests.browser.look import Look
from tests.browser.showing import at, following, unboxed

DEMO = (
    Look("mailbox", "demo_mailbox", at("/demo/mailbox/")),
    Look("letter", "demo_letter", following("renewed", at("/demo/mailbox/"))),
    Look(
        "letter formatted",
        "demo_letter_html",
        unboxed(following("Open as a", following("renewed", at("/demo/mailbox/")))),
    ),
)
