"""Whether what somebody looked at is still there: of two who write none loses work."""

import json
from hashlib import sha256

from core.failures import Stale

CHANGED = (
    "Somebody changed this since you opened it. Nothing was saved. What you wrote is "
    "still here: look in another tab at what is there now, then save yours again."
)


def digest(values: object) -> str:
    """Name what is there as a hash, which a form carries while somebody fills it in."""
    text = json.dumps(values, default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def check_seen(seen: str | None, there: str, words: str = CHANGED) -> None:
    """Hold that what somebody opened is what is there, under the lock of who writes.

    Args:
        seen: what they had opened, as a hash; None asks nothing.
        there: what is there now.
        words: what they read otherwise.

    Raises:
        Stale: somebody else wrote in it since.
    """
    if seen is not None and seen != there:
        raise Stale(words)
