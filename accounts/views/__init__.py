"""Pages to get in by, and the pages that say who may."""
