"""An open index: search it, and read its articles and speakers."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path

import indexer.storage.generations as generations
from indexer.budget import uncounted
from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.people.speakers import SpeakerEntry
from indexer.records import (
    FIELDS,
    ArticleView,
    Completion,
    FoundPassage,
    Hit,
    Match,
    Passage,
    SearchRequest,
    SearchResults,
)
from indexer.search.articles import article_view, marked_passages, marked_positions
from indexer.search.completions import completions
from indexer.search.hits import hits
from indexer.search.open_generation import OpenGeneration
from indexer.search.similar import best_of_other_articles, similarity_query
from indexer.search.suggestions import suggestions
from indexer.search.telling import TellingWord, telling_words
from indexer.storage.damage import command, damaged
from indexer.storage.generations import CURRENT

_PASSAGES_PER_READ = 500
_TITLES_FOR_SUGGESTIONS = 500
_SPEAKERS_FOR_SUGGESTIONS = 5

_ARTICLES_FOR_TELLING_WORDS = 100
"""Articles that are read to find a speaker's telling words."""

_RETRY_SECONDS = 2.0
"""The time for which an index that could not be opened is not opened again."""


def open_index(path: Path | str, *, verify: bool = False) -> Index:
    """Open the index in a folder. Close it after use, or use it in a ``with`` statement.

    Every file is compared with a fast checksum, with ``verify`` with a safe one. Raises
    `IndexMissing`, `IndexOutdated`, `IndexDamaged` or `IndexUnreadable`; each says what helps.
    """
    path = Path(path)
    manifest = generations.read_manifest(path)
    while True:
        try:
            return Index(path, manifest, verify=verify)
        except IndexDamaged:
            # Files may be missing because the index was just replaced: it is not damaged then.
            newest = generations.read_manifest(path)
            if newest.info.generation == manifest.info.generation:
                raise
            manifest = newest


class _Speakers(OpenGeneration):
    """The speakers of an index."""

    def speaker(self, speaker_id: str) -> SpeakerEntry | None:
        """Return a speaker with printed names and roles, or ``None`` if the id is unknown."""
        with self._checked():
            return self._library.speakers.entry(speaker_id)

    def passage_with(self, speaker_id: str, form: str) -> Passage | None:
        """Return a passage of the newest article that prints a speaker in a form, or ``None``."""
        with self._checked():
            passage_id = self._library.speakers.passage_with(speaker_id, form)
            found = self._library.articles.passages([passage_id] if passage_id else [])
            return next(iter(found), None)

    def speakers(self, prefix: str = "", limit: int = 100, offset: int = 0) -> list[SpeakerEntry]:
        """Return the speakers with a name that starts with ``prefix``, most quoted first."""
        with self._checked():
            if prefix.strip():
                speaker_ids = self._library.names.starting_with(prefix, limit, offset)
            else:
                speaker_ids = self._library.speakers.most_quoted(limit, offset)
            return self._library.speakers.entries(speaker_ids)

    def speakers_under(self, letter: str, limit: int = 100, offset: int = 0) -> list[SpeakerEntry]:
        """Return the speakers under one of the `letters`, in alphabetical order."""
        with self._checked():
            speaker_ids = self._library.speakers.under(letter, limit, offset)
            return self._library.speakers.entries(speaker_ids)

    def letters(self) -> list[tuple[str, int]]:
        """Return the initials of family names in order, with the number of speakers.

        Names that start with no letter are under ``#``.
        """
        with self._checked():
            return self._library.speakers.letters()

    def company(self, speaker_id: str, limit: int = 5) -> list[tuple[str, str, int]]:
        """Return the other speakers of a speaker's articles: id, name, number of articles.

        Most frequent first.
        """
        with self._checked():
            return self._library.speakers.company(speaker_id, limit)

    def telling_words(self, speaker_id: str) -> tuple[TellingWord, ...]:
        """Return the words that set a speaker apart, highest score first.

        See `indexer.search.telling`. The words are computed once for each speaker.
        """
        with self._checked(), uncounted():
            if speaker_id not in self._telling:
                vocabulary = self._executor.resolver.vocabulary
                texts = self._library.texts_said(speaker_id, _ARTICLES_FOR_TELLING_WORDS)
                words = telling_words(texts, vocabulary.count, vocabulary.total)
                self._telling[speaker_id] = words
            return self._telling[speaker_id]

    @cached_property
    def _telling(self) -> dict[str, tuple[TellingWord, ...]]:
        return {}


class Index(_Speakers):
    """One generation of an index. It never changes, and may be used from several threads."""

    # --- Search ----------------------------------------------------------------------------------

    def search(
        self, request: SearchRequest, snippets: Collection[str] = FIELDS, others: int = 0
    ) -> SearchResults:
        """Return one page of results, with counts over all matches in the scope.

        ``snippets`` are the fields to cut snippets from, apart from the text: ``question``,
        ``title``. The first page has the best hits of ``others`` articles in each other context.
        Raises `InvalidSearchRequest` if an argument is invalid. Any query text is valid.
        """
        with self._checked():
            return self._executor.search(request, snippets, others)

    def timeline(self, request: SearchRequest) -> tuple[tuple[str, int], ...]:
        """Return the ``timeline`` of `search` alone: counts by day, month or year, in order."""
        with self._checked():
            return self._executor.timeline(request)

    def every(self, request: SearchRequest) -> Iterator[Passage]:
        """Return all passages that match, in order. They are read as they are consumed.

        Ignores ``offset``, ``limit`` and ``group``. Raises as `search`, before the first passage.
        """
        return (found.passage for found in self.every_found(request))

    def every_found(self, request: SearchRequest) -> Iterator[FoundPassage]:
        """Return what `every` does, each passage with the part of it that matches."""
        with self._checked():
            matches = self._executor.every(request)
        return self._read(matches)

    def _read(self, matches: Iterator[Match]) -> Iterator[FoundPassage]:
        while True:
            with self._checked():
                if not (some := list(islice(matches, _PASSAGES_PER_READ))):
                    return
                passages = self._library.articles.passages([match.id for match in some])
                if len(passages) < len(some):
                    raise damaged(self._path, "the library lacks what was found")
            for passage, match in zip(passages, some, strict=True):
                yield FoundPassage(passage, match.context)

    def similar(self, passage_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """Return the most similar passages of other articles; none if the id is unknown."""
        with self._checked():
            passage = self.passage(passage_id)
            if passage is None:
                return ()
            query = similarity_query(passage, self._executor.resolver, self.info.passages)
            matches = best_of_other_articles(self._searcher, query, passage.article_id, limit)
            return hits(self._library, matches, query)

    def completions(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        """Complete a prefix with speakers, words and titles of the index."""
        with self._checked():
            return completions(prefix, limit, self._library, self._executor.resolver.vocabulary)

    def suggested_searches(self) -> tuple[str, ...]:
        """Return up to three searches to start with; each has hits."""
        # They are the same for all, so the first reader does not pay for them.
        with self._checked(), uncounted():
            return self._suggested

    @cached_property
    def _suggested(self) -> tuple[str, ...]:
        titles = [
            article.title for article in self._library.articles.newest(_TITLES_FOR_SUGGESTIONS)
        ]
        most_quoted = self._library.speakers.most_quoted(_SPEAKERS_FOR_SUGGESTIONS)
        speakers = [self._library.speakers.names[speaker_id] for speaker_id in most_quoted]
        return suggestions(titles, speakers, self._executor.total, self.info.passages)

    # --- Articles --------------------------------------------------------------------------------

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage, or ``None`` if the id is unknown."""
        with self._checked():
            return next(iter(self._library.articles.passages([passage_id])), None)

    def file_of(self, article_id: str) -> str | None:
        """Return the path of the file that an article is in, below the corpus."""
        with self._checked():
            return self._library.indexed.path_of(article_id)

    def article(
        self, article_id: str, query: str = "", first: int = 1, limit: int | None = None
    ) -> ArticleView | None:
        """Return an article with the words of a query marked, or ``None`` if the id is unknown.

        The id of a copy returns the original. ``first`` is the position of the first passage to
        return, and ``limit`` their number.
        """
        with self._checked():
            article = self._library.article(article_id)
            if article is None:
                return None
            parsed = self._executor.parse(query)
            passages = self._library.articles.passages_of(
                article.id, first, -1 if limit is None else limit
            )
            marked = tuple(marked_passages(passages, parsed.tree))
            length = self._library.articles.count_passages(article.id)
            is_whole = length == len(marked)
            return replace(
                article_view(article, marked),
                length=length,
                match_positions=marked_positions(marked)
                if is_whole
                else self._executor.matcher.positions(query, article.id),
                copies=tuple(self._library.copies(article.id)),
            )

    def newest(self, limit: int = 5) -> tuple[ArticleView, ...]:
        """Return the latest articles without their passages, undated ones last."""
        with self._checked():
            return tuple(article_view(article) for article in self._library.articles.newest(limit))


class LiveIndex:
    """The index in a folder that is reopened whenever a new generation is published."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._state: tuple[int, ...] = ()
        self._problem: IndexUnavailable | None = None
        self._retry_at = 0.0

    @property
    def reindex_command(self) -> str:
        """The command that brings this index up to date, in backticks."""
        return command(self._path)

    def current(self) -> Index:
        """Return the index that serves now. Do not close it.

        Raises `IndexUnavailable` while there is none that can be opened. The time of opening is not
        counted in a `Budget`.
        """
        with uncounted(), self._lock:
            state = self._manifest_state()
            if self._index is None or self._index.is_spoilt or state != self._state:
                self._index = None
                self._index = self._opened(state)
            return self._index

    def _opened(self, state: tuple[int, ...]) -> Index:
        """Open the index. What failed is tried again when it may have changed, but not at once."""
        if self._problem and state == self._state and time.monotonic() < self._retry_at:
            raise self._problem
        self._state = state
        try:
            index, self._problem = open_index(self._path), None
        except IndexUnavailable as problem:
            self._problem, self._retry_at = problem, time.monotonic() + _RETRY_SECONDS
            raise
        return index

    def _manifest_state(self) -> tuple[int, ...]:
        try:
            status = (self._path / CURRENT).stat()
        except OSError:
            self._index = None
            return ()
        return status.st_mtime_ns, status.st_ino, status.st_size
