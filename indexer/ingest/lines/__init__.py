"""Lines of a page by kind: boilerplate, dates, datelines."""
