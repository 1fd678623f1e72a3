"""Reads how stored files are given out, looked over, and limited."""

import re

from django.core.exceptions import ImproperlyConfigured

from config.environment import env

_PLACE = re.compile(r"/[A-Za-z0-9_-]+/")
_HOST_AND_PORT = re.compile(r"([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]):([1-9][0-9]{0,4})")


def place_in_front(name: str) -> str:
    """Read the place under which the server in front has the stored files, or "".

    Raises:
        ImproperlyConfigured: for what is no such place, with the variable's name.
    """
    value = env.str(name, default="")
    if value and not _PLACE.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name}={value!r}: write nginx's internal location, /stored-files/."
        )
    return value


def scanner(name: str) -> tuple[str, int] | str:
    """Read where clamd listens: a host and its port, a socket's path, or "".

    Raises:
        ImproperlyConfigured: for anything else, with the variable's name.
    """
    value = env.str(name, default="")
    if not value or value.startswith("/"):
        return value
    found = _HOST_AND_PORT.fullmatch(value)
    if not found or int(found[2]) > 65_535:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write clamd's host:3310, or the path of its socket."
        )
    return found[1].strip("[]"), int(found[2])
