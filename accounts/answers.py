"""What a door asks to be shown, and what it answers where it stays shut."""

from dataclasses import dataclass


class SignInFirst(Exception):  # noqa: N818  (an answer, not a fault)
    """Nobody is signed in; the page leads to sign-in, the API answers 401."""


class WrongRole(Exception):  # noqa: N818  (an answer, not a fault)
    """The person belongs here but their role does not open this door."""


class SecondFactorFirst(Exception):  # noqa: N818  (an answer, not a fault)
    """Their role opens this door, but this session was not opened by a second factor.

    A page leads to the second step, or to setting one up; the API answers 403.
    """


class ConfirmFirst(Exception):  # noqa: N818  (an answer, not a fault)
    """What is behind this door needs a sign-in of the last minutes."""


@dataclass(frozen=True)
class Shown:
    """What somebody has shown in this session, beside being signed in.

    Args:
        second_factor: a code or a passkey.
        fresh: a password, a code or a passkey, within the last minutes.
    """

    second_factor: bool = False
    fresh: bool = False


NOTHING_SHOWN = Shown()
