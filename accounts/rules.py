"""What needs neither a table nor Django."""

from hashlib import sha256

# Who lives in a demonstration has such an address, and nobody else.
DEMO_MAIL = "@demo.example"
# What a practice's token may be given.
TOKEN_SCOPES = (
    "members:read",
    "members:write",
    "assignments:read",
    "assignments:write",
    "certificates:read",
    "ce:read",
    "ce:write",
    "orders:read",
    "orders:write",
    "documents:read",
    "documents:write",
    "exports:read",
)
# What a body's token opens, each of them: the feed of completions and nothing else.
FEED_READ, FEED_WRITE = "feed:read", "feed:write"
FEED_SCOPES = frozenset({FEED_READ, FEED_WRITE})


def hash_of(secret: str) -> str:
    """Give what is kept of a link's or a token's secret: its SHA-256 in hexadecimal."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()


def whole_name(first_name: str, last_name: str) -> str:
    """Spell a name as it stands on certificates."""
    return f"{first_name} {last_name}".strip()


_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)


def browser_words(agent: str) -> str:
    """Call a browser by the words its owner knows, as far as its header tells.

    Args:
        agent: the User-Agent header, which anybody may make up.
    """
    browser = next((word for mark, word in _BROWSERS if mark in agent), "")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or "A browser"
