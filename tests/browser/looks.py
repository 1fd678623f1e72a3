"""Every page as somebody may see it, with its errors and its empty states."""

from portal.demo.roster import PASSWORD
from tests.browser.look import DANA, MAYA, PRIYA, RUTH, STAFF, Look
from tests.browser.looks_of_approvals import APPROVALS
from tests.browser.looks_of_assigning import ASSIGNING
from tests.browser.looks_of_audits import AUDITS
from tests.browser.looks_of_binder import BINDERS, NO_PAGES_OF_BINDERS
from tests.browser.looks_of_buying import BUYING, NO_PAGES_OF_BUYING
from tests.browser.looks_of_consent import CONSENT
from tests.browser.looks_of_cycles import CYCLES, NO_PAGES_OF_BADGES
from tests.browser.looks_of_decrees import DECREES
from tests.browser.looks_of_demo import DEMO
from tests.browser.looks_of_documents import DOCUMENTS, NO_PAGES_OF_DOCUMENTS
from tests.browser.looks_of_exams import EXAMS
from tests.browser.looks_of_exports import EXPORTING, NO_PAGES_OF_EXPORTING
from tests.browser.looks_of_holders import HOLDERS, NO_PAGES_OF_HOLDERS
from tests.browser.looks_of_importing import IMPORTING, NO_PAGES_OF_IMPORTING
from tests.browser.looks_of_live import NO_PAGES_OF_TAUGHT, TAUGHT
from tests.browser.looks_of_merging import MERGING
from tests.browser.looks_of_own_orders import NO_PAGES_OF_OWN_ORDERS, OWN_ORDERS
from tests.browser.looks_of_records import RECORDS
from tests.browser.looks_of_report import NO_PAGES_OF_REPORT, REPORT
from tests.browser.looks_of_security import SECURITY, SIGNING_ON
from tests.browser.looks_of_staff import NOT_STAFF_PAGES, REVIEWING
from tests.browser.looks_of_telling import NO_PAGES_OF_TELLING, TELLING
from tests.browser.showing import (
    TOKENS,
    a_foreign_form,
    a_misled_form,
    a_new_token,
    an_old_link,
    at,
    choosing,
    failed_work,
    following,
    held_still,
    opening,
    pressing,
    something_broken,
    the_api,
    too_many_fields,
    too_many_questions,
    too_much_text,
)
from tests.browser.visitor import HARBOR
from tests.browser.world import INVITED, JOINING

PEOPLE, RESET = f"/p/{HARBOR}/settings/people/", "/accounts/reset/"
CHANGE = "/accounts/password/change/"
SITE = (
    Look("landing", "landing", at("/")),
    Look("help", "help", at("/help/")),
    Look("help found", "help", at("/help/?q=cheque")),
    Look("help found nothing", "help", at("/help/?q=zebra")),
    Look("help contact", "contact", at("/help/contact/?page=/me/")),
    Look(
        "help contact empty",
        "contact",
        pressing("Send your question", at("/help/contact/")),
        status=422,
    ),
    Look(
        "help contact sent",
        "contact_sent",
        at("/help/contact/sent/01234567-89ab-cdef-0123-456789abcdef/"),
    ),
    Look("help article", "help_article", at("/help/colours/")),
    Look("accessibility", "accessibility", at("/accessibility/")),
    Look("privacy", "privacy", at("/privacy/")),
    Look("status", "status", at("/status/")),
    Look("verify form", "verify_form", at("/verify/")),
    Look("verify known", "verify", at("/verify/{number}/")),
    Look("verify unknown", "verify", at("/verify/CMS-NONE/"), status=404),
    Look("verify too often", "verify", too_many_questions, status=429),
    Look("verify broken", "verify", something_broken, status=500),
    Look("api docs", "api_docs", the_api),
    Look("problems", "problems", at("/problems/")),
    Look("problem", "problem", at("/problems/pool-exhausted/")),
    Look("nothing here", "landing", at("/nothing/here/"), status=404),
)
SIGN_IN = (
    Look("sign in", "account_login", at("/accounts/login/")),
    Look(
        "sign in refused",
        "account_login",
        pressing(
            "Sign in", at("/accounts/login/"), login="a@mail.example", password="x"
        ),
    ),
    Look("sign in forged", "account_login", a_foreign_form, status=403),
    Look("sign in overfull", "account_login", too_many_fields, status=400),
    Look("sign in misled", "help", a_misled_form, status=405),
    Look("sign in too long", "account_login", too_much_text, status=413),
    Look("sign up", "account_signup", at("/accounts/signup/")),
    Look("reset", "account_reset_password", at(RESET)),
    Look("reset empty", "account_reset_password", pressing("Send the link", at(RESET))),
    Look("reset sent", "account_reset_password_done", at(f"{RESET}sent/")),
    Look(
        "reset link",
        "account_reset_password_from_key",
        opening("maya@demo.example"),
    ),
    Look(
        "reset link short",
        "account_reset_password_from_key",
        pressing("Save password", opening("maya@demo.example"), password1="short"),
    ),
    Look(
        "reset link ended",
        "account_reset_password_from_key",
        opening("maya@demo.example", spoilt=True),
    ),
    Look("reset saved", "account_reset_password_from_key_done", at(f"{RESET}saved/")),
)
INVITATIONS = (
    Look("invitation", "accept_invitation", opening(INVITED)),
    Look(
        "invitation short",
        "accept_invitation",
        pressing("Save password and sign in", opening(INVITED), password="short"),
        status=422,
    ),
    Look(
        "invitation ended",
        "accept_invitation",
        opening(INVITED, spoilt=True),
        status=410,
    ),
    Look(
        "invitation anew",
        "ask_for_new_invitation",
        pressing("Ask for a new link", opening(INVITED, spoilt=True)),
        before=410,
    ),
    Look("invitation to join", "accept_invitation", opening(JOINING)),
    Look("invitation to join in", "accept_invitation", opening(JOINING), RUTH),
    Look("invitation of another", "accept_invitation", opening(INVITED), MAYA),
)
PRACTICE = (
    Look("practice home", "practice_home", at(f"/p/{HARBOR}/"), DANA),
    Look("activity", "practice_activity", at(f"/p/{HARBOR}/activity/"), DANA),
    Look(
        "activity searched",
        "practice_activity",
        at(f"/p/{HARBOR}/activity/?who=zzz&since=2025-01-01"),
        DANA,
    ),
    *ASSIGNING,
    *BINDERS,
    *DOCUMENTS,
    *IMPORTING,
    *RECORDS,
    Look(
        "certificate none",
        "member_certificate",
        choosing("Hannah Fischer", tile="View Compliance Certificate"),
        DANA,
        404,
    ),
    Look(
        "certificate preparing",
        "practice_certificate",
        held_still(choosing("Ravi Ganesan", tile="View Compliance Certificate")),
        DANA,
    ),
    Look(
        "link ended",
        "practice_certificate",
        an_old_link(choosing("Grace Lindqvist", tile="View Member Record")),
        DANA,
        410,
    ),
    Look("administrator", "administrator", at(f"/p/{HARBOR}/administrator/"), DANA),
    Look(
        "administrator nobody",
        "administrator",
        pressing("Change administrator", at(f"/p/{HARBOR}/administrator/")),
        DANA,
        422,
    ),
    Look("people", "people", at(PEOPLE), DANA),
    Look("people empty", "people", pressing("Send invitation", at(PEOPLE)), DANA, 422),
    Look("tokens", "tokens", at(TOKENS), DANA),
    Look("tokens empty", "tokens", pressing("Create token", at(TOKENS)), DANA, 422),
    Look("tokens new", "tokens", a_new_token, DANA),
    Look("password", "account_change_password", at(CHANGE), DANA),
    Look(
        "password wrong",
        "account_change_password",
        pressing(
            "Save password",
            at(CHANGE),
            oldpassword=PASSWORD,
            password1="short",
        ),
        DANA,
    ),
)
STAFF_PAGES = (
    Look("staff home", "staff_home", at(STAFF), PRIYA),
    Look("staff searched", "staff_home", at(f"{STAFF}?q=zzz"), PRIYA),
    Look("staff seats", "staff_seats", at(f"{STAFF}seats/"), PRIYA),
    Look(
        "staff seats empty",
        "staff_seats",
        pressing("Save", at(f"{STAFF}seats/")),
        PRIYA,
        422,
    ),
    Look("staff mail", "staff_mail", at(f"{STAFF}mail/"), PRIYA),
    Look("staff mail searched", "staff_mail", at(f"{STAFF}mail/?q=zzz"), PRIYA),
    Look(
        "staff letter",
        "staff_letter",
        following("is renewed", at(f"{STAFF}mail/")),
        PRIYA,
    ),
    Look("staff activity", "staff_activity", at(f"{STAFF}activity/"), PRIYA),
    Look("staff jobs", "staff_jobs", at(f"{STAFF}jobs/"), PRIYA),
    Look("staff jobs failed", "staff_jobs", failed_work(at(f"{STAFF}jobs/")), PRIYA),
    Look(
        "staff member",
        "staff_member",
        following("Tom Bell", at(f"{STAFF}?q=tom")),
        PRIYA,
    ),
    Look(
        "staff activity empty",
        "staff_record_activity",
        pressing("Record activity", following("Tom Bell", at(f"{STAFF}?q=tom"))),
        PRIYA,
        422,
    ),
    Look(
        "staff certification empty",
        "staff_record_certification",
        pressing("Record certification", following("Tom Bell", at(f"{STAFF}?q=tom"))),
        PRIYA,
        422,
    ),
)
LOOKS = (
    *SECURITY,
    *SITE,
    *SIGN_IN,
    *SIGNING_ON,
    *INVITATIONS,
    *CONSENT,
    *PRACTICE,
    *BUYING,
    *EXPORTING,
    *OWN_ORDERS,
    *HOLDERS,
    *STAFF_PAGES,
    *REVIEWING,
    *TELLING,
    *CYCLES,
    *APPROVALS,
    *DECREES,
    *REPORT,
    *AUDITS,
    *MERGING,
    *TAUGHT,
    *EXAMS,
    *DEMO,
)
# What a browser is shown by no page of ours, with the reason.
NOT_PAGES = {
    **NOT_STAFF_PAGES,
    **NO_PAGES_OF_BADGES,
    **NO_PAGES_OF_BUYING,
    **NO_PAGES_OF_BINDERS,
    **NO_PAGES_OF_TAUGHT,
    **NO_PAGES_OF_EXPORTING,
    **NO_PAGES_OF_DOCUMENTS,
    **NO_PAGES_OF_IMPORTING,
    **NO_PAGES_OF_OWN_ORDERS,
    **NO_PAGES_OF_TELLING,
    **NO_PAGES_OF_REPORT,
    "ce_check": "a part of the page it is asked from",
    "demo_advance": "acts, then leads back",
    "demo_enter": "acts, then leads on",
    "account_logout": "acts, then leads on",
    **dict.fromkeys(
        ("end_session", "end_sign_on_link", "remove_factor"), "acts, then leads back"
    ),
    "healthz": "for a supervisor",
    "home": "leads on; its choice is for people of several places",
    **dict.fromkeys(
        ("invite_member", "renewal_mode", "resend_invitation", "revoke_token"),
        "acts, then leads back",
    ),
    "robots": "for search engines",
    "certificates_zip": "a file to be saved",
    **dict.fromkeys(("reports_csv", "reports_xlsx", "demo_file"), "a file to be saved"),
    "my_proof": "a file to be saved",
    "practice_activity_csv": "a file to be saved",
    **NO_PAGES_OF_HOLDERS,
}
