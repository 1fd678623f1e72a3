"""The version of a thing that whoever decides on it looked at."""

from core.rest import CountField

# One more still fits its column.
MOST_VERSION = 2**31 - 2


class SeenVersion(CountField):
    """A version as it was seen; the service refuses all but the present one."""

    def __init__(self, help_text: str, *, first: int) -> None:
        """Say whose version it is, and which number is the first."""
        super().__init__(min_value=first, max_value=MOST_VERSION, help_text=help_text)
