"""Keeping files out of anybody's reach but a view's."""

import re
from typing import BinaryIO
from uuid import uuid4

import structlog
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.failures import Missing

# What the program itself makes: folders and a random name. Anything else is no key,
# and leads nowhere, whoever wrote it into a row.
KEY = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.pdf)?", re.ASCII)
logger = structlog.get_logger(__name__)


def keep(content: bytes) -> str:
    """Store a content under a random key, which tells nothing, and return the key.

    Raises `OSError` where it can't be stored; no part of it stays behind then.
    """
    random = uuid4().hex
    key = f"proofs/{random[:2]}/{random}"
    try:
        return default_storage.save(key, ContentFile(content))
    except OSError:
        default_storage.delete(key)
        raise


def keep_file(content: BinaryIO, folder: str) -> str:
    """Store an open file under a random key in a folder, in pieces; return the key.

    Raises `OSError` where it can't be stored; no part of it stays behind then.
    """
    random = uuid4().hex
    key = f"{folder}/{random[:2]}/{random}"
    try:
        return default_storage.save(key, File(content))
    except OSError:
        default_storage.delete(key)
        raise


def forget(key: str) -> None:
    """Delete a file whose row was never written, or a copy, and no other (X5)."""
    default_storage.delete(key)


def is_kept(key: str) -> bool:
    """Say whether the storage has a file under a key."""
    return bool(KEY.fullmatch(key)) and default_storage.exists(key)


def stored(key: str) -> bytes:
    """What is stored under a key.

    Raises:
        Missing: the storage doesn't have it, which is logged as an error of ours.
    """
    if not is_kept(key):
        raise gone(key)
    try:
        with default_storage.open(key) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise gone(key) from None
    return content


def gone(key: str) -> Missing:
    """Note that a file of ours is not where its row says, and give what to raise."""
    logger.error("A stored file is missing", key=key)
    return Missing("This file is not there any more. Ask for help.")
