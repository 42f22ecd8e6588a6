"""Quotations in invented reports of many languages: whose are they, right, wrong or unknown?

A name that the report does not give for the words is wrong, whether the words have another speaker,
or nobody is named for them, or they are no quotation at all. Wrong is far worse than unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple

from bench.extraction.ours import read
from bench.extraction.quotations import is_same
from indexer.records import Quotation

_SAID = re.compile(r"\{(?P<speaker>[^|{}]*)\|(?P<words>[^{}]*)\}")


class Report(NamedTuple):
    """A report as it is printed, and the words that are said in it, each with its speaker."""

    language: str
    unseen: bool
    text: str
    said: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Named:
    """Counts of quotations by whether their speaker is found, and those that are not right."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    errors: list[str] = field(default_factory=list)


def reports() -> Iterator[Report]:
    """Yield the invented reports."""
    text = resources.files(__package__).joinpath("quotations_by_language.toml").read_text("utf-8")
    for row in tomllib.loads(text)["report"]:
        marked = "\n\n".join([row["title"], *row["paragraphs"]])
        said = tuple((m["speaker"], m["words"]) for m in _SAID.finditer(marked))
        unmarked = _SAID.sub(lambda m: m["words"], marked)
        yield Report(row["language"], row.get("unseen", False), unmarked, said)


def measure(some: Sequence[Report]) -> Named:
    """Count the quotations of reports by whether their speaker is right, wrong or unknown."""
    named = Named()
    for report in some:
        ingested = read(report.text.encode(), "report.txt")
        mine = list(ingested.quotations) if ingested else []
        claimed: list[Quotation] = []
        for speaker, words in report.said:
            found = next((q for q in mine if is_same(q.text, words) or words in q.text), None)
            if found is not None:
                claimed.append(found)
            _count(named, report, words, speaker, _name(found))
        for other in mine:
            if other not in claimed and other.speaker is not None:
                _count(named, report, other.text, "", other.speaker.name)
    return named


def _count(named: Named, report: Report, words: str, speaker: str, read_as: str) -> None:
    if read_as and read_as != speaker:
        named.wrong += 1
    elif speaker and not read_as:
        named.unknown += 1
    elif speaker:
        named.right += 1
    if read_as != speaker:
        named.errors.append(f"{report.language}\tsays {speaker}, read {read_as}\t{words}")


def _name(found: Quotation | None) -> str:
    return found.speaker.name if found is not None and found.speaker else ""
