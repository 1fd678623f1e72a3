"""A report of two accounts to break guards with, and how to break them."""

from typing import Any

from django.db import models

from accounts.models import Duplicate, Member
from tests.cast import BODY, NOW, a_user
from tests.db.breaking import Changes, another


def rows_of_merging(member: Member) -> None:
    """Let somebody report that another account is theirs."""
    Duplicate.objects.create(
        program=BODY,
        member=member,
        email="second@mail.example",
        asked_at=NOW,
        expires_at=NOW,
        state=Duplicate.State.ASKED,
    )


def _others(row: Duplicate) -> Member:
    return Member.objects.exclude(pk=row.member_id)[0]


def _merged(row: Duplicate) -> dict[str, Any]:
    other = _others(row)
    return {
        "state": "merged",
        "other_id": other.pk,
        "proved_at": NOW,
        "kept_id": row.member_id,
        "given_up_id": other.pk,
        "given_up_user_id": a_user("Gil Given").pk,
        "ground": "Seen",
        "merged_at": NOW,
    }


def _merged_again(row: Duplicate) -> dict[str, Any]:
    merged = _merged(row)
    another(row, **merged)
    return merged


def _proved(row: Duplicate, state: str) -> dict[str, Any]:
    return {"state": state, "other_id": _others(row).pk, "proved_at": NOW}


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "one_living_duplicate": (Duplicate, lambda row: {}),
    "given_up_once": (Duplicate, _merged_again),
    "duplicate_was_proved": (
        Duplicate,
        lambda row: {"state": "refused", "reason": "No", "ended_at": NOW},
    ),
    "merge_names_both": (Duplicate, lambda row: _proved(row, "merged")),
    "merge_ended_with_reason": (Duplicate, lambda row: _proved(row, "refused")),
}
