"""Rendering in a process of its own, which can be stopped.

Text shaping and font files are C code fed with what people typed: a warm child renders
(`core.limited`), and this side loads none of it.
"""

from core.limited.faults import Failed, Stopped
from core.limited.runner import Runner
from core.pdf.faults import PdfError, PdfLimitError

_MEMORY = 1536 * 1024 * 1024
# A long-lived WeasyPrint keeps what it has seen: after so many pages a new child.
_MOST_PAGES = 1_000


class Renderer:
    """Runs one function that renders, named "package.module:function", in a child."""

    def __init__(self, target: str) -> None:
        self._runner = Runner(target, memory=_MEMORY, frames=_MOST_PAGES)

    def run(self, frame: bytes, *, seconds: int) -> bytes:
        """Hand a frame to the function and give back what it made.

        `seconds` limits the wall time and the CPU time of a page. Raises
        `PdfLimitError` when the child had to be ended or broke down, and `PdfError`
        when the function itself raised.
        """
        try:
            return self._runner.run(frame, seconds=seconds)
        except Stopped as fault:
            raise PdfLimitError(str(fault)) from fault
        except Failed as fault:
            raise PdfError(str(fault)) from fault

    def close(self) -> None:
        """End the child, if this process has one."""
        self._runner.close()
