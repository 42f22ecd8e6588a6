"""The corpus folder: lists its files, and adds pages and files to it."""
