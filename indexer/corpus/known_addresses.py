"""The addresses of the pages in a corpus, as their sidecars state them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import indexer.corpus.keeper_files as keeper_files
from indexer.errors import CorpusError
from indexer.ingest.sidecar import SUFFIX as SIDECAR
from indexer.text.web_addresses import address_key

_KEYS = ("url", "fetched_from")


class KnownAddresses:
    """The files of a corpus by address. The sidecars are read once, when they are first needed."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus

    def file(self, address: str) -> Path | None:
        """Return the file that was saved from an address, or ``None``.

        Raises `OSError` if a folder of the corpus cannot be listed: nothing is known then.
        """
        return self._files.get(address_key(address))

    def add(self, file: Path, *addresses: str) -> None:
        """Remember the addresses of a file that was saved."""
        if "_files" in self.__dict__:  # otherwise it will be read from the sidecar
            for address in addresses:
                self._files.setdefault(address_key(address), file)

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {
            address_key(address): file
            for file in reversed(list(self._saved()))  # of several, the first
            for address in self._addresses(file)
        }

    def _saved(self) -> Iterator[Path]:
        """Return the files that have a sidecar, in order of path."""

        def stop(problem: OSError) -> None:
            raise problem

        for folder, subfolders, names in os.walk(self._corpus, onerror=stop):
            subfolders.sort()
            here = set(names)
            for name in sorted(names):
                if name.endswith(SIDECAR) and name.removesuffix(SIDECAR) in here:
                    yield Path(folder, name.removesuffix(SIDECAR))

    def _addresses(self, file: Path) -> Iterator[str]:
        """Return the addresses in a sidecar; none if it cannot be read."""
        sidecar = file.with_name(file.name + SIDECAR)
        with suppress(CorpusError, OSError, ValueError, RecursionError):
            text = keeper_files.read(sidecar, self._corpus) or b""
            stated = tomllib.loads(text.decode("utf-8-sig")) if b"://" in text else {}
            yield from (address for key in _KEYS if isinstance(address := stated.get(key), str))
