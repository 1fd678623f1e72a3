"""Rosters: checked, then imported by the worker."""
