"""What a log line may not hold."""

import re
from collections.abc import MutableMapping
from typing import Any

# The part of an address that opens an account: an invitation's link, a reset link.
SECRET = re.compile(r"(/accounts/(?:invite|reset)/)[^/\s\"'?]{20,}")


def without_secrets(
    _logger: object, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Strike out one-use links, which stand in the addresses of requests."""
    for key, value in entry.items():
        if isinstance(value, str):
            entry[key] = SECRET.sub(r"\1…", value)
    return entry
