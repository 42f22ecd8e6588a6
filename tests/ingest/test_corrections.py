"""Corrections in sidecars: one passage is whose words the keeper says, whatever else is read."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from conftest import CorpusFolder, Run

from indexer import Index, Passage, SearchRequest, open_index
from indexer.ingest.pipeline import ingest
from indexer.records import IngestedFile
from indexer.text.digests import passage_digest

INTERVIEW = """\
---
title: The tide
date: 2020-01-02
outlet: The Lantern
---

**Was it late?**

**Nara Velidze:** The tide was late, and so was the ferry.

**And the port?**

**Nara Velidze:** The port is shut until the spring.
"""
FIRST, SECOND = "The tide was late, and so was the ferry.", "The port is shut until the spring."


def read(sidecar: str, text: str = INTERVIEW, name: str = "a.md") -> IngestedFile:
    return ingest(text.encode(), PurePosixPath(name), sidecar.encode())


def correction(**fields: object) -> str:
    values = (str(one).lower() if isinstance(one, bool) else repr(one) for one in fields.values())
    return "[[corrections]]\n" + "\n".join(map("{} = {}".format, fields, values))


def speakers(found: IngestedFile) -> list[str | None]:
    return [passage.speaker for article in found.articles for passage in article.passages]


def test_a_passage_is_whose_words_the_correction_says() -> None:
    found = read(correction(passage=2, speaker="Otto Brandt", office="Mayor"))
    first, second = found.articles[0].passages
    assert (first.speaker, first.evidence) == ("Nara Velidze", "label")
    assert (second.speaker, second.speaker_id, second.speaker_role) == (
        "Otto Brandt",
        "otto-brandt",
        "Mayor",
    )
    assert (second.evidence, second.attribution, second.as_printed) == ("corrected", None, None)
    assert found.problems == ()


def test_a_passage_that_nobody_says_has_no_speaker() -> None:
    found = read(correction(passage=1, speaker=False))
    assert speakers(found) == [None, "Nara Velidze"]
    assert found.articles[0].passages[0].evidence == "corrected"


def test_the_digest_finds_the_passage_after_the_numbers_have_moved() -> None:
    moved = INTERVIEW.replace("**Was it", "**Why?**\n\n**Ada Lind:** A new answer.\n\n**Was it")
    fix = correction(passage=2, digest=passage_digest("a", SECOND), speaker="Otto Brandt")
    assert speakers(read(fix, moved))[-2:] == ["Nara Velidze", "Otto Brandt"]
    assert len(speakers(read(fix, moved))) > len(speakers(read(fix)))


@pytest.mark.parametrize(
    ("fix", "problem"),
    [
        (correction(passage=9, speaker="O"), "no passage is that of a correction (passage 9)"),
        (
            correction(passage=1, digest="0" * 16, speaker="O"),
            "no passage is that of a correction (passage 1, digest 0000000000000000)",
        ),
        (correction(passage=1, article="b", speaker="O"), "(passage 1, article b)"),
        (correction(passage=1, speaker="O", who="O"), "correction 1: unknown key 'who'"),
        (correction(speaker="O"), "it names no passage: write passage or digest"),
        (correction(passage=0, speaker="O"), "passage is not a number from 1"),
        (correction(passage=True, speaker="O"), "passage is not a number from 1"),
        (correction(digest="x", speaker="O"), "digest is not 16 digits from 0 to f"),
        (correction(passage=1), "speaker = false if nobody says it"),
        (correction(passage=1, speaker=" "), "speaker = false if nobody says it"),
        (correction(passage=1, speaker=True), "speaker = false if nobody says it"),
        (correction(passage=1, speaker="O", office=3), "office is not a text"),
        ("corrections = 3", "write a [[corrections]] table for each passage"),
        ("corrections = [3]", "correction 1: it is no table"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_named_and_the_article_stays(
    fix: str, problem: str
) -> None:
    found = read(fix)
    assert speakers(found) == ["Nara Velidze", "Nara Velidze"]
    (named,) = found.problems
    assert problem in named


def test_in_a_file_of_several_articles_the_correction_names_one() -> None:
    items = "".join(
        f"<item><title>{title}</title><description>Ada Lind said that the {title} tide was late,"
        " and that nobody in the port had been told of it in time.</description></item>"
        for title in ("low", "high")
    )
    feed = f"<rss><channel>{items}</channel></rss>"
    found = read(correction(passage=1, article="high", speaker="Otto Brandt"), feed, "f.xml")
    said = {one.article.id: one.passages[0].speaker for one in found.articles}
    assert said["f.xml/high"] == "Otto Brandt"
    assert said["f.xml/low"] != "Otto Brandt"


# --- In a corpus ---------------------------------------------------------------------------------


def by_text(index: Index) -> dict[str, Passage]:
    return {one.text: one for one in index.every(SearchRequest())}


def test_a_correction_shows_at_the_next_run_and_wins_over_all_that_is_printed(
    corpus: CorpusFolder, run: Run, index_path: Path
) -> None:
    corpus.write("a.md", INTERVIEW)
    corpus.interview("b", "Elsewhere too.", speaker="Nara Velidze", outlet="The Lantern")
    run()
    corpus.write("a.md.toml", correction(digest=passage_digest("a", SECOND), speaker="Velidze"))
    report = run()
    assert (report.read, report.skipped) == (1, ())
    with open_index(index_path) as index:
        found = by_text(index)
        assert (found[FIRST].speaker_id, found[SECOND].speaker_id) == ("nara-velidze", "velidze")
        assert found[SECOND].evidence == "corrected"
        speaker = index.speaker("velidze")
        assert speaker
        assert [form.reason for form in speaker.forms] == ["set right by the keeper"]


def test_a_corrected_name_is_the_person_whom_the_corpus_prints_so(
    corpus: CorpusFolder, run: Run, index_path: Path
) -> None:
    corpus.write("a.md", INTERVIEW)
    corpus.write("a.md.toml", correction(passage=2, speaker="N. Velidze"))
    corpus.write("speakers.toml", '[[speaker]]\nname = "Nara Velidze"\naliases = ["N. Velidze"]\n')
    run()
    with open_index(index_path) as index:
        assert by_text(index)[SECOND].speaker == "Nara Velidze"


def test_a_correction_whose_passage_is_gone_is_named_at_each_run(
    corpus: CorpusFolder, run: Run
) -> None:
    corpus.write("a.md", INTERVIEW)
    corpus.write("a.md.toml", correction(passage=3, speaker="Otto Brandt"))
    for _ in range(2):
        (named,) = run().skipped
        assert named.path == "a.md.toml"
        assert named.reason == "no passage is that of a correction (passage 3)"
