"""Measurements, each one command that prints one table."""
