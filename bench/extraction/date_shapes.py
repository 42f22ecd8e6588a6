"""Invented pages in fifteen languages whose date is known, in the shapes that outlets use.

A third of the shapes, and the printed forms that go with them, were written before any page of
them was read. Their first score was 417 right, 15 wrong (all of one shape) and 3 missing.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Any, NamedTuple, TypeAlias

from bench.extraction.pages import DatedPage

DAY, LATER, EVENT, EARLIER, LAST_YEAR = (
    "2025-05-03",
    "2025-05-09",
    "2025-06-12",
    "2025-04-17",
    "2024-12-02",
)
SITE = "https://gazette.example"
SLASHES = ("fr", "es", "pt", "it")
"""Languages that print the day before the month with slashes; in others 04/03/2025 is unclear."""

IMPLAUSIBLE = (
    "0001-01-01T00:00:00",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:00:00-01:00",
    "2041-05-03",
    "9999-12-31",
    "2025-02-30",
)

Words: TypeAlias = Mapping[str, Any]


class Shape(NamedTuple):
    """A page: what is in its head, around and in its article, and the date it was published.

    ``top`` is above the headline, ``meta`` below it, ``end`` after the text, ``aside`` after the
    article. ``date`` is what must be read, ``None`` if the page does not tell.
    """

    date: str | None
    head: str = ""
    bar: str = ""
    top: str = ""
    meta: str = ""
    lead: str = ""
    end: str = ""
    aside: str = ""


Shapes: TypeAlias = Callable[[str, Words], Iterator[tuple[str, Shape]]]


@cache
def _languages() -> Mapping[str, Words]:
    text = resources.files(__package__).joinpath("date_shapes.toml").read_text("utf-8")
    return tomllib.loads(text)


def seen() -> Iterator[DatedPage]:
    """Make the pages that the rules were written for."""
    yield from _pages(_printed, _labels, _elements, _stated, _zones, _addresses, _no_dates)


def unseen() -> Iterator[DatedPage]:
    """Make the pages of the shapes that were written before any of them was read."""
    yield from _pages(_other_forms, _lists, _conflicts, _machine, _traps)


def _pages(*groups: Shapes) -> Iterator[DatedPage]:
    for language, words in _languages().items():
        for group in groups:
            for name, shape in group(language, words):
                yield DatedPage(
                    f"{language}-{name}.html", _html(language, words, shape), shape.date
                )


_NAVIGATION = """<nav><ul><li><a href="/">Gazette</a></li>
<li><a href="/news">News</a></li></ul></nav>"""


def _html(language: str, words: Words, shape: Shape) -> str:
    title = escape(words["title"])
    first, *others = (escape(paragraph) for paragraph in words["paragraphs"])
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in (shape.lead + first, *others))
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title} | Gazette</title>
<meta property="og:title" content="{title}">{shape.head}</head>
<body>{shape.bar}{_NAVIGATION}
<main><article>{shape.top}<h1>{title}</h1>{shape.meta}
<div class="content">{text}</div>{shape.end}</article>{shape.aside}</main>
<footer><p>© Gazette 2019–2025</p></footer></body></html>
"""


# --- Parts of a page -----------------------------------------------------------------------------


def _days(words: Words) -> dict[str, str]:
    return dict(zip((DAY, LATER, EVENT, EARLIER, LAST_YEAR), words["days"], strict=True))


def _json_ld(**stated: str) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **stated}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _canonical(path: str) -> str:
    return f'<link rel="canonical" href="{SITE}{path}">'


def _teasers(words: Words, form: str = "{}") -> str:
    days = _days(words)
    items = "".join(
        f'<li><a href="/x"><h3>{escape(words["teaser"])}</h3></a>'
        f"<span class='date'>{form.format(days[day])}</span></li>"
        for day in (LATER, EARLIER, EVENT)
    )
    return f'<section class="more"><ul>{items}</ul></section>'


# --- Seen ----------------------------------------------------------------------------------------


def _printed(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    for number, form in enumerate(words["printed"]):
        yield f"printed-{number}", Shape(DAY, meta=f"<p class='meta'>{form}</p>")
    yield "above", Shape(DAY, top=f"<div class='topline'>{days[DAY]}</div>")
    yield "byline", Shape(DAY, meta=f"<p>{words['byline'].format(days[DAY])}</p>")
    yield "place", Shape(DAY, lead=words["place"].format(days[DAY]))
    bar = f"<div class='bar'>{days[EVENT]}</div>"
    yield "today-in-a-bar", Shape(DAY, bar=bar, meta=f"<p>{days[DAY]}</p>")
    slashed = "2025-03-04" if language in SLASHES else None
    yield "unclear", Shape(slashed, meta="<p>04/03/2025</p>")
    proof = "<p>27/02/2025</p>"
    yield "proven", Shape("2025-03-04", meta="<p>04/03/2025</p>", aside=f"<aside>{proof}</aside>")


def _labels(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    published, updated = words["published"].format(days[DAY]), words["updated"].format(days[LATER])
    yield "published", Shape(DAY, meta=f"<p>{published}</p><p>{updated}</p>")
    yield "updated-first", Shape(DAY, meta=f"<p>{updated}</p><p>{published}</p>")
    yield "one-line", Shape(DAY, meta=f"<p>{updated} | {published}</p>")
    yield "only-updated", Shape(None, meta=f"<p>{updated}</p>")
    yield "at-the-end", Shape(DAY, end=f"<p>{words['posted'].format(days[DAY])}</p>")
    yield "event", Shape(None, meta=f"<p>{words['event'].format(days[EVENT])}</p>")


def _elements(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    moment = f'datetime="{DAY}T09:05:00+02:00"'
    yield "time", Shape(DAY, meta=f"<time class='entry-date published' {moment}>3 d</time>")
    yield "pubdate", Shape(DAY, meta=f"<p><time pubdate {moment}>3 d</time></p>")
    yield "time-updated", Shape(None, meta=f"<p><time class='updated' {moment}>3 d</time></p>")
    listed = _teasers(words)
    yield "teasers", Shape(None, aside=listed)
    yield "date-and-teasers", Shape(DAY, meta=f"<p>{days[DAY]}</p>", aside=listed)
    comments = "".join(
        f"<div class='comment'><p>Jon Berg</p><p>{days[day]}</p><p>{words['teaser']}</p></div>"
        for day in (LATER, EVENT)
    )
    comments = f"<div id='comments'>{comments}</div>"
    yield "comments", Shape(None, aside=comments)
    yield "date-and-comments", Shape(DAY, meta=f"<p>{days[DAY]}</p>", aside=comments)


def _stated(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    published = f"<p>{words['published'].format(days[DAY])}</p>"
    head = _json_ld(datePublished=f"{EVENT}T08:00:00+02:00")
    yield "republished", Shape(DAY, head=head, meta=published)
    yield "modified", Shape(None, head=_json_ld(dateModified=f"{LATER}T08:00:00+02:00"))
    both = _json_ld(datePublished=DAY, dateModified=LATER)
    yield "published-and-modified", Shape(DAY, head=both)
    for number, moment in enumerate(IMPLAUSIBLE):
        head = f'<meta property="article:published_time" content="{moment}">'
        yield f"implausible-{number}", Shape(None, head=head)
        yield f"implausible-{number}-printed", Shape(DAY, head=head, meta=f"<p>{days[DAY]}</p>")


def _zones(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    west = _json_ld(datePublished="2025-05-04T02:41:00Z")
    east = _json_ld(datePublished="2025-05-02T22:30:00Z")
    printed = f"<p>{days[DAY]}</p>"
    yield "west-printed", Shape(DAY, head=west, meta=printed)
    yield "east-printed", Shape(DAY, head=east, meta=printed)
    yield "west-address", Shape(DAY, head=west + _canonical("/2025/05/03/a-crane"))
    yield "no-witness", Shape("2025-05-04", head=west)
    local = _json_ld(datePublished="2025-05-04T02:41:00Z", dateModified="2025-05-03T23:10:00-04:00")
    yield "zone-of-the-page", Shape(DAY, head=local)


def _addresses(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    yield "address-day", Shape(DAY, head=_canonical("/news/2025/05/03/a-crane.html"))
    yield "address-month", Shape("2025-05", head=_canonical("/2025/05/a-crane"))
    yield "address-year", Shape(None, head=_canonical("/2025/a-crane"))


def _no_dates(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    yield "nothing", Shape(None)
    told = f"<p>{words['paragraphs'][0]} ({days[LAST_YEAR]}) {words['paragraphs'][1]}</p>"
    yield "in-a-sentence", Shape(None, end=told)


# --- Unseen --------------------------------------------------------------------------------------


def _other_forms(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    for number, form in enumerate(words["unseen"]):
        meta = f"<div class='article-info'><span>{form}</span></div>"
        yield f"form-{number}", Shape(DAY, meta=meta)
    day, _, rest = _days(words)[DAY].partition(" ")
    month, _, year = rest.rpartition(" ")
    split = f"<p><span>{day}</span> <span>{month}</span> <span>{year}</span></p>"
    yield "in-spans", Shape(DAY, meta=split)
    soup = f"<p>Ruta Jansen<br>{_days(words)[DAY]}<br>{escape(words['paragraphs'][0])}</p>"
    yield "in-a-soup", Shape(DAY, meta=soup)


def _lists(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    labels = [words[name].format("").strip(" :՝") for name in ("published", "updated")]
    pairs = zip(labels, (days[DAY], days[LATER]), strict=True)
    rows = "".join(f"<dt>{term}</dt><dd>{date}</dd>" for term, date in pairs)
    yield "definition-list", Shape(DAY, meta=f"<dl>{rows}</dl>")
    info = f"<ul class='info'><li>Ruta Jansen</li><li>{days[DAY]}</li><li>4 min</li></ul>"
    yield "info-list", Shape(DAY, meta=info)
    label = words["event"].format("").strip(" :՝")
    yield "event-label-before", Shape(None, meta=f"<p>{label}</p><p>{days[EVENT]}</p>")
    yield "range", Shape(None, meta=f"<p>{days[EARLIER]} – {days[DAY]}</p>")
    aside = f"<aside>{_teasers(words, words['published'])}</aside>"
    yield "labelled-teasers", Shape(None, aside=aside)
    ticker = (
        f"<div class='ticker'><a href='/y'>{words['teaser']}</a> <span>{days[EVENT]}</span></div>"
    )
    yield "ticker-above", Shape(DAY, bar=ticker, meta=f"<p>{days[DAY]}</p>")


def _conflicts(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    stated = f'<meta property="article:published_time" content="{EARLIER}T07:00:00+00:00">'
    modified = f'<meta property="article:modified_time" content="{LATER}T07:00:00+00:00">'
    updated = f"<p>{words['updated'].format(days[LATER])}</p>"
    yield "stated-and-updated", Shape(EARLIER, head=stated, meta=updated)
    printed = f"<p>{days[LATER]}</p>"
    yield "printed-is-modified", Shape(EARLIER, head=stated + modified, meta=printed)
    head = _json_ld(datePublished=f"{EVENT}T08:00:00+02:00", dateModified=f"{EVENT}T08:00:00+02:00")
    yield "republished-unnamed", Shape(DAY, head=head, meta=f"<p>{days[DAY]}</p>")
    east = _json_ld(datePublished="2025-05-02T22:30:00.000Z")
    og_url = f'<meta property="og:url" content="{SITE}/2025/05/03/a-crane/">'
    yield "east-address", Shape(DAY, head=east + og_url)
    generic = f'<meta name="date" content="{LATER}">'
    published = f"<p>{words['published'].format(days[EARLIER])}</p>"
    yield "generic-date", Shape(EARLIER, head=generic, meta=published)


def _machine(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    comment = (
        "<div itemscope itemtype='https://schema.org/Comment'>"
        f"<meta itemprop='datePublished' content='{EARLIER}'><p>{words['teaser']}</p></div>"
    )
    own = f"<meta itemprop='datePublished' content='{DAY}'>"
    yield "microdata", Shape(DAY, meta=own, aside=comment)
    yield "microdata-of-a-comment", Shape(None, aside=comment)
    plain = f"<div><time datetime='{DAY}'>{days[DAY]}</time></div>"
    yield "plain-time", Shape(DAY, meta=plain)
    broken = _json_ld(datePublished=f"{DAY}T08:00:00+02:00").replace('"@type"', ',"@type"')
    yield "broken-json-ld", Shape(DAY, head=broken)
    page = json.dumps({"@graph": [{"@type": "WebPage", "datePublished": DAY}]})
    yield "web-page", Shape(DAY, head=f'<script type="application/ld+json">{page}</script>')
    video = json.dumps({"@type": "VideoObject", "datePublished": EARLIER, "uploadDate": EARLIER})
    yield "video", Shape(None, head=f'<script type="application/ld+json">{video}</script>')


def _traps(language: str, words: Words) -> Iterator[tuple[str, Shape]]:
    days = _days(words)
    yield "date-in-a-slug", Shape(None, head=_canonical("/summit-of-2025-06-12-in-ilven"))
    archived = '<link rel="canonical" href="https://web.archive.org/web/20250612101112/'
    archived += f'{SITE}/a-crane">'
    yield "archived", Shape(DAY, head=archived, meta=f"<p>{days[DAY]}</p>")
    yield "archived-only", Shape(None, head=archived)
    figure = f"<figure><img src='a.jpg'><figcaption>{days[LAST_YEAR]}</figcaption></figure>"
    yield "caption", Shape(None, meta=figure)
    future = days[DAY].replace("2025", "2041")
    yield "future", Shape(None, meta=f"<p>{future}</p>")
    quoted = f"<blockquote><p>{days[LAST_YEAR]}</p></blockquote>"
    yield "quoted", Shape(None, end=quoted)
