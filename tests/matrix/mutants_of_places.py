"""Places that ask for too much, though the filter they should use is sound."""

from tests.matrix.mutating import Mutant

REPORTED = "portal/queries/reported.py"
STAFF = "portal/queries/staff.py"
PAPERS = "portal/views/papers.py"
DROPPED = """\
    mine = Proof.objects.visible_to(door.member).there().filter(activity=activity)
    found = mine.filter(pk=proof_id).first() if proof_id else None
    try:
        if found is None:
            raise Missing("Not found.")
        remove_proof(actor=door.actor, activity=activity, proof=found, now=clock.now())
"""
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
        "Sponsorship.objects.of(practice).open()",
        "Sponsorship.objects.open()",
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
        "portal/queries/stocks.py",
        'pools = SeatPool.objects.filter(practice=practice_id, product=OuterRef("pk"))',
        'pools = SeatPool.objects.filter(product=OuterRef("pk")).order_by("-granted")',
        "shows_nowhere_else",
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
        "    mine = Proof.objects.visible_to(door.member).there()\n"
        "    found = mine.filter(\n"
        "        pk=proof_id, "
        "activity__in=Activity.objects.visible_to(door.member).shown()\n"
        "    )\n",
        "    found = Proof.objects.there().filter(pk=proof_id)\n",
        "my_proof",
    ),
    # The service asks once more whether the file is this activity's, and says the same
    # as the page: only where the page also hands it the file's own does one go.
    Mutant(
        "portal/views/ce_files.py",
        DROPPED,
        DROPPED.replace(
            "visible_to(door.member).there().filter(activity=activity)", "there()"
        ).replace("activity=activity", "activity=found.activity"),
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
        "portal/queries/catalogue_items.py",
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
        "portal/queries/missed.py",
        "missed(program).filter(pk=missed_id)",
        "MissingCredit.objects.filter(pk=missed_id)",
        "staff_missed",
    ),
    Mutant(
        "portal/queries/fed.py",
        "FeedDelivery.objects.of_program(program).filter(pk=delivery_id)",
        "FeedDelivery.objects.filter(pk=delivery_id)",
        "api_feed_file",
    ),
    Mutant(
        "portal/queries/rosters.py",
        "RosterImport.objects.of(practice).filter(pk=roster_id)",
        "RosterImport.objects.filter(pk=roster_id)",
        "members_import_file",
    ),
    Mutant(
        "ce_credits/services/drafts.py",
        "if activity.member_id != member.pk:",
        "if False:",
        "page_lets_send",
    ),
)
