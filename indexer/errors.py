"""The errors of this program, in one tree. Each message says what to do.

IndexerError
├── CorpusError               reindex names the article, goes on, exits 3
│   ├── UnknownFormat
│   └── UnreadableArticle
├── CorpusVanished            reindex stops before it drops most of the index, exits 6
├── NotFetched                `add` names the address, goes on, exits 3
├── IndexUnavailable          the app answers 503, with the command to run
│   ├── IndexMissing
│   ├── IndexOutdated
│   ├── IndexDamaged
│   └── IndexUnreadable
├── IndexLocked               reindex exits 4
├── BackupError               `backup` and `restore` change nothing, and exit 1
├── RollbackImpossible        `rollback` changes nothing, and exits 1
├── EngineUnavailable         names the package to install; exits 2
├── InvalidSearchRequest      400; a sentence for the reader, the parameter and the position
└── OutOfTime                 503; a sentence for the reader
"""

from __future__ import annotations


class IndexerError(Exception):
    """The base of all errors that this program raises on purpose."""


class CorpusError(IndexerError):
    """Raised if an article cannot be indexed. The message is the reason, for the report."""


class UnknownFormat(CorpusError):
    """Raised if no reader supports the suffix of a file."""


class UnreadableArticle(CorpusError):
    """Raised if a file of a supported format has no article that can be read."""


class CorpusVanished(IndexerError):
    """Raised if most of the indexed articles are gone at once. The message says how to go on.

    No `CorpusError`, so that no run goes on past it.
    """


class NotFetched(IndexerError):
    """Raised if an address cannot or may not be fetched. The message is the reason."""


class IndexUnavailable(IndexerError):
    """Raised if there is no index to search. The message names the command that builds one."""


class IndexMissing(IndexUnavailable):
    """Raised if nothing has been indexed yet."""


class IndexOutdated(IndexUnavailable):
    """Raised if the index was built by another version of this program."""


class IndexDamaged(IndexUnavailable):
    """Raised if a file of the index is missing, cut short or changed. ``what`` says which."""

    def __init__(self, message: str, what: str = "") -> None:
        super().__init__(message)
        self.what = what


class IndexUnreadable(IndexUnavailable):
    """Raised if a file of the index cannot be read now, which says nothing about the index.

    ``errno`` is the code of the system's error.
    """

    def __init__(self, message: str, errno: int | None) -> None:
        super().__init__(message)
        self.errno = errno


class IndexLocked(IndexerError):
    """Raised if another process is writing this index."""


class BackupError(IndexerError):
    """Raised if a backup cannot be made or restored. The message says what is in the way."""


class RollbackImpossible(IndexerError):
    """Raised if no generation before the one that serves can serve again."""


class EngineUnavailable(IndexerError):
    """Raised if an engine does not exist, or if its package is not installed."""


class InvalidSearchRequest(IndexerError):
    """Raised if an argument of a search is invalid.

    ``parameter`` is its name in the URL, ``position`` the offset of the error in its value.
    """

    def __init__(self, message: str, parameter: str, position: int | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.position = position


class OutOfTime(IndexerError):
    """Raised if a search takes longer than its budget. No part of its results is returned."""


def reason(problem: Exception) -> str:
    """Return the reason for skipping a file, for the report."""
    if isinstance(problem, IndexerError):
        return str(problem)
    if isinstance(problem, FileNotFoundError):
        return "it is no longer there"
    if isinstance(problem, OSError):
        return f"it cannot be read: {problem.strerror or problem}"
    return f"reading it failed: {type(problem).__name__}: {problem}"
