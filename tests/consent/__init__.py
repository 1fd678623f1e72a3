"""Coming to another practice by consent, with one record."""
