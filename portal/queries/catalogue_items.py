"""One item of a body's catalogue, as its managers change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from ce_credits.models import CatalogueItem
from ce_credits.queries import topics_of_item
from core.failures import Missing
from credentials.policy import policy_for
from portal.queries.activity_inputs import topic_words
from portal.queries.catalogue import closes_words, kind_labels
from portal.queries.places import body_name


def item_of(program: str, item_id: UUID) -> CatalogueItem:
    """Find an item of the body's catalogue.

    Raises:
        Missing: there is none.
    """
    item = CatalogueItem.objects.of_program(program).filter(pk=item_id).first()
    if item is None:
        raise Missing("Not found.")
    return item


@dataclass(frozen=True)
class ItemPage:
    """One item, and what it means to change something of it."""

    body_name: str
    catalogue_url: str
    title: str
    facts: Sequence[tuple[str, str]]
    words: str


def deadline_page(item: CatalogueItem, *, today: date) -> ItemPage:
    """Show an item with the rule that its credit appears by (N12)."""
    kind = policy_for(item.program, on=today).kind(item.kind)
    appears = kind.appears if kind else None
    words = (
        f"Credit is due to appear {appears.from_days} to {appears.to_days} business "
        f"days after this day ({appears.basis.rule})."
        if appears
        else "Its kind doesn't report itself: no credit appears by itself."
    )
    return _page(item, "Evaluation", closes_words(item) or "No conference", words)


def topics_page(item: CatalogueItem, *, today: date) -> ItemPage:
    """Show an item with what its topics are for (M8)."""
    words = (
        "Credit reported with it counts towards each topic. What was judged already "
        "stays as it was."
        if topics_of_item(item, today)
        else "It is not asked what its kind is about."
    )
    about = topic_words(item.topics, item.program) or "Nothing said yet"
    return _page(item, "About", about, words)


def _page(item: CatalogueItem, label: str, value: str, words: str) -> ItemPage:
    return ItemPage(
        body_name=body_name(item.program),
        catalogue_url=reverse("staff_catalogue", kwargs={"program": item.program}),
        title=item.title,
        facts=[
            ("Code", item.code),
            ("Kind", kind_labels(item.program).get(item.kind, item.kind)),
            (label, value),
        ],
        words=words,
    )
