"""Undoing renewals and memberships."""
