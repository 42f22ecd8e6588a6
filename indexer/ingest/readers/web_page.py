"""Saved web pages: the located text, and what the page states about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape, unescape
from itertools import takewhile

from lxml.etree import Comment, LxmlError, ProcessingInstruction
from lxml.html import HtmlElement

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import decode
from indexer.ingest.html.bylines import bylines_near, kickers
from indexer.ingest.html.copies import without_second_copy
from indexer.ingest.html.dating import NOWHERE, Origin, page_dates
from indexer.ingest.html.headline import Headline
from indexer.ingest.html.main_text import MainText, main_text
from indexer.ingest.html.markup import parsed, parsed_blocks
from indexer.ingest.html.metadata import PageMetadata
from indexer.ingest.lines.dates import is_date_line
from indexer.records import Article, Dropped, Paragraph
from indexer.text.bare_words import bare_words
from indexer.text.lengths import letter_count
from indexer.text.sentences import STOPS, WIDE_STOPS

_LARGEST_PAGE = 5_000_000
"""Characters of a page; a larger one is no article, and would take the extractor minutes."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.I)

MIN_STATED_LETTERS = 250
"""A shorter text in the metadata is a summary."""

_OF_A_HEAD = frozenset(
    (
        *(Comment, ProcessingInstruction, "title", "meta", "link", "base", "style", "script"),
        *("noscript", "template", "object"),
    )
)

_TAG = re.compile(r"</?(?:p|br|div)\b", re.I)
MAX_TAG = 2000
"""Characters of a tag; what is longer after the last "<" of a file is text."""

_LAST_TAGS = re.compile(r"</(?:html|body)\s*", re.I)


def read(data: bytes, article_id: str) -> tuple[Article]:
    """Read the article of a saved page: located text, and the statements of its metadata."""
    return (article_of_page(decode(data), article_id),)


def article_of_page(text: str, article_id: str, origin: Origin = NOWHERE) -> Article:
    """Read the article of a page; its address is that of its ``origin`` if it does not say so.

    Raises `UnreadableArticle` with the reason if there is none.
    """
    page = _tree(text)
    meta = PageMetadata(page)
    main = without_second_copy(_with_stated_body(main_text(page), meta))
    stated = meta.title() or ""
    title = stated or _first_line(main.kept) or article_id.rpartition("/")[2]
    kept, above = _below_headline(main.kept, title)
    lead = _lead(main, title)
    first = main.kept[0].text if main.kept else None
    headline = Headline(main.blocks, stated, first)
    dates = page_dates(page, meta, headline, origin)
    kept = [p for p in kept if not _repeats(p, title) and not _is_dateline(p, dates.evidence)]
    dropped = [line for line in (*above, *main.dropped) if line.text not in lead]
    if not kept:
        raise UnreadableArticle("the page has no article text")
    return Article(
        id=article_id,
        title=title,
        paragraphs=(*map(Paragraph, lead), *kept),
        published=dates.published.published if dates.published else None,
        date_precision=dates.published.precision if dates.published else None,
        date_evidence=dates.evidence,
        byline=meta.byline(),
        bylines=bylines_near(headline),
        sections=(*meta.sections(), *kickers(headline)),
        outlet=meta.outlet(),
        url=meta.url() or origin.address,
        updated=dates.updated.published if dates.updated else None,
        language=meta.language(),
        dropped=tuple(dropped),
        note=main.note,
    )


def _tree(text: str) -> HtmlElement:
    if len(text) > _LARGEST_PAGE:
        raise UnreadableArticle(
            f"the page has {len(text):,} characters; {_LARGEST_PAGE:,} are read"
        )
    if _stops_in_a_tag(text):
        raise UnreadableArticle("the file stops in the middle of a tag: half-written?")
    # lxml takes no text that declares an encoding of its own: it has been decoded already.
    markup = _DECLARATION.sub("", text if "<" in text else f"<pre>{text}</pre>")
    try:
        page = parsed(markup)
    except LxmlError as error:
        raise UnreadableArticle("the page has no article text") from error
    _end_head(page)
    return page


def _end_head(page: HtmlElement) -> None:
    """Move what belongs to the body there, as browsers do where ``</head>`` is left out.

    lxml keeps elements that it does not know in the head: ``<article>``, ``<main>``, ``<section>``.
    """
    head, body = page.find("head"), page.find("body")
    if head is None:
        return
    strays = [element for element in head if element.tag not in _OF_A_HEAD]
    if strays and body is None:
        body = page.makeelement("body")
        page.append(body)
    for number, element in enumerate(strays):
        body.insert(number, element)


def _stops_in_a_tag(text: str) -> bool:
    """Return whether a text ends inside a tag, other than the last one of a page."""
    last = text[max(0, text.rfind("<")) :]
    is_open = last.startswith("<") and ">" not in last and len(last) <= MAX_TAG
    return is_open and not _LAST_TAGS.fullmatch(last)


def _with_stated_body(main: MainText, meta: PageMetadata) -> MainText:
    """Take the text of the metadata instead, if the page itself has hardly any of it."""
    body = [block.paragraph for block in parsed_blocks(_as_html(meta.body()))]
    letters = _letters(body)
    if letters < MIN_STATED_LETTERS or _letters(main.kept) > letters / 2:
        return main
    return replace(main, kept=tuple(body), note="the text is in JSON-LD articleBody")


def _letters(paragraphs: Iterable[Paragraph]) -> int:
    return sum(letter_count(paragraph.text) for paragraph in paragraphs)


def _as_html(text: str) -> str:
    text = unescape(text) if "&lt;" in text else text
    return (
        text
        if _TAG.search(text)
        else "".join(f"<p>{line}</p>" for line in map(escape, text.splitlines()))
    )


def _first_line(kept: Sequence[Paragraph]) -> str | None:
    """Return the first paragraph of several, if it is as short as a headline."""
    return kept[0].text if len(kept) > 1 and len(kept[0].text) < 200 else None


def _below_headline(kept: Sequence[Paragraph], title: str) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs from the headline on, and the short ones above it: the site's."""
    headline = next((n for n, paragraph in enumerate(kept) if _repeats(paragraph, title)), 0)
    above = kept[:headline]
    if any(len(paragraph.text) > 200 for paragraph in above):
        return list(kept), []
    return list(kept[headline:]), [Dropped(p.text, "above the headline") for p in above]


def _lead(main: MainText, title: str) -> list[str]:
    """Return the prose between the headline and the element that holds the article.

    Only if it is not in the article again.
    """
    above = main.lines[: main.above]
    below_title = takewhile(lambda line: bare_words(line) != bare_words(title), reversed(above))
    lead = [
        line
        for line in below_title
        if letter_count(line) > 60 and line[-1] in f"{STOPS}{WIDE_STOPS}”»"
    ]
    again = {bare_words(paragraph.text) for paragraph in main.kept}
    is_titled = any(bare_words(line) == bare_words(title) for line in above)
    return [line for line in reversed(lead) if is_titled and bare_words(line) not in again][:3]


def _repeats(paragraph: Paragraph, title: str) -> bool:
    return len(paragraph.text) < 400 and bare_words(paragraph.text) == bare_words(title)


def _is_dateline(paragraph: Paragraph, evidence: str | None) -> bool:
    text = paragraph.text
    return evidence is not None and is_date_line(text) and f": {text}" in evidence
