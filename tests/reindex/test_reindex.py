"""From the corpus to an index: what is read, what is skipped and why, and what stays the same."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Commentary, CorpusFolder, Run
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from indexer import SearchRequest, open_index
from indexer.errors import CorpusError, EngineUnavailable, IndexLocked
from indexer.records import IngestReport
from indexer.reindex.check import check
from indexer.reindex.run import ReindexOptions, reindex
from indexer.storage import generations
from indexer.storage.integrity import sums
from indexer.storage.library import FILE, Library
from indexer.storage.near_duplicates import NearDuplicates


def found(index_path: Path, query: str = "") -> list[str]:
    with open_index(index_path, verify=True) as index:
        return sorted(hit.passage.id for hit in index.search(SearchRequest(query, limit=100)).hits)


def skipped(report: IngestReport) -> dict[str, str]:
    return {one.path: one.reason for one in report.skipped}


def duplicates(report: IngestReport) -> dict[str, str]:
    return {one.path: one.reason for one in report.duplicates}


# --- What is read --------------------------------------------------------------------------------


def test_new_articles_are_found(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("lantern/2024/wall", "A wall of promises.")
    corpus.write(
        "notes/tide.txt", "The tide table\n\nThe tide comes twice a day, whoever is mayor.\n"
    )
    corpus.write(
        "page.html", "<h1>A page</h1><p>The lighthouse is lit again, said nobody at all.</p>"
    )
    report = run(engine=engine)
    assert (report.read, report.articles, report.skipped) == (3, 3, ())
    assert found(index_path, "promises") == ["lantern/2024/wall#1"]
    assert found(index_path, "tide") == ["notes/tide#1"]
    assert found(index_path, "lighthouse") == ["page#1"]
    assert len(found(index_path)) == report.passages


def test_what_explains_the_corpus_is_no_article(corpus: CorpusFolder, run: Run) -> None:
    for name in ("README.md", "readme.txt", "a/README", "speakers.toml", ".hidden.md", ".git/x.md"):
        corpus.write(name, "# No article.")
    report = run()
    assert (report.read, report.skipped) == (0, ())


def test_what_did_not_change_is_not_read_again(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("two", "Another.")
    first = run()
    again = run()
    assert (again.read, again.unchanged, again.generation) == (0, 2, None)
    assert (again.articles, again.passages) == (first.articles, first.passages)


def test_a_changed_article_is_replaced(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "The old word.", "A second answer.")
    corpus.interview("two", "Another.")
    run(engine=engine)
    corpus.interview("one", "The new word.")
    report = run(engine=engine)
    assert (report.read, report.unchanged, report.passages) == (1, 1, 2)
    assert found(index_path, "old") == []
    assert found(index_path, "new") == ["one#1"]


def test_a_change_that_keeps_size_and_time_is_seen_if_it_came_soon_after_the_scan(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    path = corpus.interview("one", "The cat.")
    status = path.stat()
    run()
    corpus.interview("one", "The cod.")
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert run().read == 1
    assert found(index_path, "cod") == ["one#1"]


def test_a_touched_file_is_digested_not_read(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("one", "A word.")
    corpus.touch("one.md", -1000)
    run()
    corpus.touch("one.md", 500)
    assert (run().read, run().generation) == (0, None)


def test_a_removed_article_leaves(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("two", "Another word.")
    run(engine=engine)
    corpus.remove("one.md")
    report = run(engine=engine)
    assert (report.removed, report.articles) == (1, 1)
    assert found(index_path, "word") == ["two#1"]


def test_an_article_may_move_from_one_format_to_another(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    run(engine=engine)
    corpus.remove("one.md")
    corpus.write("one.txt", "A title\n\nQuite another word stands in this file.\n")
    report = run(engine=engine)
    assert (report.read, report.removed, report.articles) == (1, 1, 1)
    assert len(found(index_path, "another")) == 1


def test_full_reads_everything_again(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("one", "A word.")
    run()
    assert run(full=True).read == 1


def test_a_dry_run_tells_and_writes_nothing(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    report = run(dry_run=True)
    assert (report.read, report.articles, report.passages, report.generation) == (1, 1, 1, None)
    assert not index_path.exists()
    run()
    before = sorted(index_path.rglob("*"))
    corpus.interview("two", "Another word.")
    corpus.write("three.md", "")
    report = run(dry_run=True)
    assert (report.read, report.unchanged, report.articles) == (1, 1, 2)
    assert "three.md" in skipped(report)
    assert sorted(index_path.rglob("*")) == before


# --- Which engine --------------------------------------------------------------------------------


def test_the_engine_stays_what_it_is_until_another_is_asked_for(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    run(engine=None)
    assert generations.read_manifest(index_path).info.engine == "whoosh"
    assert run(engine="memory").generation is not None
    assert run(engine=None).generation is None
    assert generations.read_manifest(index_path).info.engine == "memory"


def test_another_engine_indexes_what_was_read_already(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("copy", "A word.")
    corpus.interview("three", "A third word.")
    before = run(engine="memory" if engine != "memory" else "whoosh")
    corpus.remove("three.md")
    corpus.interview("two", "A second word.")
    report = run(engine=engine)
    assert (report.read, report.unchanged, report.removed) == (1, 2, 1)
    assert (before.duplicates, len(report.duplicates)) == (report.duplicates, 1)
    assert found(index_path, "word") == ["copy#1", "two#1"]


def test_optimizing_writes_the_search_files_as_one_piece(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    for number in range(4):
        corpus.interview(f"a{number}", f"Word number{number}.")
        run(engine=engine)
    corpus.remove("a0.md")
    run(engine=engine)
    report = run(engine=engine, optimize=True)
    assert (report.read, report.unchanged) == (0, 3)
    assert len(list(index_path.glob(f"{report.generation}/engine/*.pst"))) == (engine == "whoosh")
    assert found(index_path, "word") == ["a1#1", "a2#1", "a3#1"]
    assert found(index_path, "number0") == []


def test_an_unknown_engine_is_refused_and_the_index_stays(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    run()
    with pytest.raises(EngineUnavailable, match="whoosh"):
        run(engine="steam")
    assert found(index_path) == ["one#1"]


def test_the_fingerprint_tells_the_contents_not_the_engine(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    run(engine="memory")
    before = generations.read_manifest(index_path).info.fingerprint
    run(engine=engine, full=True)
    assert generations.read_manifest(index_path).info.fingerprint == before
    corpus.interview("two", "Another.")
    run(engine=engine)
    assert generations.read_manifest(index_path).info.fingerprint != before


# --- What is skipped -----------------------------------------------------------------------------


def test_every_file_that_cannot_be_indexed_is_named_with_its_reason(
    corpus: CorpusFolder, index_path: Path, run: Run, tmp_path: Path
) -> None:
    corpus.interview("good", "A word.")
    corpus.write("sheet.xlsx", b"PK")
    corpus.write("noformat", "text")
    corpus.write("empty.md", "")
    corpus.write("blank.txt", " \n\n ")
    corpus.write("binary.txt", bytes(range(256)) * 50)
    corpus.write("yaml.md", "---\ntitle: [\n---\n\nText.")
    corpus.write("february.md", "---\ntitle: T\ndate: 2024-02-31\n---\n\nText.")
    corpus.write("half.html", "<html><head><title>Half")
    (corpus.path / "dangling.md").symlink_to(corpus.path / "nowhere.md")
    outside = tmp_path / "outside.md"
    outside.write_text("Secret words.")
    (corpus.path / "link.md").symlink_to(outside)
    (corpus.path / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(corpus.path / "pipe.txt")
    with (corpus.path / "huge.txt").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    report = run()
    reasons = skipped(report)
    assert report.articles == 1
    assert found(index_path) == ["good#1"]
    for name, told in {
        "sheet.xlsx": "no reader takes .xlsx",
        "noformat": "without suffix",
        "empty.md": "empty",
        "dangling.md": "no longer there",
        "link.md": "out of the corpus",
        "folder": "links to folders",
        "pipe.txt": "not an ordinary file",
        "huge.txt": "larger than 32 MB",
        "blank.txt": "",
        "binary.txt": "",
        "yaml.md": "",
        "february.md": "",
        "half.html": "",
    }.items():
        assert told in reasons.pop(name)
    assert reasons == {}


def test_what_is_skipped_is_told_again_by_every_run(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("good", "A word.")
    corpus.write("blank.txt", " ")
    run()
    again = run()
    assert again.generation is None
    assert list(skipped(again)) == ["blank.txt"]


def test_a_folder_that_looks_like_an_article_is_a_folder(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("saved.html/page", "A word.")
    assert run().skipped == ()
    assert found(index_path) == ["saved.html/page#1"]


def test_of_two_files_with_one_id_the_first_is_indexed(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("a", "A word.")
    corpus.write("a.txt", "A title\n\nAnother text altogether stands here.")
    report = run()
    assert report.articles == 1
    assert skipped(report) == {"a.txt": "its id is that of a.md"}


def test_a_name_that_is_not_utf8_is_named_as_well_as_can_be(corpus: CorpusFolder, run: Run) -> None:
    try:
        Path(os.fsdecode(os.fsencode(corpus.path) + b"/caf\xe9.md")).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert list(skipped(run())) == ["caf\\xe9.md"] or list(skipped(run())) == ["caf\\udce9.md"]


def test_without_a_corpus_nothing_is_lost(corpus: CorpusFolder, index_path: Path, run: Run) -> None:
    corpus.interview("one", "A word.")
    run()
    shutil.move(corpus.path, corpus.path.with_name("away"))
    with pytest.raises(CorpusError, match="--corpus"):
        run()
    assert found(index_path) == ["one#1"]


# --- Duplicates ----------------------------------------------------------------------------------


def test_of_articles_with_one_text_the_lowest_id_is_indexed_and_the_others_are_told(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("b", "One text, everywhere!")
    corpus.interview("a", "ONE text everywhere")
    corpus.interview("c", "One text;\neverywhere.")
    report = run()
    assert (report.read, report.articles) == (3, 1)
    assert duplicates(report) == {"b.md": "its text is that of a", "c.md": "its text is that of a"}
    assert duplicates(run()) == duplicates(report)
    assert found(index_path) == ["a#1"]


def test_a_duplicate_takes_the_place_of_an_article_that_goes(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    for name in ("a", "b", "c"):
        corpus.interview(name, "One text, everywhere.")
    run(engine=engine)
    corpus.remove("a.md")
    report = run(engine=engine)
    assert duplicates(report) == {"c.md": "its text is that of b"}
    assert found(index_path, "everywhere") == ["b#1"]


def test_a_duplicate_takes_the_place_of_an_article_that_changes(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("a", "One text.")
    corpus.interview("b", "One text.")
    run(engine=engine)
    corpus.interview("a", "Quite another text.")
    assert run(engine=engine).duplicates == ()
    assert found(index_path) == ["a#1", "b#1"]


def test_a_new_article_with_a_lower_id_takes_the_place_of_its_copy(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("b", "One text.")
    corpus.interview("c", "One text.")
    run(engine=engine)
    corpus.interview("a", "One text.")
    report = run(engine=engine)
    assert set(duplicates(report).values()) == {"its text is that of a"}
    assert found(index_path) == ["a#1"]
    assert check(corpus.path, index_path) == []


# --- Several articles in one file ----------------------------------------------------------------


def feed(*items: str) -> str:
    """Make a feed of items, each a title, a colon and a text."""
    parts = [item.partition(":") for item in items]
    inside = "".join(
        f"<item><title>{title}</title><description>{text}</description></item>"
        for title, _, text in parts
    )
    return f"<rss><channel><title>The Lantern</title>{inside}</channel></rss>"


def test_every_article_of_a_file_is_found(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.write("lantern.xml", feed("Fog:The fog will lift soon.", "Tide:The tide will turn."))
    report = run(engine=engine)
    assert (report.read, report.articles, report.skipped) == (2, 2, ())
    assert found(index_path, "tide") == ["lantern.xml/tide#1"]
    again = run(engine=engine)
    assert (again.read, again.unchanged, again.generation) == (0, 2, None)


def test_an_article_that_leaves_its_file_leaves_the_index(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.write("lantern.xml", feed("Fog:The fog will lift soon.", "Tide:The tide will turn."))
    run(engine=engine)
    corpus.write("lantern.xml", feed("Wall:The wall will hold.", "Tide:The tide will turn."))
    run(engine=engine)
    assert found(index_path) == ["lantern.xml/tide#1", "lantern.xml/wall#1"]
    corpus.remove("lantern.xml")
    assert run(engine=engine, accept_removals=True).removed == 2
    assert found(index_path) == []


def test_articles_of_one_name_in_a_file_are_numbered(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.write("lantern.xml", feed("Fog:It will lift soon.", "Fog:It will last.", "Fog:It left."))
    run()
    names = [f"lantern.xml/{name}#1" for name in ("fog", "fog-2", "fog-3")]
    assert found(index_path) == names


def test_a_file_beside_a_feed_of_its_name_has_an_id_of_its_own(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.write("lantern.xml", feed("Fog:The fog will lift soon."))
    corpus.interview("lantern", "No fog here.")
    corpus.interview("lantern/fog", "Some fog here.")
    assert run().skipped == ()
    assert found(index_path) == ["lantern#1", "lantern.xml/fog#1", "lantern/fog#1"]


def test_an_article_that_cannot_be_read_costs_no_other_of_its_file_and_is_named_by_every_run(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.write("lantern.xml", feed("Fog:The fog will lift soon.", "Void:", "Tide:It will turn."))
    report = run()
    ((path, reason),) = skipped(report).items()
    assert path.startswith("lantern.xml: ")
    assert "Void" in path
    assert reason
    assert found(index_path) == ["lantern.xml/fog#1", "lantern.xml/tide#1"]
    assert run().skipped == report.skipped


def test_a_duplicate_in_a_file_of_several_is_named_and_takes_the_place_of_what_goes(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.write("b.xml", feed("Fog:The fog will lift soon.", "Tide:The tide will turn."))
    corpus.write("a.xml", feed("Fog:The fog will lift soon."))
    assert duplicates(run(engine=engine)) == {"b.xml: b.xml/fog": "its text is that of a.xml/fog"}
    corpus.remove("a.xml")
    report = run(engine=engine)
    assert (report.read, report.removed, report.duplicates) == (0, 1, ())
    assert found(index_path) == ["b.xml/fog#1", "b.xml/tide#1"]


# --- What is noted beside a file -----------------------------------------------------------------


def test_a_note_beside_a_file_is_read_and_so_is_its_change(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("fog", "It will lift.")
    corpus.write("fog.md.toml", 'published = "2024-05-01"')
    for name in ("fog.md", "fog.md.toml"):
        corpus.touch(name, -1000)
    run()
    assert published(index_path, "fog") == "2024-05-01"
    assert run().generation is None
    corpus.write("fog.md.toml", 'published = "2024-05-02"')
    assert check(corpus.path, index_path) == ["fog.md has changed since the index was built."]
    assert run().read == 1
    assert published(index_path, "fog") == "2024-05-02"
    corpus.remove("fog.md.toml")
    run()
    assert published(index_path, "fog") is None


def published(index_path: Path, article_id: str) -> str | None:
    with open_index(index_path) as index:
        article = index.article(article_id)
    assert article is not None
    return article.published


# --- Near-duplicates -----------------------------------------------------------------------------


def speech(*edits: int) -> str:
    """Three hundred words, of which those at these places were changed."""
    return " ".join(f"edited{n}" if n in edits else f"word{n}" for n in range(300)) + "."


def test_a_copy_with_small_edits_is_listed_with_the_earliest(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("a/late", speech(7), date="2024-03-09", outlet="The Gazette")
    corpus.interview("b/first", speech(), date="2024-03-08", outlet="The Lantern")
    corpus.interview("c/undated", speech(9), url="https://mirror.example/speech")
    report = run(engine=engine)
    assert (report.read, report.articles) == (3, 1)
    why = "it has nearly the same text as b/first"
    assert duplicates(report) == {"a/late.md": why, "c/undated.md": why}
    assert found(index_path) == ["b/first#1"]
    with open_index(index_path) as index:
        article = index.article("a/late")
    assert article is not None
    assert article.id == "b/first"
    assert [(one.id, one.outlet, one.published, one.url) for one in article.copies] == [
        ("a/late", "The Gazette", "2024-03-09", None),
        ("c/undated", "mirror.example", None, "https://mirror.example/speech"),
    ]


def test_a_near_duplicate_takes_the_place_of_an_article_that_goes_or_changes(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("a", speech(), date="2024-03-08", outlet="The Lantern")
    corpus.interview("b", speech(7), date="2024-03-09", outlet="The Gazette")
    corpus.interview("c", speech(9), date="2024-03-10", outlet="The Mirror")
    run(engine=engine)
    corpus.interview("a", "Quite another text.")
    report = run(engine=engine)
    assert (report.read, report.unchanged) == (1, 2)
    assert duplicates(report) == {"c.md": "it has nearly the same text as b"}
    assert found(index_path) == ["a#1", "b#1"]
    corpus.remove("b.md")
    report = run(engine=engine)
    assert (report.read, report.duplicates) == (0, ())
    assert found(index_path, "edited9") == ["c#1"]
    assert check(corpus.path, index_path) == []


def test_an_earlier_article_that_comes_later_takes_the_place_of_its_copy(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("a", speech(7), date="2024-03-09", outlet="The Gazette")
    run(engine=engine)
    corpus.interview("b", speech(), date="2024-03-08", outlet="The Lantern")
    assert duplicates(run(engine=engine)) == {"a.md": "it has nearly the same text as b"}
    assert found(index_path) == ["b#1"]


def test_a_copy_of_what_becomes_a_copy_itself_is_shown_if_it_is_not_like_the_earliest(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    middle, last = (10, 60, 110), (10, 60, 110, 140, 160, 210, 260, 290)
    corpus.interview("b", speech(*middle), date="2024-03-09", outlet="The Gazette")
    corpus.interview("c", speech(*last), date="2024-03-10", outlet="The Mirror")
    assert run(engine=engine).articles == 1
    corpus.interview("a", speech(), date="2024-03-08", outlet="The Lantern")
    assert duplicates(run(engine=engine)) == {"b.md": "it has nearly the same text as a"}
    assert found(index_path) == ["a#1", "c#1"]


@pytest.mark.parametrize(
    ("changed", "date", "outlet"),
    [
        (speech(7), "2024-04-20", "The Gazette"),  # long after
        (speech(7), "2024-03-11", "The Lantern"),  # the outlet's own form, filled in again
        (speech(), "2024-03-11", "The Lantern"),
        (speech().replace("word7 ", "word7 300 "), "2024-03-09", "The Gazette"),  # another sum
    ],
)
def test_nearly_the_same_words_may_be_another_article(
    corpus: CorpusFolder, run: Run, changed: str, date: str, outlet: str
) -> None:
    corpus.interview("a", speech(), date="2024-03-08", outlet="The Lantern")
    corpus.interview("b", changed, date=date, outlet=outlet)
    assert run().articles == 2


def test_short_notices_are_copies_only_if_they_have_the_same_words_title_and_day(
    corpus: CorpusFolder, run: Run
) -> None:
    corpus.interview("a", "The office is open.", title="Monday", date="2024-03-04")
    corpus.interview("b", "The office is open.", title="Tuesday", date="2024-03-04")
    corpus.interview("c", "The office is open.", title="Monday", date="2024-03-05")
    corpus.interview("d", "The office is open.", title="Monday", date="2024-03-04T12:00")
    corpus.interview("e", "The office is shut.", title="Monday", date="2024-03-04")
    assert duplicates(run()) == {"d.md": "its text is that of a"}


# --- Incremental and full are the same -----------------------------------------------------------


class Editing(RuleBasedStateMachine):
    """Articles come, change and go in any order; the index is brought up to date now and then."""

    folder: Path
    names = st.sampled_from(["a", "b", "c/d", "e"])
    texts = st.sampled_from(
        [
            *("One text.", "ONE TEXT", "A third.", ""),
            *(speech(), speech(7), speech(7, 60, 110), speech(7, 60, 110, 140, 160, 210, 260)),
        ]
    )
    fronts = st.fixed_dictionaries(
        {},
        optional={
            "date": st.sampled_from(["2024-03-01", "2024-03-20", "2024-04", "2024-04-15", "2025"]),
            "outlet": st.sampled_from(["The Lantern", "The Gazette", "The Mirror"]),
        },
    )

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.corpus = CorpusFolder(self.folder / "corpus")
        self.index = self.folder / "index"

    @rule(name=names, text=texts, front=fronts)
    def write(self, name: str, text: str, front: dict[str, str]) -> None:
        if text:
            self.corpus.interview(name, text, **front)
        else:
            self.corpus.write(f"{name}.md")

    @rule(name=st.sampled_from(["a", "f"]), items=st.lists(st.tuples(names, texts), max_size=4))
    def write_feed(self, name: str, items: list[tuple[str, str]]) -> None:
        self.corpus.write(f"{name}.xml", feed(*(f"{title}:{text}" for title, text in items)))

    @rule(name=names, front=fronts)
    def note(self, name: str, front: dict[str, str]) -> None:
        keys = {"date": "published", "outlet": "outlet"}
        lines = (f'{keys[key]} = "{value}"\n' for key, value in front.items())
        self.corpus.write(f"{name}.md.toml", "".join(lines))

    @rule(name=st.sampled_from(["a.md", "a.md.toml", "b.md", "c/d.md", "e.md", "a.xml", "f.xml"]))
    def remove(self, name: str) -> None:
        (self.corpus.path / name).unlink(missing_ok=True)

    @rule(optimize=st.booleans())
    def reindex(self, optimize: bool) -> None:
        self.run(self.index, optimize=optimize)

    def run(self, index: Path, **more: Any) -> IngestReport:
        options = ReindexOptions(
            self.corpus.path, index, engine="memory", jobs=1, accept_removals=True, **more
        )
        return reindex(options)

    @invariant()
    def an_update_makes_the_index_that_a_full_run_makes(self) -> None:
        dry = self.run(self.index, dry_run=True)
        report = self.run(self.index)
        updated = self.contents(self.index)
        assert (dry.articles, dry.passages) == updated[:2]
        assert told(dry) == told(report)
        anew = self.folder / "anew"
        assert told(self.run(anew, full=True)) == told(report)
        assert updated == self.contents(anew)
        paths = {path.partition(": ")[0] for path in skipped(report)}
        told_of = {one.partition(" ")[0] for one in check(self.corpus.path, self.index)}
        assert told_of <= paths

    @staticmethod
    def contents(index: Path) -> tuple[Any, ...]:
        info = generations.read_manifest(index).info
        path = index / info.generation / FILE
        with closing(Library(path)) as library:
            files = {(file.path, file.sha256, file.unreadable) for file in library.indexed.files()}
            articles = library.indexed.articles()
            copies = {one.article_id: library.copies(one.article_id) for one in articles}
        with closing(sqlite3.connect(path)) as db:
            pairs = sorted(NearDuplicates(db).pairs())
            texts = db.execute("SELECT digest FROM signatures ORDER BY digest").fetchall()
        counts = (info.articles, info.passages, info.fingerprint, info.speakers)
        return (*counts, files, articles, copies, pairs, texts, found(index))


def told(report: IngestReport) -> tuple[Any, ...]:
    return (report.articles, report.passages, report.skipped, report.duplicates)


@pytest.mark.slow
def test_an_updated_index_is_the_same_as_one_made_anew(tmp_path: Path) -> None:
    Editing.folder = tmp_path / "editing"
    run_state_machine_as_test(Editing, settings=settings(max_examples=20, stateful_step_count=8))


# --- Publishing ----------------------------------------------------------------------------------


def generations_in(index_path: Path) -> set[str]:
    return {path.name for path in index_path.iterdir() if path.is_dir()}


def test_the_previous_generation_is_kept_and_older_ones_are_not(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    index_path.mkdir()
    (index_path / "README.md").write_text("Generated.")
    names = []
    for number in range(4):
        corpus.interview("one", f"Word {number}.")
        names.append(run().generation)
    assert generations_in(index_path) == set(names[-2:])
    assert (index_path / "README.md").read_text() == "Generated."


def test_an_update_changes_no_file_of_the_generation_it_is_built_on(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("two", "A word more.")
    run(engine=engine)
    before = generations.read_manifest(index_path)
    corpus.interview("one", "Another word.")
    corpus.remove("two.md")
    run(engine=engine)
    before.files_in(index_path).verify(thoroughly=True)


def test_leftovers_of_a_crash_are_cleared(corpus: CorpusFolder, index_path: Path, run: Run) -> None:
    corpus.interview("one", "A word.")
    run()
    (index_path / "20200101T000000-00000000").mkdir()
    (index_path / "20200101T000000-00000000" / "half").write_text("half")
    (index_path / "current.json.new").write_text("{")
    run(full=True)
    assert len(generations_in(index_path)) == 2
    assert not (index_path / "current.json.new").exists()


def test_an_index_of_another_version_serves_until_the_new_one_is_whole(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    old = str(run().generation)
    manifest = json.loads((index_path / "current.json").read_text())
    (index_path / "current.json").write_text(json.dumps({**manifest, "schema": 999}))
    report = run()
    assert report.read == 1
    assert generations_in(index_path) == {old, report.generation}


def test_a_damaged_library_is_read_again_from_the_corpus(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    flip_last_byte(index_path / str(run(engine=engine).generation) / FILE)
    corpus.interview("two", "Another.")
    report = run(engine=engine)
    assert (report.read, report.repaired) == (2, "library.sqlite was changed or cut short")
    assert found(index_path) == ["one#1", "two#1"]


def test_damaged_files_of_an_engine_are_written_again_from_the_library(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", "A word.")
    folder = index_path / str(run(engine=engine).generation) / "engine"
    largest = max((path for path in folder.iterdir()), key=lambda path: path.stat().st_size)
    flip_last_byte(largest)
    report = run(engine=None)
    assert (report.engine, report.read, report.unchanged) == (engine, 0, 1)
    assert largest.name in str(report.repaired)
    assert found(index_path) == ["one#1"]
    assert run(engine=None).generation is None


def flip_last_byte(path: Path) -> None:
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))


@pytest.mark.parametrize("name", ["current.json", FILE, "engine/passages.jsonl"])
def test_an_index_that_cannot_be_opened_is_made_anew(
    corpus: CorpusFolder, index_path: Path, run: Run, name: str
) -> None:
    corpus.interview("one", "A word.")
    report = run()
    folder = index_path if name == "current.json" else index_path / str(report.generation)
    (folder / name).write_text("")
    assert run().generation
    assert found(index_path) == ["one#1"]


def test_a_second_writer_is_told_who_is_writing(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    with generations.locked(index_path), pytest.raises(IndexLocked, match=str(os.getpid())):
        run()
    assert run().articles == 1


# --- Worker processes ----------------------------------------------------------------------------


@pytest.fixture
def many(corpus: CorpusFolder) -> CorpusFolder:
    """More articles than are read in one process."""
    for number in range(70):
        corpus.interview(f"a{number:02}", f"Word {number} of seventy.")
    return corpus


@pytest.mark.slow
def test_many_articles_are_read_by_several_processes_in_the_same_way(
    many: CorpusFolder, index_path: Path, run: Run
) -> None:
    assert run(jobs=1).articles == 70
    alone = generations.read_manifest(index_path).info.fingerprint, found(index_path)
    assert run(jobs=2, full=True).articles == 70
    assert (generations.read_manifest(index_path).info.fingerprint, found(index_path)) == alone


class Steps:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int | None]] = []
        self.advanced = 0

    def begin(self, step: str, total: int | None) -> None:
        self.begun.append((step, total))

    def advance(self) -> None:
        self.advanced += 1


def test_progress_counts_every_file_also_those_that_are_skipped(
    corpus: CorpusFolder, index_path: Path
) -> None:
    corpus.interview("one", "A word.")
    corpus.write("blank.txt", " ")
    steps = Steps()
    reindex(ReindexOptions(corpus.path, index_path, engine="memory"), steps)
    assert steps.begun == [("Reading", 2), ("Indexing", 1), ("Writing", None)]
    assert steps.advanced == 3


# --- Check ---------------------------------------------------------------------------------------


@pytest.fixture
def indexed(corpus: CorpusFolder, index_path: Path, run: Run, engine: str) -> Iterator[Path]:
    """Return the library of a new index, with each engine."""
    corpus.interview("one", "A word.")
    corpus.interview("two", "Another.")
    return index_path / str(run(engine=engine).generation) / FILE


def test_a_fresh_index_is_whole(corpus: CorpusFolder, index_path: Path, indexed: Path) -> None:
    assert check(corpus.path, index_path) == []


def test_check_tells_how_the_corpus_went_on(
    corpus: CorpusFolder, index_path: Path, indexed: Path
) -> None:
    corpus.interview("one", "A word more.")
    corpus.remove("two.md")
    corpus.interview("three", "New.")
    assert check(corpus.path, index_path) == [
        "one.md has changed since the index was built.",
        "three.md is not in the index.",
        "two.md is in the index, but no longer in the corpus.",
    ]


def test_check_finds_a_changed_byte(corpus: CorpusFolder, index_path: Path, indexed: Path) -> None:
    indexed.write_bytes(indexed.read_bytes()[:-1] + b"\x01")
    (difference,) = check(corpus.path, index_path)
    assert FILE in difference
    assert "reindex --full" in difference


def test_check_compares_contents_of_unchanged_size_and_time_if_it_is_to_be_deep(
    corpus: CorpusFolder, index_path: Path, run: Run, commentary: Commentary
) -> None:
    file = corpus.interview("one", "A word.")
    corpus.touch("one.md", -1000)
    run()
    before = file.stat()
    file.write_text(file.read_text().replace("word", "ward"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    shallow, deep = commentary("check"), commentary("check", "--deep")
    assert (shallow.exit_code, deep.exit_code) == (0, 5)
    assert "were not read; --deep compares" in shallow.output
    assert deep.output == "one.md has changed since the index was built.\n"
    assert json.loads(commentary("check", "--json").output) == {"differences": [], "deep": False}


def test_check_does_not_call_changed_what_it_cannot_read(
    corpus: CorpusFolder, index_path: Path, indexed: Path
) -> None:
    (corpus.path / "one.md").with_suffix(".md.toml").symlink_to("nowhere")
    (difference,) = check(corpus.path, index_path, deep=True)
    assert difference.startswith("one.md is in the index, but cannot be compared: its sidecar")


def test_check_compares_the_ids_of_engine_and_library(
    corpus: CorpusFolder, index_path: Path, indexed: Path
) -> None:
    with closing(sqlite3.connect(indexed)) as db, db:
        one = "article = (SELECT number FROM articles WHERE id = 'one')"
        db.execute(f"UPDATE passages SET position = 9 WHERE {one}")
    manifest = generations.read_manifest(index_path)
    forged = {**manifest.files, FILE: sums(indexed.parent)[FILE]}
    generations.publish(index_path, generations.Manifest(manifest.info, forged))
    assert check(corpus.path, index_path) == [
        f"one#9 is in {FILE}, but the engine does not find it.",
        f"The engine finds one#1, but it is not in {FILE}.",
    ]
