"""The reference engine: it looks at every passage, and is plain enough to be the specification."""

from indexer.engines.memory.engine import EXACT_SCORES, build, open_searcher, update

__all__ = ["EXACT_SCORES", "build", "open_searcher", "update"]
