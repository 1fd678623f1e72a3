"""Certificates of cycles, and the badges that their holders share (N14)."""
