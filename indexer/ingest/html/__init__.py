"""A web page to the paragraphs and metadata of its article."""
