"""The words that readers are told, in their language."""
