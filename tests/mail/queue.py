"""Outbox rows as other apps queue them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from core.models import OutboxMessage
from core.outbox import tell
from tests.cast import NOW

URL = "http://localhost:8000/accounts/invite/one-use-secret/"
PAYLOADS: dict[str, dict[str, Any]] = {
    "invite": {
        "practice": "Northside",
        "name": "Dana Diaz",
        "url": URL,
        "date_text": "Nov 24, 2025, 6:00 p.m. UTC",
    },
    "administrator_changed": {
        "practice": "Northside",
        "name": "Bob Baker",
        "former": "Alice Adams",
        "administrator": "Bob Baker",
        "begins": True,
        "by": "Alice Adams",
        "url": "http://localhost:8000/p/northside/",
    },
    "security_changed": {
        "name": "Bob Baker",
        "what": "A second step was set up: the passkey My laptop.",
        "date_text": "Nov 24, 2025, 6:00 p.m. UTC",
        "url": "http://localhost:8000/accounts/security/",
    },
    "order_placed": {
        "practice": "Northside",
        "name": "Northside",
        "number": "ORD-7K4M-2XQ9",
        "total_text": "$850.00",
        "rest_text": "$850.00",
        "due_text": "Dec 17, 2025",
        "url": "http://localhost:8000/p/northside/orders/one/",
    },
    "order_overdue": {
        "practice": "Northside",
        "name": "Northside",
        "number": "ORD-7K4M-2XQ9",
        "total_text": "$850.00",
        "rest_text": "$350.00",
        "due_text": "Dec 17, 2025",
        "url": "http://localhost:8000/p/northside/orders/one/",
    },
    "order_receipt": {
        "practice": "Northside",
        "name": "Northside",
        "number": "ORD-7K4M-2XQ9",
        "total_text": "$850.00",
        "rest_text": "",
        "due_text": "Dec 17, 2025",
        "amount_text": "$900.00",
        "method": "Cheque",
        "over_text": "$50.00",
        "url": "http://localhost:8000/p/northside/orders/one/",
    },
    "order_refunded": {
        "practice": "Northside",
        "name": "Northside",
        "number": "ORD-7K4M-2XQ9",
        "total_text": "$850.00",
        "rest_text": "",
        "due_text": "Dec 17, 2025",
        "amount_text": "$85.00",
        "url": "http://localhost:8000/p/northside/orders/one/",
    },
    "reset": {"url": URL, "date_text": "Nov 17, 2025, 7:00 p.m. UTC"},
    "renewed": {
        "practice": "Northside",
        "name": "Bob",
        "date_text": "Nov 17, 2026",
        "items": ["Your term: Nov 17, 2025 to Nov 16, 2026.", "Certificate issued."],
        "url": "http://localhost:8000/me/",
    },
    "renewed_administrator": {
        "practice": "Northside",
        "name": "Alice Adams",
        "date_text": "Nov 17, 2025",
        "items": ["Bob Baker: renewal date Nov 17, 2026. Certificate issued."],
        "url": "http://localhost:8000/p/northside/assignments/",
    },
    "ce_received": {
        "practice": "Northside",
        "body": "ACMSS",
        "name": "Bob",
        "title": "Webinar (45 min)",
        "date_text": "Oct 2, 2025",
        "credit_line": "45 min → 1.0 CME, band over 30 and up to 60 min.",
        "place": "",
        "reason": "",
        "url": "http://localhost:8000/me/ce/one/",
    },
    "ce_decided": {
        "practice": "Northside",
        "body": "ACMSS",
        "name": "Bob",
        "title": "Webinar (45 min)",
        "date_text": "Oct 2, 2025",
        "outcome": "not accepted",
        "credit_line": "0.0 CME. Not accepted: reported twice.",
        "reason": "Reported twice",
        "url": "http://localhost:8000/me/ce/one/",
    },
    "renewal_due": {
        "practice": "Northside",
        "name": "Bob",
        "body": "ACMSS",
        "date_text": "Dec 1, 2025",
        "left_text": "in 14 days",
        "items": ["Auto-renewal: Northside has one used.", "Price: $85.00."],
        "zone_text": "Dates are days of ACMSS.",
        "url": "http://localhost:8000/me/",
    },
    "renewal_due_administrator": {
        "practice": "Northside",
        "name": "Alice Adams",
        "count": 2,
        "files": 1,
        "date_text": "Dec 1, 2025",
        "items": ["Bob Baker: Dec 1, 2025, $85.00.", "Eve Ellis: Dec 1, 2025, $85.00."],
        "seats_text": "You have 3 renewals to assign.",
        "zone_text": "Dates are days of ACMSS.",
        "url": "http://localhost:8000/p/northside/assignments/",
    },
    "auto_renewal_administrator": {
        "practice": "Northside",
        "name": "Alice Adams",
        "date_text": "Dec 1, 2025",
        "renewed": 1,
        "missed": 1,
        "items": ["Bob Baker: renewed.", "Eve Ellis: not renewed."],
        "url": "http://localhost:8000/p/northside/assignments/",
    },
    "certificate_revoked": {
        "practice": "Northside",
        "issuer": "ACMSS",
        "name": "Bob",
        "holder": "Bob Baker",
        "title": "CMS Compliance Certificate",
        "number": "CMS-7Q4K-29XD-M3V5",
        "date_text": "Nov 17, 2025",
        "reason": "Its credit was not accepted",
        "url": "http://localhost:8000/me/",
    },
    "certificate_ready": {
        "practice": "Northside",
        "name": "Bob",
        "holder": "Bob Baker",
        "date_text": "Nov 16, 2026",
        "items": [],
        "url": "http://localhost:8000/me/",
    },
}


def queued(
    kind: str = "renewed",
    *,
    recipient: str = "bob@mail.example",
    subject_id: UUID | None = None,
    now: datetime = NOW,
    program: str = "",
    **values: object,
) -> OutboxMessage:
    """Queue a message of a kind, with some words changed."""
    return tell(
        kind=kind,
        subject_id=subject_id or uuid4(),
        recipient=recipient,
        payload=PAYLOADS.get(kind, {}) | values,
        now=now,
        program=program,
    )
