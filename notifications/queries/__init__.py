"""How messages read, how many notices are unread, what links open."""

from notifications.queries.letters import (
    can_be_sent_again,
    message_of,
    seen_of,
    subject_of,
)
from notifications.queries.links import (
    ending_headers,
    feed_of,
    subscription_in,
    token_of,
    unsubscribe_path,
)
from notifications.queries.unread import unread_beside, unread_of

__all__ = [
    "can_be_sent_again",
    "ending_headers",
    "feed_of",
    "message_of",
    "seen_of",
    "subject_of",
    "subscription_in",
    "token_of",
    "unread_beside",
    "unread_of",
    "unsubscribe_path",
]
