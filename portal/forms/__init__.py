"""What people type in."""

from portal.forms.catalogue import CatalogueForm
from portal.forms.estimate import CancelForm, KeyForm, NumbersForm
from portal.forms.money import (
    AgreeForm,
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
    "AgreeForm",
    "CancelForm",
    "CancelOrderForm",
    "CatalogueForm",
    "CertificationForm",
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
