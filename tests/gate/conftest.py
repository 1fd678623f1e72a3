"""The matrix's world, for sweeps over every route."""

from tests.matrix.beside import made_once, world

__all__ = ["made_once", "world"]
