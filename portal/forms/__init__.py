"""What people type in."""

from portal.forms.adding import AddMemberForm
from portal.forms.catalogue import CatalogueForm
from portal.forms.choosing import ChoiceForm
from portal.forms.estimate import CancelForm, KeyForm, NumbersForm
from portal.forms.money import (
    CancelOrderForm,
    PaymentForm,
    RefundForm,
    SecondPersonForm,
)
from portal.forms.reasons import RevokeForm, WaiveForm
from portal.forms.review import DecisionForm
from portal.forms.staff import ActivityForm, CertificationForm, GrantForm

__all__ = [
    "ActivityForm",
    "AddMemberForm",
    "CancelForm",
    "CancelOrderForm",
    "CatalogueForm",
    "CertificationForm",
    "ChoiceForm",
    "DecisionForm",
    "GrantForm",
    "KeyForm",
    "NumbersForm",
    "PaymentForm",
    "RefundForm",
    "RevokeForm",
    "SecondPersonForm",
    "WaiveForm",
]
