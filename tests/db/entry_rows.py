"""Guards of what people come in with: sign-ons, rosters, questions."""

from django.db import models

from accounts.models import RosterImport, SignOnLink, SingleSignOn, StaffRole
from portal.models import HelpQuestion, SavedView
from tests.db.breaking import Changes, first

BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
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
