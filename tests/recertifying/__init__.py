"""Applying for recertification, more time and reinstatement."""
