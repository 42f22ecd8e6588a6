"""The pages for people: their content, links, and what they never show."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import quote

import flask
import pytest
from addresses import ADDRESSES, PAGE_ADDRESSES
from bs4 import BeautifulSoup
from conftest import CorpusFolder, Run, one, page, to, words
from flask import Flask
from flask.testing import FlaskClient

from indexer import Evidence, Passage
from search_app import create_app
from search_app.wording.dates import date

LIND = "/articles/the-lantern/2025/lind-on-promises"


# --- Home ----------------------------------------------------------------------------------------


def test_home_has_the_size_of_the_corpus(client: FlaskClient) -> None:
    info = client.get("/healthz").get_json()["index"]
    lead = words(one(page(client, "/"), ".lead"))
    assert f"{info['passages']} passages from {info['articles']} articles" in lead
    assert "2019 to 3 May 2025" in lead
    assert "Last indexed:" in lead


def test_home_offers_three_searches_that_find_something(client: FlaskClient) -> None:
    offered = one(page(client, "/"), ".try").select("a")
    assert len(offered) == 3
    for link in offered:
        assert page(client, str(link["href"])).select(".hit")


def test_home_lists_the_newest_articles_first_and_undated_ones_last(client: FlaskClient) -> None:
    titles = [words(link) for link in page(client, "/").select(".newest a")]
    assert titles[0] == "A promise is not a postcard"


# --- Search --------------------------------------------------------------------------------------


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
    articles = [str(a["href"]).split("?")[0] for a in grouped.select(".hit > .source .place")]
    assert len(articles) == len(set(articles))
    passages = page(client, to(one(grouped, ".sorts"), "each passage"))
    assert len(passages.select(".hit")) > len(articles)
    assert to(one(passages, ".sorts"), "by article") == "/search?q=promise"


def test_a_new_search_keeps_the_filters_but_not_the_page(client: FlaskClient) -> None:
    form = one(page(client, "/search?q=promise&speaker=ada-lind&sort=newest&per_page=1"), ".ask")
    kept = {(field["name"], field["value"]) for field in form.select("input[type=hidden]")}
    assert kept == {("speaker", "ada-lind"), ("sort", "newest"), ("per_page", "1")}


def test_the_links_for_sorting_sort_the_results(client: FlaskClient) -> None:
    sorts = one(page(client, "/search?q=promise"), ".sorts")
    for sort, is_newest_first in (("newest", True), ("oldest", False)):
        times = page(client, to(sorts, sort)).select(".hit time")
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
    assert to(nothing, "2 passages") == "/search?q=postcard&from=2020"
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


# --- Article -------------------------------------------------------------------------------------


def test_an_article_reads_with_its_names_questions_and_marks(client: FlaskClient) -> None:
    article = page(client, f"{LIND}?q=postcard")
    assert words(one(article, "h1")) == "A promise is not a postcard"
    assert "The Lantern" in words(one(article, ".source"))
    assert to(article, "original page") == "https://lantern.example/lind"
    passage = one(article, "#p1")
    assert words(one(passage, ".by b")) == "Ada Lind"
    assert words(one(passage, ".question")) == "What is left of the promises made at the lake?"
    assert words(one(passage, ".words mark")) == "postcard"


def test_an_article_without_a_query_has_no_marks(client: FlaskClient) -> None:
    assert page(client, LIND).select("mark") == []


def test_every_passage_has_its_own_anchor(client: FlaskClient) -> None:
    places = [str(passage["id"]) for passage in page(client, LIND).select(".passage")]
    assert places == [f"p{number}" for number in range(1, len(places) + 1)]
    assert len(places) > 1


def test_an_article_shows_the_evidence_for_its_date(client: FlaskClient) -> None:
    assert "3 May 2025, read from" in words(one(page(client, LIND), ".aside"))


def test_an_article_shows_what_was_left_out_of_it(client: FlaskClient) -> None:
    left_out = one(page(client, "/articles/the-lantern/2019/ekman-at-the-lake"), "details")
    assert "Subscribe to our newsletter" in words(left_out)


def test_markup_in_an_article_is_shown_as_text(client: FlaskClient) -> None:
    for address in ("/articles/odd/markup?q=marzipan", "/search?q=marzipan"):
        soup = page(client, address)
        assert [script for script in soup.select("script") if script.string] == []
        assert "<script>alert(1)</script>" in soup.get_text()


def test_an_original_address_is_linked_only_if_it_is_a_web_address(client: FlaskClient) -> None:
    article = page(client, "/articles/odd/markup")
    assert [a for a in article.select("a[href]") if "javascript" in str(a["href"]).lower()] == []


def test_an_unknown_article_is_not_found(client: FlaskClient) -> None:
    assert "no such article" in words(one(page(client, "/articles/no/such", 404), "main"))


# --- Every page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "parameter"),
    [("page=0", "page"), ("sort=drop+table", "sort"), ("from=2020-02-31", "from")],
)
def test_an_invalid_argument_is_a_page_that_names_it(
    client: FlaskClient, argument: str, parameter: str
) -> None:
    assert words(one(page(client, f"/search?{argument}", 400), "main code")) == parameter


@pytest.mark.parametrize("path", PAGE_ADDRESSES)
def test_without_an_index_every_page_names_the_command(tmp_path: Path, path: str) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert "reindex" in words(one(page(client, path, 503), "main code"))


def test_the_running_app_shows_a_new_index_without_a_restart(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    client = create_app(index_path).test_client()
    page(client, "/search?q=lantern", 503)
    corpus.interview("one", "The lantern is lit.")
    run()
    assert len(page(client, "/search?q=lantern").select(".hit")) == 1
    corpus.interview("two", "The lantern is out.")
    run()
    assert len(page(client, "/search?q=lantern").select(".hit")) == 2


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2021", "2021"),
        ("2023-06", "June 2023"),
        ("2025-05-03", "3 May 2025"),
        ("2025-05-03T11:55", "3 May 2025, 11:55"),
        ("2025-05-03T11:55+04:00", "3 May 2025, 11:55 UTC+04:00"),
        ("2025-05-03T11:55:09+00:00", "3 May 2025, 11:55 UTC"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(published: str, expected: str) -> None:
    assert date(published) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("label", "labelled “ Lind: ”"),
        ("cue", "“ Lind: ”"),
        ("carried", "continued from “ Lind: ”"),
        ("introduced", "introduced in “ Lind: ”"),
    ],
)
def test_evidence_for_a_speaker_is_worded_by_its_kind(
    client: FlaskClient, evidence: Evidence, expected: str
) -> None:
    passage = Passage(
        "a#1", "a", 1, "Fog", "answer", "Fog.", attribution="Lind:", evidence=evidence
    )
    with client.application.test_request_context():
        template = flask.get_template_attribute("_text.html", "speaker_evidence")
        assert (
            words(BeautifulSoup(template(passage), "lxml")) == f"How we know who speaks: {expected}"
        )


def test_an_unexpected_error_is_a_page_that_reveals_nothing() -> None:
    app = create_app(Path("nowhere"))
    app.add_url_rule("/fault", view_func=lambda: str(1 // 0))
    assert "division" not in words(page(app.test_client(), "/fault", 500))


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_page_forbids_scripts_and_has_the_landmarks(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    soup = BeautifulSoup(response.text, "lxml")
    assert one(soup, "html")["lang"] == "en"
    assert len(soup.select("main")) == len(soup.select("h1")) == 1
    assert one(soup, str(one(soup, ".skip")["href"]))
    labelled = {str(label["for"]) for label in soup.select("label[for]")}
    fields = soup.select("input:not([type=hidden])")
    assert all(field.get("id") in labelled or field.find_parent("label") for field in fields)


def test_pages_load_nothing_from_other_hosts(app: Flask, client: FlaskClient) -> None:
    soup = page(client, "/search?q=promise")
    addresses = [str(tag["href"]) for tag in soup.select("link[rel=stylesheet], link[rel=icon]")]
    assert all(address.startswith("/static/") for address in addresses)
    for address in addresses:
        with client.get(address) as response:
            assert response.status_code == 200


MOST_BYTES = 60_000


def test_a_page_of_twenty_results_is_small_with_its_styles_and_scripts(
    corpus: CorpusFolder, run: Run, index_path: Path
) -> None:
    for number in range(30):
        corpus.interview(
            f"outlet-{number}/the-lighthouse-and-the-ferry-of-{number}",
            *(f"Of ferry {number} I know {answer}. {LIPSUM}" for answer in range(6)),
            speaker=f"Ada Lind-Ekman {chr(65 + number % 26)}.",
            title=f"The lighthouse and the ferry of the {number}th day of a long and cold winter",
            date=f"{1990 + number}-03-04T10:15",
            outlet=f"The Lantern of {number}",
        )
    run()
    client = create_app(index_path).test_client()
    response = client.get("/search?q=ferry")
    soup = BeautifulSoup(response.text, "lxml")
    assert len(soup.select(".hits > li")) == 20
    parts = [str(tag["href"]) for tag in soup.select("link[rel=stylesheet]")]
    parts += [str(tag["src"]) for tag in soup.select("script[src]")]
    bodies = [response.data]
    for part in parts:
        with client.get(part) as answer:
            bodies.append(answer.data)
    assert sum(len(gzip.compress(body)) for body in bodies) < MOST_BYTES


LIPSUM = "The lamp is lit at six, the keeper sleeps at nine, and nobody asks who rows. " * 4
