"""Shows an article with the words of a query marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.budget import checked
from indexer.records import Article, ArticleView, MarkedPassage, Passage, Query
from indexer.search.snippets import marked


def article_view(article: Article, passages: tuple[MarkedPassage, ...] = ()) -> ArticleView:
    """Return an article with some of its passages, for reading."""
    return ArticleView(
        id=article.id,
        title=article.title,
        passages=passages,
        published=article.published,
        date_precision=article.date_precision,
        date_evidence=article.date_evidence,
        byline=article.byline,
        author=article.author,
        outlet=article.outlet,
        url=article.url,
        updated=article.updated,
        language=article.language,
        dropped=article.dropped,
    )


def marked_passages(passages: Iterable[Passage], query: Query) -> Iterator[MarkedPassage]:
    """Mark the words of a query. A question of several passages is kept at the first alone."""
    previous = None
    for passage in checked(passages):
        question = passage.question if passage.question != previous else None
        previous = passage.question
        yield MarkedPassage(
            passage,
            marked(passage.text, query, "text", passage.language),
            marked(question, query, "question", passage.language) if question else None,
        )


def marked_positions(passages: Iterable[MarkedPassage]) -> tuple[int, ...]:
    """Return the positions of passages with a marked word."""
    return tuple(
        one.passage.position
        for one in passages
        if one.text.highlights or (one.question and one.question.highlights)
    )
