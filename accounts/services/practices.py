"""Opening a practice."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction

from accounts.models import Practice
from accounts.services.values import LONGEST_PRACTICE_NAME, Typed
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable


@transaction.atomic
def make_practice(*, actor: Actor, name: str, slug: str, now: datetime) -> Practice:
    """Open a practice; its slug names it in every address and never changes.

    Raises:
        NotUsable: the name or slug can't be used, or the slug is taken.
    """
    typed = Typed()
    name = typed.line("name", name, what="a name", most=LONGEST_PRACTICE_NAME)
    try:
        validate_slug(slug)
    except ValidationError:
        typed.refuse("slug", "Use letters, digits and hyphens.")
    if len(slug) > 60:
        typed.refuse("slug", "Shorten this to 60 characters.")
    typed.check()
    try:
        with transaction.atomic():
            practice = Practice.objects.create(name=name, slug=slug)
    except IntegrityError as error:
        text = f"Another practice has the address /p/{slug}/. Choose another."
        raise NotUsable(text, [FieldProblem("slug", text, "taken")]) from error
    record(
        actor=actor,
        action="practice.opened",
        subject=practice,
        practice_id=practice.pk,
        sentence=f"Opened {name}",
        changes={"slug": (None, slug)},
        now=now,
    )
    return practice
