"""A real chromium before the project's own processes."""
