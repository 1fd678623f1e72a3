"""Audits of what is reported: drawn, answered, decided."""
