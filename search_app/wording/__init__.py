"""Words for readers, in their language. Plain text: the templates escape it."""
