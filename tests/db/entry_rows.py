"""Guards of what people come in with: sign-ons, rosters, questions."""

from uuid import uuid4

from django.db import models

from accounts.models import RosterImport, SignOnLink, SingleSignOn, StaffRole
from portal.models import HelpQuestion, SavedView, TranscriptLink
from tests.asked import a_question, a_view
from tests.cast import NOW, TODAY, Cast
from tests.db.breaking import Changes, first
from tests.rosters.waiting import a_roster

BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "a_link_s_end_is_whole": (
        TranscriptLink,
        lambda row: {"secret_hash": "x", "ended_at": NOW},
    ),
    "an_answer_is_whole": (HelpQuestion, lambda row: {"answer": "Yes."}),
    "one_person_a_subject": (
        SignOnLink,
        lambda row: {"subject": row.subject, "user_id": first(StaffRole).user_id},
    ),
    "one_sign_on_a_practice": (SingleSignOn, lambda row: {}),
    "one_subject_a_person": (SignOnLink, lambda row: {"subject": "another"}),
    "one_name_a_view": (SavedView, lambda row: {"name": "Another"}),
    "one_view_a_name": (SavedView, lambda row: {"query": "?q=another"}),
    "one_import_at_a_time": (RosterImport, lambda row: {}),
}


def rows_of_entries(cast: Cast) -> None:
    """Make one row in each of their tables."""
    a_roster(cast.northside, state="importing")
    a_question()
    a_view()
    SingleSignOn.objects.create(
        practice=cast.northside,
        issuer=f"https://login.{cast.northside.slug}.example",
        client_id="client",
        sealed_secret="sealed",
        domains=["mail.example"],
        is_on=True,
    )
    SignOnLink.objects.create(
        practice=cast.northside,
        user=cast.user("bob"),
        subject=uuid4().hex,
        from_at=NOW,
    )
    for name in ("alice", "bob"):
        TranscriptLink.objects.create(
            user=cast.user(name),
            program="acmss",
            name="New employer",
            secret_hash=uuid4().hex,
            made_at=NOW,
            until_on=TODAY,
        )
