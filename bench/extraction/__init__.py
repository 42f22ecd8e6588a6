"""Quality of reading articles, compared with other tools: ``python -m bench.extraction``."""
