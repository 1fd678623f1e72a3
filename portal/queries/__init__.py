"""What the pages show, joined from several subjects, as plain dataclasses."""
