"""The page of an article."""

from __future__ import annotations

import flask
import pytest
from bs4 import BeautifulSoup
from conftest import CorpusFolder, ServeCorpus, one, page, to, words
from export_readers import read_csv
from flask.testing import FlaskClient

from indexer import Evidence, Passage

LIND = "/articles/the-lantern/2025/lind-on-promises"


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


# --- Metadata -----------------------------------------------------------------------------------


def test_an_article_can_be_cited_by_reference_managers(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(LIND).text, "lxml")
    cited = {tag["name"]: tag["content"] for tag in page.select("meta[name^=citation_]")}
    assert cited == {
        "citation_title": "A promise is not a postcard",
        "citation_author": "Jane Reed",
        "citation_publication_date": "2025/05/03",
        "citation_journal_title": "The Lantern",
        "citation_language": "en",
        "citation_fulltext_html_url": "https://lantern.example/lind",
    }


TWO_AUTHORS = """<html><head><title>The weir waits</title><meta name="author" content="Newsroom">
</head><body><article><h1>The weir waits</h1><p class="byline">By Odile Renner and Bo Ekman</p>
<p>The weir was shut on Monday, and the river rose behind it all week long.</p>
<p>“It will stay shut,” Ada Lind said. Nobody in the town knew for how long it would stay so.</p>
</article></body></html>"""


def test_the_author_of_an_article_is_the_same_everywhere(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.write("weir.html", TWO_AUTHORS)
    client = serve_corpus()
    read = page(client, "/articles/weir")
    assert [tag["content"] for tag in read.select("meta[name=citation_author]")] == [
        "Odile Renner",
        "Bo Ekman",
    ]
    assert [words(tag) for tag in read.select("[itemprop=author]")] == ["Odile Renner", "Bo Ekman"]
    assert words(one(read, ".cite")).startswith("Odile Renner, Bo Ekman , The weir waits")
    answer = client.get("/api/v1/articles/weir").get_json()
    assert (answer["author"], answer["byline"]) == ("Odile Renner, Bo Ekman", "Newsroom")
    assert {one["author"] for one in answer["passages"]} == {answer["author"]}
    assert {row["author"] for row in read_csv(client.get("/search.csv").text)} == {answer["author"]}


def test_a_byline_that_names_nobody_is_no_author(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.write("weir.html", TWO_AUTHORS.replace("By Odile Renner and Bo Ekman", ""))
    read = page(serve_corpus(), "/articles/weir")
    assert read.select("meta[name=citation_author], [itemprop=author]") == []
    assert "Newsroom" in words(one(read, ".source"))


def test_an_article_marks_quotations_for_programs(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(LIND).text, "lxml")
    (article,) = page.select("[itemtype='https://schema.org/NewsArticle']")
    quotations = article.select("[itemprop=hasPart][itemtype='https://schema.org/Quotation']")
    assert len(quotations) == 2
    properties = {
        tag["itemprop"]: tag.get_text(strip=True) for tag in quotations[0].select("[itemprop]")
    }
    assert properties == {
        "spokenByCharacter": "Ada Lind",
        "url": "link to this",
        "text": "The guarantees were a postcard, and nobody had put a stamp on it.",
    }


def test_reported_speech_is_not_marked_as_a_quotation(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    said = "“The weir stays where it is,” Bo Ekman said."
    reported = "Ada Lind said that the weir would be moved to the other bank by the spring."
    corpus.write("weir.md", f"# The weir\n\nThe river is low.\n\n{said}\n\n{reported}\n")
    client = serve_corpus()
    rows = read_csv(client.get("/search.csv?speaker=ada-lind").text)
    assert [(row["indirect"], row["text"]) for row in rows] == [("yes", reported)]
    page = BeautifulSoup(client.get("/articles/weir").text, "lxml")
    (quotation,) = page.select("[itemtype='https://schema.org/Quotation']")
    assert "stays where it is" in quotation.get_text()
    assert len(page.select("[itemprop=text], [itemprop=spokenByCharacter]")) == 2
