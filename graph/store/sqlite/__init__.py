"""The embedded store in an SQLite file."""
