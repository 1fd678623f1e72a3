"""Django's checks of a new password, saying what is needed in our own words."""

import re

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

# What zxcvbn calls somewhat guessable; the tries at an account are limited besides.
GUESSES = 1_000_000
# It tries every reading of signs that stand for letters at every place: 72 characters
# of them keep a process busy for ten seconds, 32 for half a one.
LONGEST_LOOKED_AT = 32
PORTAL = "goodstanding"


class LongEnough(MinimumLengthValidator):
    """A password has a least length."""

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return f"Use at least {self.min_length} characters."


class NotCommon(CommonPasswordValidator):
    """A password is none that is tried first: 40,000 of them, and what is made of them.

    The list is Django's and zxcvbn's together. What only adds to such a word, repeats
    it or follows the keys ("password1234") is found by zxcvbn's count of the guesses it
    takes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.passwords = self.passwords | set(FREQUENCY_LISTS["passwords"])

    def validate(self, password: str, user: object = None) -> None:
        """Refuse what is guessed within a million tries.

        Raises:
            ValidationError: it is.
        """
        super().validate(password)
        if not password:
            # It counts nothing where there is nothing; `LongEnough` says so.
            return
        about = [str(getattr(user, name, "")) for name in ("email", "name")]
        words = [part for text in about for part in re.split(r"[\W_]+", text) if part]
        found = zxcvbn(password[:LONGEST_LOOKED_AT], user_inputs=[PORTAL, *words])
        if found["guesses"] < GUESSES:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        """Say why another one is needed."""
        return "This is easy to guess. Choose another, such as four unusual words."


class NotYourself(UserAttributeSimilarityValidator):
    """A password is not its owner's e-mail or name."""

    def get_error_message(self) -> str:
        """Say why another one is needed."""
        return "This is too much like your e-mail or name. Choose another password."
