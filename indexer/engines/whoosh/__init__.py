"""The default engine: Whoosh keeps the index on disk, numpy answers from it."""

from indexer.engines.whoosh.engine import EXACT_SCORES, build, open_searcher, update

__all__ = ["EXACT_SCORES", "build", "open_searcher", "update"]
