"""What people type in."""

from portal.forms.adding import AddMemberForm
from portal.forms.binder import BinderForm
from portal.forms.catalogue import CatalogueForm
from portal.forms.choosing import ChoiceForm
from portal.forms.contact import AnswerForm, ContactForm
from portal.forms.details import (
    JOB_ROLES,
    DetailsForm,
    RemoveForm,
)
from portal.forms.documents import (
    FilingForm,
    PublishForm,
    SetAsideForm,
    WithdrawForm,
)
from portal.forms.estimate import CancelForm, KeyForm, NumbersForm
from portal.forms.exports import ExportForm
from portal.forms.lowering import LoweringForm
from portal.forms.money import (
    AgreeForm,
    CancelOrderForm,
    FailedRefundForm,
    PaymentForm,
    RefundForm,
    SecondPersonForm,
)
from portal.forms.reasons import RevokeForm, WaiveForm
from portal.forms.recertify import (
    ApplicantAnswerForm,
    ApplicationForm,
    SeenForm,
    SocietyForm,
    VerdictForm,
)
from portal.forms.review import DecisionForm
from portal.forms.rosters import RosterForm, StartForm, columns_sent
from portal.forms.staff import ActivityForm, CertificationForm, GrantForm

__all__ = [
    "JOB_ROLES",
    "ActivityForm",
    "AddMemberForm",
    "AgreeForm",
    "AnswerForm",
    "ApplicantAnswerForm",
    "ApplicationForm",
    "BinderForm",
    "CancelForm",
    "CancelOrderForm",
    "CatalogueForm",
    "CertificationForm",
    "ChoiceForm",
    "ContactForm",
    "DecisionForm",
    "DetailsForm",
    "ExportForm",
    "FailedRefundForm",
    "FilingForm",
    "GrantForm",
    "KeyForm",
    "LoweringForm",
    "NumbersForm",
    "PaymentForm",
    "PublishForm",
    "RefundForm",
    "RemoveForm",
    "RevokeForm",
    "RosterForm",
    "SecondPersonForm",
    "SeenForm",
    "SetAsideForm",
    "SocietyForm",
    "StartForm",
    "VerdictForm",
    "WaiveForm",
    "WithdrawForm",
    "columns_sent",
]
