"""Making an audit binder: a ZIP of one PDF, every file, and their hashes."""

from portal.binding.builder import build

__all__ = ["build"]
