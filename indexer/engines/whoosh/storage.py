"""Opens Whoosh's files without running what they hold.

Whoosh pickles its list of segments and the header of its list of words. An index may come from
anywhere, so only the few classes that such lists consist of are made from a pickle.
"""

from __future__ import annotations

import os
import pickle
from typing import Any

from whoosh.codec.whoosh3 import W3TermInfo, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.reading import TermNotFound

from indexer.errors import IndexDamaged

_CLASSES = {
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("indexer.engines.whoosh.codec", "Codec"),
    ("collections", "defaultdict"),
    ("builtins", "int"),
    ("__builtin__", "int"),
    ("builtins", "set"),
    ("__builtin__", "set"),
}
"""Modules and names of the classes that are made from pickles."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CLASSES:
            raise IndexDamaged(f"The index names {module}.{name}, which it must not hold.")
        return super().find_class(module, name)


class _File(StructFile):  # type: ignore[misc]
    def read_pickle(self) -> Any:
        try:
            return _Unpickler(self.file).load()
        except BaseException:
            self.close()  # Whoosh leaves it open
            raise


class Storage(FileStorage):  # type: ignore[misc]
    """A folder whose files cannot make a program run anything."""

    def list(self) -> list[str]:
        """Return the names of all files. Raises `OSError`; Whoosh would take them for none."""
        return os.listdir(self.folder)

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file."""
        return _File(open(self._fpath(name), "rb"), name=name, **options)


class TermsReader(W3TermsReader):  # type: ignore[misc]
    """A reader of words that takes no postings out of pickles."""

    def term_info(self, field: str, stem: bytes) -> W3TermInfo:
        """Return where the postings of a stem are. Raises Whoosh's `TermNotFound`."""
        try:
            packed = self._tindex[self._keycoder(field, stem)]
        except KeyError:
            raise TermNotFound(f"No word {field}:{stem!r}") from None
        if packed[0]:  # the postings would follow as a pickle
            raise IndexDamaged("The index has postings where none are written.")
        return W3TermInfo.from_bytes(packed)
