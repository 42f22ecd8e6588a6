"""A file to its articles and their passages: every step of the ingest wing, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath

from indexer.errors import UnknownFormat, UnreadableArticle, reason
from indexer.ingest.cast.context import context_of
from indexer.ingest.dialogue.turns import turns
from indexer.ingest.language import language_of
from indexer.ingest.lines.boilerplate import without_boilerplate
from indexer.ingest.passages import passages
from indexer.ingest.quoting.narrative import attribute
from indexer.ingest.readers import Format, format_of, load_reader, suffix_of, suffixes
from indexer.ingest.sidecar import apply_sidecar
from indexer.records import Article, IngestedArticle, IngestedFile, Passage, UnreadableItem
from indexer.text.web_addresses import host

_YEAR = re.compile(r"(?:19|20)\d\d")


def article_id(path: PurePosixPath) -> str:
    """The id of the article in a file: its path below the corpus without the suffix.

    Of a file that may hold several the whole path, below which each has a name: so no id of one
    file is that of another, and ids stay as they are when more articles come.
    """
    found = format_of(path)
    if found is None or found.several:
        return path.as_posix()
    return path.as_posix()[: -len(suffix_of(path) or "")]


def require_format(path: PurePosixPath) -> Format:
    """The format of a file. Raises `UnknownFormat` for a suffix that no reader takes."""
    found = format_of(path)
    if found is None:
        known = ", ".join(suffixes())
        raise UnknownFormat(f"no reader takes {path.suffix or 'a name without suffix'} ({known})")
    return found


def is_light(path: PurePosixPath) -> bool:
    """Whether a file holds no more than its size tells; what is packed may hold much more."""
    return require_format(path).package is None  # packed formats are those that need one


def ingest(data: bytes, path: PurePosixPath, sidecar: bytes | None = None) -> IngestedFile:
    """The articles in a file's bytes, with their turns, quotations and passages.

    ``path`` is the file's path below the corpus, ``sidecar`` what was noted beside it. One of
    several articles that cannot be read costs only itself. Raises `UnknownFormat` for a suffix that
    no reader takes, and `UnreadableArticle` with the reason if there is nothing to read.
    """
    found = require_format(path)
    articles: list[IngestedArticle] = []
    unreadable: list[UnreadableItem] = []
    for item in _with_ids_of_their_own(load_reader(found).read(data, article_id(path))):
        if isinstance(item, UnreadableItem):
            unreadable.append(item)
            continue
        try:
            articles.append(_ingested(item, path, sidecar))
        except MemoryError:
            raise
        except Exception as problem:  # one strange article must not cost the others their place
            if not found.several:
                raise
            unreadable.append(UnreadableItem(f"“{item.title}”", reason(problem)))
    if not articles and not unreadable:
        raise UnreadableArticle("there is no article in it")
    return IngestedFile(tuple(articles), tuple(unreadable))


def _with_ids_of_their_own(
    items: Iterable[Article | UnreadableItem],
) -> Iterator[Article | UnreadableItem]:
    """Articles of one name are numbered: name, name-2, name-3."""
    taken: set[str] = set()
    for item in items:
        if isinstance(item, Article):
            names = (f"{item.id}-{number}" if number > 1 else item.id for number in count(1))
            item = replace(item, id=next(name for name in names if name not in taken))
            taken.add(item.id)
        yield item


def _ingested(article: Article, path: PurePosixPath, sidecar: bytes | None) -> IngestedArticle:
    article = without_boilerplate(article)
    if not article.paragraphs:
        raise UnreadableArticle("nothing but boilerplate was found")
    texts = [p.text for p in article.paragraphs]
    article = replace(article, language=language_of(texts, declared=article.language))
    if sidecar is not None:
        article = apply_sidecar(article, sidecar, several=require_format(path).several)
    article = replace(article, outlet=_outlet(article, path))
    context = context_of(article)
    spoken, quotations = attribute(context, turns(context))
    cut = passages(article, spoken)
    if not cut:
        raise UnreadableArticle("there is no text in it")
    _require_whole_characters(cut)
    return IngestedArticle(article, spoken, quotations, cut)


def _require_whole_characters(cut: Iterable[Passage]) -> None:
    for text in (text for p in cut for text in (p.title, p.question, p.text) if text):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise UnreadableArticle("it holds half a character, which cannot be kept") from None


def _outlet(article: Article, path: PurePosixPath) -> str | None:
    """What the article states; else its folder in ``<outlet>/<year>/``; else its page's host."""
    folders = path.parts[:-1]
    if article.outlet:
        return article.outlet
    if len(folders) >= 2 and _YEAR.fullmatch(folders[-1]):
        if "." in folders[-2]:  # a host, as `add` names the folders of outlets
            return folders[-2]
        name = folders[-2].replace("-", " ").replace("_", " ")
        return name.title() if name == name.lower() else name
    return host(article.url) if article.url else None
