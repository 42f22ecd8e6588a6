"""Pages and files from elsewhere, saved into the corpus: politely, and never over what is there."""
