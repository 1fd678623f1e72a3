"""What staff type in."""

from portal.forms.staff import ActivityForm, CertificationForm, GrantForm

__all__ = ["ActivityForm", "CertificationForm", "GrantForm"]
