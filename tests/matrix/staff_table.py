"""The rows of a body's staff."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.models import Certificate
from portal.queries.lowering import seen_words
from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.world import World

_grant = sends(practice="northside", product="renewals", count="5", reason="Paid")
_activity = sends(
    **{
        "activity-kind": "webinar",
        "activity-title": "Webinar",
        "activity-on": "2025-10-02",
        "activity-minutes": "45",
        "activity-proof": "seen",
        "activity-reason": "asked by phone",
        "activity-form_key": "key-of-an-activity",
    }
)
_certify = sends(
    **{
        "certification-code": "CMSS",
        "certification-earned_on": "2025-10-02",
        "certification-proof": "seen",
        "certification-form_key": "key-of-a-certification",
    }
)


def _upload(world: World) -> Mapping[str, Any]:
    text = b"code,title,kind,minutes\nA1,Coding,webinar,45\n"
    return {"file": SimpleUploadedFile("items.csv", text)}


def _revoke(world: World) -> Mapping[str, Any]:
    certificate = Certificate.objects.get(pk=world.things["paper of the body"].own)
    return {"reason": "misprinted", "number": certificate.number}


# Two people are in use: nobody needs to be left out.
_fewer = sends(
    outcome="lower",
    to="2",
    seen="0",
    checked=seen_words(2, []),
    reason="asked by phone",
)
_decide = sends(seen="1", minutes="45", outcome="returned", words="Which day?")
_waive = sends(reason="illness")
_withdraw = sends(offered="0")

_phone = sends(method="phone", amount="85.00", received_on="2025-11-17")
_back = sends(
    line_0="1",
    method="transfer",
    reason="one left",
    outcome="give",
    seen="transfer|85.00|0:1",
)
_AWAITS = {"order_id": "order of the body"}

STAFF = {
    "staff_activity": shows(Word.STAFF),
    "staff_activity_csv": shows(Word.STAFF),
    "staff_jobs": shows(Word.STAFF),
    "staff_letter": shows(Word.STAFF, message_id="message of the body"),
    "staff_mail": shows(Word.STAFF),
    "staff_questions": shows(Word.STAFF),
    "staff_question": Row(
        Word.STAFF,
        {"GET": get(), "POST": write(302, sends(answer="Like this."))},
        {"question_id": "question to the body"},
    ),
    "staff_retry_paper": Row(
        Word.MANAGER,
        {"POST": write(302, sends())},
        {"certificate_id": "failed certificate of the body"},
    ),
    "staff_send_again": Row(
        Word.MANAGER,
        {"POST": write(302, sends(seen="1.dead.8"))},
        {"message_id": "message of the body"},
    ),
    "staff_home": shows(Word.STAFF),
    "staff_member": shows(Word.STAFF, member_id="person of the body"),
    "staff_record_activity": Row(
        Word.STAFF,
        {"POST": write(302, _activity)},
        {"member_id": "person of the body"},
    ),
    "staff_record_certification": Row(
        Word.MANAGER,
        {"POST": write(302, _certify)},
        {"member_id": "person of the body"},
    ),
    "staff_standing": shows(Word.MANAGER),
    "staff_standing_csv": shows(Word.MANAGER),
    "staff_journal_csv": shows(Word.STAFF),
    "staff_journal_xlsx": shows(Word.STAFF),
    "staff_orders": shows(Word.STAFF),
    "staff_order": shows(Word.STAFF, **_AWAITS),
    "staff_order_payment": Row(Word.MANAGER, {"POST": write(302, _phone)}, _AWAITS),
    "staff_order_credit": Row(Word.MANAGER, {"POST": write(302, sends())}, _AWAITS),
    "staff_order_cancel": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(reason="ordered twice"))},
        _AWAITS,
    ),
    "staff_order_refund": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _back)},
        {"order_id": "paid order of the body"},
    ),
    "staff_payment": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(outcome="confirm"))},
        {"order_id": "order with a large payment", "payment_id": "large payment"},
    ),
    "staff_refund": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends(way="transfer", seen="0"))},
        {"order_id": "paid order of the body", "refund_id": "failed refund"},
    ),
    "staff_queue": Row(
        Word.STAFF,
        {
            "GET": get(),
            "POST": write(302, sends(name="Old ones", filters="?kind=webinar&age=14")),
        },
    ),
    "staff_view_remove": Row(
        Word.STAFF, {"POST": write(302, sends())}, {"view_id": "view of the body"}
    ),
    "staff_review": Row(
        Word.STAFF,
        {"GET": get(), "POST": write(302, _decide)},
        {"activity_id": "report to the body"},
    ),
    # It leads on to a link of the person's own.
    "staff_proof": Row(
        Word.STAFF, {"GET": get(302)}, {"proof_id": "proof to the body"}
    ),
    "staff_proof_page": shows(
        Word.STAFF, proof_id="proof to the body", page="page of a proof"
    ),
    "staff_waive": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _waive)},
        {"member_id": "person of the body who waits", "held_id": "held certificate"},
    ),
    "staff_revoke": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _revoke)},
        {"certificate_id": "paper of the body"},
    ),
    "staff_catalogue": Row(Word.MANAGER, {"GET": get(), "POST": write(302, _upload)}),
    "staff_catalogue_file": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, sends())},
        {"file_id": "catalogue file"},
    ),
    "staff_catalogue_offer": Row(
        Word.MANAGER, {"POST": write(302, _withdraw)}, {"item_id": "catalogue item"}
    ),
    "staff_catalogue_sample": shows(Word.MANAGER),
    "staff_seats": Row(Word.MANAGER, {"GET": get(), "POST": write(302, _grant)}),
    "staff_seats_lower": Row(
        Word.MANAGER,
        {"GET": get(), "POST": write(302, _fewer)},
        {"practice_id": "practice of the body"},
    ),
}
