"""Between addresses and requests: arguments, links, cursors, ways to narrow a search."""
