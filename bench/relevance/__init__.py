"""Ranking quality, compared with plain BM25."""
