"""What people type in."""

from portal.forms.adding import AddMemberForm
from portal.forms.catalogue import CatalogueForm
from portal.forms.choosing import ChoiceForm
from portal.forms.details import (
    JOB_ROLES,
    DetailsForm,
    RemoveForm,
)
from portal.forms.estimate import CancelForm, KeyForm, NumbersForm
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
from portal.forms.review import DecisionForm
from portal.forms.rosters import RosterForm, StartForm, columns_sent
from portal.forms.staff import ActivityForm, CertificationForm, GrantForm

__all__ = [
    "JOB_ROLES",
    "ActivityForm",
    "AddMemberForm",
    "AgreeForm",
    "CancelForm",
    "CancelOrderForm",
    "CatalogueForm",
    "CertificationForm",
    "ChoiceForm",
    "DecisionForm",
    "DetailsForm",
    "FailedRefundForm",
    "GrantForm",
    "KeyForm",
    "LoweringForm",
    "NumbersForm",
    "PaymentForm",
    "RefundForm",
    "RemoveForm",
    "RevokeForm",
    "RosterForm",
    "SecondPersonForm",
    "StartForm",
    "WaiveForm",
    "columns_sent",
]
