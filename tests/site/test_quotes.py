"""Quotations of a passage, and articles that are too long for one page."""

from __future__ import annotations

from dataclasses import replace

import bibtexparser
import pytest
import rispy
from conftest import CorpusFolder, ServeCorpus, one, page, some_passage, to, words
from flask.testing import FlaskClient

from indexer import Passage
from search_app.pages.parts import quotes

LIND = "/passages/the-lantern/2025/lind-on-promises%232"
PERMALINK = "http://localhost/articles/the-lantern/2025/lind-on-promises#p2"
SAID = "The ferryman does. A promise is whatever still gets across in bad weather."


def quotations(client: FlaskClient, address: str) -> dict[str, str]:
    """Quotations on the page of a passage, by the names of their formats."""
    return {
        words(one(section, "h2")): one(section, "pre").get_text()
        for section in page(client, address).select("[data-quote]")
    }


def test_a_quotation_has_its_speaker_article_date_and_permalink(
    client: FlaskClient,
) -> None:
    assert quotations(client, LIND)["Plain text"] == (
        f"“{SAID}” — Ada Lind, A promise is not a postcard, The Lantern, 3 May 2025, {PERMALINK}"
    )


def test_a_quotation_in_markdown_is_a_block_with_its_source(client: FlaskClient) -> None:
    assert quotations(client, LIND)["Markdown"].splitlines() == [
        f"> “{SAID}”",
        ">",
        f"> — **Ada Lind**, [A promise is not a postcard]({PERMALINK}), The Lantern, 3 May 2025",
    ]


def test_bibtex_and_ris_are_read_by_other_programs(client: FlaskClient) -> None:
    offered = quotations(client, LIND)
    (entry,) = bibtexparser.parse_string(offered["BibTeX"]).entries
    assert entry["author"] == "Reed, Jane"
    (record,) = rispy.loads(offered["RIS"])
    assert (record["authors"], record["abstract"]) == (["Reed, Jane"], SAID)


def test_every_result_and_every_passage_links_to_its_quotation(client: FlaskClient) -> None:
    hit = one(page(client, "/search?q=ferryman"), ".hit")
    assert to(hit, "Copy quote") == LIND
    article = page(client, "/articles/the-lantern/2025/lind-on-promises")
    assert to(one(article, "#p2"), "Copy quote") == LIND


def test_an_unknown_passage_is_not_found(client: FlaskClient) -> None:
    assert "no such passage" in words(one(page(client, "/passages/a%231", 404), "main"))


def passage(text: str, **fields: object) -> Passage:
    given = {"role": "statement", "speaker": "Ada Lind", **fields}
    return some_passage(title="Fog", text=text, **given)


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        (passage("Fog is fog.", evidence="label"), "“Fog is fog.” — Ada Lind, Fog"),
        (passage("I say “fog”.", evidence="introduced"), "“I say “fog”.” — Ada Lind"),
        (passage("“Fog,” said Lind, “is fog.”", evidence="cue"), "“Fog,” said Lind, “is fog.” — "),
        (passage("“It is,” she said.", evidence="carried"), "“It is,” she said. — Ada Lind"),
        (
            passage("Lind said that fog is fog.", evidence="cue", indirect=True),
            "Lind said that fog is fog. — Ada Lind, Fog, date unknown, reported by the outlet",
        ),
        (passage("Fog lay.", role="narrative", speaker=None), "Fog lay. — Fog, date unknown"),
        (passage("Fog?", role="question", speaker=None), "“Fog?” — speaker unknown, Fog"),
        (
            passage("Fog.", evidence="label", speaker_role="keeper"),
            "“Fog.” — Ada Lind, keeper, Fog",
        ),
    ],
)
def test_only_the_words_of_the_speaker_are_in_quotation_marks(
    client: FlaskClient, quoted: Passage, expected: str
) -> None:
    with client.application.test_request_context():
        assert quotes.plain(quoted).startswith(expected)


def test_markdown_syntax_in_a_quotation_is_escaped(client: FlaskClient) -> None:
    quoted = passage("*No* [link](x) <b>bold</b>\n\nAnd _more_.", evidence="label")
    with client.application.test_request_context():
        lines = quotes.markdown(quoted).splitlines()
    assert lines[0] == r"> “\*No\* \[link\](x) \<b\>bold\</b\>"
    assert lines[2] == r"> And \_more\_.”"


def test_parentheses_in_an_address_are_escaped_in_markdown(client: FlaskClient) -> None:
    quoted = replace(passage("Fog.", evidence="label"), article_id="fog (again))")
    with client.application.test_request_context():
        link = quotes.markdown(quoted).splitlines()[-1]
    assert link.endswith("(http://localhost/articles/fog%20%28again%29%29#p1), date unknown")


def test_similar_passages_of_other_articles_are_shown(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    for name in ("a", "b"):
        corpus.interview(
            name,
            f"The dredger Halcyon sank off the Ester mole on day {name}.",
            f"Nothing to add in {name}.",
        )
    client = serve_corpus()
    assert "dredger" in words(one(page(client, "/passages/a%231"), ".hit"))


# --- Long articles --------------------------------------------------------------------------------


@pytest.fixture
def long(corpus: CorpusFolder, serve_corpus: ServeCorpus) -> FlaskClient:
    """Interview of 450 answers, three of them about a heron."""
    answers = [f"Answer {number} is about fog." for number in range(1, 451)]
    for number in (3, 210, 449):
        answers[number - 1] = f"Answer {number} is about a heron."
    corpus.interview("long", *answers)
    return serve_corpus()


def test_a_long_article_is_read_page_by_page(long: FlaskClient) -> None:
    first = page(long, "/articles/long")
    assert len(first.select(".passage")) == 200
    pages = one(first, ".paging")
    assert words(one(pages, "[aria-current=page]")) == "1–200"
    last = page(long, to(pages, "Passages 401–450"))
    assert [str(one["id"]) for one in last.select(".passage")] == [
        f"p{number}" for number in range(401, 451)
    ]


def test_a_result_deep_in_a_long_article_opens_its_own_page(long: FlaskClient) -> None:
    hit = one(page(long, "/search?q=heron+449&group=none"), ".hit")
    address = str(one(hit, ".place")["href"])
    assert address == "/articles/long?q=heron+449&at=401#p449"
    assert words(one(page(long, address), "#p449 mark")) == "449"


def test_searched_words_are_found_on_all_pages_of_a_long_article(long: FlaskClient) -> None:
    find = one(page(long, "/articles/long?q=heron"), ".find")
    assert "3 passages" in words(find)
    places = [str(link["href"]) for link in find.select(".match-links a")]
    assert places == [
        "/articles/long?q=heron#p3",
        "/articles/long?q=heron&at=201#p210",
        "/articles/long?q=heron&at=401#p449",
    ]


def test_a_page_past_the_end_of_an_article_is_not_found(long: FlaskClient) -> None:
    page(long, "/articles/long?at=451", 404)
    page(long, "/articles/long?at=none", 400)


def test_an_article_without_the_searched_words_says_so(long: FlaskClient) -> None:
    assert "not found here" in words(one(page(long, "/articles/long?q=walrus"), ".find"))
