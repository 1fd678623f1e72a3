"""How much proof is kept for somebody, and how much may be: the check is the limit.

A row holds the limit it was last counted against, which is a setting: the database
refuses the file that would be one too many, whoever counts and however many at once.
"""

from django.db import models

from accounts.models import Member, Practice
from core.models import BaseModel


class ProofAllowance(BaseModel):
    """How many proofs a member keeps here, and how large."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="allowance")
    files = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    most_files = models.PositiveIntegerField()
    most_bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    files__lte=models.F("most_files"), bytes__lte=models.F("most_bytes")
                ),
                name="proofs_within_allowance",
            ),
        )

    def __str__(self) -> str:
        return f"{self.files} files of {self.member}"


class PracticeAllowance(BaseModel):
    """How large the proofs are that were added while a practice stood for a member."""

    practice = models.OneToOneField(Practice, models.PROTECT, related_name="+")
    bytes = models.PositiveBigIntegerField(default=0)
    most_bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(bytes__lte=models.F("most_bytes")),
                name="practice_within_allowance",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bytes} bytes of {self.practice}"
