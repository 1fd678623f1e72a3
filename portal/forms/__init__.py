"""What people type in."""

from portal.forms.adding import AddMemberForm
from portal.forms.binder import BinderForm
from portal.forms.catalogue import CatalogueForm, DeadlineForm, ItemTopicsForm
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
from portal.forms.feed import AsideForm, FeedFileForm, SettleForm
from portal.forms.good_standing import CheckFileForm, ListForm, PersonForm
from portal.forms.lowering import LoweringForm
from portal.forms.missing import MissedForm, MissingForm
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
from portal.forms.viewing import ViewForm

__all__ = [
    "JOB_ROLES",
    "ActivityForm",
    "AddMemberForm",
    "AgreeForm",
    "AnswerForm",
    "ApplicantAnswerForm",
    "ApplicationForm",
    "AsideForm",
    "BinderForm",
    "CancelForm",
    "CancelOrderForm",
    "CatalogueForm",
    "CertificationForm",
    "CheckFileForm",
    "ChoiceForm",
    "ContactForm",
    "DeadlineForm",
    "DecisionForm",
    "DetailsForm",
    "ExportForm",
    "FailedRefundForm",
    "FeedFileForm",
    "FilingForm",
    "GrantForm",
    "ItemTopicsForm",
    "KeyForm",
    "ListForm",
    "LoweringForm",
    "MissedForm",
    "MissingForm",
    "NumbersForm",
    "PaymentForm",
    "PersonForm",
    "PublishForm",
    "RefundForm",
    "RemoveForm",
    "RevokeForm",
    "RosterForm",
    "SecondPersonForm",
    "SeenForm",
    "SetAsideForm",
    "SettleForm",
    "SocietyForm",
    "StartForm",
    "VerdictForm",
    "ViewForm",
    "WaiveForm",
    "WithdrawForm",
    "columns_sent",
]
