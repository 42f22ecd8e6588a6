"""The default engine: Whoosh keeps the index on disk, and numpy answers from it."""

import warnings

with warnings.catch_warnings():
    # Whoosh 2.7.4 is older than some rules of Python's grammar. Where its modules are not compiled
    # yet, as after `uv tool install`, each run would print that.
    warnings.filterwarnings("ignore", category=SyntaxWarning)
    warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
    from indexer.engines.whoosh.engine import EXACT_SCORES, build, open_searcher, update

__all__ = ["EXACT_SCORES", "build", "open_searcher", "update"]
