"""What the demonstration's documents say. Written for it; binding on nobody."""

from portal.layouts import DocumentPart as Part

NOTE = Part(
    "About this paper",
    ("It was written for a demonstration. Ask your certifying body for the real one.",),
)
DUTIES = (
    ("What Medicare asks of whoever documents", "What the credential attests"),
    (
        "Orders are entered by licensed or credentialed staff.",
        "CMSS: examination passed, membership current, continuing education in time.",
    ),
    (
        "The physician reviews and signs what was documented.",
        "The holder documents in the physician's presence and adds nothing.",
    ),
    (
        "Each entry names who made it, and when.",
        "The holder signs in under their own name, never under another's.",
    ),
    (
        "Staff keep to the privacy rules.",
        "HIPAA training is renewed with the examination and each term.",
    ),
)
CROSSWALK_1 = (
    Part(
        "What it is for",
        (
            (
                "The crosswalk puts beside each other what Medicare asks of a "
                "practice and what the credential of its scribes attests."
            ),
            "Keep a copy with your staffing protocols. An auditor may ask for both.",
        ),
    ),
    Part("From attestation to credential", (), DUTIES[:4]),
    NOTE,
)
CROSSWALK_2 = (
    CROSSWALK_1[0],
    Part("From attestation to credential", (), DUTIES),
    Part(
        "What changed",
        ("The line about privacy is new. The lines before it are the same.",),
    ),
    NOTE,
)
BLUEPRINT = (
    Part(
        "The team",
        (
            (
                "One physician, one specialist in the room, one more at the desk. "
                "The specialist in the room documents; the one at the desk prepares "
                "the next visit and closes the last."
            ),
        ),
    ),
    Part(
        "A day",
        ("Who does what, visit by visit.",),
        (
            ("Before and during the visit", "Who"),
            ("Reads the last note, lists what is open", "Specialist at the desk"),
            ("Examines, decides, dictates", "Physician"),
            ("Documents as it is said", "Specialist in the room"),
            ("Reviews and signs", "Physician"),
        ),
    ),
    NOTE,
)
ATTESTATION = (
    Part(
        "What the practice attests",
        (
            (
                "Everybody named on the practice's list holds the credential today, or "
                "documents under the eyes of somebody who does."
            ),
            (
                "Each certificate has an attestation number. Whoever has it can "
                "check the certificate on the public page Verify."
            ),
        ),
    ),
    NOTE,
)
PROTOCOL = (
    Part(
        "Who documents",
        (
            (
                "Each physician works with one credentialed scribe a session. A "
                "scribe in training sits beside, and their notes are read by the "
                "scribe before the physician signs."
            ),
        ),
    ),
    Part(
        "Who steps in",
        ("When the scribe is away, the physician documents. No other staff do.",),
    ),
    Part(
        "Who looks after it",
        ("The Practice Administrator reads this protocol anew each April.",),
    ),
)
