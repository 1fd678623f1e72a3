"""The good-standing report: look-ups, lists, what is published of whom."""
