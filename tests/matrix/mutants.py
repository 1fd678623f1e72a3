"""The walls, each with the change that takes it away: what the matrix must notice.

A mutant is a file, the text that stands there exactly once, what stands there instead,
and the tests to ask first; if they see nothing, the whole matrix is asked.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ACCESS = "accounts/access.py"
PEOPLE = "accounts/models/people.py"
PRACTICES = "accounts/models/practices.py"
ENTRY = "accounts/models/entry.py"
TOKENS = "accounts/services/tokens.py"
ACTIVITIES = "ce_credits/models/activities.py"
PROOFS = "ce_credits/models/proofs.py"
CERTIFICATES = "certificates/models.py"
SEATS = "credentials/models/seats.py"
REPORTED = "portal/queries/reported.py"
STAFF = "portal/queries/staff.py"
PAPERS = "portal/views/papers.py"
FILTER = "return self.filter(practice=practice)"
ALL = "return self.all()"


@dataclass(frozen=True)
class Mutant:
    """One wall taken away; `asks` names the tests that should see it first."""

    file: str
    old: str
    new: str
    asks: str

    def __str__(self) -> str:
        old, new = (" ".join(each.split()) for each in (self.old, self.new))
        return f"{self.file}: {old} → {new}"

    def text(self, root: Path = ROOT) -> str:
        """Give the changed file.

        Raises:
            ValueError: what is to be changed stands there not once.
        """
        whole = (root / self.file).read_text(encoding="utf-8")
        count = whole.count(self.old)
        if count != 1 or self.old == self.new:
            raise ValueError(f"{self}: stands there {count} times")
        return whole.replace(self.old, self.new)


def right(name: str, old: str, new: str, asks: str) -> Mutant:
    """A permission that asks for less."""
    return Mutant(ACCESS, f"{name}, {old}", f"{name}, {new}", asks)


STAFF_RIGHT = "Kind.STAFF, manager=True)"
ANY_STAFF = "Kind.STAFF)"
DOORS = (
    Mutant(ACCESS, "if token.practice.slug != slug:", "if False:", "api_members"),
    Mutant(
        ACCESS,
        "if not permission.needs or permission.needs not in token.scopes:",
        "if not permission.needs:",
        "api_members",
    ),
    Mutant(
        ACCESS,
        "practice__slug=slug, user=user, until_at=None,",
        "practice__slug=slug, user=user,",
        "practice_home",
    ),
    Mutant(
        ACCESS,
        "practice__slug=slug, user=user, until_at=None,",
        "practice__slug=slug, until_at=None,",
        "practice_home",
    ),
    Mutant(
        ACCESS,
        "practice__slug=slug, user=user, until_at=None,",
        "user=user, until_at=None,",
        "practice_home",
    ),
    Mutant(ACCESS, "if sponsored.exists():", "if False:", "practice_home"),
    Mutant(
        ACCESS,
        "sponsorships__member__user=user, sponsorships__until_on=None\n    )\n    if",
        "sponsorships__member__user=user\n    )\n    if",
        "practice_home",
    ),
    Mutant(
        ACCESS,
        "filter(user=user, program=program, until_at=None)",
        "filter(user=user, until_at=None)",
        "staff_home",
    ),
    Mutant(
        ACCESS,
        "filter(user=user, program=program, until_at=None)",
        "filter(user=user, program=program)",
        "staff_home",
    ),
    Mutant(
        ACCESS,
        "filter(user=user, program=program, until_at=None)",
        "filter(program=program, until_at=None)",
        "staff_home",
    ),
    Mutant(
        ACCESS,
        "if permission.manager and role.role != StaffRole.Role.MANAGER:",
        "if False:",
        "staff_seats",
    ),
    Mutant(
        ACCESS,
        "    if token is not None:\n        raise WrongRole\n    if user is None:",
        "    if user is None:",
        "api_my_terms",
    ),
    Mutant(
        ACCESS,
        "member = Member.objects.filter(user=user).first()",
        "member = Member.objects.first()",
        "my_activity",
    ),
    Mutant(
        ACCESS,
        "if is_own_record(actor.user_id, member):",
        "if False:",
        "nobody_decides",
    ),
    right('"staff.catalogue"', STAFF_RIGHT, ANY_STAFF, "staff_catalogue"),
    right('"staff.waive"', STAFF_RIGHT, ANY_STAFF, "staff_waive"),
    right('"staff.revoke"', STAFF_RIGHT, ANY_STAFF, "staff_revoke"),
    right('"staff.certify"', STAFF_RIGHT, ANY_STAFF, "staff_record_certification"),
    right('"staff.seats"', STAFF_RIGHT, ANY_STAFF, "staff_seats"),
    right('"staff.retry"', STAFF_RIGHT, ANY_STAFF, "staff_send_again"),
    right(
        '"api.ce_record"',
        'Kind.PRACTICE, needs="ce:write"',
        'Kind.PRACTICE, needs="ce:read"',
        "api_submit",
    ),
    right(
        '"api.assign"',
        'Kind.PRACTICE, needs="assignments:write"',
        'Kind.PRACTICE, needs="assignments:read"',
        "api_assignments",
    ),
    Mutant(
        "accounts/routes.py",
        "if request.method not in allowed:",
        "if False:",
        "renewal_mode or staff_waive",
    ),
    Mutant(
        "accounts/routes.py",
        "with scoped(door.scope):\n                    return view",
        "if True:\n                    return view",
        "practice_home",
    ),
    Mutant(
        "accounts/rest.py",
        "with scoped(door.scope):\n            return handler",
        "if True:\n            return handler",
        "api_members",
    ),
    Mutant(
        "accounts/rest.py",
        "actor_key=door.actor.key,",
        'actor_key="anybody",',
        "two_hands",
    ),
    Mutant(
        "accounts/authentication.py",
        "if check.process_view(asked, _nowhere, (), {}):",
        "if False:",
        "one_time_key and api_assignments",
    ),
    Mutant(
        TOKENS,
        "revoked_at=None, expires_at__gt=now)",
        "expires_at__gt=now)",
        "api_members",
    ),
    Mutant(
        TOKENS,
        "revoked_at=None, expires_at__gt=now)",
        "revoked_at=None)",
        "api_members",
    ),
    Mutant(
        "core/rest/asking.py",
        "if name not in self.fields\n            }",
        "if False\n            }",
        "refuses_by_name",
    ),
)
METHODS = (
    Mutant(
        "portal/views/practice.py",
        '@route(permission=PRACTICE_ASSIGN, methods=("POST",))',
        '@route(permission=PRACTICE_ASSIGN, methods=("GET", "POST"))',
        "renewal_mode",
    ),
    Mutant(
        "portal/views/practice.py",
        "@route(permission=PRACTICE_SEE)\ndef record(",
        "@route(permission=PUBLIC)\ndef record(",
        "member_record",
    ),
    Mutant(
        "portal/views/ending.py",
        '@route(permission=STAFF_WAIVE, methods=("GET", "POST"))',
        '@route(permission=STAFF_REVOKE, methods=("GET", "POST"))',
        "staff_waive",
    ),
    Mutant(
        "portal/api/ce_deciding.py",
        '{"POST": STAFF_DECIDE}',
        '{"POST": PUBLIC}',
        "api_decision",
    ),
)
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
        "models.Q(sponsorships__program=program)\n",
        "models.Q(pk__isnull=False)\n",
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
        ACTIVITIES,
        "            member__sponsorships__practice=practice,\n",
        "",
        "nothing_of_another and token",
    ),
    Mutant(
        ACTIVITIES,
        "ids.filter(practice=practice).union(sponsored)",
        "ids.union(sponsored)",
        "api_activity",
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
        PROOFS, "self.filter(activity__practice=practice)", "self.all()", "api_proof"
    ),
    Mutant(PROOFS, "self.filter(activity__member=member)", "self.all()", "my_proof"),
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
        "return self.filter(member=member)",
        ALL,
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
PLACES = (
    Mutant(
        "accounts/queries.py",
        'Member.objects.of(practice).select_related("user")',
        'Member.objects.select_related("user")',
        "nothing_of_another and administrator",
    ),
    Mutant(
        "accounts/queries.py",
        "Invitation.objects.of(practice).filter(accepted_at=None, replaced_at=None)",
        "Invitation.objects.filter(accepted_at=None, replaced_at=None)",
        "nothing_of_another and administrator",
    ),
    Mutant(
        "accounts/views/people.py",
        "get_object_or_404(Member.objects.of(door.practice), pk=member)",
        "get_object_or_404(Member.objects, pk=member)",
        "invite_member",
    ),
    Mutant(
        "accounts/views/tokens.py",
        "ApiToken.objects.of(practice)\n",
        "ApiToken.objects.all()\n",
        "nothing_of_another and administrator",
    ),
    Mutant(
        "portal/queries/people.py",
        "Sponsorship.objects.of(practice)\n",
        "Sponsorship.objects.all()\n",
        "member_record",
    ),
    Mutant(
        "portal/queries/roster.py",
        "        Member.objects.of(practice)\n",
        "        Member.objects.all()\n",
        "api_member",
    ),
    Mutant(
        "portal/views/practice.py",
        "Sponsorship.objects.of(door.practice)",
        "Sponsorship.objects.all()",
        "renewal_mode",
    ),
    Mutant(
        "credentials/services/assigning.py",
        "        Sponsorship.objects.of(practice)\n        .open()\n",
        "        Sponsorship.objects.all()\n        .open()\n",
        "assignments",
    ),
    Mutant(
        PAPERS,
        "mine = Certificate.objects.of(door.practice)",
        "mine = Certificate.objects.all()",
        "practice_certificate",
    ),
    Mutant(
        PAPERS,
        "mine = Certificate.objects.visible_to(door.member)",
        "mine = Certificate.objects.all()",
        "my_certificate",
    ),
    Mutant(
        "portal/queries/papers.py",
        "        Certificate.objects.of(practice)\n",
        "        Certificate.objects.all()\n",
        "member_certificate",
    ),
    Mutant(
        "certificates/api.py",
        "Certificate.objects.of(door.practice).filter(pk=row_id)",
        "Certificate.objects.filter(pk=row_id)",
        "api_certificate_pdf",
    ),
    Mutant(
        "certificates/queries.py",
        "return Certificate.objects.of(practice).annotate(",
        "return Certificate.objects.annotate(",
        "api_certificate",
    ),
    Mutant(
        "portal/api/seats.py",
        "pools = SeatPool.objects.of(door.practice)",
        "pools = SeatPool.objects.all()",
        "nothing_of_another and token",
    ),
    Mutant(
        "portal/queries/figures.py",
        "Sponsorship.objects.of(door.practice).open()",
        "Sponsorship.objects.open()",
        "api_member_terms",
    ),
    Mutant(
        REPORTED,
        "Activity.objects.of(door.practice).filter(mine | sent_in)",
        "Activity.objects.of(door.practice)",
        "api_activity",
    ),
    Mutant(
        REPORTED,
        "_proofs(door).filter(pk=proof_id, activity=activity_id)",
        "_proofs(door).filter(pk=proof_id)",
        "api_my_proof",
    ),
    Mutant(
        "portal/views/ce_files.py",
        "found.filter(activity=activity_id).first()",
        "found.first()",
        "my_proof",
    ),
    Mutant(
        "portal/views/ce_files.py",
        "Proof.objects.visible_to(door.member).there().filter(activity=activity)",
        "Proof.objects.there()",
        "page_lets_send",
    ),
    Mutant(
        "portal/queries/waiving.py",
        "pk=held_id, window__member=member, window__program=program",
        "pk=held_id, window__program=program",
        "staff_waive",
    ),
    Mutant(
        STAFF,
        "member = Member.objects.of_program(program).filter(pk=member_id)",
        "member = Member.objects.filter(pk=member_id)",
        "staff_member",
    ),
    Mutant(
        STAFF,
        "Product.objects.filter(program=program).order_by",
        "Product.objects.order_by",
        "another_body_s_product",
    ),
    Mutant(
        "portal/queries/staff_jobs.py",
        "Certificate.objects.filter(program=program, pk=certificate_id)",
        "Certificate.objects.filter(pk=certificate_id)",
        "staff_retry_paper",
    ),
    Mutant(
        "portal/queries/proofs.py",
        "Proof.objects.of_program(program).filter(pk=proof_id)",
        "Proof.objects.filter(pk=proof_id)",
        "staff_proof",
    ),
    Mutant(
        "portal/queries/catalogue.py",
        "CatalogueItem.objects.of_program(program).filter(pk=item_id)",
        "CatalogueItem.objects.filter(pk=item_id)",
        "staff_catalogue_offer",
    ),
    Mutant(
        "portal/queries/catalogue.py",
        "CatalogueFile.objects.of_program(program).filter(pk=file_id)",
        "CatalogueFile.objects.filter(pk=file_id)",
        "staff_catalogue_file",
    ),
    Mutant(
        "ce_credits/services/drafts.py",
        "if activity.member_id != member.pk:",
        "if False:",
        "page_lets_send",
    ),
)
MUTANTS = (*DOORS, *METHODS, *ROWS, *PLACES)
