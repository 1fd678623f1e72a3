"""What staff type in."""

from portal.forms.catalogue import CatalogueForm
from portal.forms.reasons import RevokeForm, WaiveForm
from portal.forms.review import DecisionForm
from portal.forms.staff import ActivityForm, CertificationForm, GrantForm

__all__ = [
    "ActivityForm",
    "CatalogueForm",
    "CertificationForm",
    "DecisionForm",
    "GrantForm",
    "RevokeForm",
    "WaiveForm",
]
