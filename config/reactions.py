"""Who reacts to which event, in order. The one exception to the import order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accounts.events import RecordsJoined, RecordsMerged, RenewalModeSwitched
from billing.events import ChargeFailed, MoneySettled, OrderPaid, RefundAsked
from ce_credits.events import (
    ActivitiesDeciding,
    ActivityDecided,
    AuditClosed,
    AuditClosing,
    CreditChanged,
)
from ce_credits.services import (
    on_audit_closed,
    on_number_given,
    on_own_document_filed,
)
from courses.services import (
    on_activities_deciding,
    on_activity_decided,
    on_course_paid,
    on_course_refund_asked,
    on_records_merged,
)
from credentials.events import (
    CertificationEarned,
    OwnDocumentFiled,
    ProductAssigned,
    TermsUndone,
)
from credentials.services import (
    on_mode_switched,
    on_order_paid,
    on_records_joined,
    on_refund_asked,
    on_renewal_assigned,
)
from portal.services import end_links_of_merged
from renewals.services import (
    check_joinable,
    on_applicants_audit_closed,
    on_application_credit,
    on_application_money,
    on_application_paid,
    on_application_refund_asked,
    on_audit_closing,
    on_certification_earned,
    on_charge_failed,
    on_credit_changed,
    on_own_refund_asked,
    on_own_renewal_paid,
    on_product_assigned,
    on_terms_undone,
)
from renewals.services import on_order_paid as on_waited_for

REACTIONS: Mapping[type, Sequence[Callable[[Any], None]]] = {
    RenewalModeSwitched: (on_mode_switched,),
    # What stands in the way, then the seats and the terms.
    RecordsMerged: (on_records_merged, end_links_of_merged),
    RecordsJoined: (check_joinable, on_records_joined),
    ProductAssigned: (on_product_assigned, on_renewal_assigned),
    TermsUndone: (on_terms_undone,),
    CertificationEarned: (on_certification_earned, on_number_given),
    OwnDocumentFiled: (on_own_document_filed,),
    # What an audit holds is locked before its case, and released before the letter.
    AuditClosing: (on_audit_closing,),
    AuditClosed: (on_applicants_audit_closed, on_audit_closed),
    # What counts once with others is locked with them, and looked at anew.
    ActivitiesDeciding: (on_activities_deciding,),
    ActivityDecided: (on_activity_decided,),
    CreditChanged: (on_credit_changed, on_application_credit),
    # Seats first, then whoever waits for them is looked at.
    OrderPaid: (
        on_order_paid,
        on_waited_for,
        on_own_renewal_paid,
        on_application_paid,
        on_course_paid,
    ),
    MoneySettled: (on_application_money,),
    ChargeFailed: (on_charge_failed,),
    RefundAsked: (
        on_refund_asked,
        on_own_refund_asked,
        on_application_refund_asked,
        on_course_refund_asked,
    ),
}
