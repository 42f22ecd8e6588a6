"""Outlets and folders whose articles are their authors' own words, by ``speakers.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import CorpusFolder, Run

from indexer import SearchRequest, open_index
from indexer.people.speakers_toml import parse_aliases

BLOGS = '[[outlet]]\nfolder = "blogs"\nauthored = true\n'


def post(author: str, text: str = "The wall must go.", **more: str) -> str:
    facts = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: No wall\nauthor: {author}\n{facts}---\n\n{text}\n"


@pytest.fixture
def blogs(corpus: CorpusFolder) -> CorpusFolder:
    """Write posts of one and of two authors, an interview, and news of the same author."""
    corpus.write("blogs/one.md", post("Jane Reed"))
    corpus.write("blogs/two.md", post("Jane Reed and Tomas Arel", "The wall must stay."))
    corpus.interview("blogs/talk", "The wall.", "A wall.", author="Jane Reed")
    quoted = "“The wall stays,” said Ada Lind on the radio this morning."
    corpus.write("blogs/quoted.md", post("Jane Reed", f"A wall is dear.\n\n{quoted}"))
    corpus.write("news/three.md", post("Jane Reed", "The wall was seen.", outlet="Herald"))
    return corpus


def said(index_path: Path, query: str) -> dict[str, Any]:
    with open_index(index_path) as index:
        hits = index.search(SearchRequest(query, limit=50)).hits
        return {hit.passage.article_id: hit.passage for hit in hits}


def test_bylines_of_a_folder_are_speakers_without_reading_again(
    blogs: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    run(engine=engine)
    assert said(index_path, "speaker:reed") == {}
    blogs.write("speakers.toml", BLOGS)
    assert run(engine=engine).read == 0
    own = said(index_path, "speaker:reed in:statement evidence:authored")
    assert own.keys() == {"blogs/one", "blogs/quoted"}
    assert own["blogs/one"].speaker == "Jane Reed"
    assert own["blogs/one"].speaker_id == "jane-reed"
    assert own["blogs/one"].attribution == "Jane Reed"
    assert said(index_path, "speaker:lind wall").keys() == {"blogs/talk", "blogs/quoted"}
    (blogs.path / "speakers.toml").unlink()
    assert run(engine=engine).read == 0
    assert said(index_path, "speaker:reed") == {}
    assert said(index_path, "in:narrative author:reed wall").keys() >= {"blogs/one", "news/three"}


def test_an_outlet_is_named_too_and_later_articles_follow(
    blogs: CorpusFolder, index_path: Path, run: Run
) -> None:
    blogs.write("speakers.toml", '[[outlet]]\nname = "Herald"\nauthored = true\n')
    run()
    assert said(index_path, "speaker:reed").keys() == {"news/three"}
    blogs.write("news/four.md", post("Jane Reed", "The wall is old.", outlet="Herald"))
    run()
    assert said(index_path, "speaker:reed").keys() == {"news/three", "news/four"}
    (blogs.path / "news/three.md").unlink()
    run()
    assert said(index_path, "speaker:reed").keys() == {"news/four"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("authored = true", "write either name or folder"),
        ('name = "A"\nfolder = "b"\nauthored = true', "write either name or folder"),
        ('name = "A"', "write authored as true or false"),
        ('name = "A"\nauthored = "yes"', "write authored as true or false"),
        ('name = "A"\nauthor = true', "unknown key 'author'"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_holds(row: str, problem: str) -> None:
    aliases = parse_aliases(f"[[outlet]]\n{row}\n{BLOGS}".encode())
    assert [outlet.folder for outlet in aliases.outlets] == ["blogs"]
    (named,) = aliases.problems
    assert named.startswith("outlet 1: ")
    assert problem in named


def test_a_row_that_says_no_changes_nothing() -> None:
    aliases = parse_aliases(b'[[outlet]]\nname = "Herald"\nauthored = false\n')
    assert (aliases.outlets, aliases.problems) == ((), ())
