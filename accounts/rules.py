"""What needs neither a table nor Django."""

from hashlib import sha256


def hash_of(secret: str) -> str:
    """Give what is kept of a link's or a token's secret: its SHA-256 in hexadecimal."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
