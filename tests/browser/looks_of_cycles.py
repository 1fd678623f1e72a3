"""The pages of applications in a cycle, the holder's and the managers'."""

from collections.abc import Callable

from tests.browser.certificants import enter_as
from tests.browser.look import NOBODY, Look
from tests.browser.showing import Show, at, following, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

PLACE, STAFF_OF_CYCLES = "/me/recertify/namss/", "/staff/namss/"
Within = Callable[[Show], Show]


def entered(account: str) -> Within:
    """Sign one of them in first, whoever had the window."""

    def within(show: Show) -> Show:
        def shown(visitor: Visitor, world: World) -> None:
            enter_as(visitor, account)
            show(visitor, world)

        return shown

    return within


LENA, ROSA, SVEN, VERA, TESS, MARCUS = (
    entered(each) for each in ("lena", "rosa", "sven", "vera", "tess", "marcus")
)
MINE = "/me/certificates/"
LISTED = at(f"{STAFF_OF_CYCLES}applications/")
SVENS = following("Sven Berg", LISTED)
SOCIETY = following("Society membership", following("Everything Sven", SVENS))


def seen(
    name: str, route: str, who: Within, show: Show, status: int = 200, before: int = 200
) -> Look:
    """A page before one of those whom the demonstration has no button for."""
    return Look(name, route, who(show), NOBODY, status, before)


UNKNOWN = "/badges/01234567-89ab-cdef-0123-456789abcdef/"
NO_PAGES_OF_BADGES = {
    "badge_image": "a picture",
    "badge_picture": "a picture",
    "badge_paper": "a file to be saved",
    "share_badge": "acts, then leads back",
    "withdraw_badge": "acts, then leads back",
}
ANSWER = following("Answer", at(PLACE))
SUBMIT = "Submit, $375.00"
CYCLES = (
    seen("cycle short", "me", LENA, at("/me/?program=namss")),
    seen("cycle complete", "me", ROSA, at("/me/?program=namss")),
    seen("application short", "recertify", LENA, at(PLACE)),
    seen("application", "recertify", ROSA, at(PLACE)),
    seen(
        "application empty",
        "recertify",
        ROSA,
        pressing(SUBMIT, at(PLACE), name="R. Lind"),
        422,
    ),
    seen("application under review", "recertify", SVEN, at(PLACE)),
    seen("extension", "recertify_extension", LENA, at(f"{PLACE}extension/")),
    seen(
        "reinstatement too early",
        "recertify_reinstatement",
        LENA,
        at(f"{PLACE}reinstate/"),
    ),
    seen(
        "application withdraw",
        "recertify_withdraw",
        SVEN,
        following("Withdraw application", at(PLACE)),
    ),
    seen("certificates to come", "my_certificates", SVEN, at(MINE)),
    seen("certificates", "my_certificates", VERA, at(MINE)),
    seen("badge", "badge", VERA, following("/badges/", at(MINE))),
    Look("badge unknown", "badge", at(UNKNOWN), NOBODY, 404, 404),
    seen("application asked", "recertify", TESS, at(PLACE)),
    seen("application answer", "recertify_answer", TESS, ANSWER),
    seen(
        "application answer empty",
        "recertify_answer",
        TESS,
        pressing("Send answer", ANSWER),
        422,
    ),
    seen("staff applications", "staff_applications", MARCUS, LISTED),
    seen("staff application", "staff_application", MARCUS, SVENS),
    seen(
        "staff application asked",
        "staff_application",
        MARCUS,
        following("Tess Moran", LISTED),
    ),
    seen(
        "staff applications none",
        "staff_applications",
        MARCUS,
        at(f"{STAFF_OF_CYCLES}applications/?mark=held"),
    ),
    seen(
        "staff application empty",
        "staff_application",
        MARCUS,
        pressing("Refuse", SVENS),
        422,
    ),
    seen("staff society", "staff_society", MARCUS, SOCIETY),
    seen(
        "staff society wrong",
        "staff_society",
        MARCUS,
        pressing("Record membership", SOCIETY, day="2099-01-01"),
        422,
    ),
)
