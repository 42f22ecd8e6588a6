"""The base of a run: the generation that serves, updated or only fallen back on."""

from __future__ import annotations

import errno
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

import indexer.storage.generations as generations
from indexer.corpus.files import CorpusFile
from indexer.errors import IndexDamaged, IndexUnavailable, IndexUnreadable
from indexer.ingest.pipeline import article_id
from indexer.reindex.reading import ArticleReading, FileReading
from indexer.storage.generations import Manifest
from indexer.storage.indexed_files import IndexedFile, KnownArticle
from indexer.storage.library import FILE, Library


@dataclass(frozen=True)
class Base:
    """The files and articles of the generation that serves.

    Without a ``manifest`` it cannot be updated: every file has to be read, and only what cannot be
    read is taken from it. Without a ``library`` not even that, and ``count`` alone is known, the
    number of articles that it shows. ``aliases_digest`` is that of the names that it resolved, and
    ``is_of_these_rules`` is false if another version of this program did. ``damage`` says what is
    wrong with the index; with a ``manifest`` only the engine's files are damaged.
    """

    manifest: Manifest | None = None
    library: Path | None = None
    files: Mapping[str, IndexedFile] = field(default_factory=dict)
    articles: Sequence[KnownArticle] = ()
    scan_began_ns: int | None = None
    count: int = 0
    aliases_digest: str | None = None
    is_of_these_rules: bool = True
    damage: str | None = None

    def is_of(self, engine: str) -> bool:
        """Return True if the files of the engine with this name can be updated."""
        return self.manifest is not None and not self.damage and self.manifest.info.engine == engine

    def count_in(self, paths: Set[str]) -> int:
        """Return the number of articles in the files with these paths."""
        return sum(article.path in paths for article in self.articles)

    def as_read(self, file: IndexedFile) -> FileReading:
        """Return what was read from a file before. The next run will not take it as verified."""
        assert self.library is not None
        with closing(Library(self.library)) as library:
            articles = tuple(_as_read(library, known) for known in self._by_path[file.path])
        place = CorpusFile(file.path, article_id(PurePosixPath(file.path)), stamp=())
        return FileReading(place, file.sha256, articles, file.unreadable)

    @cached_property
    def _by_path(self) -> Mapping[str, Sequence[KnownArticle]]:
        by_path: defaultdict[str, list[KnownArticle]] = defaultdict(list)
        for known in self.articles:
            by_path[known.path].append(known)
        return by_path


def _as_read(library: Library, known: KnownArticle) -> ArticleReading:
    article, passages, mentions = library.articles.as_read(known.article_id)
    return ArticleReading(
        article=article,
        passages=tuple(passages),
        mentions=tuple(mentions),
        text_digest=known.text_digest,
        words=known.words,
        signature=library.signature(known.text_digest) if known.text_digest else None,
    )


def serving_manifest(index: Path) -> Manifest | None:
    """Return the manifest of the generation that serves, or ``None`` if there is no sound one.

    Raises `IndexUnreadable`.
    """
    try:
        return generations.read_manifest(index)
    except IndexUnreadable:
        raise
    except IndexUnavailable:
        return None


def read_base(index: Path, serving: Manifest | None, *, full: bool) -> Base:
    """Read the base of a run.

    If the library is damaged, and in a ``full`` run, it cannot be updated. If only the engine's
    files are, they are to be written again. Raises `IndexUnreadable`, or `OSError` if `CURRENT`
    cannot be read.
    """
    if serving is None:
        return Base(count=generations.count_articles(index))
    try:
        serving.files_in(index).verify(names={FILE})
        base = _read_library(index, serving)
    except IndexUnreadable as problem:
        if not full or problem.errno != errno.EIO:
            raise
        return Base(count=serving.info.articles, damage=str(problem))
    except IndexDamaged as problem:
        return Base(count=serving.info.articles, damage=problem.what)
    except sqlite3.DatabaseError as problem:
        return Base(count=serving.info.articles, damage=f"{FILE}: {problem}")
    if full:
        return replace(base, manifest=None, scan_began_ns=None)
    try:
        serving.files_in(index).verify(names=serving.files.keys() - {FILE})
    except IndexDamaged as problem:
        return replace(base, damage=problem.what)
    return base


def _read_library(index: Path, serving: Manifest) -> Base:
    path = index / serving.info.generation / FILE
    with closing(Library(path)) as library:
        return Base(
            manifest=serving,
            library=path,
            files={file.path: file for file in library.indexed.files()},
            articles=library.indexed.articles(),
            scan_began_ns=library.indexed.scan_began_ns(),
            count=serving.info.articles,
            aliases_digest=library.speakers.aliases_digest(),
            is_of_these_rules=library.is_of_these_rules(),
        )
