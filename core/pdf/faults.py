"""What a caller of the PDF engine has to expect."""


class PdfError(Exception):
    """No PDF came out; the text says why, for the log and not for the screen."""


class PdfLimitError(PdfError):
    """The renderer was stopped: too much time, too much memory, or it broke down."""


class Unfit(Exception):  # noqa: N818  (an answer, not a fault: render the page in full)
    """A form can't be made of this page, or can't hold these texts."""
