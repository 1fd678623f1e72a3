"""What the page says after a press of Assign."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.access import PracticeDoor
from credentials.models import AssignmentBatch, Product
from credentials.policy import zone_of
from credentials.queries import UNDO_WITHIN
from portal.queries.results import Renewed, given_to, renewed_by
from portal.queries.trail import when_words
from portal.queries.undoing import undo_url

MOST_NAMED = 10
DONE = {
    Product.Kind.RENEWAL: "is now renewed until",
    Product.Kind.MEMBERSHIP: "is now a member, with renewal date",
}


def assigned_words(door: PracticeDoor, batch: AssignmentBatch) -> SafeString:
    """Say who was given what, and what came of it."""
    zone = zone_of(batch.product.program)
    until = when_words(batch.at, zone, later=UNDO_WITHIN)
    undo = format_html(
        '<a href="{}">Undo</a> until {}.', undo_url(door.practice, batch.pk), until
    )
    if batch.product.begins_term:
        done = renewed_by(batch)
        if not done:
            return SafeString("Undone already.")
        return format_html("{} {}", _renewed(door, batch.product, done), undo)
    title, names = given_to(batch)
    more = len(names) - MOST_NAMED
    said = f"{title} assigned to {', '.join(names[:MOST_NAMED])}"
    said = f"{said} and {more} more" if more > 0 else said
    return format_html("{}. {}", said, undo)


def _renewed(
    door: PracticeDoor, product: Product, done: Sequence[Renewed]
) -> SafeString:
    lines = format_html_join(
        " ",
        f"{{}} {DONE[Product.Kind(product.kind)]} {{}}. {{}}{{}}",
        (
            (
                person.name,
                person.renewal_date,
                person.certificate_words,
                _link(door, person),
            )
            for person in done[:MOST_NAMED]
        ),
    )
    count = len(done)
    if count <= MOST_NAMED:
        return lines
    return format_html(
        "{} {} assigned. {} And {} more.",
        count,
        product.nouns,
        lines,
        count - MOST_NAMED,
    )


def _link(door: PracticeDoor, person: Renewed) -> SafeString | str:
    if not person.certificate_id:
        return ""
    url = reverse(
        "practice_certificate",
        kwargs={
            "practice": door.practice.slug,
            "certificate_id": person.certificate_id,
        },
    )
    return format_html(
        ' <a href="{}">View {}\'s certificate</a>', url, person.first_name
    )
