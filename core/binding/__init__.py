"""Many papers bound into one PDF, written once, from front to back.

A child process with limits (`child`) opens one paper after the other: `papers` makes
pages of it, `room` makes room for a line below each, `spelling` writes its objects to
the end of the file. The parent (`binder`) opens none of them; it keeps where each
object lies, and last writes the tree of pages, the lines, the outline and the table
(`writing`). Neither side has more than one paper in memory, however many there are.
"""

from core.binding.binder import Binder, BinderFull, Unbindable, close, count
from core.binding.writing import Line

__all__ = ["Binder", "BinderFull", "Line", "Unbindable", "close", "count"]
