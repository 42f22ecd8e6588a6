"""Sidecars: what is noted beside a file goes before what the file says."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from conftest import CorpusFolder, Run

from indexer import SearchRequest, open_index
from indexer.errors import UnreadableArticle
from indexer.ingest.pipeline import ingest
from indexer.records import Article, Passage

PROSE = "The wall of Port Ilven held against the spring tide, and nobody in the port was hurt."
MARKDOWN = f"---\ntitle: The tide\ndate: 2020-01-02\nauthor: Bo Reed\n---\n\n{PROSE}\n".encode()


def told(sidecar: str, data: bytes = MARKDOWN, name: str = "a.md") -> Article:
    (found, *_) = ingest(data, PurePosixPath(name), sidecar.encode()).articles
    return found.article


def test_a_sidecar_goes_before_front_matter() -> None:
    found = told(
        'title = "The wall"\npublished = "2021-05"\nupdated = 2021-06-07\noutlet = "The Lantern"\n'
        'url = "https://lantern.example/wall"\nbyline = "Ada Lind"\nlanguage = "en"\n'
    )
    assert (found.title, found.outlet, found.byline) == ("The wall", "The Lantern", "Ada Lind")
    assert (found.published, found.date_precision) == ("2021-05", "month")
    assert found.date_evidence == "sidecar published: 2021-05"
    assert (found.updated, found.language) == ("2021-06-07", "en")
    assert found.url == "https://lantern.example/wall"


def test_what_a_sidecar_leaves_out_stays_as_it_was_read() -> None:
    found = told('title = "The wall"')
    assert (found.published, found.byline) == ("2020-01-02", "Bo Reed")


@pytest.mark.parametrize(
    ("stated", "published", "precision"),
    [
        ("2021-05-03", "2021-05-03", "day"),
        ("2021-05-03T11:55:00+04:00", "2021-05-03T11:55+04:00", "minute"),
        ("2021-05-03T11:55:00", "2021-05-03T11:55", "minute"),
        ("2021", "2021", "year"),
        ('"3 May 2021"', "2021-05-03", "day"),
    ],
)
def test_a_date_may_be_one_of_toml_or_text(stated: str, published: str, precision: str) -> None:
    found = told(f"published = {stated}")
    assert (found.published, found.date_precision) == (published, precision)


def test_the_time_of_saving_is_evidence_only_where_no_date_is_known() -> None:
    sidecar = "retrieved = 2026-01-10T12:00:00Z"
    undated = told(sidecar, f"The wall held\n\n{PROSE}".encode(), "a.txt")
    assert (undated.published, undated.date_evidence) == (
        None,
        "sidecar retrieved: 2026-01-10T12:00:00+00:00",
    )
    assert told(sidecar).date_evidence == "front matter date: 2020-01-02"


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("title =", "cannot be read"),
        ('published = "2021-02-31"', "sidecar's published"),
        ('published = "soon"', "soon"),
        ("published = 2021-02-31", "cannot be read"),
        ("updated = true", "sidecar's updated"),
        ("title = 3", "title is not a text"),
        ('title = " "', "title is not a text"),
        ('url = "javascript:alert(1)"', "url"),
        ('language = "English"', "language"),
        ("a = " + "[" * 10_000, "cannot be read"),
    ],
)
def test_a_sidecar_that_cannot_be_meant_is_a_named_reason(sidecar: str, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        told(sidecar)


def test_an_unknown_key_is_named_and_the_others_hold() -> None:
    read = ingest(MARKDOWN, PurePosixPath("a.md"), b'date = 2021-05-03\ntitle = "The wall"')
    assert read.articles[0].article.title == "The wall"
    (problem,) = read.problems
    assert problem.startswith("unknown key, 'date', is left out (known: title, published")


def test_a_sidecar_that_is_not_utf_8_is_a_named_reason() -> None:
    with pytest.raises(UnreadableArticle, match="sidecar cannot be read"):
        ingest(MARKDOWN, PurePosixPath("a.md"), b'title = "\xff"')


def test_of_several_articles_a_sidecar_tells_what_all_have_in_common() -> None:
    items = "".join(
        f"<item><title>{title}</title><link>https://lantern.example/{title}</link>"
        f"<pubDate>3 May 2021</pubDate><description>{PROSE}</description></item>"
        for title in ("one", "two")
    )
    sidecar = 'outlet = "The Lantern"\nurl = "https://lantern.example/feed"\npublished = "2020"\n'
    data = f"<rss><channel>{items}</channel></rss>".encode()
    found = ingest(data, PurePosixPath("f.xml"), sidecar.encode()).articles
    assert [(one.article.title, one.article.outlet) for one in found] == [
        ("one", "The Lantern"),
        ("two", "The Lantern"),
    ]
    assert {one.article.url for one in found} == {
        "https://lantern.example/one",
        "https://lantern.example/two",
    }
    assert {one.article.published for one in found} == {"2021-05-03"}


# --- In a corpus ---------------------------------------------------------------------------------


def found(index: Path) -> Passage:
    with open_index(index) as searched:
        (hit,) = searched.search(SearchRequest("spring tide")).hits
    return hit.passage


def test_a_change_of_a_sidecar_is_a_change_of_its_article(
    corpus: CorpusFolder, run: Run, index_path: Path
) -> None:
    corpus.write("a.md", MARKDOWN)
    assert run().read == 1
    sidecar = corpus.write("a.md.toml", 'title = "The wall"')
    assert run().read == 1
    assert found(index_path).title == "The wall"
    assert run().generation is None
    sidecar.write_text('title = "The gate"')
    assert run().read == 1
    assert found(index_path).title == "The gate"
    sidecar.unlink()
    assert run().read == 1
    assert found(index_path).title == "The tide"


def test_a_broken_sidecar_skips_its_article_with_the_reason(corpus: CorpusFolder, run: Run) -> None:
    corpus.write("a.md", MARKDOWN)
    corpus.write("a.md.toml", "title =")
    (skipped,) = run().skipped
    assert skipped.path == "a.md"
    assert "sidecar cannot be read" in skipped.reason


def test_a_sidecar_without_its_file_is_nothing(corpus: CorpusFolder, run: Run) -> None:
    corpus.write("a.md", MARKDOWN)
    corpus.write("b.md.toml", 'title = "The wall"')
    report = run()
    assert (report.articles, report.skipped) == (1, ())


def test_the_example_in_the_readme_of_the_corpus_is_a_sidecar() -> None:
    readme = Path(__file__).parents[2].joinpath("corpus", "README.md").read_text("utf-8")
    example = readme.partition("```toml\ntitle")[2].partition("```")[0]
    found = told(f"title{example}")
    assert (found.title, found.published) == ("The fog had a permit", "2025-05-03")
