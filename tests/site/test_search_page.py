"""The page of results."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from conftest import CorpusFolder, ServeCorpus, one, page, to, words
from flask.testing import FlaskClient

LIND = "/articles/the-lantern/2025/lind-on-promises"


def test_a_result_reads_as_a_citation(client: FlaskClient) -> None:
    hit = one(page(client, "/search?q=postcard"), ".hit")
    assert words(one(hit, "h2")) == "Ada Lind"
    assert words(one(hit, "time")) == "3 May 2025"
    assert one(hit, "time")["datetime"] == "2025-05-03"
    assert words(one(hit, ".question")) == "What is left of the promises made at the lake?"
    assert words(one(hit, ".words mark")) == "postcard"
    assert "The Lantern" in words(one(hit, ".source"))
    assert "Lind:" in words(one(hit, ".evidence"))
    assert to(hit, "A promise is not a") == f"{LIND}?q=postcard#p1"


def test_searched_words_are_marked_in_the_question_too(client: FlaskClient) -> None:
    hit = one(page(client, "/search?q=lake"), ".hit.answer")
    assert words(one(hit, ".question mark")) == "lake"


def test_an_unknown_speaker_is_shown_as_unknown(client: FlaskClient) -> None:
    hit = one(page(client, "/search?q=drawbridge"), ".hit")
    assert words(one(hit, "h2")) == "Speaker unknown"
    assert hit.select("h2 a") == []


def test_narrative_has_no_speaker(client: FlaskClient) -> None:
    hit = one(page(client, "/search?q=tollkeeper"), ".hit.narrative")
    assert words(one(hit, "h2")) == "From the article itself"
    assert "unknown" not in words(hit)


def test_an_unknown_date_is_shown_as_unknown(client: FlaskClient) -> None:
    hit = one(page(client, "/search?q=lamplighter"), ".hit")
    assert hit.select("time") == []
    assert "date unknown" in words(hit)


def test_the_name_in_a_result_links_to_the_speaker(client: FlaskClient) -> None:
    name = page(client, "/search?q=promise").select(".hit h2 a")[0]
    assert words(one(page(client, str(name["href"])), "h1")) == words(name)


def test_an_active_filter_is_a_chip_that_removes_it(client: FlaskClient) -> None:
    filtered = page(client, "/search?q=promise&speaker=ada-lind&from=2020&to=2025")
    chips = one(filtered, ".chips")
    assert to(chips, "Ada Lind") == "/search?q=promise&from=2020&to=2025"
    assert to(chips, "2020 – 2025") == "/search?q=promise&speaker=ada-lind"


def test_facets_add_a_filter_and_remove_it_again(client: FlaskClient) -> None:
    facets = one(page(client, "/search?q=promise"), ".facets")
    assert to(facets, "Ada Lind") == "/search?q=promise&speaker=ada-lind"
    assert to(facets, "2025") == "/search?q=promise&from=2025&to=2025"
    facets = one(page(client, "/search?q=promise&speaker=ada-lind"), ".facets")
    assert to(facets, "Ada Lind") == "/search?q=promise"


def test_a_facet_value_is_excluded_by_its_not(client: FlaskClient) -> None:
    facets = one(page(client, "/search?q=promise"), ".facets")
    excluded = str(one(facets, "[aria-label='not Ada Lind']")["href"])
    assert excluded == "/search?q=promise+-speaker:%3Dada-lind"
    left = page(client, excluded)
    assert "Ada Lind" not in words(one(left, ".hits"))
    assert left.select(".hits > li")
    assert to(one(left, ".chips"), "not Ada Lind") == "/search?q=promise"


def test_a_speaker_is_listed_with_the_years_between_first_and_last(client: FlaskClient) -> None:
    facets = one(page(client, "/search"), ".facets")
    assert any(re.fullmatch(r"\d{4}(–\d{4})?", words(span)) for span in facets.select(".span"))


def test_a_mistyped_word_is_answered_with_a_suggestion(client: FlaskClient) -> None:
    suggestions = one(page(client, "/search?q=postcrad"), ".suggestions")
    assert to(suggestions, "postcard") == "/search?q=postcard"


def test_results_are_grouped_by_article_by_default(client: FlaskClient) -> None:
    grouped = page(client, "/search?q=promise")
    articles = [
        str(a["href"]).split("?")[0] for a in grouped.select(".results > .hits .source .place")
    ]
    assert len(articles) == len(set(articles))
    passages = page(client, to(one(grouped, ".sorts"), "each passage"))
    assert len(passages.select(".hit")) > len(articles)
    assert to(one(passages, ".sorts"), "by article") == "/search?q=promise"


def test_tabs_lead_to_each_scope_with_exactly_its_passages(client: FlaskClient) -> None:
    tabs = one(page(client, "/search?q=promise&group=none"), ".scopes")
    assert words(tabs) == "Said 3 Asked about 1 In the headline 0 All 4"
    for tab, count in (("Asked about 1", 1), ("All 4", 4)):
        there = page(client, to(tabs, tab))
        assert len(there.select(".results > .hits > li")) == count
        assert words(one(there, ".scopes [aria-current]")) == tab
    assert not page(client, "/search?q=speaker:lind").select(".scopes")


def test_the_first_page_ends_with_hits_of_other_scopes(client: FlaskClient) -> None:
    (asked,) = page(client, "/search?q=promise").select(".others")
    assert words(one(asked, "h2")) == "Asked about, not said: 1"
    assert to(asked, "all 1") == "/search?q=promise&scope=asked"
    assert len(asked.select(".hit")) == 1
    (titled,) = page(client, "/search?q=postcard").select(".others")
    assert "1 passage, without the words" in words(titled)
    assert not page(client, "/search?q=promise&per_page=1&page=2").select(".others")
    assert not page(client, "/search?q=promise&scope=all").select(".others")


def test_passages_with_some_of_the_words_follow_and_say_which_they_lack(
    client: FlaskClient,
) -> None:
    results = page(client, "/search?q=promise+ferryman+zeppelin")
    assert words(one(results, "h1")) == "No passage has all of these words"
    assert words(one(results, "#nearly")).startswith("Only some of the words: ")
    assert {words(word) for word in results.select(".others s")} == {"zeppelin"}
    assert not results.select(".facets .counts, .timeline, .nothing")


def test_only_a_page_without_a_scope_falls_back_and_says_so(client: FlaskClient) -> None:
    fallen = page(client, '/search?q="promises"')
    assert words(one(fallen, "h1")) == "Said by nobody. Asked about once."
    assert len(fallen.select(".results > .hits > li")) == 1
    assert "scope=asked" in str(one(fallen, "link[rel=canonical]")["href"])
    assert "Nothing found" in words(one(page(client, '/search?q="promises"&scope=said'), "h1"))
    assert client.get('/search.csv?q="promises"').get_data(as_text=True).count("\n") == 1


def test_the_articles_own_words_are_nobodys_number(client: FlaskClient) -> None:
    both = page(client, "/search?q=harbour&group=none")
    first = words(one(both, "h1"))
    assert first.startswith("1 said, 2 more in the articles’ own words")
    alone = page(client, to(one(both, "h1"), "2 more in the articles’ own words"))
    assert words(one(alone, "h1 b")) == "2 in the articles’ own words"
    assert len(alone.select(".hit")) == 2


def test_a_new_search_keeps_the_filters_but_not_the_page(client: FlaskClient) -> None:
    form = one(page(client, "/search?q=promise&speaker=ada-lind&sort=newest&per_page=1"), ".ask")
    kept = {(field["name"], field["value"]) for field in form.select("input[type=hidden]")}
    assert kept == {("speaker", "ada-lind"), ("sort", "newest"), ("per_page", "1")}


def test_the_links_for_sorting_sort_the_results(client: FlaskClient) -> None:
    sorts = one(page(client, "/search?q=promise"), ".sorts")
    for sort, is_newest_first in (("newest", True), ("oldest", False)):
        times = page(client, to(sorts, sort)).select(".results > .hits time")
        dates = [str(time["datetime"]) for time in times]
        assert dates == sorted(dates, reverse=is_newest_first)


def test_pages_are_linked(client: FlaskClient) -> None:
    first = page(client, "/search?per_page=2")
    second = page(client, to(one(first, ".paging"), "Next"))
    assert words(one(second, "[aria-current=page]")) == "2"
    assert to(one(second, ".paging"), "Previous") == "/search?per_page=2"


def test_a_page_past_the_end_says_so_and_links_back(client: FlaskClient) -> None:
    past = page(client, "/search?per_page=2&page=99")
    assert "no such page" in words(one(past, ".nothing"))
    assert page(client, to(one(past, ".paging"), "Previous")).select(".hit")


def test_a_search_without_results_says_which_filter_to_remove(client: FlaskClient) -> None:
    nothing = one(page(client, "/search?q=postcard&speaker=bo-ekman&from=2020"), ".nothing")
    assert to(nothing, "1 passage") == "/search?q=postcard&from=2020"
    assert "since 2020 alone: 5 passages; the search without it: still nothing" in words(nothing)


def test_undated_passages_left_out_by_dates_are_counted(client: FlaskClient) -> None:
    results = page(client, "/search?q=lamplighter&from=2000")
    assert "1 undated passage left out" in words(one(results, ".count"))


def test_the_receipt_has_the_understood_query_and_the_index(
    client: FlaskClient,
) -> None:
    receipt = one(page(client, "/search?q=promise"), ".receipt")
    assert "Understood as promise" in words(receipt)
    answer = client.get(to(receipt, "JSON")).get_json()
    assert answer["index"]["fingerprint"].startswith(words(one(receipt, "code")))


def test_notices_are_shown(client: FlaskClient) -> None:
    assert "colour" in words(one(page(client, "/search?q=colour:red"), ".notice"))


def test_a_bar_of_the_timeline_links_to_its_period(client: FlaskClient) -> None:
    bars = page(client, "/search").select(".timeline a")
    assert len(bars) > 1
    for bar in bars:
        count = len(page(client, f"{bar['href']}&group=none").select(".hit"))
        assert str(bar["aria-label"]).endswith(f": {count} passage{'s' * (count > 1)}")


@pytest.mark.parametrize(
    "query",
    ["", "a" * 10_000, '"', "((", "* *", "\0", "🕊️", "speaker:", "<script>", "-", "{{ 7 * 7 }}"],
)
def test_every_query_has_a_page_that_repeats_it(client: FlaskClient, query: str) -> None:
    soup = page(client, f"/search?q={quote(query)}")
    assert str(one(soup, "#q")["value"]).replace("\ufffd", "\0") == query
    assert [script for script in soup.select("script") if script.string] == []


def test_a_quotation_that_is_almost_there_is_offered_as_printed(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.interview("a", "They may offer gold, but we will never leave this harbour.")
    client = serve_corpus()
    address = "/search?q=%22we+shall+never+leave+this+harbor%22"
    offered = one(page(client, address), ".suggestions")
    assert words(offered).startswith('Nearly: "we will never leave this harbour" (1 passage)')
    assert words(one(page(client, str(one(offered, "a")["href"])), ".hit mark"))
    api = client.get(f"/api/v1{address}").get_json()["did_you_mean"]
    assert (api[0]["q"], api[0]["nearly"]) == (
        '"we will never leave this harbour"',
        True,
    )
    assert len(client.get(address.replace("?", ".csv?")).text.splitlines()) == 1
    assert "<entry>" not in client.get(address.replace("?", ".atom?")).text
