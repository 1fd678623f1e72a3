"""What the database itself refuses, on SQLite and on PostgreSQL alike."""
