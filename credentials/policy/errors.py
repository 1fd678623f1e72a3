"""What can be wrong with a pack, or with a question asked of one."""


class PlaceError(Exception):
    """A file says something its format does not allow.

    The message names the file, the place in it (a path of keys) and the reason.
    """

    def __init__(self, file: str, place: str, reason: str) -> None:
        """Keep the three parts, so that callers can show them apart."""
        self.file = file
        self.place = place
        self.reason = reason
        super().__init__(": ".join(part for part in (file, place, reason) if part))


class PolicyError(PlaceError):
    """A policy pack is wrong; the program must not start with it."""


class UnknownProgram(KeyError):  # noqa: N818 - reads as the answer it is
    """No pack has been loaded for the program asked for."""

    def __init__(self, program: str, known: tuple[str, ...]) -> None:
        """Name the program asked for and those there are."""
        self.program = program
        self.known = known
        super().__init__(program)

    def __str__(self) -> str:
        """Say it as a sentence (KeyError alone would quote the key)."""
        return f'no policy pack for "{self.program}" (have: {", ".join(self.known)})'
