"""Fewer renewals from the next renewal on, and whom they leave out (A13)."""
