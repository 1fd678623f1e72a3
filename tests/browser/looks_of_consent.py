"""Being asked to join a practice, and saying no to one."""

from tests.browser.look import MAYA, Look
from tests.browser.showing import at, following, opening, opening_closed, pressing
from tests.browser.world import JOINING, LEAVING

CONSENT = (
    Look("asked at home", "me", at("/me/"), MAYA),
    Look("asked to join", "asked_to_join", following("answer Cedar", at("/me/")), MAYA),
    Look("invitation closed", "accept_invitation", opening_closed(JOINING)),
    Look("said no", "decline_invitation", pressing("No, thank you", opening(LEAVING))),
)
