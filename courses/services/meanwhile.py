"""Whether what somebody opened is still there: two who write lose nothing."""

from core.failures import Stale

CHANGED = (
    "Somebody changed this since you opened it. Nothing was saved. What you wrote is "
    "still here: look in another tab at what is there now, then save yours again."
)
LOOK_AGAIN = (
    "Somebody changed this draft since you opened the page. Nothing was done. Look at "
    "it again."
)


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
