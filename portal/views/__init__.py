"""Pages that join several subjects."""
