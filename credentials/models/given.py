"""Which files of the good-standing report were given out."""

from django.db import models

from core.models import BaseModel


class GivenReport(BaseModel):
    """A file that was given to somebody: enough to know it again, and nobody's name.

    `sha256` is the file's own, `rows_sha256` that of what it says, which a PDF prints.
    `lines` is how many were asked about, `found` how many of them were answered.
    """

    class Kind(models.TextChoices):
        """What the file is."""

        CSV = "csv", "CSV"
        PDF = "pdf", "PDF"

    sha256 = models.CharField(max_length=64, unique=True)
    rows_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=Kind.choices)
    lines = models.PositiveSmallIntegerField()
    found = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(found__lte=models.F("lines")),
                name="no_more_found_than_asked",
            ),
        )

    def __str__(self) -> str:
        return self.sha256
