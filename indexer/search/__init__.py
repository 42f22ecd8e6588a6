"""A search request to its results."""
