"""Rules for what nobody said: each drops its examples and spares its counter-examples."""

from __future__ import annotations

import pytest

from indexer.ingest.lines.boilerplate import (
    LINE_RULES,
    MARKUP_RULES,
    Rule,
    line_rule,
    markup_rule,
    without_boilerplate,
)
from indexer.records import Article, Paragraph

PROSE = "The wall of Port Ilven held against the spring tide, and nobody was hurt."


def named(rule: Rule) -> str:
    return rule.name


def read(*lines: str, published: str | None = None) -> Article:
    paragraphs = tuple(Paragraph(line) for line in lines)
    return without_boilerplate(Article("a", "A title", paragraphs, published=published))


def kept(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize("rule", LINE_RULES, ids=named)
def test_a_line_rule_drops_its_examples_and_spares_the_others(rule: Rule) -> None:
    assert [line for line in rule.drops if line_rule(line) != rule.name] == []
    assert [line for line in rule.spares if line_rule(line) is not None] == []


@pytest.mark.parametrize("rule", MARKUP_RULES, ids=named)
def test_a_markup_rule_drops_its_examples_and_spares_the_others(rule: Rule) -> None:
    assert [name for name in rule.drops if markup_rule([name]) != rule.name] == []
    assert [name for name in rule.spares if markup_rule([name]) is not None] == []


def test_a_list_of_dated_headlines_is_dropped_with_its_title() -> None:
    article = read(
        PROSE,
        "Latest news",
        "A crane becomes a monument",
        "10.Jan.2026",
        "Two whales",
        "09.Jan.2026",
    )
    assert kept(article) == [PROSE]
    assert {dropped.rule for dropped in article.dropped} == {"list of dated headlines"}


def test_a_list_without_a_title_is_dropped_too() -> None:
    article = read(
        PROSE, "A crane becomes a monument", "10 January 2026", "Two whales", "9 January 2026"
    )
    assert kept(article) == [PROSE]


def test_a_list_that_is_glued_to_a_sentence_is_cut_off() -> None:
    article = read(
        f"{PROSE}Latest news“Quiet Harbour”: a plan", "10.Jan.2026", "Two whales", "09.Jan.2026"
    )
    assert kept(article) == [PROSE]


def test_one_dated_event_in_the_text_is_no_list() -> None:
    lines = (PROSE, "The council met on the quay", "10 January 2026", PROSE)
    assert kept(read(*lines, published="2026-01-11")) == list(lines)


def test_rows_of_figures_with_dates_are_no_list_of_headlines() -> None:
    rows = ("2024-08-01 | 200 | 4084", "2024-08-02 | 404 | 12", "2024-08-03 | 500 | 7")
    assert kept(read(PROSE, *rows, PROSE, published="2024-08-04")) == [PROSE, *rows, PROSE]


def test_the_news_in_a_sentence_are_no_list() -> None:
    sentence = "He had heard the latest news “from the valley”, he said, and he did not believe it."
    assert kept(read(sentence, PROSE)) == [sentence, PROSE]


def test_a_date_alone_at_the_end_is_evidence_but_no_publication_date() -> None:
    article = read(PROSE, PROSE, "14 Jan 2026")
    assert kept(article) == [PROSE, PROSE]
    assert article.published is None
    assert "14 Jan 2026" in (article.date_evidence or "")


def test_a_byline_is_kept_as_the_byline() -> None:
    article = read("By Ruta Jansen", PROSE)
    assert (article.byline, kept(article)) == ("Ruta Jansen", [PROSE])


def test_an_article_of_nothing_but_boilerplate_is_kept_as_it_is() -> None:
    assert kept(read("Share", "Tweet")) == ["Share", "Tweet"]


def test_a_link_alone_in_a_paragraph_is_dropped() -> None:
    link = Paragraph("Two ministers and a whale", linked=True)
    article = without_boilerplate(Article("a", "A title", (Paragraph(PROSE), link)))
    assert [dropped.rule for dropped in article.dropped] == ["links"]
