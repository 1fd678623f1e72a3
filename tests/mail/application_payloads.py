"""What letters about applications are queued with."""

from typing import Any

APPLICATION: dict[str, Any] = {
    "practice": "Northside",
    "name": "Bob",
    "what": "application for recertification",
    "cycle_text": "Dec 1, 2025",
    "weeks_text": "3 to 4 weeks",
    "reason": "",
    "items": [],
    "url": "http://localhost:8000/me/recertify/namss/",
}
APPLICATIONS: dict[str, dict[str, Any]] = {
    "application_taken": APPLICATION,
    "application_not_taken": {
        **APPLICATION,
        "items": ["$200.00 of $250.00 are paid."],
    },
    "application_asked": {**APPLICATION, "reason": "Please add the proof of May 2."},
    "application_answered": {
        "body": "Northside",
        "name": "Erin Ellis",
        "who": "Bob Baker",
        "what": "application for recertification",
        "question": "Please add the proof of May 2.",
        "url": "http://localhost:8000/staff/namss/applications/"
        "00000000-0000-0000-0000-000000000001/",
    },
    "deadline_moved": {
        "practice": "Northside",
        "name": "Bob",
        "number": 3,
        "reason": "The storm of November 2025",
        "from_text": "Dec 1, 2025",
        "until_text": "Mar 2, 2026",
        "url": "http://localhost:8000/me/?program=namss",
    },
    "application_approved": {
        **APPLICATION,
        "items": ["Your cycle that ends Dec 1, 2025 is recertified."],
    },
    "cycle_certificate": {
        "practice": "Northside",
        "name": "Bob",
        "date_text": "Dec 1, 2028",
        "items": [
            "Certified Provider Credentialing Specialist (CPCS): NAMSS-7Q4K-29XD-M3V5"
        ],
        "url": "http://localhost:8000/me/certificates/",
    },
    "application_refused": {**APPLICATION, "reason": "A proof is missing."},
}
