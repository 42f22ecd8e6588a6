"""The seam: what an engine is, and how one is loaded by its name.

An engine matches, ranks and counts. It is given our terms and our query tree; parsing, analysis
and the passages themselves are not its business. A module in this folder is an engine; its name
is the file's name. `memory` is the specification: the others must answer as it does.

>>> from tempfile import TemporaryDirectory
>>> from indexer.records import Dated, Page, Passage, Term
>>> from indexer.text.analysis import analyze
>>> said = ["We heard promises.", "The fog came late."]
>>> passages = [Passage(f"fog#{n}", "fog", n, "On fog", "answer", t) for n, t in enumerate(said, 1)]
>>> engine, folder = load_engine("memory"), TemporaryDirectory()
>>> engine.build(Path(folder.name), map(analyze, passages))
>>> searcher = engine.open_searcher(Path(folder.name))
>>> matches = searcher.match(Term("promis"), Dated(), Page())
>>> matches.total, [match.id for match in matches.page]
(1, ['fog#1'])
>>> searcher.close()
>>> folder.cleanup()
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Protocol, cast

from indexer.errors import EngineUnavailable
from indexer.records import AnalyzedPassage, Dated, Match, Matches, Page, Query


class Searcher(Protocol):
    """An open index of one engine; safe to use from several threads at once."""

    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        """Which passages match, one page of them in order, and the counts over all.

        Ties break on the passage id (article id, then position). ``newest`` and ``oldest`` put
        undated passages last. With open ``dates`` undated passages match too, and ``undated`` is 0.
        """

    def best(self, query: Query, limit: int) -> list[Match]:
        """The first passages of `match`, best first, without counting anything: ``in_article`` of
        each is 1."""

    def words(self) -> Mapping[str, int]:
        """Every unstemmed form in any field of a passage, and how often it stands there, all
        fields together. Words of articles that were taken out may still count for a while."""

    def values(self, facet: str) -> Collection[str]:
        """Every value of a facet. Those of articles that were taken out may stay for a while."""

    def close(self) -> None:
        """Lets go of files; closing twice is harmless."""


class Engine(Protocol):
    """A module of this folder. Files it has written are never changed in place.

    ``EXACT_SCORES`` tells whether its scores are those of `indexer.ranking`, or its own that follow
    them roughly. All else is the same in every engine.
    """

    EXACT_SCORES: bool

    def build(self, directory: Path, passages: Iterable[AnalyzedPassage]) -> None:
        """Writes a new index of all passages into an empty folder."""

    def update(
        self, directory: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]
    ) -> None:
        """Takes articles (by id) out of the index in this folder and adds passages to it.

        The passages of a changed article come after it was removed.
        """

    def open_searcher(self, directory: Path) -> Searcher:
        """Opens what `build` and `update` wrote."""


def engine_names() -> list[str]:
    """The engines in this folder, by name, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def load_engine(name: str) -> Engine:
    """The engine of this name.

    Raises `EngineUnavailable` if there is none, or if the package it stands on is not installed.
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
