"""Pages with a list of dated headlines beside, around or inside the article.

Counted are lines of the list (its title, headlines, dates) that stand in a passage, sentences of
the article that stand in none, and pages that are given a date which only the list prints, or
another one than is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.extraction.others import Extract, Extractor
from bench.extraction.ours import said
from bench.extraction.pages import article, sentences
from bench.extraction.scores import words
from bench.extraction.sidebar_pages import PUBLISHED, Sidebar, listed_lines, page


@dataclass(slots=True)
class Leaks:
    """What went wrong on so many pages; ``wrong`` tells each."""

    pages: int = 0
    leaked: int = 0
    lost: int = 0
    dates: int = 0
    dates_missed: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(pages: Iterable[Sidebar], read: Callable[[str, Sidebar], Extract]) -> Leaks:
    """What went wrong on all pages."""
    leaks = Leaks()
    for sidebar in pages:
        leaks.pages += 1
        _look(sidebar, read(page(sidebar), sidebar), leaks)
    return leaks


def ours(html: str, sidebar: Sidebar) -> Extract:
    """The passages, questions and all, and the date that ingesting gives."""
    return said(html.encode(), f"page{sidebar.suffix}")


def theirs(extract: Extractor) -> Callable[[str, Sidebar], Extract]:
    """What another extractor finds."""
    return lambda html, _: extract(html)


def _look(sidebar: Sidebar, found: Extract, leaks: Leaks) -> None:
    text = _spaced(found.text)
    name = " / ".join(str(value) for value in sidebar)
    for line in listed_lines(sidebar):
        if _spaced(line) in text:
            leaks.leaked += 1
            leaks.wrong.append(f"leaked\t{name}\t{line}")
    for paragraph in article(sidebar.kind, sidebar.language):
        for sentence in sentences(paragraph):
            if _spaced(sentence) not in text:
                leaks.lost += 1
                leaks.wrong.append(f"lost\t{name}\t{sentence}")
    stated = None if sidebar.stated == "nothing" else PUBLISHED.isoformat()
    day = found.published and found.published[:10]
    if day and day != stated:
        leaks.dates += 1
        leaks.wrong.append(f"false date\t{name}\t{day}")
    elif stated and not day:
        leaks.dates_missed += 1
        leaks.wrong.append(f"no date\t{name}\t")


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "
