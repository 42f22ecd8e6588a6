"""Results: the matches of an engine, hits with snippets, facets, articles to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from indexer.records.articles import Dropped, Passage
from indexer.records.kinds import Context, DatePrecision, Scope, Span
from indexer.records.queries import Notice
from indexer.records.requests import SearchRequest


@dataclass(frozen=True, slots=True)
class Match:
    """A matching passage.

    If grouped by article, it is the best of its article, and ``more`` are the next best ones.
    ``in_article`` is the number of matching passages of the article. ``context`` is the part of the
    passage that matches; see `indexer.scopes`.
    """

    id: str
    score: float
    in_article: int
    more: tuple[Match, ...] = ()
    context: Context = "said"


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer of an engine: a page of matches, and exact counts over all of them.

    All counts are those of the scope of the page. ``scopes`` has the totals of each scope, and
    ``others`` the best matches of the first articles in each context that has some outside the
    scope.

    ``facets`` maps each of `FACETS` to its most frequent values and their counts, ties in
    alphabetical order, and ``year`` to all years. ``sizes`` is the number of values of each facet.
    ``spans`` maps those speakers of the facet who have dated passages to their first and last
    period. ``timeline`` counts by period: a day (``2020-10-05``), or a month or year if no more is
    known. ``undated`` counts the passages that match except for the dates, as they have none.
    """

    total: int
    articles: int
    page: tuple[Match, ...]
    facets: Mapping[str, Mapping[str, int]]
    sizes: Mapping[str, int]
    spans: Mapping[str, tuple[str, str]]
    timeline: Mapping[str, int]
    scopes: Mapping[Scope, int]
    others: Mapping[Context, tuple[Match, ...]]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text as plain text, never HTML, with the spans to highlight.

    ``before`` and ``after`` are true if something was left out on that side.
    """

    text: str
    highlights: tuple[Span, ...] = ()
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, with snippets of its text, question and title.

    If grouped by article, ``more`` are the next best passages of the article, without snippets of
    their questions. ``in_article`` is the number of matching passages of the article, ``context``
    the part of the passage that matches; see `indexer.scopes`.
    """

    passage: Passage
    score: float
    snippet: Snippet
    question: Snippet | None
    title: Snippet | None
    in_article: int = 1
    more: tuple[Hit, ...] = ()
    context: Context = "said"
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that a search found, and the part of it that matches; see `indexer.scopes`."""

    passage: Passage
    context: Context


@dataclass(frozen=True, slots=True)
class Nearly:
    """Passages with only some of the words, which no other number counts.

    ``missing`` of each hit are the words and phrases that it does not have.
    """

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, its name for readers, and its number of passages.

    ``first`` and ``last`` are the periods of a speaker's dated passages.
    """

    value: str
    label: str
    count: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to try instead of one that finds little or nothing.

    ``is_nearly`` is true if it has a quotation as it was printed, which was typed almost so.
    """

    query: str
    total: int
    is_nearly: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """A word, speaker or title that completes what was typed, and the query for it."""

    text: str
    kind: Literal["word", "speaker", "title"]
    query: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A part of a search that found nothing: what it finds alone, and the search without it.

    ``parameter`` is the name of a filter; ``None`` for a clause of the query. ``rest`` is the query
    without the clause.
    """

    label: str
    alone: int
    without: int
    parameter: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """The contents of an index. ``built`` is ISO 8601 in UTC; ``first`` and ``last`` are dates.

    ``skipped`` counts the files, and articles in files, that the last run could not read.
    """

    engine: str
    generation: str
    fingerprint: str
    built: str
    articles: int
    passages: int
    speakers: int
    first: str | None = None
    last: str | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a `SearchRequest`: one page of hits, and counts over all matches in its scope.

    ``scopes`` has the totals of each scope, and ``others`` the best hits of the first articles in
    each context outside the scope. ``is_scoped`` is false if the query has no words that a scope
    binds; the scope of ``request`` is ``said`` then.

    ``facets`` maps each of `FACETS` to its `FACET_VALUES` most frequent values, and ``year`` to all
    years, latest first. ``facet_sizes`` is the number of values of each facet. ``timeline`` counts
    by day, month or year, whichever suits the time between first and last, in order. ``nearly`` is
    ``None`` except on a first page by relevance that has room for more. ``explanations`` are there
    if nothing was found.
    """

    request: SearchRequest
    understood: str
    notices: tuple[Notice, ...]
    total: int
    articles: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    facet_sizes: Mapping[str, int]
    timeline: tuple[tuple[str, int], ...]
    undated: int
    scopes: Mapping[Scope, int]
    took_ms: float
    index: IndexInfo
    is_scoped: bool = False
    others: Mapping[Context, tuple[Hit, ...]] = field(default_factory=dict)
    nearly: Nearly | None = None
    did_you_mean: tuple[Suggestion, ...] = ()
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A whole passage with the words of a query marked, as the page of its article shows it."""

    passage: Passage
    text: Snippet
    question: Snippet | None


@dataclass(frozen=True, slots=True)
class Copy:
    """An article with the same or nearly the same text as another one."""

    id: str
    title: str
    published: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article to read, with all or some of its passages in order.

    A question of several passages is kept with the first. ``length`` is the number of all passages,
    ``match_positions`` are those of passages that match the query; ``copies`` are in order of time.
    ``author`` and ``byline`` are as in `Article`.
    """

    id: str
    title: str
    passages: tuple[MarkedPassage, ...]
    published: str | None = None
    date_precision: DatePrecision | None = None
    date_evidence: str | None = None
    byline: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    updated: str | None = None
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()
    copies: tuple[Copy, ...] = ()
    length: int = 0
    match_positions: tuple[int, ...] = ()
