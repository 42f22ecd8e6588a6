"""An article that is being read, with all that its readers of dialogue and quotations share."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.ingest.cast.introduction import Introduction, introduction
from indexer.ingest.cast.members import People
from indexer.records import Article
from indexer.text.marks import with_printed_marks


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """An article, its people, and the person whom it introduces.

    ``texts`` are its title and its paragraphs, with printed quotation marks.
    """

    article: Article
    texts: tuple[str, ...]
    people: People
    introduction: Introduction


def context_of(article: Article) -> ArticleContext:
    """Read the people of an article off its texts, and off the voices that its format names."""
    texts = tuple(map(with_printed_marks, (article.title, *(p.text for p in article.paragraphs))))
    voices = dict.fromkeys(p.speaker for p in article.paragraphs if p.speaker)
    people = People([*texts, *voices])
    return ArticleContext(article, texts, people, introduction(article, people))
