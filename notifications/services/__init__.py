"""Delivering the outbox, and having a message sent again."""

from notifications.services.again import send_again
from notifications.services.delivering import (
    Claim,
    TooLate,
    claim,
    drop,
    due_ids,
    give_back,
    hand_over,
    hold,
    oldest_overdue,
    recover,
    send,
    settle,
)

__all__ = [
    "Claim",
    "TooLate",
    "claim",
    "drop",
    "due_ids",
    "give_back",
    "hand_over",
    "hold",
    "oldest_overdue",
    "recover",
    "send",
    "send_again",
    "settle",
]
