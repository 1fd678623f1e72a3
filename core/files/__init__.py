"""File intake: what people send is looked into, kept apart, and given out as it was.

A child process opens the files (`core.inspection`); here are its questions, the words
of its answers, the storage and the headers. The pages on top check who may ask.
"""

from core.files.film import seconds_of
from core.files.giving import (
    MADE_TYPES,
    TYPES,
    StoredFile,
    answer,
    answer_copy,
    answer_installed,
)
from core.files.intake import MOST_BYTES, LookedInto, look_into
from core.files.keeping import forget, is_kept, keep, keep_file, stored
from core.files.lessons import MOST_FILM, Lesson, look_into_lesson
from core.files.links import hand_out
from core.files.marking import NotMarked, marked_copy
from core.files.naming import shown_name
from core.files.pages import page_picture
from core.files.ranges import answer_part
from core.files.refusals import FileRefused
from core.files.scanning import Scanner, scanner

__all__ = [
    "MADE_TYPES",
    "MOST_BYTES",
    "MOST_FILM",
    "TYPES",
    "FileRefused",
    "Lesson",
    "LookedInto",
    "NotMarked",
    "Scanner",
    "StoredFile",
    "answer",
    "answer_copy",
    "answer_installed",
    "answer_part",
    "forget",
    "hand_out",
    "is_kept",
    "keep",
    "keep_file",
    "look_into",
    "look_into_lesson",
    "marked_copy",
    "page_picture",
    "scanner",
    "seconds_of",
    "shown_name",
    "stored",
]
