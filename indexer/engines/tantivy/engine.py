"""The fast engine: Tantivy matches, scores and counts, all of it in compiled code.

A passage is a document of ready words: the stems of each searched field, in order, and beside them
the forms. What passages are filtered, counted and sorted by are numbers in columns ("fast fields");
a small file tells which value has which number.

Scores are Tantivy's own, BM25 field by field, with the weights of `indexer.ranking` and rare words
counted twice as there. They leave out what the article around a passage says. What matches, every
count and every order by date are exactly those of the other engines.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import tantivy
from tantivy import Document, Index, Order, SchemaBuilder
from tantivy import Query as Asked

import indexer.text.periods as periods
from indexer.engines.tantivy.panics import panics_as_errors
from indexer.engines.tantivy.translation import (
    FORMS,
    Translation,
    count_of,
    every,
    is_scored,
    known_words,
    plain,
    without,
)
from indexer.ranking import most_frequent
from indexer.records import FACETS, AnalyzedPassage, Dated, Match, Matches, Page, Query

EXACT_SCORES = False

_VALUES, _WORDS = "values.json", "words.json"
_VALUED = {"article": "article_id"} | {name: facet.passage_field for name, facet in FACETS.items()}
"""The columns of numbered values, and the fields of passages that they hold."""

_valued = attrgetter(*_VALUED.values())
_NUMBERS = ("position", "period", "first_day", "last_day", "newest", "oldest")

_HEAP = 128_000_000
_UNDATED = 2**40
_TIED = 5
"""So many more are asked for, so as not to ask again where a few are tied with the last."""

_BUCKETS = 50_000
"""How many values are counted at once: Tantivy refuses more than 65,000."""

# --- Writing -------------------------------------------------------------------------------------


def build(directory: Path, passages: Iterable[AnalyzedPassage]) -> None:
    """Writes a new index."""
    _write(_opened(Index(_schema(), str(directory))), directory, (), passages)


def update(directory: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]) -> None:
    """Marks passages as deleted and adds others; Tantivy merges segments when there are many."""
    _write(_opened(Index.open(str(directory))), directory, removed, passages)


def _write(
    index: Index, directory: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]
) -> None:
    values, words = _read_values(directory), _read_words(directory)
    writer = index.writer(_HEAP, 1)
    try:
        known = values["article"]
        if gone := [known[article] for article in removed if article in known]:
            writer.delete_documents_by_query(Asked.term_set_query(index.schema, "article", gone))
        for passage in passages:
            writer.add_document(_document(passage, values))
            for forms in passage.forms.values():
                words.update(forms.split())
        writer.commit()
        writer.wait_merging_threads()
    except BaseException:
        writer.rollback()
        # Threads that still write would put files into a folder that is being thrown away.
        writer.wait_merging_threads()
        raise
    for name, content in ((_VALUES, values), (_WORDS, words)):
        # Files that were written once are never changed: other generations share them.
        new = directory / f"{name}.new"
        new.write_text(json.dumps(content), encoding="ascii")
        os.replace(new, directory / name)
    for lock in directory.glob(".tantivy-*.lock"):
        lock.unlink()


def _schema() -> tantivy.Schema:
    schema = SchemaBuilder()
    for field, forms in FORMS.items():
        schema.add_text_field(field, stored=True, tokenizer_name="whitespace")
        schema.add_text_field(forms, tokenizer_name="whitespace", index_option="freq")
    for name in (*_VALUED, *_NUMBERS):
        schema.add_unsigned_field(name, fast=True, indexed=name in _VALUED)
    return schema.build()


def _tokenizer() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _document(analyzed: AnalyzedPassage, values: Mapping[str, dict[str, int]]) -> Document:
    passage, document = analyzed.passage, Document()
    for field, forms in FORMS.items():
        if analyzed.terms[field]:
            document.add_text(field, known_words(analyzed.terms[field]))
            document.add_text(forms, known_words(analyzed.forms[field]))
    for name, value in zip(_VALUED, _valued(passage), strict=True):
        if value is not None:
            number = values[name].setdefault(value, len(values[name]))
            document.add_unsigned(name, number)
    document.add_unsigned("position", passage.position)
    for name, number in _dates(passage.published):
        document.add_unsigned(name, number)
    return document


@lru_cache(maxsize=16)
def _dates(published: str | None) -> Sequence[tuple[str, int]]:
    """The columns that tell when an article was published; all its passages have the same."""
    if not published:
        return ("newest", 0), ("oldest", _UNDATED)
    minute = periods.minute(published)
    return (
        ("newest", minute),
        ("oldest", minute),
        ("period", _number_of_period(published)),
        ("first_day", periods.first_day(published)),
        ("last_day", periods.last_day(published)),
    )


def _number_of_period(published: str) -> int:
    """A period as a number that sorts as it does: 20201005, 20201000, 20200000."""
    return int(published[:10].replace("-", "").ljust(8, "0"))


@cache
def _period(number: int) -> str:
    year, month, day = f"{number:08}"[:4], f"{number:08}"[4:6], f"{number:08}"[6:]
    return "-".join(part for part in (year, month, day) if part != "00")


def _read_values(directory: Path) -> dict[str, dict[str, int]]:
    path = directory / _VALUES
    if not path.exists():
        return {name: {} for name in _VALUED}
    found: dict[str, dict[str, int]] = json.loads(path.read_text("ascii"))
    return found


def _read_words(directory: Path) -> Counter[str]:
    path = directory / _WORDS
    return Counter(json.loads(path.read_text("ascii")) if path.exists() else {})


# --- Asking --------------------------------------------------------------------------------------


@panics_as_errors()
def open_searcher(directory: Path) -> _Searcher:
    """Opens the index as it is now; later updates are not seen."""
    # Tantivy locks the folder that it opens by a file in it. Ours is only to be read, so it is
    # given another one, of links. A thread of its may look there once more, at any time.
    links = tempfile.TemporaryDirectory(prefix="tantivy-", ignore_cleanup_errors=True)
    for file in directory.iterdir():
        (Path(links.name) / file.name).symlink_to(file.absolute())
    index = _opened(Index.open(links.name))
    return _Searcher(index, links, _read_values(directory), _read_words(directory))


def _opened(index: Index) -> Index:
    index.register_tokenizer("whitespace", _tokenizer())
    # Or a thread of its own would look for commits, and open them, at any time.
    index.config_reader("manual")
    return index


_Spans: TypeAlias = dict[int, tuple[str, str] | None]
"""By the numbers of speakers their first and last period, if they have one."""


class _Hit(NamedTuple):
    """A found passage: what it was sorted by, where it is, and its score (0 if sorted by date)."""

    value: float
    article: int
    position: int
    score: float


class _Found(NamedTuple):
    """What matches, with its scores, if it has any; how many passages, and how many of each
    article."""

    asked: Asked
    is_scored: bool
    total: int
    in_article: Mapping[int, int]


class _Searcher:
    def __init__(
        self,
        index: Index,
        links: tempfile.TemporaryDirectory[str],
        values: Mapping[str, Mapping[str, int]],
        words: Mapping[str, int],
    ) -> None:
        self._links = links
        self._searcher = index.searcher()
        self._translation = Translation(index.schema, self._searcher, values)
        self._numbers = values
        self._values = {name: list(numbers) for name, numbers in values.items()}
        self._words = words

    @panics_as_errors()
    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        # What is preferred changes the order alone, and costs more than all the rest.
        translation = self._translation
        found, undated = translation.of(plain(query)), 0
        ordered = translation.of(query) if page.sort == "relevance" else found
        if dates != Dated():
            undated = count_of(self._searcher, without(found, translation.dated()))
            between = translation.between(dates)
            found, ordered = every([found, between]), every([ordered, between])
        counts, spans = self._counts(found, page.values)
        in_article = counts["article"]
        total = sum(in_article.values())
        timeline = {_period(n): count for n, count in counts["period"].items()}
        years: Counter[str] = Counter()
        for period, count in timeline.items():
            years[period[:4]] += count
        facets = {
            facet: most_frequent(self._named(facet, counts[facet]), page.values) for facet in FACETS
        }
        return Matches(
            total=total,
            articles=len(in_article),
            page=tuple(self._page(_Found(ordered, is_scored(query), total, in_article), page)),
            facets={**facets, "year": years},
            sizes={facet: len(counts[facet]) for facet in FACETS} | {"year": len(years)},
            spans=self._spans(found, facets["speaker"], spans),
            timeline=timeline,
            undated=undated,
        )

    @panics_as_errors()
    def best(self, query: Query, limit: int) -> list[Match]:
        if not is_scored(query):
            found = self.match(query, Dated(), Page(limit=limit)).page
            return [replace(match, in_article=1) for match in found]
        hits = self._tied(self._translation.of(query), Page(), limit)[:limit] if limit else []
        return [Match(self._id(hit), hit.score, 1) for hit in hits]

    def words(self) -> Mapping[str, int]:
        return self._words

    def values(self, facet: str) -> Collection[str]:
        return self._values[facet]

    def close(self) -> None:
        for _ in range(2):  # that thread may make its lock anew while it is being removed
            self._links.cleanup()

    # --- Counts ----------------------------------------------------------------------------------

    def _counts(self, asked: Asked, most: int) -> tuple[dict[str, dict[int, int]], _Spans]:
        """How many passages have each number, for every facet, period and article; and the first
        and last period of the most frequent speakers: all in one go through what matches."""
        wanted = {name: _terms(name) for name in (*_VALUED, "period")}
        many = {name for name in _VALUED if len(self._values[name]) > _BUCKETS}
        few = {name: terms for name, terms in wanted.items() if name not in many}
        if "speaker" in few:
            few["spans"] = _spanning(most + _TIED)
        found = self._searcher.aggregate(asked, few)
        buckets = {name: found[name]["buckets"] for name in wanted if name in found}
        buckets |= {name: self._many(name, asked, wanted[name]) for name in many}
        counts = {
            name: {int(one["key"]): int(one["doc_count"]) for one in of_name}
            for name, of_name in buckets.items()
        }
        return counts, _spans(found["spans"]) if "spans" in found else {}

    def _spans(
        self, asked: Asked, speakers: Collection[str], found: _Spans
    ) -> dict[str, tuple[str, str]]:
        """The first and last period of speakers who have dated passages; of most they are known."""
        wanted = {self._numbers["speaker"][speaker]: speaker for speaker in speakers}
        if missing := list(wanted.keys() - found.keys()):
            # Among equally frequent ones Tantivy chooses as it likes.
            asked = every([asked, self._translation.among("speaker", missing)])
            terms = {"spans": _spanning(len(missing))}
            found = {**found, **_spans(self._searcher.aggregate(asked, terms)["spans"])}
        return {
            speaker: span
            for number, speaker in wanted.items()
            if (span := found[number]) is not None
        }

    def _many(self, name: str, asked: Asked, terms: Mapping[str, Any]) -> list[Any]:
        """The counts of a property of very many values, so many of them at a time."""
        found: list[Any] = []
        for first in range(0, len(self._values[name]), _BUCKETS):
            some = self._translation.numbered(name, first, first + _BUCKETS - 1)
            found += self._searcher.aggregate(every([asked, some]), {name: terms})[name]["buckets"]
        return found

    def _named(self, name: str, counts: Mapping[int, Any]) -> dict[str, Any]:
        values = self._values[name]
        return {values[number]: count for number, count in counts.items()}

    # --- One page --------------------------------------------------------------------------------

    def _page(self, found: _Found, page: Page) -> Iterator[Match]:
        if not page.limit or page.offset >= found.total:
            return
        until = page.offset + page.limit
        if page.group == "none":
            for hit in self._first(found, page, until)[page.offset : until]:
                yield self._match(hit, found)
            return
        best = self._best_by_article(found, page, until)[page.offset : until]
        more = self._more(found, page, best) if best else {}
        for hit in best:
            others = [one for one in more[hit.article] if one != hit][: page.more]
            yield self._match(hit, found, others)

    def _match(self, hit: _Hit, found: _Found, more: Sequence[_Hit] = ()) -> Match:
        others = tuple(self._match(one, found) for one in more)
        return Match(self._id(hit), hit.score, found.in_article[hit.article], others)

    def _best_by_article(self, found: _Found, page: Page, until: int) -> list[_Hit]:
        """The best passage of each of so many articles, in order."""
        wanted = 4 * until
        while True:
            best: dict[int, _Hit] = {}
            for hit in self._first(found, page, wanted):
                best.setdefault(hit.article, hit)
            if len(best) >= until or wanted >= found.total:
                return list(best.values())[:until]
            wanted *= 4

    def _more(self, found: _Found, page: Page, best: Sequence[_Hit]) -> dict[int, list[_Hit]]:
        """All passages that match in the articles of some, by article, in order."""
        articles = [hit.article for hit in best]
        more: dict[int, list[_Hit]] = {article: [] for article in articles}
        for hit in self._of(articles, found, page):
            more[hit.article].append(hit)
        return more

    def _first(self, found: _Found, page: Page, count: int) -> list[_Hit]:
        """So many passages in order, or some more; ties break on the article and the position.

        Tantivy breaks them by the place in its files: whoever is tied with the last one is needed.
        """
        if page.sort == "relevance" and not found.is_scored:
            return self._of(self._first_articles(found, count), found, page)
        return self._tied(found.asked, page, min(count, found.total))

    def _tied(self, asked: Asked, page: Page, count: int) -> list[_Hit]:
        """So many passages in order, and those that are tied with the last of them."""
        wanted = count + _TIED
        while True:
            hits = self._hits(asked, page, wanted)
            if len(hits) < wanted or hits[-1].value != hits[count - 1].value:
                return hits
            wanted *= 2

    def _first_articles(self, found: _Found, count: int) -> list[int]:
        """The articles in order that have so many passages together."""
        articles: list[int] = []
        for article in sorted(found.in_article, key=self._places.__getitem__):
            if count <= 0:
                break
            articles.append(article)
            count -= found.in_article[article]
        return articles

    @cached_property
    def _places(self) -> Mapping[int, int]:
        """Where each article stands among all in order."""
        names = self._values["article"]
        in_order = sorted(range(len(names)), key=names.__getitem__)
        return {number: place for place, number in enumerate(in_order)}

    def _of(self, articles: Sequence[int], found: _Found, page: Page) -> list[_Hit]:
        """All passages that match in some articles, in order."""
        among = self._translation.among("article", articles)
        count = sum(found.in_article[article] for article in articles)
        return self._hits(every([found.asked, among]), page, count)

    def _hits(self, found: Asked, page: Page, limit: int) -> list[_Hit]:
        order: dict[str, Any] = {}
        if page.sort == "newest":
            order = {"order_by_field": "newest", "order": Order.Desc}
        elif page.sort == "oldest":
            order = {"order_by_field": "oldest", "order": Order.Asc}
        raw = self._searcher.search(found, limit, count=False, **order).hits
        places = [place for _, place in raw]
        articles = self._searcher.fast_field_values("article", places)
        positions = self._searcher.fast_field_values("position", places)
        hits = [
            _Hit(value, int(article or 0), int(position or 0), 0.0 if order else float(value))
            for (value, _), article, position in zip(raw, articles, positions, strict=True)
        ]
        by_value = (list(tied) for _, tied in groupby(hits, key=lambda hit: hit.value))
        return [hit for tied in by_value for hit in sorted(tied, key=self._place)]

    def _place(self, hit: _Hit) -> tuple[int, int]:
        return self._places[hit.article], hit.position

    def _id(self, hit: _Hit) -> str:
        return f"{self._values['article'][hit.article]}#{hit.position}"


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _BUCKETS}}


def _spanning(most: int) -> dict[str, Any]:
    """Asks for the most frequent speakers, each with the first and last period."""
    span = {end: {end: {"field": "period"}} for end in ("min", "max")}
    return {"terms": {"field": "speaker", "size": most}, "aggs": span}


def _spans(answer: Mapping[str, Any]) -> _Spans:
    spans: _Spans = {}
    for one in answer["buckets"]:
        least, most = (one[end]["value"] for end in ("min", "max"))
        is_dated = least is not None and math.isfinite(least)
        spans[int(one["key"])] = (_period(int(least)), _period(int(most))) if is_dated else None
    return spans
