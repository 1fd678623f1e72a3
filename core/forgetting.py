"""Forgetting what nobody can ask for again, and no audit will."""

from datetime import datetime, timedelta

from core.models import UsedKey

# A REST client hears the first answer again for 24 hours. A form can't be sent again
# after 12: its session is over, and signing in spoils its one-time key.
KEYS_KEPT = timedelta(hours=48)


def forget_used_keys(*, now: datetime, most: int = 10_000) -> int:
    """Delete keys that were used more than 48 hours ago; return how many.

    A key says only that a request was made once. What it did stands in the rows it
    changed and in the trail.

    Args:
        now: the instant, UTC.
        most: how many go at a time, so that nobody waits for the rows.
    """
    old = UsedKey.objects.filter(created_at__lt=now - KEYS_KEPT).values_list("pk")
    forgotten = 0
    while found := [pk for (pk,) in old[:most]]:
        forgotten += UsedKey.objects.filter(pk__in=found).delete()[0]
    return forgotten
