"""Activities a body knows: picked by members, imported by its staff from a file."""

import json
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from core.models import BaseModel


class CatalogueQuerySet(models.QuerySet["CatalogueItem"]):
    """Which items somebody may see."""

    def of_program(self, program: str) -> Self:
        """A body's items; they belong to nobody and anybody may read them."""
        return self.filter(program=program)

    def offered(self) -> Self:
        """What members may pick."""
        return self.filter(offered_now=True)

    def about(self, topics: Iterable[str]) -> Self:
        """What is about any of some topics; nothing where none are named."""
        return self.filter(is_about(topics))


def is_about(topics: Iterable[str]) -> models.Q:
    """Ask an item whether it is about any of some topics; never, if none are named."""
    # SQLite has no containment of JSON: a code stands in quotes in its text.
    said = Cast("topics", models.TextField())
    keep = models.Q(pk__in=())
    for code in topics:
        keep |= models.Q(Contains(said, json.dumps(code)))
    return keep


class CatalogueItem(BaseModel):
    """An activity that a body knows by its code, with its kind and length.

    Picking it fills a form in; what a member reported stays as it was reported.
    `evaluation_deadline` is the day a conference's evaluation closes: its credit is due
    to appear so long after it, not after the day it was attended (N12). `topics` are
    codes of the body's pack: what it is about, and a report of it too (M8).
    """

    program = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField(null=True)
    provider = models.CharField(max_length=200, blank=True)
    offered_now = models.BooleanField(default=True)
    evaluation_deadline = models.DateField(null=True)
    topics = models.JSONField(default=list, db_default=[])
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CatalogueItem"]] = models.Manager.from_queryset(
        CatalogueQuerySet
    )()

    class Meta:
        ordering = ("program", "title", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "code"), name="one_catalogue_item"
            ),
        )

    def __str__(self) -> str:
        return self.title


class CatalogueFileQuerySet(models.QuerySet["CatalogueFile"]):
    """Which files somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body's staff sent in."""
        return self.filter(program=program)


class CatalogueFile(BaseModel):
    """A file of catalogue items as it was checked; applying it is a second step.

    `rows` are the good rows as read, `problems` the others with row, column and reason.
    """

    program = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    rows = models.JSONField()
    problems = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CatalogueFile"]] = models.Manager.from_queryset(
        CatalogueFileQuerySet
    )()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.name
