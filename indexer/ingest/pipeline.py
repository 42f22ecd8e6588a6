"""A file to its articles and their passages: every step of the ingest wing, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath

from indexer.errors import UnknownFormat, UnreadableArticle, reason
from indexer.ingest.authored.whole_text import authorship_of
from indexer.ingest.cast.context import context_of
from indexer.ingest.cast.mentions import mentions
from indexer.ingest.corrections import Correction, corrected, unused
from indexer.ingest.dialogue.turns import turns
from indexer.ingest.language import language_of
from indexer.ingest.lines.boilerplate import without_boilerplate
from indexer.ingest.passages import passages
from indexer.ingest.quoting.narrative import attribute
from indexer.ingest.readers import Format, format_of, load_reader, suffix_of, suffixes
from indexer.ingest.settled_date import with_settled_date
from indexer.ingest.sidecar import Sidecar, apply_sidecar, read_sidecar
from indexer.records import Article, IngestedArticle, IngestedFile, Passage, UnreadableItem
from indexer.text.web_addresses import host

_YEAR = re.compile(r"(?:19|20)\d\d")


def article_id(path: PurePosixPath) -> str:
    """Return the id of the article in a file: its path below the corpus without the suffix.

    For a file that may hold several, the whole path, below which each article has a name. So no id
    of one file is that of another, and ids stay as they are when more articles come.
    """
    format = format_of(path)
    if format is None or format.several:
        return path.as_posix()
    return path.as_posix()[: -len(suffix_of(path) or "")]


def require_format(path: PurePosixPath) -> Format:
    """Return the format of a file. Raises `UnknownFormat` for a suffix that no reader takes."""
    format = format_of(path)
    if format is None:
        known = ", ".join(suffixes())
        raise UnknownFormat(f"no reader takes {path.suffix or 'a name without suffix'} ({known})")
    return format


def is_light(path: PurePosixPath) -> bool:
    """Return whether a file holds no more than its size says.

    A file that is packed may hold much more.
    """
    return require_format(path).package is None  # packed formats are those that need one


def ingest(data: bytes, path: PurePosixPath, sidecar: bytes | None = None) -> IngestedFile:
    """Read the articles in a file's bytes, with their turns, quotations and passages.

    ``path`` is the file's path below the corpus, ``sidecar`` the content of the sidecar next to it.
    If one of several articles cannot be read, the others are. Raises `UnknownFormat` for a suffix
    that no reader takes, and `UnreadableArticle` with the reason if there is nothing to read.
    """
    format = require_format(path)
    notes = None if sidecar is None else read_sidecar(sidecar)
    used: set[Correction] = set()
    articles: list[IngestedArticle] = []
    unreadable: list[UnreadableItem] = []
    for item in _with_unique_ids(load_reader(format).read(data, article_id(path))):
        if isinstance(item, UnreadableItem):
            unreadable.append(item)
            continue
        try:
            articles.append(_corrected(_ingested(item, path, notes), notes, used))
        except MemoryError:
            raise
        except Exception as problem:  # one strange article must not cost the others their place
            if not format.several:
                raise
            unreadable.append(UnreadableItem(f"“{item.title}”", reason(problem)))
    if not articles and not unreadable:
        raise UnreadableArticle("there is no article in it")
    problems = (*notes.problems, *unused(notes.corrections, used)) if notes else ()
    return IngestedFile(tuple(articles), tuple(unreadable), problems)


def _corrected(
    ingested: IngestedArticle, notes: Sidecar | None, used: set[Correction]
) -> IngestedArticle:
    if notes is None or not notes.corrections:
        return ingested
    passages = corrected(ingested.passages, notes.corrections, used)
    return replace(ingested, passages=passages)


def _with_unique_ids(
    items: Iterable[Article | UnreadableItem],
) -> Iterator[Article | UnreadableItem]:
    """Yield articles; those of one name are numbered: name, name-2, name-3."""
    taken: set[str] = set()
    for item in items:
        if isinstance(item, Article):
            names = (f"{item.id}-{number}" if number > 1 else item.id for number in count(1))
            item = replace(item, id=next(name for name in names if name not in taken))
            taken.add(item.id)
        yield item


def _ingested(article: Article, path: PurePosixPath, sidecar: Sidecar | None) -> IngestedArticle:
    article = without_boilerplate(article)
    if not article.paragraphs:
        raise UnreadableArticle("nothing but boilerplate was found")
    texts = [p.text for p in article.paragraphs]
    article = replace(article, language=language_of(texts, declared=article.language))
    if sidecar is None:
        article = with_settled_date(article, None)
    else:
        article = apply_sidecar(article, sidecar, several=require_format(path).several)
    article = replace(article, outlet=_outlet(article, path))
    context = context_of(article)
    marked = turns(context)
    authorship = authorship_of(context, marked)
    article = replace(article, author=authorship.author)
    spoken, quotations = attribute(context, marked, authorship.given)
    cut = passages(article, spoken)
    if not cut:
        raise UnreadableArticle("there is no text in it")
    _require_whole_characters(cut)
    printed = mentions(context.people, context.texts)
    return IngestedArticle(article, spoken, quotations, cut, printed)


def _require_whole_characters(cut: Iterable[Passage]) -> None:
    for text in (text for p in cut for text in (p.title, p.question, p.text) if text):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise UnreadableArticle("it holds half a character, which cannot be kept") from None


def _outlet(article: Article, path: PurePosixPath) -> str | None:
    """Return the outlet that an article states.

    Else the name of its folder in ``<outlet>/<year>/``; else the host of its page.
    """
    folders = path.parts[:-1]
    if article.outlet:
        return article.outlet
    if len(folders) >= 2 and _YEAR.fullmatch(folders[-1]):
        if "." in folders[-2]:  # a host, as `add` names the folders of outlets
            return folders[-2]
        name = folders[-2].replace("-", " ").replace("_", " ")
        return name.title() if name == name.lower() else name
    return host(article.url) if article.url else None
