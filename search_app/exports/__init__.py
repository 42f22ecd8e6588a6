"""Whole searches to take away, one file a format."""
