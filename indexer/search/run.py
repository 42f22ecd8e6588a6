"""A search from its request to its results: the query parsed, the engine asked, snippets cut; and
what helps when nothing is found.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from indexer.engines import Searcher
from indexer.errors import IndexDamaged
from indexer.messages import Message
from indexer.records import (
    FIELDS,
    Completion,
    Dated,
    Hit,
    IndexInfo,
    Match,
    Matches,
    MostOf,
    Notice,
    Or,
    Page,
    ParsedQuery,
    Passage,
    Phrase,
    Query,
    SearchRequest,
    SearchResults,
    Snippet,
    Term,
)
from indexer.search import plan as requests
from indexer.search.advice import Advice
from indexer.search.boosts import preferring
from indexer.search.facets import facet_counts
from indexer.search.lexemes import quoted
from indexer.search.plan import Asked
from indexer.search.query import parse
from indexer.search.snippets import marked, snippet
from indexer.search.telling import TellingWord, telling_words
from indexer.search.timeline import fitting
from indexer.search.vocabulary import Vocabulary
from indexer.storage.library import Library
from indexer.text.analysis import tokens

_TELLING_WORDS = 25
_FEW = 3
_TOLD_BY = 200


class _Directory:
    """Who, where and which words are in the index, by what people type."""

    def __init__(self, library: Library, searcher: Searcher) -> None:
        self._searcher = searcher
        self.speakers = library.speakers
        self.speaker = library.speaker
        self.outlets = library.outlets

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self._searcher.words())

    def spellings(self, form: str) -> tuple[str, ...]:
        return self.vocabulary.spellings(form)

    def matching(self, pattern: str) -> tuple[str, ...]:
        return self.vocabulary.matching(pattern)

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        return self.vocabulary.similar(form, distance)


class Searching:
    """Answers requests from a library and an engine; safe to use from several threads at once."""

    def __init__(self, library: Library, searcher: Searcher, info: IndexInfo) -> None:
        self._library = library
        self._searcher = searcher
        self._info = info
        self._directory = _Directory(library, searcher)
        self._advice = Advice(library, self._directory, self._total_of)

    def parse(self, typed: str) -> ParsedQuery:
        """A query as it is understood here."""
        return parse(typed, self._directory)

    def asked(self, request: SearchRequest) -> Asked:
        """What an engine is asked for a request. Raises `InvalidSearchRequest`."""
        requests.check(request)
        typed = self.parse(request.query)
        found = requests.asked(request, typed.tree, self._directory)
        return replace(found, query=self._preferring(found, typed))

    def search(self, request: SearchRequest, snippets: Collection[str]) -> SearchResults:
        """One page of what is found, with snippets of some fields. Raises
        `InvalidSearchRequest`."""
        began = time.perf_counter()
        requests.check(request)
        typed = self.parse(request.query)
        page = Page(request.sort, request.offset, request.limit, request.group)
        asked, found, relaxed = self._found(request, typed, page)
        notices = [*typed.notices, *asked.notices, *self._advice.namesakes(typed)]
        if relaxed:
            notices.append(
                Notice(
                    Message(
                        "No passage has all of these words:"
                        " those that have most of them come first."
                    )
                )
            )
        return SearchResults(
            request=request,
            understood=typed.understood,
            notices=tuple(notices),
            total=found.total,
            articles=found.articles,
            hits=tuple(self._hits(found.page, typed.tree, snippets)),
            facets=facet_counts(found, self._library.speaker_names()),
            facet_sizes=found.sizes,
            timeline=fitting(found.timeline),
            undated=found.undated,
            index=self._info,
            relaxed=relaxed,
            did_you_mean=tuple(self._advice.instead(request, typed, found.total, relaxed)),
            explanations=() if found.total else tuple(self._advice.explained(request, typed)),
            took_ms=round((time.perf_counter() - began) * 1000, 2),
        )

    def timeline(self, request: SearchRequest) -> tuple[tuple[str, int], ...]:
        """The passages of a search over time, without all the rest. Raises as `search`."""
        requests.check(request)
        found = self._found(request, self.parse(request.query), Page(limit=0))[1]
        return fitting(found.timeline)

    def every(self, request: SearchRequest) -> list[str]:
        """The ids of all passages that a search finds, in its order. Raises as `search`."""
        requests.check(request)
        typed = self.parse(request.query)
        everything = Page(request.sort, 0, max(1, self._info.passages))
        return [match.id for match in self._found(request, typed, everything)[1].page]

    def similar(self, passage: Passage, limit: int) -> tuple[Hit, ...]:
        """Passages of other articles that share telling words with this one, likest first."""
        counts = Counter(
            (token.term, token.form) for token in tokens(f"{passage.question or ''} {passage.text}")
        )
        vocabulary = self._directory.vocabulary

        def worth(word: tuple[str, str]) -> float:
            idf = math.log1p(self._info.passages / (vocabulary.count(word[1]) + 0.5))
            return counts[word] * idf * idf

        telling = sorted(counts, key=worth, reverse=True)[:_TELLING_WORDS]
        terms = tuple(Term(stem) for stem in dict.fromkeys(stem for stem, _ in telling))
        query = MostOf(terms, max(1, len(terms) // 4))
        return tuple(self._hits(self._others(query, passage.article_id, limit), query))

    def _others(self, query: Query, article_id: str, limit: int) -> list[Match]:
        """The best passage of each of so many other articles."""
        asked = 8 * limit
        while True:
            found = self._searcher.best(query, asked)
            by_article = {one.id.rpartition("#")[0]: one for one in reversed(found)}
            by_article.pop(article_id, None)
            if len(by_article) >= limit or len(found) < asked:
                return sorted(by_article.values(), key=found.index)[:limit]
            asked *= 8

    def completions(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Speakers first, then words, then titles."""
        typed = " ".join(prefix.split())
        if len(typed) < 2:
            return ()
        before, _, last = typed.rpartition(" ")
        lead = f"{before} " if before else ""
        speakers = [
            Completion(name, "speaker", f"speaker:{quoted(name)}")
            for name, _ in self._library.complete_speakers(typed, _FEW)
        ]
        words = [
            Completion(f"{lead}{word}", "word", f"{lead}{word}")
            for word in self._directory.vocabulary.completions(last, limit)
        ]
        titles = [
            Completion(title, "title", f"title:{quoted(title)}")
            for title in self._library.complete_titles(typed, _FEW)
        ]
        room = max(0, limit - len(speakers) - len(titles))
        return (*speakers, *words[:room], *titles)[:limit]

    def telling_words(self, speaker_id: str) -> tuple[TellingWord, ...]:
        """The words that set a speaker apart, by what was said in `_TOLD_BY` articles at most."""
        vocabulary = self._directory.vocabulary
        texts = self._library.texts_of(speaker_id, _TOLD_BY)
        return telling_words(texts, vocabulary.count, vocabulary.total)

    def total(self, query: str) -> int:
        """How many passages a query finds, without loosening it."""
        return self._count(self.parse(query).tree)

    def _count(self, query: Query, dates: Dated | None = None) -> int:
        return self._searcher.match(query, dates or Dated(), Page(limit=0)).total

    def _found(
        self, request: SearchRequest, typed: ParsedQuery, page: Page
    ) -> tuple[Asked, Matches, bool]:
        """What the engine was asked, what it found, and whether most of the words were enough."""
        asked = requests.asked(request, typed.tree, self._directory)
        found = self._searcher.match(self._preferring(asked, typed), asked.dates, page)
        if found.total or not (loose := requests.loosened(typed.tree)):
            return asked, found, False
        most = requests.asked(request, loose, self._directory)
        found = self._searcher.match(self._preferring(most, typed), most.dates, page)
        return asked, found, found.total > 0

    def _preferring(self, asked: Asked, typed: ParsedQuery) -> Query:
        # What is a phrase stands in a row wherever it is found.
        are_one = not isinstance(typed.tree, Or | Phrase)
        count = self._directory.vocabulary.count
        return preferring(asked.query, typed.words, count, are_one=are_one)

    def _hits(
        self, matches: Sequence[Match], query: Query, snippets: Collection[str] = FIELDS
    ) -> Iterator[Hit]:
        ids = [one.id for match in matches for one in (match, *match.more)]
        passages = {passage.id: passage for passage in self._library.passages(ids)}
        if len(passages) != len(ids):
            raise IndexDamaged("The library lacks passages that were found: run reindex --full.")
        for match in matches:
            best = passages[match.id]
            title = marked(best.title, query, "title") if "title" in snippets else None
            question = best.question if "question" in snippets else None
            asked = snippet(question, query, "question") if question else None
            more = (_hit(passages[one.id], one, query, title) for one in match.more)
            hit = _hit(best, match, query, title)
            yield replace(hit, question=asked, more=tuple(more))

    def _total_of(self, request: SearchRequest) -> int:
        asked = requests.asked(request, self.parse(request.query).tree, self._directory)
        return self._count(asked.query, asked.dates)


def _hit(passage: Passage, match: Match, query: Query, title: Snippet | None) -> Hit:
    found = snippet(passage.text, query, "text")
    return Hit(passage, match.score, found, None, title, match.in_article)
