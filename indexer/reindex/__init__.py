"""Turns the corpus into a new generation of the index."""
