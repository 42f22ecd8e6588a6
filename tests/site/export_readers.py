"""Exports read back by other programs, and passages to export."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

import bibtexparser
import rispy

from indexer import FoundPassage, IndexInfo, Passage, SearchRequest, SearchResults
from search_app import create_app
from search_app.exports.formats import RENDERERS

Fields: TypeAlias = dict[str, str]

ATOM = "{http://www.w3.org/2005/Atom}"


def read_csv(text: str) -> list[Fields]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def read_jsonl(text: str) -> list[Fields]:
    _, *passages = map(json.loads, text.splitlines())
    return [
        {
            "permalink": passage["permalink"],
            "text": passage["text"],
            "speaker": passage["speaker"]["name"] or "",
            "author": passage["author"] or "",
            "title": passage["article"]["title"],
        }
        for passage in passages
    ]


def read_bib(text: str) -> list[Fields]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    entries = [{key: field.value for key, field in e.fields_dict.items()} for e in library.entries]
    return [
        {
            "permalink": permalink(unescaped(entry["note"])),
            "text": unescaped(entry["abstract"]),
            "author": turned_back(unescaped(entry.get("author", "").strip("{}"))),
            "title": unescaped(entry["title"]),
        }
        for entry in entries
    ]


def read_ris(text: str) -> list[Fields]:
    return [
        {
            "permalink": permalink(record["notes"][0]),
            "text": record.get("abstract", ""),
            "author": turned_back(record.get("authors", [""])[0]),
            "title": record.get("title", ""),
        }
        for record in rispy.loads(text)
    ]


def read_csl(text: str) -> list[Fields]:
    return [
        {
            "permalink": permalink(item["note"]),
            "text": item["abstract"],
            "author": " ".join(map(_in_order, item.get("author", []))),
            "title": item["title"],
        }
        for item in json.loads(text)
    ]


def _in_order(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['given']} {name['family']}"


def read_atom(text: str) -> list[Fields]:
    return [
        {
            "permalink": entry.findtext(f"{ATOM}id", ""),
            "text": entry.findtext(f"{ATOM}content", ""),
            "speaker": entry.findtext(f"{ATOM}author/{ATOM}name", ""),
            "title": entry.findtext(f"{ATOM}title", ""),
        }
        for entry in ElementTree.fromstring(text).iter(f"{ATOM}entry")
    ]


READERS: dict[str, Callable[[str], list[Fields]]] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "bib": read_bib,
    "ris": read_ris,
    "atom": read_atom,
    "csl.json": read_csl,
}


def permalink(note: str) -> str:
    match = re.match(r"Passage \d+: (\S+#p\d+)", note)
    assert match is not None, note
    return match[1]


def turned_back(name: str) -> str:
    return re.sub(r"^(\w+), ([\w ]+)$", r"\2 \1", name)


def unescaped(field: str) -> str:
    """Undo the LaTeX escapes of a field."""
    signs = {
        r"\textbackslash{}": "\\",
        r"\textbraceleft{}": "{",
        r"\textbraceright{}": "}",
        r"\textasciitilde{}": "~",
        r"\textasciicircum{}": "^",
    }
    return re.sub(r"\\text\w+\{\}|\\(.)", lambda sign: signs.get(sign[0]) or sign[1], field)


def passage(**fields: object) -> Passage:
    """Make an answer by Ada Lind with some fields replaced."""
    answer = Passage(
        id="lantern/lind#1",
        article_id="lantern/lind",
        position=1,
        title="A promise",
        role="answer",
        text="The ferryman does.",
        question="Why so?",
        speaker="Ada Lind",
        speaker_id="ada-lind",
        published="2025-05-03",
        outlet="The Lantern",
        url="https://lantern.example/lind",
    )
    return replace(answer, **fields)  # type: ignore[arg-type]


def results() -> SearchResults:
    """Make the results of a search."""
    info = IndexInfo("memory", "1", "0123456789abcdef", "2025-06-01T12:00:00+00:00", 3, 9, 2)
    request = SearchRequest("promise")
    scopes = {"said": 1, "asked": 0, "headline": 0, "all": 1}
    return SearchResults(request, "promise", (), 1, 1, (), {}, {}, (), 0, scopes, 0.5, info)


def found(passage: Passage) -> FoundPassage:
    """Find a passage by its own words."""
    return FoundPassage(passage, "said")


def rendered(suffix: str, *passages: Passage) -> str:
    """Write passages in a format, as they are sent."""
    with APP.test_request_context():
        text = "".join(RENDERERS[suffix].render(results(), map(found, passages)))
    return text.encode().decode()


APP = create_app(Path("no-index-is-needed"))
