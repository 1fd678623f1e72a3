"""What an audit asks for stays, and stays as it was."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models

from accounts.models import BodyToken, Duplicate
from billing.models import (
    CardCharge,
    CardSession,
    CreditBalance,
    Order,
    Payment,
    ProviderEvent,
    Refund,
    StoredCard,
)
from ce_credits.models import (
    Activity,
    ApprovalApplication,
    AttendanceList,
    FeedDelivery,
    FeedRow,
    MissingCredit,
)
from certificates.models import Badge, Certificate
from core.models import ExportJob
from courses.models import (
    Allowance,
    Answer,
    Attempt,
    Course,
    CourseCredit,
    Enrolment,
    LiveActivity,
    LiveRegistration,
    Watched,
    Whereabouts,
)
from credentials.models import (
    Assignment,
    Certification,
    DocumentVersion,
    LeftOut,
    OwnDocumentVersion,
    SecureDocument,
    SocietyMembership,
    Window,
)
from notifications.models import Notice
from portal.models import TranscriptLink
from renewals.models import (
    ApplicationQuestion,
    CardRound,
    Licence,
    MovedDeadline,
    Recertification,
    TermCertificate,
)
from tests.cast import NOW, TODAY, Cast
from tests.db.breaking import first, refused

pytestmark = pytest.mark.db

KEPT = [
    Activity,
    ApplicationQuestion,
    Assignment,
    Badge,
    CardCharge,
    CardRound,
    Recertification,
    SocietyMembership,
    CardSession,
    Certificate,
    Certification,
    CreditBalance,
    ApprovalApplication,
    AttendanceList,
    BodyToken,
    Duplicate,
    ExportJob,
    DocumentVersion,
    FeedDelivery,
    FeedRow,
    Attempt,
    Answer,
    Allowance,
    Course,
    CourseCredit,
    Enrolment,
    LeftOut,
    Licence,
    LiveActivity,
    LiveRegistration,
    MovedDeadline,
    MissingCredit,
    Order,
    OwnDocumentVersion,
    Payment,
    ProviderEvent,
    Refund,
    SecureDocument,
    StoredCard,
    TermCertificate,
    TranscriptLink,
    Window,
]


@pytest.mark.parametrize("model", KEPT, ids=lambda each: each.__name__)
def test_what_an_audit_asks_for_cannot_be_deleted(
    model: type[models.Model], rare: Cast
) -> None:
    count = model._default_manager.count()
    statement = f"DELETE FROM {model._meta.db_table}"  # noqa: S608  (our own table)
    with connection.cursor() as cursor:
        words = refused(lambda: cursor.execute(statement))
    assert "kept for audits" in words
    assert model._default_manager.count() == count > 0


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Certificate, {"facts": {"changed": True}}),
        (Certificate, {"number": "CMS-0000"}),
        (Certificate, {"certification_id": uuid4()}),
        (Badge, {"shared_at": NOW + timedelta(days=9)}),
        (Certificate, {"valid_until": TODAY + timedelta(days=999)}),
        (Assignment, {"choice": "oncology"}),
        (Assignment, {"on": TODAY + timedelta(days=9)}),
        (Window, {"last_on": TODAY + timedelta(days=999)}),
        (Window, {"sequence": 9}),
        (Window, {"assignment_id": None}),
        (Window, {"created_at": NOW + timedelta(days=9)}),
        (LeftOut, {"from_on": TODAY + timedelta(days=999)}),
        (SecureDocument, {"program": "another"}),
        (DocumentVersion, {"sha256": "another"}),
        (DocumentVersion, {"effective_on": TODAY + timedelta(days=9)}),
        (DocumentVersion, {"published_by": "Somebody else"}),
        (OwnDocumentVersion, {"title": "Another"}),
        (OwnDocumentVersion, {"covers_until": TODAY + timedelta(days=999)}),
        (Order, {"total": 999}),
        (Order, {"confirm_above": 999}),
        (Order, {"placed_by": "Somebody else"}),
        (Payment, {"amount": 999}),
        (Payment, {"counts_on": TODAY + timedelta(days=9)}),
        (Payment, {"by": "Somebody else"}),
        (Payment, {"by_user_id": 9_999}),
        (Payment, {"reference": "another cheque"}),
        (Refund, {"amount": 999}),
        (Refund, {"reason": "Another one"}),
        (Refund, {"payment_id": uuid4()}),
        (CardSession, {"amount": 999}),
        (CardSession, {"key": "another"}),
        (StoredCard, {"consent": "To anything"}),
        (StoredCard, {"by": "Somebody else"}),
        (CardCharge, {"amount": 999}),
        (CardCharge, {"turn": 9}),
        (Attempt, {"ends_at": NOW + timedelta(days=9)}),
        (Attempt, {"sheet": []}),
        (Attempt, {"seed": "another"}),
        (Answer, {"question": "another"}),
        (Allowance, {"percent": 51}),
        (Allowance, {"reason": "Another"}),
        (Allowance, {"allowed_to": uuid4()}),
        (Course, {"program": "another"}),
        (Enrolment, {"started_on": TODAY + timedelta(days=9)}),
        (Enrolment, {"begun_by": uuid4()}),
        (CourseCredit, {"credits": 9}),
        (CourseCredit, {"kind": "another"}),
        (LiveActivity, {"program": "another"}),
        (LiveRegistration, {"made_by": uuid4()}),
        (LiveRegistration, {"live": uuid4()}),
        (Watched, {"page": uuid4()}),
        (Whereabouts, {"enrolment": uuid4()}),
        (ApplicationQuestion, {"words": "Another"}),
        (ApplicationQuestion, {"asked_by": "Somebody else"}),
        (Recertification, {"kind": "extension"}),
        (Recertification, {"cycle_last_on": TODAY + timedelta(days=9)}),
        (MovedDeadline, {"until_on": TODAY + timedelta(days=99)}),
        (MovedDeadline, {"reason": "Another"}),
        (Licence, {"program": "another"}),
        (Licence, {"member_id": uuid4()}),
        (SocietyMembership, {"from_on": TODAY - timedelta(days=9)}),
        (SocietyMembership, {"recorded_by": "Somebody else"}),
        (CardRound, {"begun_on": TODAY + timedelta(days=9)}),
        (BodyToken, {"program": "another"}),
        (BodyToken, {"expires_at": NOW + timedelta(days=999)}),
        (Duplicate, {"email": "another@mail.example"}),
        (Duplicate, {"member_id": uuid4()}),
        (FeedRow, {"number": "CPCS-1"}),
        (FeedRow, {"completed_on": "2025-01-01"}),
        (FeedRow, {"key": "another"}),
        (MissingCredit, {"on": "2025-01-01"}),
        (ApprovalApplication, {"user_id": uuid4()}),
        (ApprovalApplication, {"program": "another"}),
        (ApprovalApplication, {"replaces_id": uuid4()}),
        (AttendanceList, {"count": 9}),
        (AttendanceList, {"application_id": uuid4()}),
        (ExportJob, {"params": {"format": "xlsx"}}),
        (ExportJob, {"kind": "another"}),
        (ExportJob, {"by": "Somebody else"}),
        (Notice, {"title": "Another"}),
        (Notice, {"place": "person"}),
        (TranscriptLink, {"until_on": TODAY + timedelta(days=999)}),
        (TranscriptLink, {"secret_hash": "another"}),
        (ProviderEvent, {"facts": {}}),
        (ProviderEvent, {"event_id": "evt_another"}),
    ],
)
def test_frozen_facts_cannot_be_changed(
    model: type[models.Model], changes: dict[str, Any], rare: Cast
) -> None:
    rows = model._default_manager.filter(pk=first(model).pk)
    assert "frozen facts" in refused(lambda: rows.update(**changes))
