"""Invented pages with a list of dated headlines in every position and markup."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import product
from typing import NamedTuple

from bench.extraction.pages import KINDS, LANGUAGES, Line, article, invented

PLACINGS = ("aside", "named div", "plain div", "in the container", "br soup", "text", "glued")
POSITIONS = ("top", "middle", "end")
MARKUP = ("ul", "table", "p", "dl", "div")
STATED = ("nothing", "meta", "dateline")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIRST_DAY = date(2025, 11, 3)
PUBLISHED = date(2025, 5, 20)


class Sidebar(NamedTuple):
    """Description of a page: its article, and the place and markup of its list of headlines."""

    number: int
    kind: str
    placing: str
    position: str
    language: str
    markup: str
    linked: bool
    titled: bool
    date_first: bool
    date_form: int
    stated: str

    @property
    def suffix(self) -> str:
        """Suffix of the file: ``.txt`` for plain text."""
        return ".txt" if self.placing == "text" else ".html"


def sidebars(rounds: int) -> Iterator[Sidebar]:
    """Combine every kind, placing and position ``rounds`` times; other properties are random."""
    drawn = random.Random(2026)
    combined = product(range(rounds), KINDS, PLACINGS, POSITIONS)
    for number, (_, kind, placing, position) in enumerate(combined):
        yield Sidebar(
            number,
            kind,
            placing,
            position,
            language=drawn.choice(LANGUAGES),
            markup=drawn.choice(MARKUP),
            linked=drawn.random() < 0.5,
            titled=placing == "glued" or drawn.random() < 0.6,
            date_first=placing != "glued" and drawn.random() < 0.5,
            date_form=drawn.randrange(4),
            stated=drawn.choice(STATED if placing != "text" else ("nothing", "dateline")),
        )


def headlines(sidebar: Sidebar) -> list[tuple[str, str]]:
    """Draw the headlines of a list, each with its date as printed."""
    drawn = random.Random(sidebar.number)
    titles = drawn.sample(invented(sidebar.language)["headlines"], drawn.randint(3, 7))
    days = [_FIRST_DAY - timedelta(days=drawn.randint(0, 400)) for _ in titles]
    dates = [printed(day, sidebar.date_form) for day in days]
    return list(zip(titles, dates, strict=True))


def printed(day: date, form: int) -> str:
    """Print a day in one of four forms."""
    month = _MONTHS[day.month - 1]
    return (
        f"{day.day}.{month}.{day.year}",
        f"{month} {day.day:02} {day.year}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
    )[form]


def page(sidebar: Sidebar) -> str:
    """Write the page, or the plain text."""
    lines = article(sidebar.kind, sidebar.language)
    if sidebar.placing == "text":
        return _text(sidebar, lines)
    if sidebar.placing == "br soup":
        return _page(sidebar, "<br><br>\n".join(_soup(sidebar, lines)))
    paragraphs = [f"<p>{line.html()}</p>" for line in lines]
    at = _place(sidebar, lines)
    if sidebar.placing == "glued":
        title, *rest = listed_lines(sidebar)
        first, *others = rest
        last = lines[at - 1].html()
        paragraphs[at - 1] = f"<p>{last}{escape(title)}{escape(first)}</p>"
        listed = "\n".join(f"<p>{escape(item)}</p>" for item in others)
    else:
        listed = _listed(sidebar)
    outside = sidebar.placing == "aside" and sidebar.position != "middle"
    if outside:
        body = f"<article>{chr(10).join(paragraphs)}</article>"
        return _page(sidebar, f"{listed}{body}" if sidebar.position == "top" else f"{body}{listed}")
    return _page(sidebar, "\n".join([*paragraphs[:at], listed, *paragraphs[at:]]))


def _place(sidebar: Sidebar, lines: Sequence[Line]) -> int:
    """Count the paragraphs before the list: at least one if the list is glued to it."""
    first = 1 if sidebar.placing == "glued" else 0
    return {"top": first, "middle": len(lines) // 2, "end": len(lines)}[sidebar.position]


def listed_lines(sidebar: Sidebar) -> Iterator[str]:
    """List the lines of a list: title, headlines and dates."""
    if sidebar.titled:
        titles = invented(sidebar.language)["list_titles"]
        yield titles[sidebar.number % len(titles)]
    for headline, day in headlines(sidebar):
        yield from (day, headline) if sidebar.date_first else (headline, day)


def _listed(sidebar: Sidebar) -> str:
    title, *items = listed_lines(sidebar) if sidebar.titled else ("", *listed_lines(sidebar))
    rows = [_row(sidebar, pair) for pair in zip(items[::2], items[1::2], strict=True)]
    inside = "\n".join(rows)
    if sidebar.markup in ("ul", "table", "dl"):
        inside = f"<{sidebar.markup}>{inside}</{sidebar.markup}>"
    heading = f"<h3>{escape(title)}</h3>" if title else ""
    opening, closing = {
        "aside": ("<aside>", "</aside>"),
        "named div": ('<div class="latest-news">', "</div>"),
        "plain div": ("<div>", "</div>"),
    }.get(sidebar.placing, ("", ""))
    return f"{opening}{heading}\n{inside}{closing}"


def _row(sidebar: Sidebar, pair: tuple[str, str]) -> str:
    first, second = (escape(part) for part in pair)
    if sidebar.linked:
        link = '<a href="/news/{}">{}</a>'
        at = sidebar.number
        first, second = (
            (first, link.format(at, second))
            if sidebar.date_first
            else (link.format(at, first), second)
        )
    return {
        "ul": f"<li>{first}<br>{second}</li>",
        "table": f"<tr><td>{first}</td><td>{second}</td></tr>",
        "p": f"<p>{first}</p><p>{second}</p>",
        "dl": f"<dt>{first}</dt><dd>{second}</dd>",
        "div": f"<div><span>{first}</span> <span>{second}</span></div>",
    }[sidebar.markup]


def _soup(sidebar: Sidebar, lines: Sequence[Line]) -> list[str]:
    at = _place(sidebar, lines)
    items = "<br>\n".join(escape(item) for item in listed_lines(sidebar))
    whole = [line.html() for line in lines]
    return [*whole[:at], items, *whole[at:]]


def _text(sidebar: Sidebar, lines: Sequence[Line]) -> str:
    at = _place(sidebar, lines)
    whole = [line.text for line in lines]
    head = [str(invented(sidebar.language)["title"])]
    if sidebar.stated == "dateline":
        head.append(f"{PUBLISHED:%d.%m.%Y}")
    between = "\n" if sidebar.number % 2 else "\n\n"
    return between.join([*head, *whole[:at], *listed_lines(sidebar), *whole[at:]])


def _page(sidebar: Sidebar, body: str) -> str:
    title = escape(str(invented(sidebar.language)["title"]))
    meta = dateline = ""
    if sidebar.stated == "meta":
        moment = f"{PUBLISHED.isoformat()}T09:30:00+04:00"
        meta = f'<meta property="article:published_time" content="{moment}">'
    elif sidebar.stated == "dateline":
        dateline = f'<p class="when">{PUBLISHED:%d.%m.%Y}</p>'
    return f"""<!doctype html>
<html lang="{sidebar.language}"><head><meta charset="utf-8"><title>{title}</title>{meta}</head>
<body><header><nav><ul><li><a href="/">Kesten Observer</a></li><li><a href="/world">World</a></li>
<li><a href="/opinion">Opinion</a></li></ul></nav></header>
<main><h1>{title}</h1>{dateline}
<div class="content">{body}</div></main>
<footer><p>© Kesten Observer. All rights reserved.</p></footer></body></html>
"""
