"""An index, opened and asked."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import CorpusFolder, OpenCorpus, Run, found_ids

import indexer.storage.generations as generations
from indexer import (
    Index,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    InvalidSearchRequest,
    LiveIndex,
    SearchRequest,
    open_index,
)
from indexer.storage.generations import Manifest
from indexer.storage.integrity import sums


@pytest.fixture
def index(corpus: CorpusFolder, engine: str, open_corpus: OpenCorpus) -> Index:
    """Two people on a harbour, over three years and in two outlets, with each engine."""
    corpus.interview(
        "lantern/2023/lind",
        "We were promised a harbour wall. The wall is a postcard.",
        "Guarantees are what we asked for.",
        title="Ada Lind on the harbour",
        date="2023-05-03",
        outlet="The Lantern",
    )
    corpus.interview(
        "lantern/2024/brandt",
        "The harbour wall will stand by spring.",
        title="Ilse Brandt answers",
        speaker="Ilse Brandt",
        date="2024-10",
        outlet="The Lantern",
    )
    corpus.interview(
        "review/lind",
        "A wall is not a guarantee.",
        title="No more walls, says Ada Lind",
        outlet="Review",
    )
    return open_corpus(engine=engine)


def test_a_search_finds_ranks_and_marks(index: Index) -> None:
    results = index.search(SearchRequest("postcard"))
    (hit,) = results.hits
    assert hit.passage.id == "lantern/2023/lind#1"
    assert hit.passage.speaker == "Ada Lind"
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.highlights] == ["postcard"]
    assert hit.question is not None
    assert hit.question.text == "What of it, 1?"
    assert (results.total, results.articles, results.understood) == (1, 1, "postcard")
    assert results.index == index.info


def test_a_hit_shows_the_mark_in_the_title(index: Index) -> None:
    (hit, *_) = index.search(SearchRequest("title:harbour")).hits
    assert [hit.title.text[a:b] for a, b in hit.title.highlights] == ["harbour"]
    assert hit.snippet.highlights == ()


def test_facets_have_labels_and_stand_in_order(index: Index) -> None:
    facets = index.search(SearchRequest("wall")).facets
    assert [(one.value, one.label, one.count) for one in facets["speaker"]] == [
        ("ada-lind", "Ada Lind", 2),
        ("ilse-brandt", "Ilse Brandt", 1),
    ]
    assert [one.value for one in facets["year"]] == ["2024", "2023"]
    assert [one.value for one in facets["source"]] == ["The Lantern", "Review"]


def test_filters_combine_and_values_of_one_filter_are_alternatives(index: Index) -> None:
    assert found_ids(index, "wall", speakers=("ilse-brandt",)) == ["lantern/2024/brandt#1"]
    assert len(found_ids(index, "wall", speakers=("ilse-brandt", "Ada Lind"))) == 3
    assert found_ids(index, "wall", speakers=("Lind",), sources=("Review",)) == ["review/lind#1"]
    assert found_ids(index, "", roles=("narrative",)) == []


def test_filters_are_not_part_of_the_query_as_understood(index: Index) -> None:
    results = index.search(SearchRequest("wall", speakers=("lind",), since="2020"))
    assert results.understood == "wall"


def test_an_unknown_speaker_gives_nothing_and_says_so(index: Index) -> None:
    results = index.search(SearchRequest("wall", speakers=("Nobody",), sources=("Nowhere",)))
    assert results.total == 0
    told = " ".join(notice.message for notice in results.notices)
    assert "Nobody" in told
    assert "Nowhere" in told


def test_dates_leave_out_what_is_undated_and_count_it(index: Index) -> None:
    filtered = index.search(SearchRequest("wall", since="2024", until="2024-10-05"))
    typed = index.search(SearchRequest("wall date:2024"))
    for results in (filtered, typed):
        assert [hit.passage.id for hit in results.hits] == ["lantern/2024/brandt#1"]
        assert results.undated == 1


def test_dates_typed_and_dates_filtered_both_hold(index: Index) -> None:
    assert found_ids(index, "wall after:2024", until="2023") == []
    assert found_ids(index, "date:2023", since="2023-05-03", until="2023-05-03", limit=1)


def test_results_are_sorted_by_date_with_undated_ones_last(index: Index) -> None:
    assert [one.split("#")[0] for one in found_ids(index, "wall in:answer", sort="oldest")][-1] == (
        "review/lind"
    )
    assert found_ids(index, "wall", sort="newest")[0] == "lantern/2024/brandt#1"


def test_pages_follow_one_another(index: Index) -> None:
    pages = [found_ids(index, offset=offset, limit=1) for offset in range(5)]
    assert [one for page in pages for one in page] == found_ids(index)
    assert pages[4] == []


@pytest.mark.parametrize(
    ("wrong", "parameter"),
    [
        ({"since": "2020-02-31"}, "from"),
        ({"until": "soon"}, "to"),
        ({"since": "2021", "until": "2020"}, "from"),
        ({"sort": "drop table"}, "sort"),
        ({"roles": ("villain",)}, "role"),
        ({"offset": -1}, "page"),
        ({"limit": 0}, "per_page"),
        ({"limit": 101}, "per_page"),
    ],
)
def test_a_request_that_cannot_be_meant_names_its_parameter(
    index: Index, wrong: dict[str, Any], parameter: str
) -> None:
    with pytest.raises(InvalidSearchRequest) as refused:
        index.search(SearchRequest("wall", **wrong))
    assert refused.value.parameter == parameter


@pytest.mark.parametrize(
    "typed", ["", '"', "((", "* *", "\x00", "🙂", "speaker:", "x" * 10_000, "\ud800"]
)
def test_whatever_is_typed_is_answered(index: Index, typed: str) -> None:
    index.search(SearchRequest(typed))


def test_an_article_is_read_with_the_searched_words_marked(index: Index) -> None:
    view = index.article("lantern/2023/lind", "guarantee")
    assert view is not None
    assert (view.title, view.published, view.outlet) == (
        "Ada Lind on the harbour",
        "2023-05-03",
        "The Lantern",
    )
    texts = [one.text for one in view.passages]
    assert [text.text[a:b] for text in texts for a, b in text.highlights] == ["Guarantees"]
    assert index.article("lantern/none") is None


def test_a_part_of_an_article_has_the_positions_of_all_its_matches(index: Index) -> None:
    def positions(query: str) -> tuple[int, ...]:
        view = index.article("lantern/2023/lind", query, limit=1)
        assert view is not None
        assert len(view.passages) == 1
        return view.match_positions

    assert positions("guarantees") == (2,)
    assert positions("promised OR asked") == (1, 2)
    assert positions("spring") == ()
    assert positions("") == ()


def test_a_query_is_relaxed_in_an_article_only_if_it_matches_nowhere(index: Index) -> None:
    def positions(query: str) -> tuple[int, ...]:
        view = index.article("lantern/2023/lind", query, limit=1)
        assert view is not None
        return view.match_positions

    assert positions("promised wall zebra") == (1,)
    assert positions("wall stand spring harbour") == ()


def test_a_question_whose_answer_goes_on_stands_once(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("long", "\n\n".join(["The wall stands, and will stand. " * 30] * 3))
    run()
    with open_index(index_path) as index:
        view = index.article("long")
        assert view is not None
        assert [bool(one.question) for one in view.passages] == [True, False, False]
        assert all(one.passage.question for one in view.passages)


def test_the_newest_articles_come_without_their_passages(index: Index) -> None:
    newest = index.newest(2)
    assert [one.id for one in newest] == ["lantern/2024/brandt", "lantern/2023/lind"]
    assert newest[0].passages == ()


def test_suggested_searches_find_something(index: Index) -> None:
    suggested = index.suggested_searches()
    assert len(set(suggested)) == 3
    assert all(index.search(SearchRequest(query)).total for query in suggested)


def test_an_empty_index_answers(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    run(engine=engine)
    with open_index(index_path, verify=True) as index:
        assert index.search(SearchRequest("anything")).total == 0
        assert index.newest() == ()
        assert index.suggested_searches() == ()


def test_threads_ask_at_the_same_time(index: Index) -> None:
    expected = found_ids(index, "wall")
    with ThreadPoolExecutor(8) as threads:
        assert all(
            found == expected
            for found in threads.map(lambda _: found_ids(index, "wall"), range(99))
        )


def test_closing_twice_is_harmless(index: Index) -> None:
    index.close()
    index.close()


# --- What cannot be opened -----------------------------------------------------------------------


def test_without_an_index_the_command_to_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=re.escape(f"`reindex --index {tmp_path}`")):
        open_index(tmp_path)


def test_an_index_of_another_version_says_to_reindex(index: Index, index_path: Path) -> None:
    manifest = json.loads((index_path / "current.json").read_text())
    (index_path / "current.json").write_text(json.dumps({**manifest, "schema": 999}))
    with pytest.raises(IndexOutdated, match="`reindex"):
        open_index(index_path)


THIS_SCHEMA = f'{{"schema": {generations.SCHEMA}}}'


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "{}", THIS_SCHEMA, THIS_SCHEMA[:-1] + ', "info": {}, "files": []}', "\x00"],
)
def test_a_manifest_that_is_none_is_damage(index_path: Path, manifest: str) -> None:
    index_path.mkdir()
    (index_path / "current.json").write_text(manifest)
    with pytest.raises(IndexDamaged, match="`reindex --full"):
        open_index(index_path)


def test_a_manifest_cannot_lead_out_of_the_index(index: Index, index_path: Path) -> None:
    manifest = json.loads((index_path / "current.json").read_text())
    manifest["info"]["generation"] = "../elsewhere"
    (index_path / "current.json").write_text(json.dumps(manifest))
    with pytest.raises(IndexDamaged):
        open_index(index_path)


def files_of(index: Index, index_path: Path) -> list[Path]:
    """Return the files that answers are read from."""
    files = generations.read_manifest(index_path).files
    folder = index_path / index.info.generation
    return [path for name in sorted(files) if (path := folder / name).stat().st_size]


def test_a_missing_or_short_file_is_damage(index: Index, index_path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    for path in files_of(index, index_path):
        shutil.copy(path, kept)
        path.unlink()
        with pytest.raises(IndexDamaged, match=re.escape(path.name)):
            open_index(index_path)
        path.write_bytes(kept.read_bytes()[:-1])
        with pytest.raises(IndexDamaged, match="`reindex --full"):
            open_index(index_path)
        shutil.copy(kept, path)
        open_index(index_path).close()


def test_a_changed_byte_is_found_by_both_checksums(index: Index, index_path: Path) -> None:
    for path in files_of(index, index_path):
        whole = path.read_bytes()
        for place in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
            for verify in (False, True):
                with pytest.raises(IndexDamaged, match=re.escape(path.name)):
                    open_index(index_path, verify=verify)
        path.write_bytes(whole)


def test_what_changes_under_an_open_index_is_named_and_answers_no_search(
    index: Index, index_path: Path, engine: str
) -> None:
    live = LiveIndex(index_path)
    right = found_ids(live.current(), "wall", sort="newest")
    for path in files_of(index, index_path):
        whole = path.read_bytes()
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        # A file that Tantivy has mapped and that is cut ends the process: see the tests of `serve`.
        cut = [] if engine == "tantivy" else [b"", whole[:middle]]
        for damage in (flipped, bytes(len(whole)), *cut):
            with path.open("r+b") as file:
                file.write(damage)
                file.truncate()
            opened = live.current()
            with pytest.raises(IndexDamaged, match="`reindex --full"):
                found_ids(opened, "wall", sort="newest")
            with path.open("r+b") as file:
                file.write(whole)
            assert found_ids(live.current(), "wall", sort="newest") == right
    index.close()


def test_a_new_link_to_a_file_is_no_damage(index: Index, index_path: Path, tmp_path: Path) -> None:
    for number, path in enumerate(files_of(index, index_path)):
        (tmp_path / f"{number}").hardlink_to(path)
    assert found_ids(index, "postcard") == ["lantern/2023/lind#1"]


def test_a_changed_manifest_is_damage(index: Index, index_path: Path) -> None:
    assert index.info.passages == 4
    manifest = index_path / "current.json"
    manifest.write_text(manifest.read_text().replace('"passages": 4', '"passages": 5'))
    with pytest.raises(IndexDamaged, match=r"current\.json"):
        open_index(index_path)


class Planted:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.write_text, (self._path, "run")


@pytest.fixture
def planted(corpus: CorpusFolder, index_path: Path, run: Run, tmp_path: Path) -> Path:
    """Plant a pickle in place of Whoosh's list of segments; return what it would write."""
    corpus.interview("one", "The first word.")
    run(engine="whoosh")
    target = tmp_path / "planted"
    (toc,) = index_path.rglob("*.toc")
    whole = toc.read_bytes()
    start = whole.rindex(b"\x80", 0, whole.index(b"W3Segment"))
    toc.write_bytes(whole[:start] + pickle.dumps(Planted(target)))
    return target


def test_a_small_file_that_was_changed_is_never_opened(index_path: Path, planted: Path) -> None:
    with pytest.raises(IndexDamaged):
        open_index(index_path)
    assert not planted.exists()


def test_an_index_runs_nothing_that_was_planted_in_it(index_path: Path, planted: Path) -> None:
    manifest = generations.read_manifest(index_path)
    forged = replace(manifest, files=sums(index_path / manifest.info.generation))
    (index_path / "current.json").write_text(forged.as_json())
    with pytest.raises(IndexDamaged, match="must not hold"):
        open_index(index_path)
    assert not planted.exists()


# --- The index as it is now ----------------------------------------------------------------------


def test_a_new_generation_is_served_at_once(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    live = LiveIndex(index_path)
    with pytest.raises(IndexMissing):
        live.current()
    corpus.interview("one", "The first word.")
    run(engine=engine)
    first = live.current()
    assert found_ids(first, "word") == ["one#1"]
    assert live.current() is first
    corpus.interview("two", "Another word.")
    run(engine=engine)
    assert sorted(found_ids(live.current(), "word")) == ["one#1", "two#1"]
    assert found_ids(first, "word") == ["one#1"]


def test_portions_that_are_found_after_publishes_are_those_of_the_old_generation(
    corpus: CorpusFolder,
    index_path: Path,
    run: Run,
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexer.search.executor._PORTION", 1)
    corpus.interview("one", *(f"Word number {number}." for number in range(10)))
    run(engine=engine)
    live = LiveIndex(index_path)
    reading = live.current().every(SearchRequest("word", sort="oldest"))
    found = [next(reading).id]
    for number in range(3):
        corpus.interview("one", f"Only word {number}.")
        run(engine=engine)
        assert len(found_ids(live.current(), "word")) == 1
    found += [passage.id for passage in reading]
    assert found == [f"one#{number}" for number in range(1, 11)]


def test_what_is_replaced_still_answers_those_who_hold_it(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    live = LiveIndex(index_path)
    for number in range(4):
        corpus.interview(f"a{number}", f"Word number {number}.")
        run()
        held = live.current()
        assert len(found_ids(held)) == number + 1
    shutil.rmtree(index_path)
    assert len(found_ids(held)) == 4
    with pytest.raises(IndexUnavailable):
        live.current()


def test_a_damaged_new_generation_keeps_being_an_error_until_it_is_mended(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    run()
    live = LiveIndex(index_path)
    live.current()
    report = run(full=True)
    (index_path / str(report.generation) / "library.sqlite").unlink()
    for _ in range(3):
        with pytest.raises(IndexDamaged):
            live.current()
    run(full=True)
    assert found_ids(live.current()) == ["one#1"]


def test_threads_see_one_index_while_it_is_replaced(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    run()
    live, stopped, answers = LiveIndex(index_path), threading.Event(), []

    def ask() -> None:
        while not stopped.is_set():
            answers.append(len(found_ids(live.current(), "word")))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        corpus.interview(f"more-{number}", f"Word {number}.")
        run()
    stopped.set()
    for thread in threads:
        thread.join()
    assert set(answers) <= {1, 2, 3, 4, 5, 6}
    assert len(found_ids(live.current(), "word")) == 6


def test_an_index_that_is_replaced_while_it_is_opened_is_not_taken_for_damaged(
    corpus: CorpusFolder, index_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.interview("one", "A word.")
    run()
    held = generations.held

    def held_late(path: Path, manifest: Manifest) -> AbstractContextManager[None]:
        monkeypatch.setattr(generations, "held", held)
        for name in ("two", "three", "four"):
            corpus.interview(name, f"Word {name}.")
            run()
        return held(path, manifest)

    monkeypatch.setattr(generations, "held", held_late)
    with open_index(index_path) as opened:
        assert len(found_ids(opened, "word")) == 4


def test_a_request_is_echoed_as_it_was_made(index: Index) -> None:
    request = SearchRequest("wall", sort="newest")
    assert index.search(request).request == request
    assert index.search(replace(request, query="gull")).total == 0
