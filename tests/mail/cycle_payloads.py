"""What letters about a cycle's days say, put together as they leave."""

from typing import Any

CYCLES: dict[str, dict[str, Any]] = {
    "cycle_reminder": {
        "practice": "Northside",
        "name": "Bob",
        "held": "CPCS and CPMSM",
        "title": "Your cycle ends Dec 1, 2025",
        "lead": "Your cycle for CPCS and CPMSM ends Dec 1, 2025, in 7 days.",
        "items": ["Next: apply and pay by Dec 1, 2025."],
        "zone_text": "Dates are days of NAMSS, in the zone America/New_York.",
        "url": "http://localhost:8000/me/?program=namss",
        "stop_url": "http://localhost:8000/unsubscribe/signed/",
        "settings_url": "http://localhost:8000/settings/notifications/",
    },
    "registered": {
        "practice": "Northside",
        "name": "Bob",
        "credential": "Certified Provider Credentialing Specialist (CPCS)",
        "number": "CPCS-100",
        "date_text": "Oct 2, 2025",
        "email": "bob@mail.example",
        "url": "http://localhost:8000/me/?program=namss",
    },
    "cycle_notice": {
        "practice": "Northside",
        "name": "Bob",
        "held": "CPCS and CPMSM",
        "title": "Your certification has lapsed",
        "lead": "CPCS and CPMSM lapsed Jan 1, 2026: you may not use the designation.",
        "items": ["Next: apply and pay by Jun 30, 2026."],
        "zone_text": "Dates are days of NAMSS, in the zone America/New_York.",
        "url": "http://localhost:8000/me/?program=namss",
    },
}
