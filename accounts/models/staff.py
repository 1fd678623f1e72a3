"""A certifying body's people."""

from django.db import models

from accounts.models.people import User
from core.models import BaseModel


class StaffRole(BaseModel):
    """A person works for one body: a reviewer decides CE, a manager also the rest."""

    class Role(models.TextChoices):
        """Managers may do all that reviewers may."""

        REVIEWER = "reviewer"
        MANAGER = "manager"

    user = models.ForeignKey(User, models.PROTECT, related_name="staff_roles")
    program = models.CharField(max_length=20)
    role = models.CharField(max_length=8, choices=Role.choices)
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "program"),
                condition=models.Q(until_at=None),
                name="one_staff_role_a_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.program}"
