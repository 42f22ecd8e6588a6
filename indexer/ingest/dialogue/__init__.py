"""Interviews and transcripts: paragraphs to turns, by the marks that outlets set."""
