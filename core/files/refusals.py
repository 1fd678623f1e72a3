"""Why a file is not taken, in words: the cause, and the way out."""

from typing import Self

from core.failures import FieldProblem, NotUsable

_AGAIN = "then choose it again"
_PRINT = "Print it to a new PDF, then choose that one"

SENTENCES = {
    # Before anything is looked into.
    "empty": f"This file is empty. Save it anew, {_AGAIN}.",
    "large": (
        "This file is larger than 10 MB. Save it smaller, for example with fewer "
        f"pages, {_AGAIN}."
    ),
    "busy": "Many files are being looked into right now. Choose it again in a minute.",
    # Its name.
    "name": (
        "The name of this file holds a character that names can't have. Rename it, "
        f"{_AGAIN}."
    ),
    # What it is.
    "kind": f"This file is not a PDF, PNG or JPEG. Save it as one of these, {_AGAIN}.",
    "two-kinds": (f"This file is a PDF and something else at the same time. {_PRINT}."),
    "before": f"This PDF has something in front of its beginning. {_PRINT}.",
    "damaged": (
        "This PDF is damaged or not complete. Open it and see whether it shows, print "
        "it to a new PDF, then choose that one."
    ),
    "damaged-picture": (
        "This picture is damaged or not complete. Save or take it again, then choose "
        "that one."
    ),
    # What it holds.
    "password": (
        f"This PDF is protected by a password. Save a copy without one, {_AGAIN}."
    ),
    "locked": (
        "This PDF is locked by a password against printing or changes. Choose a copy "
        "without one, or a picture of it."
    ),
    "script": f"This PDF carries a script. {_PRINT}.",
    "automatic": f"This PDF does something by itself when it is opened. {_PRINT}.",
    "action": (
        "This PDF can start a program, open another file or send off what is filled "
        f"in. {_PRINT}."
    ),
    "link": f"This PDF has a link that leads elsewhere than to a web page. {_PRINT}.",
    "attachment": f"This PDF has other files enclosed. {_PRINT}.",
    "form": f"This PDF is a form that only Adobe Reader can show. {_PRINT}.",
    "media": f"This PDF has video, sound or 3D in it. {_PRINT}.",
    "external": f"This PDF takes parts of itself from elsewhere. {_PRINT}.",
    "virus": (
        "A virus scanner would stop this file. Ask whoever gave it to you for another "
        "copy."
    ),
    "infected": (
        "The virus scanner stopped this file. Ask whoever gave it to you for another "
        "copy."
    ),
    "unscanned": (
        "Files can't be checked for viruses right now, so none is taken. Choose it "
        "again in a few minutes."
    ),
    # How much of it there is.
    "pages": (
        "This PDF has more than {figure:,} pages. Save the pages that show your "
        "activity as a PDF of their own, then choose that one."
    ),
    "pixels": (
        "This picture has more than {figure} million pixels. Save it smaller, "
        f"{_AGAIN}."
    ),
    "bomb": f"This PDF unpacks to far more than its size. {_PRINT}.",
    "heavy": (f"This PDF takes too long or too much memory to look into. {_PRINT}."),
    "heavy-picture": (
        "This picture takes too long or too much memory to look into. Save it smaller, "
        f"{_AGAIN}."
    ),
    "undrawable": "This file can't be shown as a picture. Download it instead.",
}


class FileRefused(NotUsable):
    """A file is not taken; its one problem stands at the field "file"."""

    slug = "file-rejected"
    title = "The file can't be taken"

    @classmethod
    def because(cls, code: str, figure: int | None = None) -> Self:
        """Refuse for a reason known here, with the figure its sentence may name."""
        return cls.saying(SENTENCES[code].format(figure=figure), code)

    @classmethod
    def saying(cls, text: str, code: str) -> Self:
        """Refuse with a sentence of its own; `code` is for programs."""
        return cls(text, [FieldProblem("file", text, code)])
