"""Audit binders: the PDF they are bound into, what is in them, and their page."""
