"""The corpus to a new generation of the index."""
