"""The one-use key of a form that changes something."""

from uuid import uuid4


def fresh_key() -> str:
    """Make a key that no form had before."""
    return uuid4().hex
