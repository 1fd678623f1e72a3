"""Filters of tables that let too much through, wherever they are used."""

from tests.matrix.mutating import Mutant

PEOPLE = "accounts/models/people.py"
PRACTICES = "accounts/models/practices.py"
ENTRY = "accounts/models/entry.py"
ACTIVITIES = "ce_credits/models/activities.py"
PROOFS = "ce_credits/models/proofs.py"
CERTIFICATES = "certificates/models.py"
SEATS = "credentials/models/seats.py"
FILTER = "return self.filter(practice=practice)"
ALL = "return self.all()"
THEIRS = '"""The member\'s own."""\n        '
ROWS = (
    Mutant(
        PEOPLE,
        "sponsorships__practice=practice, sponsorships__until_on=None",
        "sponsorships__until_on=None",
        "api_member",
    ),
    Mutant(
        PEOPLE,
        "sponsorships__practice=practice, sponsorships__until_on=None",
        "sponsorships__practice=practice",
        "api_member",
    ),
    Mutant(
        PEOPLE,
        "self.filter(known, joined_to=None)",
        "self.filter(joined_to=None)",
        "staff_member",
    ),
    Mutant(
        PEOPLE,
        'member=models.OuterRef("pk"), program=program)',
        'member=models.OuterRef("pk"))',
        "staff_member",
    ),
    Mutant(
        PRACTICES,
        "administrations__user=user, administrations__until_at=None",
        "administrations__until_at=None",
        "nothing_of_another and administrator",
    ),
    Mutant(
        PRACTICES,
        '"""The practice\'s sponsorships, ended ones included."""\n        ' + FILTER,
        '"""The practice\'s sponsorships, ended ones included."""\n        ' + ALL,
        "assignments or renewal_mode",
    ),
    Mutant(
        ENTRY,
        '"""The practice\'s invitations."""\n        ' + FILTER,
        '"""The practice\'s invitations."""\n        ' + ALL,
        "resend_invitation",
    ),
    Mutant(
        ENTRY,
        '"""The practice\'s tokens."""\n        ' + FILTER,
        '"""The practice\'s tokens."""\n        ' + ALL,
        "revoke_token",
    ),
    Mutant(
        ENTRY,
        '"""The body\'s tokens."""\n        return self.filter(program=program)',
        '"""The body\'s tokens."""\n        ' + ALL,
        "staff_revoke_token",
    ),
    Mutant(
        ACTIVITIES,
        "            member__sponsorships__practice=practice,\n",
        "",
        "nothing_of_another and token",
    ),
    Mutant(
        ACTIVITIES,
        "ids.filter(practice=practice).union(sponsored)",
        "ids.union(sponsored)",
        "nothing_of_another and token",
    ),
    Mutant(ACTIVITIES, "return self.filter(member=member)", ALL, "my_activity"),
    Mutant(
        ACTIVITIES,
        "self.filter(program=program).exclude(submitted_at=None)",
        "self.exclude(submitted_at=None)",
        "staff_review",
    ),
    Mutant(
        ACTIVITIES,
        "self.filter(program=program).exclude(submitted_at=None)\n"
        "        return sent.exclude(state=Activity.State.DRAFT)",
        "self.filter(program=program)\n        return sent",
        "staff_review",
    ),
    Mutant(
        PROOFS,
        "self.filter(activity__practice=practice, audit_item=None)",
        "self.all()",
        "its_to_read",
    ),
    # The filter by member stands beside one by the member's activities wherever it is
    # used, so no request tells whether it is there: mutants_of_places has both go.
    Mutant(
        PROOFS,
        "return self.filter(activity__program=program).sent()",
        "return self.sent()",
        "staff_proof",
    ),
    Mutant(
        PROOFS,
        "return self.filter(activity__program=program).sent()",
        "return self.filter(activity__program=program)",
        "staff_proof",
    ),
    Mutant(CERTIFICATES, FILTER, ALL, "practice_certificate"),
    Mutant(
        CERTIFICATES,
        f"{THEIRS}return self.filter(member=member)",
        f"{THEIRS}return self.all()",
        "my_certificate",
    ),
    Mutant(CERTIFICATES, "return self.filter(program=program)", ALL, "staff_revoke"),
    Mutant(
        SEATS,
        '"""The practice\'s pools."""\n        ' + FILTER,
        '"""The practice\'s pools."""\n        ' + ALL,
        "nothing_of_another and token",
    ),
    Mutant(
        SEATS,
        '"""What the practice assigned."""\n        ' + FILTER,
        '"""What the practice assigned."""\n        ' + ALL,
        "api_assignment",
    ),
    Mutant(
        "core/models/outbox.py",
        'self.filter(program=program).exclude(program="")',
        'self.exclude(program="")',
        "staff_letter",
    ),
)
