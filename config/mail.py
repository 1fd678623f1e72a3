"""Reads how mail leaves, and whom it comes from."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from unicodedata import category

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from config.environment import address_parts, env, positive

URL_WORDS = "EMAIL_URL: write smtp://user:password@host:25 or folder:///path."


def mail(data_dir: Path) -> dict[str, Any]:
    """Read EMAIL_URL: smtp://, smtp+tls://, smtp+ssl:// or folder:///path.

    Raises:
        ImproperlyConfigured: for anything else, or an EMAIL_TIMEOUT that is no time.
    """
    seconds = positive("EMAIL_TIMEOUT", default=40)
    value = env.str("EMAIL_URL", default="") or f"folder://{data_dir / 'mail'}"
    parts = address_parts(value, URL_WORDS)
    if parts.scheme == "folder" and parts.path.startswith("/"):
        return {
            "EMAIL_BACKEND": "core.mail.FolderBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    if parts.scheme not in {"smtp", "smtp+tls", "smtp+ssl"} or not parts.hostname:
        raise ImproperlyConfigured(URL_WORDS)
    found: dict[str, Any] = env.email_url_config(value)
    found["EMAIL_BACKEND"] = "core.mail.SmtpBackend"
    found["EMAIL_TIMEOUT"] = seconds
    found.pop("EMAIL_FILE_PATH", None)
    return found


def sender(name: str, *, default: str) -> str:
    """Read the name and address that mail comes from.

    Raises:
        ImproperlyConfigured: when there is no address in it, or it would begin
            another line of a mail's head.
    """
    value = env.str(name, default="") or default
    words = f"{name}={value!r}: write Goodstanding <no-reply@your.example>."
    if any(category(sign) in {"Cc", "Zl", "Zp"} for sign in value):
        raise ImproperlyConfigured(words)
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError as error:
        raise ImproperlyConfigured(words) from error
    return value
