"""The rows: every route of the project, by its name."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from accounts.checks import Routed
from tests.matrix.approvals_table import APPROVALS
from tests.matrix.assigning_table import ASSIGNING
from tests.matrix.auditing_table import AUDITING
from tests.matrix.badges_table import BADGES
from tests.matrix.binder_table import BINDERS
from tests.matrix.courses_table import COURSES
from tests.matrix.cycles_rest_table import CYCLES_OVER_REST
from tests.matrix.cycles_table import CYCLES
from tests.matrix.decreeing_table import DECREEING
from tests.matrix.documents_table import DOCUMENTS
from tests.matrix.exams_table import EXAMS
from tests.matrix.expectations import (
    Call,
    Row,
    Word,
    answers,
    get,
    sends,
    shows,
    works_out,
    write,
)
from tests.matrix.export_table import EXPORTS
from tests.matrix.feed_table import FEEDS
from tests.matrix.learning_table import LEARNING
from tests.matrix.licences_table import LICENCES
from tests.matrix.live_table import LIVE
from tests.matrix.merging_table import MERGING
from tests.matrix.people_table import PEOPLE_OVER_REST
from tests.matrix.records_table import RECORDS
from tests.matrix.report_table import REPORT
from tests.matrix.rest_table import CE_OVER_REST
from tests.matrix.sharing_table import SHARING
from tests.matrix.shop_table import SHOP
from tests.matrix.staff_reports_table import STAFF_REPORTS
from tests.matrix.staff_table import STAFF
from tests.matrix.telling_table import TELLING
from tests.matrix.world import World


def _hand_over(world: World) -> Mapping[str, Any]:
    held = world.cast.northside.administrations.get(named=True, until_at=None)
    return {"person": world.things["account"].own, "seen": str(held.pk)}


_switch = sends(mode="auto")


def _typed(world: World) -> Mapping[str, Any]:
    return {"draft": uuid4().hex, "saves": "0", "title": "Webinar", "do": "save"}


_invite = sends(first_name="Ina", last_name="Invited", email="ina@mail.example")
_sign_on = sends(
    issuer="https://login.mail.example",
    client_id="other",
    client_secret="another secret",
    domains="mail.example",
    state="off",
)
_token = sends(name="Payroll", scopes="members:read", expires="90")


def rest(scope: str, call: Call | None = None, **names: str) -> Row:
    """A REST address of a practice that a token with the scope may read."""
    calls = {"GET": get(scope=scope)}
    if call is not None:
        calls["POST"] = call
    return Row(Word.PRACTICE, calls, names)


SITE = {
    name: shows(Word.PUBLIC)
    for name in (
        "accessibility",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_signup",
        "api_docs",
        "help",
        "landing",
        "privacy",
        "problems",
        "robots",
        "status",
        "verify_form",
    )
}
PUBLIC = {
    "accept_invitation": Row(
        Word.PUBLIC, {"GET": get(), "POST": answers(200, 409, 422)}, {"token": "link"}
    ),
    "account_login": Row(
        Word.PUBLIC,
        {"GET": get(200, 302), "POST": answers(200, 302)},
    ),
    "account_logout": Row(Word.PUBLIC, {"POST": answers(302)}),
    "account_reset_password": Row(
        Word.PUBLIC, {"GET": get(200, 302), "POST": answers(200, 302)}
    ),
    "account_reset_password_from_key": Row(
        Word.PUBLIC,
        {"GET": get(200, 302), "POST": answers(200, 302)},
        {"uidb36": "reset link's person", "key": "reset link's key"},
    ),
    "api_schema": Row(Word.PUBLIC, {"GET": get()}),
    "api_verify": shows(Word.PUBLIC, code="number"),
    "decline_invitation": Row(Word.PUBLIC, {"POST": answers(200)}, {"token": "link"}),
    "ask_for_new_invitation": Row(
        Word.PUBLIC, {"POST": answers(200)}, {"token": "link"}
    ),
    "contact": Row(Word.PUBLIC, {"GET": get(), "POST": answers(302, 422)}),
    "contact_sent": shows(Word.PUBLIC, key="question's key"),
    "healthz": Row(Word.PUBLIC, {"GET": get(200)}),
    "mfa_authenticate": Row(Word.PUBLIC, {"GET": get(302), "POST": answers(302)}),
    "help_article": shows(Word.PUBLIC, article="article"),
    "problem": shows(Word.PUBLIC, slug="problem"),
    # Whoever is signed in is led home; the provider of this world is never there.
    "sign_on": Row(Word.PUBLIC, {"GET": get(200, 302), "POST": answers(302, 502)}),
    "sign_on_back": Row(Word.PUBLIC, {"GET": get(302, 400)}),
    # What bears no signature of the card provider's is not believed, whoever sends it.
    "stripe_events": Row(Word.PUBLIC, {"POST": answers(400)}),
    "verify": shows(Word.PUBLIC, number="number"),
}
PEOPLE = {
    "account_change_password": Row(
        Word.SIGNED_IN, {"GET": get(), "POST": answers(200)}
    ),
    "account_reauthenticate": Row(Word.SIGNED_IN, {"GET": get(), "POST": answers(422)}),
    "end_session": Row(
        Word.SIGNED_IN, {"POST": works_out(302, sends(session="others"))}
    ),
    "home": Row(Word.SIGNED_IN, {"GET": get(200, 302)}),
    "mfa_activate_totp": Row(
        Word.SIGNED_IN,
        {"GET": get(200, 302), "POST": Call(frozenset((302, 422)), sends())},
    ),
    "mfa_add_webauthn": Row(
        Word.SIGNED_IN, {"GET": get(), "POST": works_out(422, sends())}
    ),
    "mfa_index": shows(Word.SIGNED_IN),
    "recovery_codes": Row(Word.SIGNED_IN, {"POST": answers(200, 409)}),
    "remove_factor": Row(Word.SIGNED_IN, {"POST": answers(404, 409)}),
    "me": shows(Word.OWN),
    "asked_to_join": Row(
        Word.OWN,
        {"GET": get(), "POST": write(200, sends(do="no"))},
        {"invitation": "question"},
        own_things=True,
    ),
    "ce_check": Row(Word.OWN, {"POST": answers(200)}),
    "ce_edit": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, _typed)},
        {"activity_id": "draft"},
        own_things=True,
    ),
    "ce_new": Row(Word.OWN, {"GET": get(), "POST": write(302, _typed)}),
    "ce_withdraw": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(seen="0"))},
        {"activity_id": "draft"},
        own_things=True,
    ),
    "my_activity": Row(
        Word.OWN, {"GET": get()}, {"activity_id": "activity"}, own_things=True
    ),
    # A stored file's address leads on to a link of the person's own.
    "my_proof": Row(
        Word.OWN,
        {"GET": get(302)},
        {"activity_id": "draft", "proof_id": "proof"},
        own_things=True,
    ),
    "transcript": shows(Word.OWN),
    "transcript_csv": shows(Word.OWN),
    "transcript_pdf": shows(Word.OWN),
    "my_certificate": Row(
        Word.OWN, {"GET": get(302)}, {"certificate_id": "certificate"}, own_things=True
    ),
}
PRACTICE = {
    "administrator": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, _hand_over, swaps=("account",))},
    ),
    "invite_member": Row(
        Word.PRACTICE,
        {"POST": write(302, sends())},
        {"member": "person without account"},
    ),
    "member_certificate": Row(
        Word.PRACTICE,
        {"GET": get(200, 302)},
        {"member_id": "person"},
        remembers=True,
    ),
    "order": shows(Word.PRACTICE, order_id="order"),
    "orders": shows(Word.PRACTICE),
    # Without keys of a provider no card is taken (tests/billing has it with them).
    "paid_by_card": shows(Word.PRACTICE, order_id="order"),
    "pay_by_card": Row(
        Word.PRACTICE, {"POST": works_out(409, sends())}, {"order_id": "order"}
    ),
    "people": Row(Word.PRACTICE, {"GET": get(), "POST": write(302, _invite)}),
    "practice_certificate": Row(
        Word.PRACTICE, {"GET": get(302)}, {"certificate_id": "certificate"}
    ),
    "practice_activity": shows(Word.PRACTICE),
    "practice_activity_csv": shows(Word.PRACTICE),
    "practice_home": shows(Word.PRACTICE),
    "renewal_mode": Row(
        Word.PRACTICE, {"POST": write(302, _switch)}, {"member_id": "person"}
    ),
    "resend_invitation": Row(Word.PRACTICE, {"POST": write(302, sends())}),
    "revoke_token": Row(
        Word.PRACTICE, {"POST": write(302, sends())}, {"token_id": "token"}
    ),
    "end_sign_on_link": Row(
        Word.PRACTICE, {"POST": write(302, sends())}, {"link": "sign-on link"}
    ),
    "sign_on_settings": Row(
        Word.PRACTICE, {"GET": get(), "POST": write(302, _sign_on)}
    ),
    "tokens": Row(Word.PRACTICE, {"GET": get(), "POST": write(200, _token)}),
}
REST = {
    "api_certificate": rest(
        "certificates:read", certificate_id="certificate over REST"
    ),
    # Whoever opens it first is noted.
    "api_certificate_pdf": Row(
        Word.PRACTICE,
        {"GET": get(scope="certificates:read", noted=True)},
        {"certificate_id": "certificate over REST"},
    ),
    "api_certificates": rest("certificates:read"),
    "api_member": rest("members:read", member_id="person over REST"),
    **PEOPLE_OVER_REST,
    "api_seats": rest("assignments:read"),
}
# Routed with DEMO=1 alone.
DEMO = {
    "demo_advance": Row(Word.PUBLIC, {"POST": write(302, sends(to="day"))}),
    "demo_enter": Row(
        Word.PUBLIC, {"POST": write(302, sends(email="dana@demo.example"))}
    ),
    "demo_file": shows(Word.PUBLIC, key="letter", place="enclosed"),
    "demo_letter": shows(Word.PUBLIC, key="letter"),
    "demo_letter_html": shows(Word.PUBLIC, key="letter"),
    "demo_mailbox": shows(Word.PUBLIC),
    # What it throws away is thrown away by whoever runs the demonstration.
    "demo_reset": Row(Word.PUBLIC, {"GET": get(), "POST": works_out(202, sends())}),
}
ROWS: dict[str, Row] = {
    **SITE,
    **PUBLIC,
    **PEOPLE,
    **PRACTICE,
    **STAFF,
    **REST,
    **CE_OVER_REST,
    **ASSIGNING,
    **BADGES,
    **BINDERS,
    **CYCLES_OVER_REST,
    **FEEDS,
    **APPROVALS,
    **EXPORTS,
    **RECORDS,
    **REPORT,
    **STAFF_REPORTS,
    **SHARING,
    **SHOP,
    **DOCUMENTS,
    **TELLING,
    **AUDITING,
    **DECREEING,
    **LICENCES,
    **MERGING,
    **COURSES,
    **EXAMS,
    **LEARNING,
    **LIVE,
    **CYCLES,
}


def without_a_row(found: Iterable[Routed]) -> list[str]:
    """Name the routes the table does not know."""
    return [f"{each.name} (/{each.path})" for each in found if each.name not in ROWS]
