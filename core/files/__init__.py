"""File intake: what people send is looked into, kept apart, and given out as it was.

A child process opens the files (`core.inspection`); here are its questions, the words
of its answers, the storage and the headers. The pages on top check who may ask.
"""

from core.files.giving import MADE_TYPES, TYPES, StoredFile, answer, answer_copy
from core.files.intake import MOST_BYTES, LookedInto, look_into
from core.files.keeping import forget, is_kept, keep, keep_file, stored
from core.files.links import hand_out
from core.files.marking import NotMarked, marked_copy
from core.files.naming import shown_name
from core.files.pages import page_picture
from core.files.refusals import FileRefused
from core.files.scanning import Scanner, scanner

__all__ = [
    "MADE_TYPES",
    "MOST_BYTES",
    "TYPES",
    "FileRefused",
    "LookedInto",
    "NotMarked",
    "Scanner",
    "StoredFile",
    "answer",
    "answer_copy",
    "forget",
    "hand_out",
    "is_kept",
    "keep",
    "keep_file",
    "look_into",
    "marked_copy",
    "page_picture",
    "scanner",
    "shown_name",
    "stored",
]
