"""The interface of engines, and a loader by name.

An engine matches, ranks and counts. It gets terms and a query tree; parsing, analysis and snippets
are done elsewhere, so that results do not depend on the engine. Each module in this folder is an
engine of the same name. `memory` is the specification: the others must answer as it does.

>>> from tempfile import TemporaryDirectory
>>> from indexer.records import Dated, Page, Passage, Term
>>> from indexer.text.analysis import analyze
>>> said = ["We heard promises.", "The fog came late."]
>>> passages = [Passage(f"fog#{n}", "fog", n, "On fog", "answer", t) for n, t in enumerate(said, 1)]
>>> engine, folder = load_engine("memory"), TemporaryDirectory()
>>> engine.build(Path(folder.name), map(analyze, passages))
>>> searcher = engine.open_searcher(Path(folder.name))
>>> matches = searcher.match(Term(("promis",)), Dated(), Page())
>>> matches.total, [match.id for match in matches.page]
(1, ['fog#1'])
>>> searcher.close()
>>> folder.cleanup()
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Protocol, cast

from indexer.errors import EngineUnavailable
from indexer.records import AnalyzedPassage, Dated, Match, Matches, Page, Query


class Searcher(Protocol):
    """An open index of one engine; safe to use from several threads at once."""

    def match(
        self, query: Query, dates: Dated, page: Page, articles: Collection[str] | None = None
    ) -> Matches:
        """Return a page of the passages that match, in order, and the counts over all of them.

        With ``articles``, only the passages of these articles match; scores stay the same. Nor does
        the scope of the page change scores: it decides which matches are returned and counted.
        Ties break on the passage id (article id, then position). ``newest`` and ``oldest`` put
        undated passages last. With open ``dates`` undated passages match too, and ``undated`` is 0.
        """

    def best(self, query: Query, limit: int) -> list[Match]:
        """Return the first passages that match by score alone, without counts.

        ``in_article`` and ``context`` of each have their default values.
        """

    def words(self) -> Mapping[str, int]:
        """Return the number of occurrences of each unstemmed form, in all fields together.

        Words of removed articles may count for a while.
        """

    def values(self, facet: str) -> Collection[str]:
        """Return all values of a facet. Those of removed articles may stay for a while."""

    def close(self) -> None:
        """Close all files. Closing twice is harmless."""


class Engine(Protocol):
    """A module of this folder. It never changes a file that it has written.

    ``EXACT_SCORES`` is true if the scores are those of `indexer.ranking`, and false if they are the
    engine's own. Everything else is the same in every engine.
    """

    EXACT_SCORES: bool

    def build(self, folder: Path, passages: Iterable[AnalyzedPassage]) -> None:
        """Write an index of all passages into an empty folder."""

    def update(
        self, folder: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]
    ) -> None:
        """Remove articles by their ids from the index in a folder, then add passages to it."""

    def open_searcher(self, folder: Path) -> Searcher:
        """Open the index in a folder."""


def engine_names() -> list[str]:
    """Return the names of all engines in alphabetical order, installed or not.

    Raises `OSError` if this package cannot be listed.
    """
    folder = Path(__file__).parent
    return sorted(path.name for path in folder.iterdir() if path.joinpath("__init__.py").exists())


def load_engine(name: str) -> Engine:
    """Import an engine.

    Raises `EngineUnavailable` if there is no such engine, or if a package that it needs is not
    installed.
    """
    if name not in engine_names():
        known = ", ".join(engine_names())
        raise EngineUnavailable(f"There is no engine named {name!r}; choose one of: {known}.")
    try:
        return cast(Engine, importlib.import_module(f"{__name__}.{name}"))
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.split(".")[0] == "indexer":
            raise
        raise EngineUnavailable(
            f"The engine {name!r} needs the package {missing.name!r}: "
            f"pip install 'commentary-search[{name}]'."
        ) from missing
