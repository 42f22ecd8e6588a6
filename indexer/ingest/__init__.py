"""A file's bytes to articles and passages."""
