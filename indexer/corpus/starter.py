"""A corpus to begin with: a README and one invented article, kept in ``starter/``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.errors import CorpusError

_STARTER = Path(__file__).with_name("starter")


def make_corpus(corpus: Path) -> list[Path]:
    """Make a corpus with a README and one invented article. Returns the files, in order.

    Raises `CorpusError` if there is something in that folder: nothing is ever overwritten.
    """
    if corpus.exists() and (not corpus.is_dir() or any(corpus.iterdir())):
        raise CorpusError(f"{corpus} is not empty: nothing was written there.")
    return list(_copied(corpus))


def _copied(corpus: Path) -> Iterator[Path]:
    for original in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        copy = corpus / original.relative_to(_STARTER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(original.read_bytes())
        yield copy
