"""Whether a term's certificate is issued or held, and why."""

from django.db import models

from certificates.models import Certificate
from core.models import BaseModel
from credentials.models import Window


class TermCertificate(BaseModel):
    """The certificate that applying a term asks for: issued, or held until it may be.

    Once issued it stays issued here; only a revocation, on the certificate itself, ends
    it (A9, A10).
    """

    class State(models.TextChoices):
        """Issued for good, or waiting for what is missing."""

        HELD = "held"
        ISSUED = "issued"

    window = models.OneToOneField(
        Window, models.PROTECT, related_name="term_certificate"
    )
    state = models.CharField(max_length=6, choices=State.choices)
    have = models.DecimalField(max_digits=6, decimal_places=2)
    need = models.DecimalField(max_digits=6, decimal_places=2)
    missing = models.JSONField()
    rule = models.CharField(max_length=10)
    reasons = models.JSONField()
    policy = models.CharField(max_length=40)
    certificate = models.OneToOneField(Certificate, models.PROTECT, null=True)
    waived_on = models.DateField(null=True)
    waived_reason = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="held", certificate=None)
                | models.Q(state="issued", certificate__isnull=False),
                name="issued_has_certificate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.window}: {self.state}"
