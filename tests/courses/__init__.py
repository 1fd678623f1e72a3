"""What staff teach: writing courses, taking them in, giving them out."""
