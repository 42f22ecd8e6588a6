"""Turns a search request into results."""
