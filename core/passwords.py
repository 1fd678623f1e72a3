"""Django's checks of a new password, saying what is needed in our own words."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)


class LongEnough(MinimumLengthValidator):
    """A password has a least length."""

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return f"Use at least {self.min_length} characters."


class NotCommon(CommonPasswordValidator):
    """A password is none of the 20,000 that are tried first."""

    def get_error_message(self) -> str:
        """Say why another one is needed."""
        return "Many people use this password, so it is easy to guess. Choose another."


class NotYourself(UserAttributeSimilarityValidator):
    """A password is not its owner's e-mail or name."""

    def get_error_message(self) -> str:
        """Say why another one is needed."""
        return "This is too much like your e-mail or name. Choose another password."
