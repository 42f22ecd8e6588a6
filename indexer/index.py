"""An index on disk, opened: what is asked of it, and what comes back."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from indexer import generations
from indexer.engines import Searcher, load_engine
from indexer.errors import EngineUnavailable, IndexerError, IndexUnavailable
from indexer.generations import CURRENT, ENGINE, Manifest
from indexer.records import (
    Article,
    ArticleView,
    Dated,
    FacetCount,
    Hit,
    IndexInfo,
    MarkedPassage,
    Matches,
    Passage,
    Query,
    SearchRequest,
    SearchResults,
)
from indexer.search import request as requests
from indexer.search.query import parse
from indexer.search.snippets import marked, snippet
from indexer.search.suggestions import suggestions
from indexer.store import FILE, Library


def open_index(path: Path | str, *, verify: bool = False) -> Index:
    """The index in a folder, ready to be asked; close it, or use it in a ``with``.

    With ``verify`` every file is read and compared with its checksum. Raises `IndexMissing`,
    `IndexOutdated` or `IndexDamaged`, each naming the command that mends it.
    """
    path = Path(path)
    manifest = generations.read_manifest(path)
    generations.verify(path, manifest, checksums=verify)
    return Index(path, manifest)


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

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of what is found, with counts over all of it.

        Raises `InvalidSearchRequest` for what cannot be meant; whatever is typed as a query can.
        """
        began = time.perf_counter()
        requests.check(request)
        with self._damage_named():
            typed = parse(request.query, self._library)
            asked = requests.asked(request, typed.tree, self._library)
            found = self._searcher.match(
                asked.query,
                asked.dates,
                sort=request.sort,
                offset=request.offset,
                limit=request.limit,
            )
            hits = tuple(self._hits(found, typed.tree))
        return SearchResults(
            request=request,
            understood=typed.understood,
            notices=(*typed.notices, *asked.notices),
            total=found.total,
            articles=found.articles,
            hits=hits,
            facets=_facets(found.facets, self._library.speaker_names()),
            timeline=tuple(sorted(found.timeline.items())),
            undated=found.undated,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            index=self.info,
        )

    def article(self, article_id: str, query: str = "") -> ArticleView | None:
        """An article with the words of a query marked; ``None`` if there is none of this id.

        Of a copy, the article that is shown in its place.
        """
        with self._damage_named():
            article = self._library.article(article_id)
            if article is None:
                return None
            typed = parse(query, self._library)
            passages = self._library.passages_of(article.id)
            view = _view(article, tuple(_marked(passages, typed.tree)))
            return replace(view, copies=tuple(self._library.copies(article.id)))

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
        tree = parse(query, self._library).tree
        return self._searcher.match(tree, Dated(), sort="relevance", offset=0, limit=1).total

    def _hits(self, found: Matches, query: Query) -> Iterator[Hit]:
        passages = self._library.passages([passage_id for passage_id, _ in found.page])
        if len(passages) != len(found.page):
            raise generations.damaged(self._path, "the library lacks passages that were found")
        for passage, (_, score) in zip(passages, found.page, strict=True):
            question = passage.question
            yield Hit(
                passage,
                score,
                snippet(passage.text, query, "text"),
                snippet(question, query, "question") if question else None,
                marked(passage.title, query, "title"),
            )

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


def _facets(
    counted: Mapping[str, Mapping[str, int]], names: Mapping[str, str]
) -> dict[str, tuple[FacetCount, ...]]:
    facets = {}
    for facet, counts in counted.items():
        labels = names if facet == "speaker" else {}
        values = [FacetCount(value, labels.get(value, value), n) for value, n in counts.items()]
        if facet == "year":
            values.sort(key=lambda one: one.value, reverse=True)
        else:
            values.sort(key=lambda one: (-one.count, one.label, one.value))
        facets[facet] = tuple(values)
    return facets


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
