"""The corpus folder: the files in it, and how pages and files get there."""
