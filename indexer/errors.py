"""What can go wrong, drawn as one tree. Every message is a sentence that says what to do.

IndexerError
├── CorpusError               reindex names the article, goes on, exits 3
│   ├── UnknownFormat
│   └── UnreadableArticle
├── NotFetched                an address that cannot or may not be fetched; `add` names it, exits 3
├── IndexUnavailable          the app answers 503, with the command to run
│   ├── IndexMissing
│   ├── IndexOutdated
│   └── IndexDamaged
├── IndexLocked               reindex exits 4
├── EngineUnavailable         names the package to install; exits 2
└── InvalidSearchRequest      400; a sentence for the reader, the parameter and the position
"""

from __future__ import annotations


class IndexerError(Exception):
    """Anything this program raises on purpose."""


class CorpusError(IndexerError):
    """An article that cannot be indexed; the message is the reason, for the report."""


class UnknownFormat(CorpusError):
    """A file whose suffix no reader takes."""


class UnreadableArticle(CorpusError):
    """A file of a known format that holds no article that could be read."""


class NotFetched(IndexerError):
    """An address that cannot or may not be fetched; the message is the reason."""


class IndexUnavailable(IndexerError):
    """There is no index to search; the message names the command that makes one."""


class IndexMissing(IndexUnavailable):
    """Nothing was indexed yet."""


class IndexOutdated(IndexUnavailable):
    """The index was built by another version, or by an engine that is not the one asked for."""


class IndexDamaged(IndexUnavailable):
    """A file of the index is missing, cut short or changed."""


class IndexLocked(IndexerError):
    """Another process is writing this index."""


class EngineUnavailable(IndexerError):
    """An engine that does not exist, or whose package is not installed."""


class InvalidSearchRequest(IndexerError):
    """A request that cannot be meant: what is wrong, in which parameter, and where in it."""

    def __init__(self, message: str, parameter: str, position: int | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.position = position


def reason(problem: Exception) -> str:
    """Why a file is not in the index, in words for the report."""
    if isinstance(problem, IndexerError):
        return str(problem)
    if isinstance(problem, FileNotFoundError):
        return "it is no longer there"
    if isinstance(problem, OSError):
        return f"it cannot be read: {problem.strerror or problem}"
    return f"reading it failed: {type(problem).__name__}: {problem}"
