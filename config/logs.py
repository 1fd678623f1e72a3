"""What a log line may not hold."""

import re
from collections.abc import MutableMapping
from typing import Any

# The part of an address that opens an account, ends a kind of mail or shows a calendar.
SECRET = re.compile(
    r"(/(?:accounts/(?:invite|reset)|unsubscribe|calendar|transcripts)/)[^/\s\"'?]{20,}"
)
# What signs in or signs something, wherever it is quoted.
QUOTED = re.compile(
    r"(?i)(\bbearer\s+|\b(?:cep|gsb)_(?:live|test)_"
    r"|\b(?:password\d?|token|secret|signature|csrfmiddlewaretoken|session|code|state|nonce)=)[^\s&\"']+"
)


def without_secrets(
    _logger: object, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Strike out one-use links, tokens and passwords, as requests may quote them."""
    for key, value in entry.items():
        if isinstance(value, str):
            entry[key] = QUOTED.sub(r"\1…", SECRET.sub(r"\1…", value))
    return entry
