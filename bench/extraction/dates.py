"""Publication dates: right, wrong and missing days.

Of every page that states its day, a right one is found, a wrong one is both a false find and a
miss. Pages that state none can only be wrong. Times do not count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from bench.extraction.others import Extract
from bench.extraction.pages import LANGUAGES, article, invented
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
"""Ways in which outlets print a day; it is 14 September where the text says so, else 3 May."""

AMBIGUOUS = "04/05/2025"
"""May be two days, and is no date of ours."""


class Dated(NamedTuple):
    """A page, the name of its file, and its day of publication, if any is stated."""

    name: str
    html: str
    published: str | None


def invented_pages() -> Iterator[Dated]:
    """Every printed form as a dateline, in a ``<time>``, and in plain text; and dates that the
    head of a page or its JSON-LD states, with other dates in the text."""
    for language in LANGUAGES:
        for number, form in enumerate(PRINTED[language]):
            day = "2025-09-14" if "14" in form else "2025-05-03"
            line = escape(form)
            yield Dated(f"{language}-{number}-line.html", _page(language, f"<p>{line}</p>"), day)
            time = f'<div class="meta"><time>{line}</time></div>'
            yield Dated(f"{language}-{number}-time.html", _page(language, time), day)
            yield Dated(f"{language}-{number}-text.txt", _text(language, form), day)
    yield from _stated()


def _stated() -> Iterator[Dated]:
    """Dates that only the head of a page states, of every usual tag; and pages without any."""
    day, moment = "2025-05-03", "2025-05-03T11:55:00+04:00"
    tags = [f'<meta {key}="{name}" content="{moment}">' for key, name in _META]
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": moment}
    for script in (data, {"@graph": [data]}, [data]):
        tags.append(f'<script type="application/ld+json">{json.dumps(script)}</script>')
    for number, tag in enumerate(tags):
        yield Dated(f"head-{number}.html", _page("en", "", head=tag), day)
    time = f'<p><time datetime="{moment}" pubdate>Saturday</time></p>'
    yield Dated("time-element.html", _page("en", time), day)
    updated = "<p>Updated: May 9, 2025</p>"
    yield Dated("only-updated.html", _page("en", updated), None)
    both = f"<p>Published: May 3, 2025</p>{updated}"
    yield Dated("published-and-updated.html", _page("en", both), day)
    yield Dated("ambiguous.html", _page("en", f"<p>{AMBIGUOUS}</p>"), None)
    told = "<p>The treaty of 9 June 1987 was signed in the same hall, and so was its successor.</p>"
    yield Dated("in-a-sentence.html", _page("en", "", body=told), None)
    yield Dated("copyright.html", _page("en", "", foot="© 2019–2024 Kesten Observer"), None)


_META = (
    ("property", "article:published_time"),
    ("name", "pubdate"),
    ("name", "date"),
    ("itemprop", "datePublished"),
    ("name", "DC.date.issued"),
    ("name", "parsely-pub-date"),
    ("property", "og:published_time"),
)


Reader = Callable[[Dated], Extract]


def measure(pages: Iterable[Dated], read: Reader) -> tuple[Score, list[str]]:
    """The counts over all pages, and what went wrong."""
    score, wrong = Score(), []
    for page in pages:
        found = (read(page).published or "")[:10] or None
        is_right = found is not None and found == page.published
        is_false = found is not None and not is_right
        is_missed = page.published is not None and not is_right
        score = score.plus(Score(is_right, is_false, is_missed))
        if is_false or is_missed:
            wrong.append(f"{page.name}\tis {page.published}, read {found}")
    return score, wrong


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
