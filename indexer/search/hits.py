"""Turns the matches of an engine into hits with snippets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from indexer.budget import checked
from indexer.errors import IndexDamaged
from indexer.records import FIELDS, Hit, Match, Passage, Query, Snippet
from indexer.search.snippets import marked, snippet
from indexer.storage.library import Library


def hits(
    library: Library, matches: Sequence[Match], query: Query, snippets: Collection[str] = FIELDS
) -> tuple[Hit, ...]:
    """Return matches with their passages and snippets, in the same order.

    ``snippets`` are the fields to cut snippets from, apart from the text. Raises `IndexDamaged`
    if the library lacks a passage.
    """
    ids = [one.id for match in matches for one in (match, *match.more)]
    passages = {passage.id: passage for passage in library.articles.passages(ids)}
    if len(passages) != len(ids):
        raise IndexDamaged("The library lacks passages that were found: run reindex --full.")
    return tuple(_hits(matches, passages, query, snippets))


def _hits(
    matches: Sequence[Match],
    passages: dict[str, Passage],
    query: Query,
    snippets: Collection[str],
) -> Iterator[Hit]:
    for match in checked(matches):
        best = passages[match.id]
        title = marked(best.title, query, "title", best.language) if "title" in snippets else None
        question = best.question if "question" in snippets else None
        more = (_hit(passages[one.id], one, query, title) for one in match.more)
        yield replace(
            _hit(best, match, query, title),
            question=snippet(question, query, "question", best.language) if question else None,
            more=tuple(more),
        )


def _hit(passage: Passage, match: Match, query: Query, title: Snippet | None) -> Hit:
    text = snippet(passage.text, query, "text", passage.language)
    return Hit(passage, match.score, text, None, title, match.in_article, (), match.context)
