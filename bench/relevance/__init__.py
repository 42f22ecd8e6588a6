"""How well answers are ranked, beside plain BM25."""
