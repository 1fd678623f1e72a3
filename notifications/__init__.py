"""Telling: claims what waits in the outbox and delivers it."""
