"""Files that are asked for and made by a worker."""
