"""The version of the rules that resolve names: a digest of the modules and lists of this folder."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources


@cache
def rules_version() -> str:
    """Return a text that changes whenever the rules do, so that an index is resolved again."""
    digest = hashlib.sha256()
    files = resources.files(__package__).iterdir()
    for file in sorted(files, key=lambda one: one.name):
        if file.name.endswith((".py", ".txt")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
