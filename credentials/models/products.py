"""What can be assigned: rows, so a body can rename, recolour and reorder them."""

from django.db import models

from core.models import BaseModel


class Product(BaseModel):
    """A tile on the assignments page.

    `kind` says which app reacts when it is assigned; label, colour and icon are the
    body's to change.
    """

    class Kind(models.TextChoices):
        """What assigning it does."""

        RENEWAL = "renewal"
        MEMBERSHIP = "membership"
        MANUAL = "manual"
        COURSE = "course"
        EXAM = "exam"
        SPECIALTY = "specialty"
        CE_COURSE = "ce_course"

    program = models.CharField(max_length=20)
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    label = models.CharField(max_length=60)
    noun = models.CharField(max_length=60)
    nouns = models.CharField(max_length=60)
    colour = models.SlugField(max_length=20)
    icon = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    on_line = models.BooleanField(default=False)

    class Meta:
        ordering = ("program", "order")
        constraints = (
            models.UniqueConstraint(fields=("program", "code"), name="one_product"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def begins_term(self) -> bool:
        """Whether assigning it writes a term: its rule is the term's own (A1)."""
        return self.kind in {self.Kind.RENEWAL, self.Kind.MEMBERSHIP}

    @property
    def asks_choice(self) -> bool:
        """Whether assigning it asks which one: a specialty (A14) or a CE course."""
        return self.kind in {self.Kind.SPECIALTY, self.Kind.CE_COURSE}
