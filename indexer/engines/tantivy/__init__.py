"""The fast engine: Tantivy matches, scores and counts in compiled code.

Scores are Tantivy's own: BM25 field by field, with the weights of `indexer.ranking` and the idf
squared as there, but without the score of the whole article. Matches, counts and orders by date are
exactly those of the other engines.
"""

from indexer.engines.tantivy.engine import EXACT_SCORES, build, open_searcher, update

__all__ = ["EXACT_SCORES", "build", "open_searcher", "update"]
