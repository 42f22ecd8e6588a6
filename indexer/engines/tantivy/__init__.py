"""The engine for millions of passages: Tantivy matches, ranks and counts."""

from indexer.engines.tantivy.engine import EXACT_SCORES, build, open_searcher, update

__all__ = ["EXACT_SCORES", "build", "open_searcher", "update"]
