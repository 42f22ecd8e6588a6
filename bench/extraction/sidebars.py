"""Pages with a list of dated headlines next to, around or inside the article.

Errors are lines of the list (title, headlines, dates) in a passage, sentences of the article in no
passage, and pages with a date other than the one they state, such as one of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.extraction.others import Extract, Extractor
from bench.extraction.ours import passages
from bench.extraction.pages import article, sentences
from bench.extraction.scores import words
from bench.extraction.sidebar_pages import PUBLISHED, Sidebar, listed_lines, page


@dataclass(slots=True)
class Leaks:
    """Numbers of errors on pages, and the errors themselves."""

    pages: int = 0
    leaked: int = 0
    lost: int = 0
    dates: int = 0
    dates_missed: int = 0
    errors: list[str] = field(default_factory=list)


def measure(pages: Iterable[Sidebar], read: Callable[[str, Sidebar], Extract]) -> Leaks:
    """Count the errors on all pages."""
    leaks = Leaks()
    for sidebar in pages:
        leaks.pages += 1
        _compare(sidebar, read(page(sidebar), sidebar), leaks)
    return leaks


def ours(html: str, sidebar: Sidebar) -> Extract:
    """Read a page with our ingest: passages with their questions, and the date."""
    return passages(html.encode(), f"page{sidebar.suffix}")


def theirs(extract: Extractor) -> Callable[[str, Sidebar], Extract]:
    """Read pages with another extractor."""
    return lambda html, _: extract(html)


def _compare(sidebar: Sidebar, extract: Extract, leaks: Leaks) -> None:
    text = _spaced(extract.text)
    name = " / ".join(str(value) for value in sidebar)
    for line in listed_lines(sidebar):
        if _spaced(line) in text:
            leaks.leaked += 1
            leaks.errors.append(f"leaked\t{name}\t{line}")
    for paragraph in article(sidebar.kind, sidebar.language):
        for sentence in sentences(paragraph):
            if _spaced(sentence) not in text:
                leaks.lost += 1
                leaks.errors.append(f"lost\t{name}\t{sentence}")
    stated = None if sidebar.stated == "nothing" else PUBLISHED.isoformat()
    day = extract.published and extract.published[:10]
    if day and day != stated:
        leaks.dates += 1
        leaks.errors.append(f"false date\t{name}\t{day}")
    elif stated and not day:
        leaks.dates_missed += 1
        leaks.errors.append(f"no date\t{name}\t")


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "
