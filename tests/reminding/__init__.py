"""Telling people of a renewal date, and renewing those who renew by themselves."""
