"""Conformance: every engine in the folder answers the same questions in the same way."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import some_passage
from hypothesis import given, settings
from hypothesis import strategies as st

import indexer.engines.whoosh.codec as whoosh_postings
from indexer.engines import Engine, Searcher, engine_names, load_engine
from indexer.engines.whoosh.storage import Storage
from indexer.errors import EngineUnavailable
from indexer.ranking import ARTICLE, ARTICLE_B, K1, WEIGHTS, B
from indexer.records import (
    FACETS,
    FIELDS,
    GROUPS,
    SCOPES,
    SORTS,
    AnalyzedPassage,
    And,
    Dated,
    Everything,
    Having,
    Match,
    Matches,
    MostOf,
    Near,
    Not,
    Or,
    Page,
    Phrase,
    Preferring,
    Query,
    Scope,
    Sort,
    Term,
    Words,
)
from indexer.scopes import CONTEXTS
from indexer.text.analysis import analyze, stems, terms_and_forms

OPEN = Dated()


def passage(article: str, position: int, text: str, **more: Any) -> AnalyzedPassage:
    """Make an analysed passage; ``more`` are fields of `Passage`."""
    return analyze(some_passage(article, position, text=text, **{"title": "", **more}))


def word(typed: str, *fields: str) -> Term:
    return Term((terms_and_forms(typed)[0],), fields or FIELDS)


def exactly(typed: str, *fields: str) -> Words:
    return Words((terms_and_forms(typed)[1],), fields or FIELDS)


def phrase(typed: str, *fields: str) -> Phrase:
    return Phrase(tuple((stem,) for stem in terms_and_forms(typed)[0].split()), fields or FIELDS)


def day(year: int, month: int, of_month: int) -> int:
    return date(year, month, of_month).toordinal()


def ask(
    searcher: Searcher,
    query: Query,
    dates: Dated = OPEN,
    sort: Sort = "relevance",
    page: tuple[int, int] = (0, 100),
) -> Matches:
    return searcher.match(query, dates, Page(sort, *page))


def ids(searcher: Searcher, query: Query, **more: Any) -> list[str]:
    return [match.id for match in ask(searcher, query, **more).page]


def score(searcher: Searcher, query: Query, id_: str) -> float:
    return {match.id: match.score for match in ask(searcher, query).page}[id_]


def installed(name: str) -> Engine:
    try:
        return load_engine(name)
    except EngineUnavailable as unavailable:
        pytest.skip(str(unavailable))


@pytest.fixture(params=engine_names())
def engine(request: pytest.FixtureRequest) -> Engine:
    return installed(request.param)


@pytest.fixture
def exact(engine: Engine) -> None:
    """Only engines that score exactly as `indexer.ranking` says."""
    if not engine.EXACT_SCORES:
        pytest.skip("its scores are its own")


@pytest.fixture
def opened(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Searcher]]:
    """Return a function that builds an index of passages and opens it."""
    searchers: list[Searcher] = []

    def build_and_open(*passages: AnalyzedPassage) -> Searcher:
        directory = tmp_path / str(len(searchers))
        directory.mkdir()
        engine.build(directory, iter(passages))
        searchers.append(engine.open_searcher(directory))
        return searchers[-1]

    yield build_and_open
    for searcher in searchers:
        searcher.close()


@pytest.fixture
def debate(opened: Callable[..., Searcher]) -> Searcher:
    """Open an index of three articles, out of order, some without dates and speakers."""
    herald = {"title": "The price of bread", "outlet": "Herald", "published": "2021-03-04"}
    tariffs = "Tariffs hurt bakers. Bakers told us so."
    asked = {"question": "Who pays for tariffs?", "speaker_id": "ada-quill"}
    courier = {"title": "Tariffs, explained", "outlet": "Courier", "published": "2020-11"}
    stated = {"role": "statement", "speaker_id": "ben-otter"}
    return opened(
        passage("herald/tariffs", 2, tariffs, **herald, **asked),
        passage("herald/tariffs", 1, "We met at the bakery.", **herald, role="narrative"),
        passage("courier/bread", 1, "A tariff is a tax on bakers' flour.", **courier, **stated),
        passage("leaflet", 1, "Free trade feeds the many.", speaker_id="ada-quill"),
    )


# --- What matches --------------------------------------------------------------------------------


def test_a_word_finds_every_form_in_every_field(debate: Searcher) -> None:
    assert set(ids(debate, word("tariff"))) == {"herald/tariffs#2", "courier/bread#1"}
    assert set(ids(debate, word("baker"))) == {"herald/tariffs#2", "courier/bread#1"}


def test_a_word_of_some_fields_is_not_found_in_others(debate: Searcher) -> None:
    assert ids(debate, word("tariffs", "title")) == ["courier/bread#1"]
    assert ids(debate, word("tariffs", "question")) == ["herald/tariffs#2"]
    assert ids(debate, word("pays", "text")) == []


def test_an_exact_word_finds_no_other_form(debate: Searcher) -> None:
    assert ids(debate, exactly("tariffs", "text")) == ["herald/tariffs#2"]
    assert ids(debate, exactly("tariff")) == ["courier/bread#1"]
    assert ids(debate, exactly("baking")) == []


def test_a_phrase_is_consecutive_stems_in_one_field(opened: Callable[..., Searcher]) -> None:
    searcher = opened(
        passage("a", 1, "The price of bread rose."),
        passage("b", 1, "The bread price of old."),
        passage("c", 1, "price of", question="bread"),
        passage("d", 1, "Prices, of breads!"),
    )
    assert set(ids(searcher, phrase("price of bread"))) == {"a#1", "d#1"}
    assert ids(searcher, phrase("price of bread", "question")) == []
    assert ids(searcher, phrase("price of caviar")) == []
    assert len(ids(searcher, phrase("price"))) == 4
    assert ids(searcher, Phrase(())) == []


def test_a_phrase_of_one_repeated_word_counts_overlapping_places(
    opened: Callable[..., Searcher],
) -> None:
    searcher = opened(
        passage("a", 1, "never never never one"), passage("b", 1, "never never two three")
    )
    assert ids(searcher, phrase("never never")) == ["a#1", "b#1"]
    assert score(searcher, phrase("never never"), "a#1") > score(
        searcher, phrase("never never"), "b#1"
    )


def test_and_or_and_not_combine_passages(debate: Searcher) -> None:
    tariff, price, trade = word("tariff"), word("price"), word("trade")
    assert ids(debate, And((tariff, price))) == ["herald/tariffs#2"]
    either = ids(debate, Or((price, trade)))
    assert set(either) == {"herald/tariffs#1", "herald/tariffs#2", "leaflet#1"}
    assert ids(debate, And((price, Not(tariff)))) == ["herald/tariffs#1"]
    assert set(ids(debate, Not(tariff))) == {"herald/tariffs#1", "leaflet#1"}
    assert len(ids(debate, And(()))) == 4
    assert ids(debate, Or(())) == []


def test_filters_find_speakers_outlets_and_roles(debate: Searcher) -> None:
    ada = Having("speaker", frozenset({"ada-quill"}))
    assert ids(debate, ada) == ["herald/tariffs#2", "leaflet#1"]
    assert ids(debate, Having("speaker", frozenset({"nobody"}))) == []
    assert ids(debate, Having("speaker", frozenset())) == []
    assert ids(debate, Having("source", frozenset({"Courier"}))) == ["courier/bread#1"]
    assert ids(debate, Having("source", frozenset())) == []
    narrated_or_stated = Having("role", frozenset({"narrative", "statement"}))
    assert ids(debate, narrated_or_stated) == ["courier/bread#1", "herald/tariffs#1"]
    assert ids(debate, And((ada, word("trade")))) == ["leaflet#1"]


def test_words_of_any_script_are_found(opened: Callable[..., Searcher]) -> None:
    searcher = opened(
        passage("ру", 1, "Переговоры о мире и об Андрее"),
        passage("հայ", 1, "Խաղաղության բանակցություններ"),
        passage("fr", 1, "Le café de l’État — 9/11, AT&T 🕊"),
    )
    assert ids(searcher, word("переговоры")) == ["ру#1"]
    assert ids(searcher, exactly("խաղաղության")) == ["հայ#1"]
    assert ids(searcher, And((word("CAFE"), word("at&t"), word("9/11")))) == ["fr#1"]


def test_very_long_words_and_texts_are_found(opened: Callable[..., Searcher]) -> None:
    endless = "zq" * 40_000
    searcher = opened(
        passage("a", 1, f"{endless} end"), passage("b", 1, "filler " * 70_000 + "last word")
    )
    assert ids(searcher, word(endless)) == ["a#1"]
    assert ids(searcher, phrase("last word")) == ["b#1"]


def test_words_are_near_in_any_order_in_one_field(opened: Callable[..., Searcher]) -> None:
    searcher = opened(
        passage("a", 1, "bread of the finest price"),
        passage("b", 1, "The price, said she, of any bread at all"),
        passage("c", 1, "price", question="bread"),
        passage("d", 1, "price price"),
    )
    bread, price = (("bread",),), (("price",),)
    assert ids(searcher, Near((bread, price), 4)) == ["a#1"]
    assert set(ids(searcher, Near((price, bread), 5))) == {"a#1", "b#1"}
    assert ids(searcher, Near((price, price), 9)) == ["d#1"]
    assert ids(searcher, Near(((("ani",), ("bread",)), price), 9)) == ["b#1"]
    assert ids(searcher, Near((), 9)) == []


def test_many_words_are_near_over_any_distance(opened: Callable[..., Searcher]) -> None:
    gap = "or so " * 20
    searcher = opened(
        passage("a", 1, f"bread {gap} price {gap} rose"),
        passage("b", 1, f"rose {gap} bread and the price"),
        passage("c", 1, f"bread {gap} {gap} price {gap} rose"),
        passage("d", 1, "bread and price", question="rose"),
        passage("d", 2, "bread rose"),
    )
    parts = ((("bread",),), (("price",),), (("rose",),))
    assert ids(searcher, Near(parts, 90)) == ids(searcher, Near(parts, 82))
    assert set(ids(searcher, Near(parts, 82))) == {"a#1", "b#1"}
    assert ids(searcher, Near(parts, 60)) == ["b#1"]
    assert ids(searcher, Near((*parts, (("caviar",),)), 90)) == []
    both = And((Near(parts, 82), Not(Near(parts, 60))))
    assert (ids(searcher, both), ask(searcher, both).total) == (["a#1"], 1)


def test_words_that_stand_for_one_count_as_one(opened: Callable[..., Searcher]) -> None:
    searcher = opened(
        passage("a", 1, "café"), passage("b", 1, "cafe"), passage("c", 1, "cafés cafe")
    )
    cafe = Words(("café", "cafe"))
    assert set(ids(searcher, cafe)) == {"a#1", "b#1", "c#1"}
    assert ids(searcher, Words(("café",))) == ["a#1"]
    assert ids(searcher, Words(())) == []


@pytest.fixture
def bilingual(opened: Callable[..., Searcher]) -> Searcher:
    """Passages in German and English, in which words of both are alike."""
    return opened(
        passage("a", 1, "Die neuen Häfen warten", language="de"),
        passage("b", 1, "Der neue Hafen wartet", language="de"),
        passage("c", 1, "The news of Hafen waits", language="en"),
    )


def test_a_word_is_found_by_its_stems_in_all_languages(bilingual: Searcher) -> None:
    assert set(ids(bilingual, Term(("hafen", "de:haf")))) == {"a#1", "b#1", "c#1"}


def test_stems_of_one_language_are_not_those_of_another(bilingual: Searcher) -> None:
    assert ids(bilingual, Term(("news", "de:new"))) == ["c#1"]
    assert set(ids(bilingual, Term(("neue", "de:neu")))) == {"a#1", "b#1"}


def test_each_word_of_a_phrase_may_be_of_several_stems(bilingual: Searcher) -> None:
    harbour = ("hafen", "de:haf")
    assert set(ids(bilingual, Phrase((("new", "de:neu"), harbour)))) == {"a#1", "b#1"}
    assert ids(bilingual, Phrase((("of",), harbour))) == ["c#1"]
    assert ids(bilingual, Phrase((("absent", "de:absent"), harbour))) == []


def test_near_words_may_be_of_several_stems(bilingual: Searcher) -> None:
    parts = ((("wait", "de:wart"),), (("news", "de:neu"),))
    assert set(ids(bilingual, Near(parts, 3))) == {"a#1", "b#1", "c#1"}
    assert set(ids(bilingual, Near(parts, 2))) == {"a#1", "b#1"}


@pytest.mark.usefixtures("exact")
def test_words_that_stand_for_one_score_alike(opened: Callable[..., Searcher]) -> None:
    searcher = opened(passage("a", 1, "café"), passage("b", 1, "cafe"), passage("c", 1, "cafés"))
    cafe = Words(("café", "cafe"))
    assert score(searcher, cafe, "a#1") == score(searcher, cafe, "b#1")


def test_most_of_the_parts_are_enough(debate: Searcher) -> None:
    parts = (word("tariffs"), word("bakers"), word("caviar"))
    assert set(ids(debate, MostOf(parts, 2))) == {"herald/tariffs#2", "courier/bread#1"}
    assert ids(debate, MostOf(parts, 3)) == []


def test_what_is_preferred_comes_first_and_finds_nothing_more(debate: Searcher) -> None:
    baker, ben = word("bakers"), word("tax")
    assert set(ids(debate, Preferring(baker, (ben,), 9.0))) == set(ids(debate, baker))
    assert ids(debate, Preferring(baker, (ben,), 9.0))[0] == "courier/bread#1"
    more = score(debate, Preferring(baker, (ben,), 2.0), "courier/bread#1")
    alone = [score(debate, one, "courier/bread#1") for one in (baker, ben)]
    assert more == pytest.approx(alone[0] + 2 * alone[1], abs=1e-5)


def test_a_page_of_articles_has_the_best_passages_of_each(opened: Callable[..., Searcher]) -> None:
    searcher = opened(
        passage("a", 1, "peace in our time and more"),
        passage("a", 2, "peace peace peace"),
        passage("a", 3, "peace and bread"),
        passage("b", 1, "peace and quiet"),
        passage("c", 1, "war"),
    )
    found = searcher.match(word("peace"), OPEN, Page(group="article", limit=5, more=1))
    assert [(match.id, match.in_article) for match in found.page] == [("a#2", 3), ("b#1", 1)]
    assert [one.id for one in found.page[0].more] == ["a#3"]
    assert (found.total, found.articles) == (4, 2)
    second = searcher.match(word("peace"), OPEN, Page(group="article", offset=1, limit=5))
    assert [match.id for match in second.page] == ["b#1"]


def test_only_the_articles_that_are_asked_for_match(debate: Searcher) -> None:
    bakers = word("bakers")
    all_of_them = ask(debate, bakers)
    found = debate.match(bakers, OPEN, Page(), {"herald/tariffs", "nowhere"})
    assert [match.id for match in found.page] == ["herald/tariffs#2"]
    assert found.page[0] in all_of_them.page
    assert (found.total, found.articles) == (1, 1)
    assert found.facets["source"] == {"Herald": 1}
    assert found.timeline == {"2021-03-04": 1}
    assert debate.match(bakers, OPEN, Page(), []).total == 0
    assert debate.match(bakers, OPEN, Page(), ["nowhere"]).total == 0


def test_undated_passages_are_counted_in_the_articles_that_are_asked_for(
    debate: Searcher,
) -> None:
    since = Dated(since=day(2021, 1, 1))
    found = debate.match(Everything(), since, Page(), ["leaflet", "courier/bread"])
    assert (found.total, found.undated) == (0, 1)
    found = debate.match(Everything(), since, Page(), ["herald/tariffs"])
    assert (found.total, found.undated) == (2, 0)


def test_speakers_come_with_the_first_and_last_time_they_spoke(
    opened: Callable[..., Searcher],
) -> None:
    searcher = opened(
        passage("a", 1, "x", speaker_id="ada", published="2021-03-04"),
        passage("b", 1, "x", speaker_id="ada", published="2019"),
        passage("c", 1, "x", speaker_id="ada"),
        passage("d", 1, "x", speaker_id="ben"),
        passage("e", 1, "x", published="2018-01"),
    )
    assert ask(searcher, word("x")).spans == {"ada": ("2019", "2021-03-04")}


def test_only_people_are_counted_as_speakers_and_others_are_still_found(
    opened: Callable[..., Searcher],
) -> None:
    searcher = opened(
        passage("a", 1, "x", speaker_id="ada", speaker_kind="person", published="2019"),
        passage("a", 2, "x", speaker_id="port", speaker_kind="body", published="2020"),
        passage("a", 3, "x", speaker_kind="unnamed"),
        passage("b", 1, "x", speaker_id="ben"),
    )
    found = ask(searcher, word("x"))
    assert (found.facets["speaker"], found.sizes["speaker"]) == ({"ada": 1, "ben": 1}, 2)
    assert found.facets["kind"] == {"body": 1, "person": 1, "unnamed": 1}
    assert found.spans == {"ada": ("2019", "2019")}
    assert ids(searcher, Having("speaker", frozenset({"port"}))) == ["a#2"]


def test_an_engine_knows_its_words(opened: Callable[..., Searcher]) -> None:
    searcher = opened(passage("a", 1, "Running, ran: running!", title="Café"))
    assert dict(searcher.words()) == {"running": 2, "ran": 1, "café": 1}


@pytest.mark.parametrize("facet", FACETS)
def test_an_engine_knows_the_values_of_every_facet(
    opened: Callable[..., Searcher], facet: str
) -> None:
    field = FACETS[facet].passage_field
    given = ("b", None, "a", "b") if field != "role" else ("question", "answer")
    searcher = opened(*(passage("a", n, "x", **{field: v}) for n, v in enumerate(given)))
    assert set(searcher.values(facet)) == set(given) - {None}
    assert ask(searcher, Everything()).facets[facet].keys() == set(given) - {None}
    assert ids(searcher, Having(facet, frozenset({str(given[0])})))[0] == "a#0"


# --- Dates ---------------------------------------------------------------------------------------


@pytest.fixture
def calendar(opened: Callable[..., Searcher]) -> Searcher:
    periods = ("2020", "2020-10", "2020-10-05", "2020-10-05T11:55", "2021-01-01", None)
    return opened(*(passage(f"a{i}", 1, "x", published=when) for i, when in enumerate(periods)))


def test_a_coarse_date_is_in_a_range_when_any_of_its_days_is(calendar: Searcher) -> None:
    october_5 = Dated(day(2020, 10, 5), day(2020, 10, 5))
    assert ids(calendar, october_5) == ["a0#1", "a1#1", "a2#1", "a3#1"]
    assert ids(calendar, Dated(until=day(2020, 9, 30))) == ["a0#1"]
    assert ids(calendar, Dated(since=day(2020, 10, 31))) == ["a0#1", "a1#1", "a4#1"]
    assert ids(calendar, Dated(day(2021, 1, 1))) == ["a4#1"]
    assert ids(calendar, Dated(day(2020, 2, 2), day(2020, 1, 1))) == []


def test_undated_passages_are_in_no_range_not_even_an_open_one(calendar: Searcher) -> None:
    assert "a5#1" not in ids(calendar, Dated())
    assert ids(calendar, Not(Dated())) == ["a5#1"]


def test_a_date_limit_counts_the_undated_it_leaves_out(calendar: Searcher) -> None:
    limited = ask(calendar, word("x"), Dated(since=day(2021, 1, 1)))
    assert (limited.total, limited.undated) == (1, 1)
    assert (ask(calendar, word("x")).total, ask(calendar, word("x")).undated) == (6, 0)
    assert ask(calendar, word("nothing"), Dated(since=1)).undated == 0


# --- Order ---------------------------------------------------------------------------------------


def test_newest_and_oldest_put_the_undated_last(calendar: Searcher) -> None:
    oldest = ["a0#1", "a1#1", "a2#1", "a3#1", "a4#1"]
    assert ids(calendar, Everything(), sort="oldest") == [*oldest, "a5#1"]
    assert ids(calendar, Everything(), sort="newest") == [*reversed(oldest), "a5#1"]


@pytest.mark.parametrize("sort", SORTS)
def test_ties_break_on_the_article_and_then_the_position(
    opened: Callable[..., Searcher], sort: Sort
) -> None:
    places = [("b", 10), ("b", 9), ("a-b", 1), ("a", 2), ("a", 11), ("A", 1), ("é", 1)]
    searcher = opened(*(passage(*place, "same", published="2020") for place in places))
    expected = [f"{article}#{position}" for article, position in sorted(places)]
    assert ids(searcher, exactly("same"), sort=sort) == expected
    pages = [ids(searcher, exactly("same"), sort=sort, page=(i, 2)) for i in range(0, 8, 2)]
    assert [id_ for page in pages for id_ in page] == expected


def test_a_page_past_the_end_is_empty_and_still_counted(debate: Searcher) -> None:
    beyond = ask(debate, Everything(), page=(4, 10))
    assert (beyond.page, beyond.total, beyond.articles) == ((), 4, 3)
    assert ask(debate, Everything(), page=(10**9, 10)).total == 4
    assert ask(debate, Everything(), page=(0, 0)).page == ()


def test_a_rare_word_more_of_it_and_a_short_text_rank_higher(
    opened: Callable[..., Searcher],
) -> None:
    searcher = opened(
        passage("a", 1, "common common rare"),
        passage("b", 1, "common common common"),
        passage("c", 1, "common and a lot of other words besides"),
        passage("d", 1, "common words"),
    )
    assert ids(searcher, word("common"))[0] == "b#1"
    assert ids(searcher, word("common"))[-1] == "c#1"
    assert ids(searcher, Or((word("rare"), word("common"))))[0] == "a#1"


# --- Scopes --------------------------------------------------------------------------------------


@pytest.fixture
def harbour(opened: Callable[..., Searcher]) -> Searcher:
    """Open passages that have "fog" and "tide" in the text, question or title, or spread."""
    ada, ben = {"speaker_id": "ada"}, {"speaker_id": "ben"}
    return opened(
        passage("a", 1, "fog and tide", question="fog, tide?", title="Fog at low tide", **ada),
        passage("b", 1, "nothing", question="fog at low tide?", published="2021", **ada),
        passage("b", 2, "fog", question="tide?", published="2021", **ben),
        passage("c", 1, "nobody", title="Fog on the tide", published="2020", **ben),
        passage("d", 1, "tide then fog"),
        passage("e", 1, "bread"),
    )


BOTH = And((word("fog"), word("tide")))


@pytest.mark.parametrize(
    ("scope", "matches"),
    [
        ("said", {"a#1": "said", "d#1": "said"}),
        ("asked", {"b#1": "asked"}),
        ("headline", {"c#1": "headline"}),
        (
            "all",
            {"a#1": "said", "d#1": "said", "b#1": "asked", "c#1": "headline", "b#2": "mixed"},
        ),
    ],
)
def test_each_match_is_in_the_first_scope_that_has_all_words(
    harbour: Searcher, scope: Scope, matches: dict[str, str]
) -> None:
    found = harbour.match(BOTH, OPEN, Page(scope=scope))
    assert {match.id: match.context for match in found.page} == matches
    assert (found.total, found.articles) == (len(matches), len({id_[0] for id_ in matches}))
    assert found.scopes == {"said": 2, "asked": 1, "headline": 1, "all": 5}


def test_counts_are_those_of_the_scope(harbour: Searcher) -> None:
    said, asked = (harbour.match(BOTH, OPEN, Page(scope=s)) for s in ("said", "asked"))
    assert (said.facets["speaker"], said.timeline) == ({"ada": 1}, {})
    assert (asked.facets["speaker"], asked.spans) == ({"ada": 1}, {"ada": ("2021", "2021")})
    late = harbour.match(BOTH, Dated(since=day(2021, 1, 1)), Page(scope="said"))
    assert (late.total, late.undated) == (0, 2)
    assert late.scopes == {"said": 0, "asked": 1, "headline": 0, "all": 2}
    assert harbour.match(BOTH, OPEN, Page(scope="said"), ["b", "d"]).scopes["all"] == 3


def test_the_first_matches_of_other_contexts_come_with_a_page(harbour: Searcher) -> None:
    found = harbour.match(word("fog"), OPEN, Page(limit=1, scope="said", others=2))
    assert {name: [one.id for one in own] for name, own in found.others.items()} == {
        "asked": ["b#1"],
        "headline": ["c#1"],
    }
    assert [one.context for one in found.others["asked"]] == ["asked"]
    asked = harbour.match(word("fog"), OPEN, Page(scope="asked", others=1))
    assert {name: len(own) for name, own in asked.others.items()} == {"said": 1, "headline": 1}
    assert harbour.match(word("fog"), OPEN, Page(others=3)).others == {}


def test_excluded_words_and_words_of_a_field_have_no_scope(harbour: Searcher) -> None:
    excluded = harbour.match(And((word("fog"), Not(word("low")))), OPEN, Page(scope="said"))
    assert [match.id for match in excluded.page] == ["b#2", "d#1"]
    titled = harbour.match(word("fog", "title"), OPEN, Page(scope="said"))
    assert titled.scopes == {"said": 2, "asked": 0, "headline": 0, "all": 2}
    assert harbour.match(word("fog", "title"), OPEN, Page(scope="headline")).total == 0
    assert harbour.match(Everything(), OPEN, Page(scope="said")).total == 6


@pytest.mark.usefixtures("exact")
def test_a_scope_changes_no_score(harbour: Searcher) -> None:
    every = {match.id: match.score for match in ask(harbour, BOTH).page}
    for scope in SCOPES:
        found = harbour.match(BOTH, OPEN, Page(scope=scope))
        assert all(match.score == every[match.id] for match in found.page)


@pytest.mark.usefixtures("exact")
def test_what_the_article_says_of_a_word_counts_for_its_other_passages(
    opened: Callable[..., Searcher],
) -> None:
    searcher = opened(
        passage("a", 1, "bread and salt"),
        passage("a", 2, "wine and wine and wine"),
        passage("b", 1, "bread and oil"),
        passage("b", 2, "of oil and of oil"),
    )
    either = Or((word("bread"), word("wine")))
    assert set(ids(searcher, either)) == {"a#1", "a#2", "b#1"}
    assert score(searcher, either, "a#1") > score(searcher, either, "b#1")


@pytest.mark.usefixtures("exact")
def test_the_score_is_bm25f(opened: Callable[..., Searcher]) -> None:
    searcher = opened(
        passage("a", 1, "bread and butter", title="bread"), passage("b", 1, "salt or pepper")
    )
    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5)) ** 2
    in_text = WEIGHTS["text"] * 1 / (1 - B["text"] + B["text"] * 3 / 3)
    in_title = WEIGHTS["title"] * 1 / (1 - B["title"] + B["title"] * 1 / 0.5)
    in_article = 1 / (1 - ARTICLE_B + ARTICLE_B * 3 / 3)
    expected = rarity * (in_text + in_title) / (K1 + in_text + in_title)
    expected += ARTICLE * rarity * in_article / (K1 + in_article)
    assert score(searcher, word("bread"), "a#1") == pytest.approx(expected, abs=1e-6)


def test_what_was_said_counts_more_than_the_question_or_the_title(
    opened: Callable[..., Searcher],
) -> None:
    searcher = opened(
        passage("a", 1, "one two", question="three four", title="bread five"),
        passage("b", 1, "one two", question="bread three", title="four five"),
        passage("c", 1, "bread one", question="two three", title="four five"),
    )
    assert ids(searcher, word("bread"))[0] == "c#1"


def test_only_words_that_match_score(debate: Searcher) -> None:
    tariff, ada = word("tariff"), Having("speaker", frozenset({"ada-quill"}))
    alone = score(debate, tariff, "herald/tariffs#2")
    assert alone > 0
    assert score(debate, And((tariff, ada, Not(word("trade")))), "herald/tariffs#2") == alone
    not_both = And((word("bakers"), word("trade")))
    assert score(debate, Or((tariff, not_both)), "herald/tariffs#2") == alone
    assert all(match.score == 0 for match in ask(debate, Not(tariff)).page)
    assert all(match.score == 0 for match in ask(debate, Everything()).page)


# --- Counts --------------------------------------------------------------------------------------


def test_facets_and_timeline_count_all_matches_and_not_the_page(debate: Searcher) -> None:
    found = ask(debate, Everything(), page=(0, 1))
    assert found.total == 4
    assert found.articles == 3
    assert found.facets == {name: {} for name in FACETS} | {
        "speaker": {"ada-quill": 2, "ben-otter": 1},
        "source": {"Herald": 2, "Courier": 1},
        "role": {"answer": 2, "narrative": 1, "statement": 1},
        "year": {"2021": 2, "2020": 1},
    }
    assert found.timeline == {"2020-11": 1, "2021-03-04": 2}


def test_the_timeline_has_the_month_or_year_where_no_day_is_known(calendar: Searcher) -> None:
    found = ask(calendar, Everything())
    assert found.timeline == {"2020": 1, "2020-10": 1, "2020-10-05": 2, "2021-01-01": 1}
    assert found.facets["year"] == {"2020": 4, "2021": 1}


def test_very_many_speakers_and_articles_are_counted_to_the_last(
    opened: Callable[..., Searcher], engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine.__name__.endswith(".tantivy"):
        monkeypatch.setattr(f"{engine.__name__}.counting._MAX_BUCKETS", 7)
    searcher = opened(
        *(passage(f"a{n}", 1, "x", speaker_id=f"s{n}", published="2020") for n in range(20))
    )
    found = searcher.match(word("x"), OPEN, Page(values=30))
    assert found.facets["speaker"] == {f"s{n}": 1 for n in range(20)}
    assert (found.articles, len(found.spans)) == (20, 20)


def test_the_most_frequent_values_are_given_and_all_are_counted(
    opened: Callable[..., Searcher],
) -> None:
    speakers = ("cy", "ada", "ben", "cy", None, "dot", "ben", "eve", "cy")
    searcher = opened(
        *(passage(f"a{n}", 1, "x", speaker_id=s, published="2020") for n, s in enumerate(speakers))
    )
    found = searcher.match(word("x"), OPEN, Page(values=3))
    assert list(found.facets["speaker"].items()) == [("cy", 3), ("ben", 2), ("ada", 1)]
    sizes = {"speaker": 5, "role": 1, "year": 1}
    assert found.sizes == dict.fromkeys(FACETS, 0) | sizes
    assert set(found.spans) == {"cy", "ben", "ada"}


def test_an_empty_index_finds_nothing(opened: Callable[..., Searcher]) -> None:
    found = ask(opened(), Or((Everything(), word("x"), phrase("x y"))), Dated(since=1))
    assert (found.total, found.articles, found.page, found.undated) == (0, 0, (), 0)
    assert found.facets == {name: {} for name in (*FACETS, "year")}
    assert found.timeline == {}


# --- Updates -------------------------------------------------------------------------------------


@pytest.fixture
def directory(engine: Engine, tmp_path: Path) -> Path:
    """Build an index of the articles ``old`` and ``kept``."""
    engine.build(
        tmp_path,
        [
            passage("old", 1, "first thoughts on fishing", published="2019"),
            passage("old", 2, "second thoughts", speaker_id="gone", outlet="Gone Times"),
            passage("kept", 1, "fishing remains", speaker_id="stays"),
        ],
    )
    return tmp_path


def everything(engine: Engine, directory: Path) -> Matches:
    searcher = engine.open_searcher(directory)
    try:
        return ask(searcher, Or((word("fishing"), Everything())))
    finally:
        searcher.close()


def test_an_update_replaces_removes_and_adds_articles(engine: Engine, directory: Path) -> None:
    engine.update(directory, {"old"}, [passage("old", 1, "fishing"), passage("new", 1, "more")])
    assert {match.id for match in everything(engine, directory).page} == {
        "old#1",
        "new#1",
        "kept#1",
    }
    engine.update(directory, {"old", "new", "never was there"}, [])
    found = everything(engine, directory)
    assert [match.id for match in found.page] == ["kept#1"]
    assert found.facets["speaker"] == {"stays": 1}
    assert found.facets["source"] == {}
    engine.update(directory, {"kept"}, [])
    assert everything(engine, directory).total == 0
    engine.update(directory, (), [passage("again", 1, "fishing")])
    assert everything(engine, directory).total == 1


def test_an_updated_index_answers_as_if_built_anew(engine: Engine, directory: Path) -> None:
    for turn in range(25):
        name = f"a{turn % 10}"
        engine.update(directory, [name], [passage(name, 1, f"fishing number {turn} " * 3)])
    current = [passage(f"a{turn % 10}", 1, f"fishing number {turn} " * 3) for turn in range(15, 25)]
    anew = directory / "anew"
    anew.mkdir()
    engine.build(
        anew,
        [
            *current,
            passage("old", 1, "first thoughts on fishing", published="2019"),
            passage("old", 2, "second thoughts", speaker_id="gone", outlet="Gone Times"),
            passage("kept", 1, "fishing remains", speaker_id="stays"),
        ],
    )
    updated, built = everything(engine, directory), everything(engine, anew)
    if engine.EXACT_SCORES:
        assert_same(updated, built)
    else:
        # Words of articles that were taken out may weigh for a while.
        assert_counted_alike(updated, built)
        assert {match.id for match in updated.page} == {match.id for match in built.page}


def test_an_update_of_a_hard_linked_copy_leaves_the_original_as_it_was(
    engine: Engine, directory: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copy")
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    for path in directory.iterdir():
        os.link(path, copy / path.name)
    for name in "abcdefghijkl":
        engine.update(copy, ["old"], [passage(name, 1, "news")])
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == before
    assert everything(engine, copy).total == 13
    assert everything(engine, directory).total == 3


def test_an_open_searcher_does_not_see_an_update(engine: Engine, directory: Path) -> None:
    searcher = engine.open_searcher(directory)
    engine.update(directory, ["old"], [passage("new", 1, "fishing")])
    assert set(ids(searcher, word("fishing"))) == {"old#1", "kept#1"}
    searcher.close()


def failing() -> Iterator[AnalyzedPassage]:
    yield passage("new", 1, "fishing")
    raise OSError("the disk is gone")


def test_an_update_that_fails_says_so_and_leaves_what_was_there(
    engine: Engine, directory: Path
) -> None:
    with pytest.raises(OSError, match="the disk is gone"):
        engine.update(directory, ["old"], failing())
    assert everything(engine, directory).total == 3
    engine.update(directory, ["old"], [passage("new", 1, "fishing")])
    assert everything(engine, directory).total == 2


def test_a_build_that_fails_says_so(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the disk is gone"):
        engine.build(tmp_path, failing())


@pytest.mark.slow
def test_a_written_index_is_only_read_from_then_on(engine: Engine, directory: Path) -> None:
    engine.update(directory, ["old"], [passage("new", 1, "fishing")])
    time.sleep(1)  # whatever goes on behind our back
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    assert everything(engine, directory).total == 2
    time.sleep(1)
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == before
    assert [path for path in directory.glob(".*.lock") if not path.is_symlink()] == []


# --- Being open ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", engine_names())
def test_opening_an_engine_for_the_first_time_prints_nothing(tmp_path: Path, name: str) -> None:
    """Modules that are not compiled yet may warn about themselves on the terminal."""
    code = f"from indexer.engines import load_engine; load_engine({name!r})"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout + ran.stderr == ""


def test_closing_twice_is_harmless(debate: Searcher) -> None:
    debate.close()
    debate.close()


@pytest.mark.slow
def test_threads_are_answered_as_if_alone(opened: Callable[..., Searcher]) -> None:
    words = [f"w{i}" for i in range(40)]
    searcher = opened(*(passage("a", i + 1, " ".join(words[i % 7 :: 3])) for i in range(200)))
    alone = opened(*(passage("a", i + 1, " ".join(words[i % 7 :: 3])) for i in range(200)))
    queries: list[Query] = [word(each) for each in words]
    queries += [phrase(f"{a} {b}") for a, b in zip(words, words[3:], strict=False)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: ask(searcher, query), queries * 3))
    assert together == [ask(alone, query) for query in queries] * 3


def test_an_engine_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(EngineUnavailable, match="'sphinx'; choose one of: memory, "):
        load_engine("sphinx")


def test_an_engine_without_its_package_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in [name for name in sys.modules if name.startswith("indexer.engines.tantivy")]:
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'commentary-search\[tantivy\]'"):
        load_engine("tantivy")


# --- Generated queries: every engine against memory -----------------------------------------------

WORDS = st.sampled_from(["peace", "treaty", "treaties", "run", "running", "мир", "мира", "u.s"])
LANGUAGES = ["en", "hy", "de", "fr", "es", "pl", "tr", "ja"]
STEMS = WORDS.map(lambda form: tuple(sorted(stems(form, LANGUAGES))))
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
DATES = ["2020", "2020-10", "2020-10-05", "2020-10-05T11:55", "2021-02-28T09:00+04:00", None]
VALUES = {name: list(facet.labels) or LANGUAGES for name, facet in FACETS.items()}
"""Values to draw from, by the name of the facet."""
VALUE = {
    name: st.sampled_from(values if name == "role" else [*values, None])
    for name, values in VALUES.items()
}
DAYS = st.one_of(st.none(), st.integers(day(2019, 12, 30), day(2021, 3, 2)))
CHOSEN_FIELDS = st.sampled_from(
    [FIELDS, FIELDS, FIELDS, *((field,) for field in FIELDS), ("text", "title")]
)


@st.composite
def articles(draw: st.DrawFn) -> dict[str, list[AnalyzedPassage]]:
    """Draw some of five articles, with their passages."""
    texts = draw(st.dictionaries(st.sampled_from("abcde"), st.lists(TEXTS, min_size=1, max_size=4)))
    return {
        name: [
            passage(
                *(name, position, text),
                question=draw(st.one_of(st.none(), TEXTS)),
                title=draw(TEXTS),
                **{FACETS[facet].passage_field: draw(one) for facet, one in VALUE.items()},
                published=draw(st.sampled_from(DATES)),
            )
            for position, text in enumerate(said, 1)
        ]
        for name, said in texts.items()
    }


def some(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


STEMS_IN_A_ROW = st.lists(STEMS, max_size=3).map(tuple)
LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.just(Everything()),
    st.builds(Term, STEMS, CHOSEN_FIELDS),
    st.builds(Words, st.lists(WORDS, max_size=3).map(tuple), CHOSEN_FIELDS),
    st.builds(Phrase, STEMS_IN_A_ROW, CHOSEN_FIELDS),
    st.builds(
        *(Near, st.lists(STEMS_IN_A_ROW, max_size=3).map(tuple), st.integers(0, 4), CHOSEN_FIELDS)
    ),
    *(st.builds(Having, st.just(name), some([*values, "none"])) for name, values in VALUES.items()),
    st.builds(Dated, DAYS, DAYS),
)
QUERIES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.builds(And, st.lists(part, max_size=3).map(tuple)),
        st.builds(Or, st.lists(part, max_size=3).map(tuple)),
        st.builds(MostOf, st.lists(part, max_size=3).map(tuple), st.integers(0, 4)),
        st.builds(Not, part),
        st.builds(Preferring, part, st.lists(part, max_size=2).map(tuple), st.just(0.5)),
    ),
    max_leaves=6,
)
PAGES = st.builds(
    *(Page, st.sampled_from(SORTS), st.integers(0, 2), st.sampled_from([0, 1, 3, 50])),
    *(st.sampled_from(GROUPS), st.integers(0, 2), st.sampled_from([1, 40])),
    *(st.sampled_from(SCOPES), st.sampled_from([0, 1, 3])),
)
ARTICLES = st.one_of(st.none(), st.frozensets(st.sampled_from("abcdef"), max_size=3))
QUESTIONS = st.tuples(QUERIES, st.builds(Dated, DAYS, DAYS), PAGES, ARTICLES)


def assert_same(found: Matches, expected: Matches) -> None:
    assert [shape(match) for match in found.page] == [shape(match) for match in expected.page]
    assert scores_of(found) == pytest.approx(scores_of(expected), abs=1e-5)
    assert {name: [*map(shape, own)] for name, own in found.others.items()} == {
        name: [*map(shape, own)] for name, own in expected.others.items()
    }
    assert_counted_alike(found, expected)


def assert_counted_alike(found: Matches, expected: Matches) -> None:
    assert (found.total, found.articles) == (expected.total, expected.articles)
    assert found.facets == expected.facets
    assert found.sizes == expected.sizes
    assert found.spans == expected.spans
    assert found.timeline == expected.timeline
    assert found.undated == expected.undated
    assert found.scopes == expected.scopes
    assert {name: len(own) for name, own in found.others.items()} == {
        name: len(own) for name, own in expected.others.items()
    }


def assert_ordered(found: Matches, page: Page, everything: Matches) -> None:
    """Assert that a page is in the order of an engine's own scores, ties by id."""
    in_article = {match.id: (match.in_article, match.context) for match in everything.page}
    for matches in (found.page, *(match.more for match in found.page)):
        assert all((match.in_article, match.context) == in_article[match.id] for match in matches)
        if page.sort == "relevance":
            places = [(CONTEXTS.index(one.context), -one.score, *place(one.id)) for one in matches]
            assert places == sorted(places)
    items = everything.articles if page.group == "article" else everything.total
    assert len(found.page) == min(max(0, items - page.offset), page.limit)
    for match in found.page:
        more = min(page.more, match.in_article - 1) if page.group == "article" else 0
        assert len({match.id, *(one.id for one in match.more)}) == 1 + more
        if page.sort == "relevance":
            best = CONTEXTS.index(match.context), -match.score
            assert all(best <= (CONTEXTS.index(one.context), -one.score) for one in match.more)


def place(id_: str) -> tuple[str, int]:
    article, _, position = id_.rpartition("#")
    return article, int(position)


def shape(match: Match) -> tuple[str, str, int, list[tuple[str, str]]]:
    more = [(one.id, one.context) for one in match.more]
    return match.id, match.context, match.in_article, more


def scores_of(found: Matches) -> list[float]:
    return [one.score for match in found.page for one in (match, *match.more)]


@pytest.mark.parametrize("name", [name for name in engine_names() if name != "memory"])
@pytest.mark.slow
@settings(max_examples=100)
@given(
    corpus=articles(),
    updates=st.lists(st.tuples(some(list("abcde")), articles()), max_size=12),
    questions=st.lists(QUESTIONS, min_size=1, max_size=5),
)
def test_generated_queries_are_answered_as_memory_answers_them(
    name: str,
    corpus: dict[str, list[AnalyzedPassage]],
    updates: list[tuple[frozenset[str], dict[str, list[AnalyzedPassage]]]],
    questions: list[tuple[Query, Dated, Page, frozenset[str] | None]],
) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        searchers = []
        for engine, directory in (
            (installed(name), Path(one)),
            (load_engine("memory"), Path(other)),
        ):
            engine.build(directory, (row for rows in corpus.values() for row in rows))
            for removed, added in updates:
                rows = [row for rows in added.values() for row in rows]
                engine.update(directory, removed | added.keys(), rows)
            searchers.append(engine.open_searcher(directory))
        for query, dates, page, chosen in questions:
            found, expected = (each.match(query, dates, page, chosen) for each in searchers)
            best, expected_best = (each.best(query, page.limit) for each in searchers)
            places = [(-one.score, *place(one.id)) for one in best]
            assert (len(best), places) == (len(expected_best), sorted(places))
            if installed(name).EXACT_SCORES:
                assert_same(found, expected)
                assert [*map(shape, best)] == [*map(shape, expected_best)]
            else:
                assert_counted_alike(found, expected)
                whole = Page(limit=1000, scope=page.scope)
                every_match = searchers[1].match(query, dates, whole, chosen)
                assert_ordered(found, page, every_match)
                if page.sort != "relevance":
                    assert [*map(shape, found.page)] == [*map(shape, expected.page)]
        words, expected_words = (each.words() for each in searchers)
        assert words.keys() >= expected_words.keys()
        for searcher in searchers:
            searcher.close()


# --- Whoosh alone --------------------------------------------------------------------------------


def segments(directory: Path) -> int:
    return len(list(directory.glob("*.pst")))


def test_whoosh_builds_the_same_index_with_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = installed("whoosh")
    rows = [passage(f"a{n % 7}", n, f"word{n % 5} peace treaty word{n % 3}") for n in range(60)]
    answers = []
    rows += [passage("b", n, f"words{n} word{n % 5}s") for n in range(40)]
    for gathered in (10, 10**9):
        monkeypatch.setattr(whoosh_postings, "_MAX_GATHERED", gathered)
        monkeypatch.setattr(whoosh_postings, "_BLOCK_PLACES", gathered)
        directory = tmp_path / str(gathered)
        directory.mkdir()
        engine.build(directory, rows)
        searcher = engine.open_searcher(directory)
        answers.append(
            [
                ask(searcher, word("word1")),
                ask(searcher, phrase("treaty word2")),
                ask(searcher, word("words")),
                ask(searcher, exactly("words3")),
                segments(directory),
            ]
        )
        searcher.close()
    assert answers[0] == answers[1]
    assert answers[0][-1] == 1


def test_many_updates_of_whoosh_leave_few_segments(tmp_path: Path) -> None:
    engine = installed("whoosh")
    engine.build(tmp_path, [passage("large", n, "peace") for n in range(100)])
    for turn in range(40):
        engine.update(tmp_path, (), [passage(f"a{turn}", 1, "peace")])
        assert segments(tmp_path) <= 9
    assert everything(engine, tmp_path).total == 140


@pytest.mark.slow
def test_many_updates_of_tantivy_leave_few_segments(tmp_path: Path) -> None:
    engine = installed("tantivy")
    engine.build(tmp_path, [passage("large", n, "peace") for n in range(100)])
    for turn in range(40):
        engine.update(tmp_path, (), [passage(f"a{turn}", 1, "peace")])
        assert len(list(tmp_path.glob("*.term"))) <= 9
    assert everything(engine, tmp_path).total == 140


def test_whoosh_forgets_what_was_deleted_when_most_of_it_is(tmp_path: Path) -> None:
    engine = installed("whoosh")
    engine.build(tmp_path, [passage(f"a{n}", 1, f"peace number{n}") for n in range(10)])
    engine.update(tmp_path, [f"a{n}" for n in range(9)], [])
    assert not any(b"number5" in path.read_bytes() for path in tmp_path.iterdir())
    assert everything(engine, tmp_path).total == 1


def test_a_folder_of_whoosh_that_cannot_be_listed_is_no_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Storage(str(tmp_path / "nowhere")).list()
