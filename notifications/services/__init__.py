"""Delivering the outbox, notices of what was mailed, and what people opted into."""

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
from notifications.services.feeds import end_feed, make_feed, note_fetched
from notifications.services.noticing import forget_notices, note
from notifications.services.reading import mark_all_read, mark_read
from notifications.services.subscribing import choose, preference_of, stop
from notifications.services.weekly import BATCH, queue_summaries

__all__ = [
    "BATCH",
    "Claim",
    "TooLate",
    "choose",
    "claim",
    "drop",
    "due_ids",
    "end_feed",
    "forget_notices",
    "give_back",
    "hand_over",
    "hold",
    "make_feed",
    "mark_all_read",
    "mark_read",
    "note",
    "note_fetched",
    "oldest_overdue",
    "preference_of",
    "queue_summaries",
    "recover",
    "send",
    "send_again",
    "settle",
    "stop",
]
