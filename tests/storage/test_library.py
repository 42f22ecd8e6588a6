"""The library: what was put in comes out word for word, and people are found by their names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import some_passage

from indexer.records import Article, Copy, Dropped, Paragraph, Passage, Skipped
from indexer.storage.indexed_files import IndexedFile, KnownArticle
from indexer.storage.library import Library, LibraryWriter, Totals

LIND = Article(
    "a/lind",
    "On promises",
    (Paragraph("Never kept here."),),
    published="2025-05",
    outlet="The Lantern",
    url="https://lantern.example/?a=1&b=<2>",
    dropped=(Dropped("Share this", "share bar"),),
)
BRANDT = Article("b/brandt", "On fog", (), published="2024-01-02", outlet="The Lantern Weekly")
UNDATED = Article("c/undated", "On nothing", ())


def passage(article: Article, position: int, **more: Any) -> Passage:
    shared = {name: getattr(article, name) for name in ("title", "published", "outlet", "url")}
    text = f"Words of {position}."
    return some_passage(article.id, position, **{**shared, "text": text, **more})


def known(article: Article, **more: Any) -> KnownArticle:
    return KnownArticle(article.id, f"{article.id}.md", None, 5, 1, article.published, **more)


def by(name: str, speaker_id: str, as_printed: str | None = None) -> dict[str, str | None]:
    return {"speaker": name, "speaker_id": speaker_id, "as_printed": as_printed or name}


PASSAGES = {
    LIND: [
        passage(LIND, 1, **by("Ada Lind", "ada-lind", "Mayor Lind"), question="“Why?”"),
        passage(LIND, 2, **by("Ada Lind", "ada-lind")),
        passage(LIND, 10, **by("ADA LIND", "ada-lind")),
    ],
    BRANDT: [passage(BRANDT, 1, **by("Ilse Brandt-Lind", "ilse-brandt-lind"), text="Туман.\n\n霧")],
    UNDATED: [passage(UNDATED, 1, role="narrative")],
}
KNOWN = [known(LIND), known(BRANDT), known(UNDATED)]
FILES = [
    IndexedFile("a/lind.md", (10, 20), "00"),
    IndexedFile("feed.xml", (10, 20, 5, 30), "01", (Skipped("feed.xml: item 3", "no text"),)),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a library may be written; the name is hard to put into an address."""
    return tmp_path / "library #1 100%?.sqlite"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    """Open a library of three articles."""
    with closing(LibraryWriter(path)) as writer:
        for article, passages in PASSAGES.items():
            writer.articles.add(article, passages)
        writer.finish(FILES, KNOWN, scan_began_ns=5)
    with closing(Library(path)) as opened:
        yield opened


def test_passages_come_back_word_for_word_in_the_order_asked_for(library: Library) -> None:
    wanted = [PASSAGES[BRANDT][0], PASSAGES[LIND][2], PASSAGES[LIND][0]]
    assert library.articles.passages([one.id for one in wanted]) == wanted


def test_passages_that_are_not_there_are_left_out(library: Library) -> None:
    assert library.articles.passages(["a/lind#7", "a/lind#1"]) == [PASSAGES[LIND][0]]
    assert library.articles.passages([]) == []


def test_an_article_comes_back_with_all_but_its_paragraphs(library: Library) -> None:
    article = library.article("a/lind")
    assert article is not None
    assert article.paragraphs == ()
    assert (article.title, article.published, article.dropped) == (
        LIND.title,
        LIND.published,
        LIND.dropped,
    )
    assert library.article("a/nobody") is None


def test_passages_of_an_article_are_in_reading_order(library: Library) -> None:
    assert [one.position for one in library.articles.passages_of("a/lind")] == [1, 2, 10]


def test_the_newest_articles_come_first_and_undated_ones_last(library: Library) -> None:
    assert [one.id for one in library.articles.newest(9)] == ["a/lind", "b/brandt", "c/undated"]
    assert len(library.articles.newest(1)) == 1


def test_a_speaker_has_the_name_that_is_printed_most(library: Library) -> None:
    assert library.speakers.names == {
        "ada-lind": "Ada Lind",
        "ilse-brandt-lind": "Ilse Brandt-Lind",
    }
    assert library.speakers.most_quoted(1) == ["ada-lind"]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("lind", {"ada-lind", "ilse-brandt-lind"}),
        ("Ada Lind", {"ada-lind"}),
        ("lind ADA", {"ada-lind"}),
        ("Mayor Ada", {"ada-lind"}),
        ("brandt", {"ilse-brandt-lind"}),
        ("ada-lind", {"ada-lind"}),
        ("Ada Brandt", set()),
        ("?", set()),
        ("", set()),
    ],
)
def test_a_speaker_is_found_by_any_words_of_any_printed_name(
    library: Library, typed: str, ids: set[str]
) -> None:
    assert library.names.find(typed) == ids


def test_an_id_means_one_speaker_only(path: Path) -> None:
    with closing(LibraryWriter(path)) as writer:
        one, two = (
            passage(LIND, 1, **by("Lind", "lind")),
            passage(LIND, 2, **by("A Lind", "a-lind")),
        )
        writer.articles.add(LIND, [one, two])
        writer.finish([], [], 0)
    with closing(Library(path)) as library:
        assert library.names.find("lind") == {"lind", "a-lind"}
        assert library.names.find_by_id("lind") == {"lind"}


def test_what_it_holds_is_counted(path: Path) -> None:
    with closing(LibraryWriter(path)) as writer:
        for article, passages in PASSAGES.items():
            writer.articles.add(article, passages)
        assert writer.finish(FILES, KNOWN, 5) == Totals(3, 5, 2, "2024-01-02", "2025-05")


def test_a_removed_article_is_gone_with_its_passages_and_its_speaker(path: Path) -> None:
    with closing(LibraryWriter(path)) as writer:
        for article, passages in PASSAGES.items():
            writer.articles.add(article, passages)
        writer.finish(FILES, KNOWN, 5)
    with closing(LibraryWriter(path)) as writer:
        writer.articles.remove(["b/brandt", "x/never-was"])
        writer.finish(FILES[:1], [KNOWN[0], KNOWN[2]], 6)
    with closing(Library(path)) as library:
        assert library.article("b/brandt") is None
        assert library.names.find("brandt") == frozenset()
        assert [one.article_id for one in library.indexed.articles()] == ["a/lind", "c/undated"]
        assert library.indexed.scan_began_ns() == 6
        assert library.errors() == []


def test_files_come_back_with_what_could_not_be_read_of_them(library: Library) -> None:
    assert library.indexed.files() == FILES


def test_a_copy_leads_to_the_article_that_is_shown_and_is_listed_there(path: Path) -> None:
    with closing(LibraryWriter(path)) as writer:
        writer.articles.add(LIND, PASSAGES[LIND])
        writer.articles.add(BRANDT, PASSAGES[BRANDT], aside=True)
        totals = writer.finish(FILES, [known(LIND), known(BRANDT, copy_of="a/lind")], 0)
    assert (totals.articles, totals.passages, totals.speakers) == (1, 3, 1)
    with closing(Library(path)) as library:
        article = library.article("b/brandt")
        copies = library.copies("a/lind")
        assert library.articles.passages(["b/brandt#1"]) == []
    assert article is not None
    assert article.id == "a/lind"
    assert copies == [Copy("b/brandt", "On fog", "2024-01-02", "The Lantern Weekly")]


def test_what_was_put_aside_comes_back_word_for_word(path: Path) -> None:
    with closing(LibraryWriter(path)) as writer:
        writer.articles.add(LIND, PASSAGES[LIND])
        writer.articles.put_aside(["a/lind", "x/never-was"])
        assert writer.articles.passages_of("a/lind") == []
        writer.articles.bring_back(["a/lind"])
        assert writer.articles.passages_of("a/lind") == PASSAGES[LIND]
        assert writer.finish(FILES, [known(LIND)], 0).articles == 1


def test_no_question_is_answered_by_looking_through_all_passages(
    library: Library, path: Path
) -> None:
    asked: list[str] = []
    with closing(sqlite3.connect(path)) as db:
        db.set_trace_callback(asked.append)
        library._database._idle[:] = [db]
        library.articles.passages(["a/lind#1"])
        library.articles.passages_of("a/lind", 2, 3)
        library.articles.count_passages("a/lind")
        list(library.texts_said("ada-lind", 5))
        db.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        library._database._idle.clear()
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN")]


@pytest.mark.parametrize("other", [{"url": None}, {"outlet": "The Ferry"}, {"published": "2019"}])
def test_a_passage_that_differs_from_its_article_is_refused(
    path: Path, other: dict[str, Any]
) -> None:
    with closing(LibraryWriter(path)) as writer, pytest.raises(ValueError, match="a/lind#1"):
        writer.articles.add(LIND, [passage(LIND, 1, **other)])


def test_threads_read_at_the_same_time(library: Library) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: library.articles.passages(["a/lind#1"]), range(200)))
    assert answers == [[PASSAGES[LIND][0]]] * 200


def test_a_reader_cannot_make_a_library(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.sqlite"):
        Library(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []
