"""What looks like a secret in a text: by its form, or by how random it is."""

import math
import re
from collections import Counter
from collections.abc import Iterator

FORMS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "forge token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20,})"),
    "chat token": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}"),
    "payment key": re.compile(r"\b[rs]k_live_[0-9A-Za-z]{16,}"),
    "package token": re.compile(r"\b(?:pypi-AgE|npm_)[0-9A-Za-z_-]{30,}"),
    "web token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "token of ours": re.compile(r"\b(?:cep|gsb)_(?:live|test)_[A-Za-z0-9_-]{43}\b"),
}
# A name that says what it holds, and a value that is no expression.
NAMED = re.compile(
    r"""(?i)(?:secret|passw(?:or)?d|token|api_?key|private_?key|hmac|salt)\w*["']?"""
    r"""\s*[:=]{1,2}\s*["']([A-Za-z0-9+/_=.-]{16,})["']"""
)
IN_URL = re.compile(r"[a-z+]+://[^\s/:@'\"{}$<>]+:([^\s/@'\"{}$<>]{8,})@")
# Bits a character: words of a language have fewer, random text of this length more.
RANDOM = 4.0
# What documents and tests say where a password would stand.
PLACEHOLDERS = {"password", "only-to-look", "secret"}


def entropy(text: str) -> float:
    """Shannon entropy, in bits a character."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def leaks(text: str) -> Iterator[str]:
    """Name each secret a text may hold, and show its beginning."""
    for kind, form in FORMS.items():
        for found in form.finditer(text):
            yield f"{kind}: {found[0][:24]}…"
    for found in NAMED.finditer(text):
        if entropy(found[1]) >= RANDOM and re.search(r"\d", found[1]):
            yield f"named so: {found[1][:24]}…"
    for found in IN_URL.finditer(text):
        if found[1] not in PLACEHOLDERS and entropy(found[1]) >= 3:
            yield f"in an address: {found[1][:24]}…"
