"""File intake: what people send is looked into, kept apart, and given out as it was.

A child process opens the files (`core.inspection`); here are its questions, the words
of its answers, the storage and the headers. The pages on top check who may ask.
"""

from core.files.giving import TYPES, StoredFile, answer
from core.files.intake import MOST_BYTES, LookedInto, look_into
from core.files.keeping import forget, is_kept, keep, stored
from core.files.links import hand_out
from core.files.naming import shown_name
from core.files.pages import page_picture
from core.files.refusals import FileRefused
from core.files.scanning import Scanner, scanner

__all__ = [
    "MOST_BYTES",
    "TYPES",
    "FileRefused",
    "LookedInto",
    "Scanner",
    "StoredFile",
    "answer",
    "forget",
    "hand_out",
    "is_kept",
    "keep",
    "look_into",
    "page_picture",
    "scanner",
    "shown_name",
    "stored",
]
