"""Publication dates: right, wrong and missing days.

A wrong day counts as a false date and as a missed one, if the page states a day. Times do not
count.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from bench.extraction.others import Extract
from bench.extraction.pages import LANGUAGES, DatedPage, article, invented
from bench.extraction.scores import Score

PRINTED = {
    "en": (
        "May 03 2025, 11:55",
        "May 3, 2025",
        "3 May 2025",
        "3rd of May 2025",
        "Saturday, 3 May 2025, 9:05 a.m.",
        "03.May.2025",
        "Published: May 3, 2025",
        "Sat May 3, 2025 11:55 pm",
        "3-May-2025",
        "Sept. 14, 2025",
        "14.09.2025",
        "2025-09-14 18:20",
        "2025/09/14",
        "14/09/2025",
    ),
    "ru": (
        "3 мая 2025",
        "3 мая 2025 г., 11:55",
        "Суббота, 3 мая 2025 года",
        "14 сен 2025",
        "14.09.2025, 18:20",
    ),
    "hy": (
        "3 մայիսի 2025",
        "3 մայիսի, 2025",
        "2025 թ. մայիսի 3",
        "Մայիս 3, 2025",
        "14.09.2025",
        "14 սեպտեմբերի 2025թ.",
    ),
}
"""Forms in which outlets print a day: 14 September if the form has a 14, otherwise 3 May."""

AMBIGUOUS = "04/05/2025"
"""Could be either of two days, so ours reads no date."""


def invented_pages() -> Iterator[DatedPage]:
    """Make pages with each form as a dateline, in a ``<time>`` and in plain text.

    Others state their date only in the head or in JSON-LD, or have other dates in their text.
    """
    for language in LANGUAGES:
        for number, form in enumerate(PRINTED[language]):
            day = "2025-09-14" if "14" in form else "2025-05-03"
            line = escape(form)
            yield DatedPage(
                f"{language}-{number}-line.html", _page(language, f"<p>{line}</p>"), day
            )
            time = f'<div class="meta"><time>{line}</time></div>'
            yield DatedPage(f"{language}-{number}-time.html", _page(language, time), day)
            yield DatedPage(f"{language}-{number}-text.txt", _text(language, form), day)
    yield from _pages_with_stated_dates()


def _pages_with_stated_dates() -> Iterator[DatedPage]:
    """Make pages that state a date only in the head, in each usual tag, and pages without one."""
    day, moment = "2025-05-03", "2025-05-03T11:55:00+04:00"
    tags = [f'<meta {key}="{name}" content="{moment}">' for key, name in _META]
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": moment}
    for script in (data, {"@graph": [data]}, [data]):
        tags.append(f'<script type="application/ld+json">{json.dumps(script)}</script>')
    for number, tag in enumerate(tags):
        yield DatedPage(f"head-{number}.html", _page("en", "", head=tag), day)
    time = f'<p><time datetime="{moment}" pubdate>Saturday</time></p>'
    yield DatedPage("time-element.html", _page("en", time), day)
    updated = "<p>Updated: May 9, 2025</p>"
    yield DatedPage("only-updated.html", _page("en", updated), None)
    both = f"<p>Published: May 3, 2025</p>{updated}"
    yield DatedPage("published-and-updated.html", _page("en", both), day)
    yield DatedPage("ambiguous.html", _page("en", f"<p>{AMBIGUOUS}</p>"), None)
    sentence = (
        "<p>The treaty of 9 June 1987 was signed in the same hall, and so was its successor.</p>"
    )
    yield DatedPage("in-a-sentence.html", _page("en", "", body=sentence), None)
    yield DatedPage("copyright.html", _page("en", "", foot="© 2019–2024 Kesten Observer"), None)


_META = (
    ("property", "article:published_time"),
    ("name", "pubdate"),
    ("name", "date"),
    ("itemprop", "datePublished"),
    ("name", "DC.date.issued"),
    ("name", "parsely-pub-date"),
    ("property", "og:published_time"),
)


Reader = Callable[[DatedPage], Extract]


def measure(pages: Iterable[DatedPage], read: Reader) -> tuple[Score, list[str]]:
    """Compare the dates of all pages. Returns the counts and the errors."""
    score, errors = Score(), []
    for page in pages:
        day = (read(page).published or "")[:10] or None
        is_right = day is not None and day == page.published
        is_false = day is not None and not is_right
        is_missed = page.published is not None and not is_right
        score = score.plus(Score(is_right, is_false, is_missed))
        if is_false or is_missed:
            errors.append(f"{page.name}\tis {page.published}, read {day}")
    return score, errors


class Tally(NamedTuple):
    """Number of pages whose date is read (or rightly not read), misread, and missed."""

    right: int = 0
    wrong: int = 0
    none: int = 0


def tally(pages: Iterable[DatedPage], read: Reader) -> tuple[Tally, list[str]]:
    """Compare dates, as far as the pages tell them. Returns the counts and the errors."""
    counts: Counter[str] = Counter()
    errors = []
    for page in pages:
        date = (read(page).published or "")[:10] or None
        if page.published and date:
            is_right = date.startswith(page.published)
        else:
            is_right = date == page.published
        outcome = "right" if is_right else "wrong" if date else "none"
        counts[outcome] += 1
        if not is_right:
            errors.append(f"{page.name}\tis {page.published}, read {date}")
    return Tally(**counts), errors


def _page(language: str, dateline: str, *, head: str = "", body: str = "", foot: str = "") -> str:
    title = escape(str(invented(language)["title"]))
    paragraphs = "\n".join(f"<p>{line.html()}</p>" for line in article("report", language))
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><main><article><h1>{title}</h1>{dateline}
{paragraphs}{body}</article></main><footer><p>{foot}</p></footer></body></html>
"""


def _text(language: str, form: str) -> str:
    lines = (line.text for line in article("report", language))
    return "\n\n".join([str(invented(language)["title"]), form, *lines])
