"""A visitor, or an administrator, asks what something costs."""
