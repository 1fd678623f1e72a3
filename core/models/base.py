"""What every row of ours starts from."""

from uuid import uuid4

from django.db import models


class BaseModel(models.Model):
    """A row with a public, unguessable id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True
