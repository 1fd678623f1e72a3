"""PDF engine: HTML and CSS of our own in, one deterministic, tagged PDF out.

`engine` renders a page in full and `form` fills in one laid out before; `text` measures
and cleans a text first; `isolated` does any of it in a child process with limits on
time and memory. WeasyPrint is imported below this package and nowhere else. Importing
the package alone loads none of it: a web process that only asks the child stays small.
"""

from core.pdf.faults import PdfError, PdfLimitError

__all__ = ["PdfError", "PdfLimitError"]
