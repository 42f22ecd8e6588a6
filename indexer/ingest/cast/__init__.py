"""The people of one article: whom it names and whom it introduces."""
