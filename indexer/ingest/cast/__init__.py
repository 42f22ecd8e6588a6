"""The people of one article, and the person whom it introduces."""
