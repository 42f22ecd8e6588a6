"""Texts that are one person's as a whole: statements, speeches, letters, columns."""
