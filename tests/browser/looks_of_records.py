"""Pages about one member, and about the practice itself."""

from tests.browser.look import DANA, Look
from tests.browser.showing import at, choosing, following, pressing
from tests.browser.visitor import HARBOR

SETTINGS = f"/p/{HARBOR}/settings/practice/"
CERTIFICATES = f"/p/{HARBOR}/certificates/"
REPORTS = f"/p/{HARBOR}/reports/"
TOM = choosing("Tom Bell", tile="View Member Record")
EDITING = following("Edit details", TOM)
RECORDS = (
    Look("member record", "member_record", TOM, DANA),
    Look(
        "member record empty",
        "member_record",
        choosing("Hannah Fischer", tile="View Member Record"),
        DANA,
    ),
    Look("member edit", "member_edit", EDITING, DANA),
    Look(
        "member edit wrong",
        "member_edit",
        pressing("Save", EDITING, address="x\u202e"),
        DANA,
        422,
    ),
    Look(
        "member remove",
        "member_remove",
        following("Remove from practice", TOM),
        DANA,
    ),
    Look("practice details", "practice_details", at(SETTINGS), DANA),
    Look("certificates", "certificates", at(CERTIFICATES), DANA),
    Look("compliance", "reports", at(REPORTS), DANA),
    Look("compliance nobody", "reports", at(f"{REPORTS}?q=zebra"), DANA),
    Look("renewals", "renewals", at(f"/p/{HARBOR}/renewals/"), DANA),
    Look(
        "certificates none",
        "certificates",
        at(f"{CERTIFICATES}?q=zebra"),
        DANA,
    ),
    Look(
        "practice details empty",
        "practice_details",
        pressing("Save", at(SETTINGS), name=""),
        DANA,
        422,
    ),
)
