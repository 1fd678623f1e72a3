"""The pinned domain date of a demonstration."""

from django.db import models


class DomainDate(models.Model):
    """One row at most: the day the demonstration lives in."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    today = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="one_domain_date"),
        )

    def __str__(self) -> str:
        return self.today.isoformat()
