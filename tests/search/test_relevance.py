"""``python -m bench.relevance`` counts right, and its table comes from what is really asked."""

from __future__ import annotations

import json
import lzma
from itertools import chain
from math import log2
from pathlib import Path

import pytest

from bench.relevance.measures import Figures, figures, mean
from bench.relevance.others import fts5
from bench.relevance.ours import PARTS, ours, without
from bench.relevance.questions import FILE, Task, task, typed
from indexer.engines import engine_names

TOPICS = ("harbour dredging barge silt", "ferry timetable winter ice", "lighthouse lamp keeper oil")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three invented transcripts in the format of the real ones."""
    lines = []
    for number, topic in enumerate(TOPICS * 10):
        turns = [
            {"role": "speech", "text": f"Good morning to all of you on day {number}."},
            {"role": "question", "text": f"What about the {topic}, please?"},
            {"role": "answer", "text": f"The {topic} will be paid for by the port council."},
            {"role": "answer", "text": "No."},
            {"role": "question", "text": "Really?"},
            {"role": "answer", "text": "We shall see about all of that when the spring comes."},
        ]
        lines.append(json.dumps({"id": f"day-{number:02}", "title": "A briefing", "turns": turns}))
    (tmp_path / FILE).write_bytes(lzma.compress("\n".join(lines).encode()))
    return tmp_path


@pytest.fixture
def invented(data: Path) -> Task:
    return task(data, 100)


def test_the_first_place_of_a_relevant_passage_is_what_its_reciprocal_rank_tells() -> None:
    assert figures(["a", "b", "c"], {"c", "b"}).reciprocal_rank == 1 / 2
    assert figures([*"abcdefghij", "right"], {"right"}).reciprocal_rank == 0


def test_gains_are_discounted_by_place_and_compared_with_the_best_order() -> None:
    assert figures(["a", "b"], {"a", "b"}).ndcg == 1
    best = 1 + 1 / log2(3)
    assert figures(["x", "a", "y", "b"], {"a", "b"}).ndcg == (1 / log2(3) + 1 / log2(5)) / best
    many = {str(number) for number in range(12)}
    assert figures(sorted(many), many).ndcg == 1


def test_recall_is_the_share_of_the_relevant_ones_among_the_first_hundred() -> None:
    ranking = [str(number) for number in range(200)]
    assert figures(ranking, {"0", "99", "100", "nowhere"}).recall == 0.5


def test_nothing_found_is_nought_and_a_mean_is_taken_figure_by_figure() -> None:
    assert figures([], {"a"}) == Figures(0, 0, 0)
    assert mean([Figures(1, 0, 0.5), Figures(0, 0, 1)]) == Figures(0.5, 0, 0.75)


def test_answers_are_searched_without_their_questions(invented: Task) -> None:
    texts = [passage.text for passage in invented.passages]
    assert len(texts) == 30 * 4
    assert not any("What about" in text or "Really" in text for text in texts)
    assert all(passage.question is None for passage in invented.passages)


def test_of_a_long_question_only_as_much_is_asked_as_may_be_typed() -> None:
    assert typed("word " * 100) == " ".join(["word"] * 60)
    assert len(typed("unpronounceable " * 59)) <= 512


def test_only_questions_of_telling_words_are_asked_and_what_follows_answers_them(
    data: Path,
) -> None:
    lines = [*map(json.loads, lzma.decompress((data / FILE).read_bytes()).splitlines())]
    rare = ("quay", "crane", "winch", "buoy", "tide")
    lines[0]["turns"][1]["text"] = f"What about {' '.join(rare)}?"
    lines[0]["turns"][2]["text"] = f"Of {' '.join(rare)} there will be no more from now on."
    (data / FILE).write_bytes(lzma.compress("\n".join(map(json.dumps, lines)).encode()))
    found = task(data, 100)
    assert found.total == 60
    assert [question.answers for question in found.questions] == [{"day-00#2"}]
    (question,) = found.questions
    keywords = question.keywords.split(" OR ")
    assert 2 <= len(keywords) <= 4
    assert set(keywords) <= set(rare)


@pytest.mark.parametrize("engine", engine_names())
def test_ours_ranks_what_was_asked_for_first(tmp_path: Path, invented: Task, engine: str) -> None:
    with ours(tmp_path, engine, invented.passages) as rank:
        ranked = rank("What about the lighthouse lamp?")
    assert {passage_id.partition("#")[2] for passage_id in ranked[:10]} == {"2"}
    assert len(set(ranked)) == len(ranked)


def test_every_part_of_the_ranking_changes_scores_and_comes_back(
    tmp_path: Path, invented: Task
) -> None:
    before = list(chain.from_iterable(PARTS.values()))
    with ours(tmp_path, "whoosh", invented.passages) as rank:
        whole = rank("harbour dredging")
        for part in PARTS:
            with without(part):
                assert set(rank("harbour dredging")) == set(whole)
        assert rank("harbour dredging") == whole
    assert list(chain.from_iterable(PARTS.values())) == before


def test_sqlite_is_asked_for_any_of_the_words(invented: Task) -> None:
    rank = fts5(invented.passages, frozenset({"the"}))
    assert {one.partition("#")[2] for one in rank("the winter ferries")} == {"2"}
    assert rank("the") == rank("?") == []
