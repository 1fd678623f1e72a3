"""Papers that join several subjects, made in a limited child process."""

from portal.layouts.transcript import TranscriptFacts, TranscriptRow, TranscriptTerm
from portal.layouts.transcript import render as render_transcript

__all__ = ["TranscriptFacts", "TranscriptRow", "TranscriptTerm", "render_transcript"]
