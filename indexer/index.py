"""An index on disk, opened: what is asked of it, and what comes back."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import indexer.storage.generations as generations
from indexer.engines import Searcher, load_engine
from indexer.errors import EngineUnavailable, IndexDamaged, IndexerError, IndexUnavailable
from indexer.people.speakers import SpeakerEntry
from indexer.records import (
    FIELDS,
    Article,
    ArticleView,
    Completion,
    Hit,
    IndexInfo,
    MarkedPassage,
    Passage,
    Query,
    SearchRequest,
    SearchResults,
)
from indexer.search.run import Searching
from indexer.search.snippets import marked
from indexer.search.suggestions import suggestions
from indexer.search.telling import TellingWord
from indexer.storage.generations import CURRENT, ENGINE, Manifest
from indexer.storage.library import FILE, Library

_BATCH = 500
"""Passages that are read at once."""


def open_index(path: Path | str, *, verify: bool = False) -> Index:
    """The index in a folder, ready to be asked; close it, or use it in a ``with``.

    With ``verify`` every file is read and compared with its checksum. Raises `IndexMissing`,
    `IndexOutdated` or `IndexDamaged`, each naming the command that mends it.
    """
    path = Path(path)
    manifest = generations.read_manifest(path)
    while True:
        try:
            generations.verify(path, manifest, checksums=verify)
            return Index(path, manifest)
        except IndexDamaged:
            # What was cleared away because it was replaced meanwhile is not damaged.
            newest = generations.read_manifest(path)
            if newest.info.generation == manifest.info.generation:
                raise
            manifest = newest


class Index:
    """One generation of an index; it answers from several threads at once, and never changes."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self._path = path
        self._manifest = manifest
        folder = path / manifest.info.generation
        try:
            engine = load_engine(manifest.info.engine)
        except EngineUnavailable as missing:
            raise IndexUnavailable(str(missing)) from missing
        with self._damage_named():
            self._library = Library(folder / FILE)
            try:
                self._searcher = engine.open_searcher(folder / ENGINE)
            except BaseException:
                self._library.close()
                raise
        self._searching = Searching(self._library, self._searcher, manifest.info)
        self._telling: dict[str, tuple[TellingWord, ...]] = {}
        # Whoever still answers from an index that was replaced holds it open; the last one closes.
        self._close = weakref.finalize(self, _close, self._library, self._searcher)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all files; closing twice is harmless."""
        self._close()

    @property
    def info(self) -> IndexInfo:
        """What the index holds, and when it was built."""
        return self._manifest.info

    def search(self, request: SearchRequest, snippets: Collection[str] = FIELDS) -> SearchResults:
        """One page of what is found, with counts over all of it. ``snippets`` are the fields that
        are cut and marked beside the text: ``question``, ``title``.

        Raises `InvalidSearchRequest` for what cannot be meant; whatever is typed as a query can.
        """
        with self._damage_named():
            return self._searching.search(request, snippets)

    def timeline(self, request: SearchRequest) -> tuple[tuple[str, int], ...]:
        """How many passages a search finds by day, month or year, in order: the ``timeline`` of
        `search`, without its passages. Raises as `search`."""
        with self._damage_named():
            return self._searching.timeline(request)

    def every(self, request: SearchRequest) -> Iterator[Passage]:
        """All passages that a search finds, in its order, read as they are asked for.

        ``offset``, ``limit`` and ``group`` count for nothing. Raises as `search`, at once.
        """
        with self._damage_named():
            found = self._searching.every(request)
        return self._read(found)

    def _read(self, passage_ids: Sequence[str]) -> Iterator[Passage]:
        for start in range(0, len(passage_ids), _BATCH):
            with self._damage_named():
                wanted = passage_ids[start : start + _BATCH]
                passages = self._library.passages(wanted)
                if len(passages) < len(wanted):
                    raise generations.damaged(self._path, "the library lacks what was found")
            yield from passages

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of this id; ``None`` if there is none."""
        with self._damage_named():
            return next(iter(self._library.passages([passage_id])), None)

    def similar(self, passage_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """Passages of other articles that share telling words with this one, likest first."""
        with self._damage_named():
            passage = next(iter(self._library.passages([passage_id])), None)
            return self._searching.similar(passage, limit) if passage else ()

    def completions(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        """What a beginning may become: speakers, words and titles that are in the index."""
        with self._damage_named():
            return self._searching.completions(prefix, limit)

    def speaker(self, speaker_id: str) -> SpeakerEntry | None:
        """Who is known by this id, with printed names and roles; ``None`` if nobody is."""
        with self._damage_named():
            return self._library.speaker_entry(speaker_id)

    def speakers(self, prefix: str = "", limit: int = 100, offset: int = 0) -> list[SpeakerEntry]:
        """Those who are named so, most quoted first; everybody without a prefix."""
        with self._damage_named():
            return self._library.speaker_list(prefix, limit, offset)

    def speakers_under(self, letter: str, limit: int = 100, offset: int = 0) -> list[SpeakerEntry]:
        """Those whose family names begin with a letter, in order; see `letters`."""
        with self._damage_named():
            return self._library.speakers_under(letter, limit, offset)

    def letters(self) -> list[tuple[str, int]]:
        """The first letters of family names, in order, and how many speakers each has; ``#`` for
        those that begin with none."""
        with self._damage_named():
            return self._library.letters()

    def company(self, speaker_id: str, limit: int = 5) -> list[tuple[str, str, int]]:
        """Who else speaks in the articles of a speaker: id, name, in how many; most first."""
        with self._damage_named():
            return self._library.company(speaker_id, limit)

    def telling_words(self, speaker_id: str) -> tuple[TellingWord, ...]:
        """The words that set a speaker apart from the rest of the corpus, the surest first; see
        `indexer.search.telling`. They are found once, and remembered while the index is open."""
        with self._damage_named():
            if speaker_id not in self._telling:
                self._telling[speaker_id] = self._searching.telling_words(speaker_id)
            return self._telling[speaker_id]

    def article(
        self, article_id: str, query: str = "", first: int = 1, limit: int | None = None
    ) -> ArticleView | None:
        """An article with the words of a query marked; ``None`` if there is none of this id.

        Of a copy, the article that is shown in its place. Of a long one so many passages may be
        asked for, from a position on.
        """
        with self._damage_named():
            article = self._library.article(article_id)
            if article is None:
                return None
            typed = self._searching.parse(query)
            passages = self._library.passages_of(article.id, first, -1 if limit is None else limit)
            marked = tuple(_marked(passages, typed.tree))
            length = self._library.count_passages(article.id)
            return replace(
                _view(article, marked),
                length=length,
                found=self._found(query, article.id) if length > len(marked) else _found(marked),
                copies=tuple(self._library.copies(article.id)),
            )

    def _found(self, query: str, article_id: str) -> tuple[int, ...]:
        """Where a query is found in an article, also in passages that nobody has read."""
        if not query.strip():
            return ()
        places = (id_.rpartition("#") for id_ in self._searching.every(SearchRequest(query)))
        return tuple(sorted(int(position) for id_, _, position in places if id_ == article_id))

    def newest(self, limit: int = 5) -> tuple[ArticleView, ...]:
        """The latest articles, without their passages; undated ones come last."""
        with self._damage_named():
            return tuple(_view(article) for article in self._library.newest(limit))

    def suggested_searches(self) -> tuple[str, ...]:
        """Up to three searches worth trying; each finds something."""
        with self._damage_named():
            return self._suggested

    @cached_property
    def _suggested(self) -> tuple[str, ...]:
        titles = [article.title for article in self._library.newest(500)]
        return suggestions(titles, self._library.most_quoted(5), self._total, self.info.passages)

    def _total(self, query: str) -> int:
        return self._searching.total(query)

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Turns whatever a damaged file makes go wrong into `IndexDamaged`."""
        try:
            yield
        except IndexerError:
            raise
        except Exception:
            generations.verify(self._path, self._manifest, checksums=True)
            raise


class LiveIndex:
    """The index in a folder as it is now, however often it is replaced."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._seen: tuple[int, ...] = ()

    def current(self) -> Index:
        """The index that serves at this moment; it is not for the caller to close.

        Raises `IndexUnavailable` for as long as there is none that can be opened.
        """
        with self._lock:
            seen = self._manifest_state()
            if self._index is None or seen != self._seen:
                self._index = None
                self._index = open_index(self._path)
                self._seen = seen
            return self._index

    def _manifest_state(self) -> tuple[int, ...]:
        try:
            status = (self._path / CURRENT).stat()
        except OSError:
            self._index = None
            return ()
        return status.st_mtime_ns, status.st_ino, status.st_size


def _close(library: Library, searcher: Searcher) -> None:
    searcher.close()
    library.close()


def _view(article: Article, passages: tuple[MarkedPassage, ...] = ()) -> ArticleView:
    return ArticleView(
        id=article.id,
        title=article.title,
        passages=passages,
        published=article.published,
        date_precision=article.date_precision,
        date_evidence=article.date_evidence,
        byline=article.byline,
        outlet=article.outlet,
        url=article.url,
        updated=article.updated,
        language=article.language,
        dropped=article.dropped,
    )


def _found(passages: Iterable[MarkedPassage]) -> tuple[int, ...]:
    return tuple(
        one.passage.position
        for one in passages
        if one.text.highlights or (one.question and one.question.highlights)
    )


def _marked(passages: Iterable[Passage], query: Query) -> Iterator[MarkedPassage]:
    """Passages as they are read: a question whose answer goes on stands once."""
    asked = None
    for passage in passages:
        question = passage.question if passage.question != asked else None
        asked = passage.question
        yield MarkedPassage(
            passage,
            marked(passage.text, query, "text"),
            marked(question, query, "question") if question else None,
        )
