"""The corpus as JSON, for programs."""
