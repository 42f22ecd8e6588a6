"""Typeset pages and Word documents to paragraphs."""
