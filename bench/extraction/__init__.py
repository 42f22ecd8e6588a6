"""How well articles are read, beside other tools: ``python -m bench.extraction``."""
