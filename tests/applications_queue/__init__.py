"""Deciding on applications: the checklist, the clock, holds and questions."""
