"""Exports of feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom (RFC 4287); each item is an article.

Entities that a feed declares are not expanded, and nothing that it points to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html.entities import html5
from typing import Any, TypeAlias

from bs4 import BeautifulSoup
from lxml import etree

from indexer.errors import UnreadableArticle, reason
from indexer.ingest.encoding import clean, decode, visible
from indexer.ingest.html.markup import Block, chrome_around, parsed_blocks
from indexer.ingest.lines.boilerplate import markup_rule
from indexer.ingest.lines.stated_dates import first_stated
from indexer.records import Article, Dropped, Paragraph, UnreadableItem
from indexer.text.bare_words import bare_words
from indexer.text.slugs import MAX_FILE_NAME, slug
from indexer.text.web_addresses import is_web_address, page_name

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b")
_END_OF_ROOT = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
_END_OF_ITEM = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_ENTITY = re.compile(r"&(\w+;)")
_XML_ENTITIES = frozenset(["amp;", "lt;", "gt;", "quot;", "apos;"])

_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://wordpress.org/export/1.0/": "wp:",
    "http://wordpress.org/export/1.1/": "wp:",
    "http://wordpress.org/export/1.2/": "wp:",
}
_CONTENTS = ("content:encoded", "content", "description", "summary")
_PUBLISHED = ("pubDate", "published", "dc:date", "dcterms:issued", "issued")
_UPDATED = ("updated", "dcterms:modified", "modified")
_NAMED_IN_BRACKETS = re.compile(r"\S+@\S+\s*\((.+)\)")
_LANGUAGE = re.compile(r"[a-z]{2}(?![a-z])")
_MAX_MARKED = 200
"""Characters of a paragraph that the names of its classes may drop."""


def read(data: bytes, article_id: str) -> Iterator[Article | UnreadableItem]:
    """Read the items of a feed that have a text.

    Raises `UnreadableArticle` if the file is not a feed, or declares entities.
    """
    text = visible(decode(data))
    root = _ROOT.search(text)
    if root is None:
        raise UnreadableArticle("it is not an RSS or Atom feed")
    if "<!ENTITY" in text[: root.start()]:
        raise UnreadableArticle("the feed declares entities of its own; they are not expanded")
    feed = _parsed(_ENTITY.sub(_character, text[root.start() :]))
    channel = _parts(next(feed.iter("{*}channel"), feed))
    items = [tag for tag in feed.iter("{*}item", "{*}entry") if not _is_inside_an_item(tag)]
    whole = min(len(items), len(_END_OF_ITEM.findall(text)))
    for number, item in enumerate(items[:whole], start=1):
        yield from _read_item(item, number, article_id, channel)
    if whole < len(items) or not _END_OF_ROOT.search(text, root.end()):
        yield UnreadableItem("the rest", f"the feed is cut off or broken after item {whole}")


def _character(entity: re.Match[str]) -> str:
    """Return the character that an entity of HTML means; those of XML stay."""
    return entity[0] if entity[1] in _XML_ENTITIES else html5.get(entity[1], entity[0])


def _parsed(text: str) -> Element:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableArticle(f"the feed is not XML: {error}") from error
    if root is None:
        raise UnreadableArticle("the feed is not XML")
    return root


def _is_inside_an_item(tag: Element) -> bool:
    return next(tag.iterancestors("{*}item", "{*}entry"), None) is not None


# --- An item -------------------------------------------------------------------------------------


def _read_item(
    item: Element, number: int, article_id: str, channel: Mapping[str, Element]
) -> Iterator[Article | UnreadableItem]:
    """Read the article of an item, or the reason why there is none.

    Yields nothing for an item that is never an article.
    """
    parts = _parts(item)
    if _text(parts.get("wp:post_type")) not in ("", "post", "page"):
        return  # exports of WordPress list pictures and menus as items too
    url = _address(item, parts)
    title = _line(parts.get("title"))
    name = page_name(url or "") or slug(title or "", MAX_FILE_NAME) or str(number)
    try:
        article = _article(parts, title or name)
    except MemoryError:
        raise
    except Exception as problem:  # the other items are still read
        yield UnreadableItem(f"item {number}, “{title or url or name}”", reason(problem))
        return
    yield replace(
        article,
        id=f"{article_id}/{name}",
        url=url,
        outlet=_source(parts) or _line(channel.get("title")),
        language=_language(parts) or _language(channel),
        sections=tuple(filter(None, (_line(tag) for tag in item if _is_category(tag)))),
    )


def _language(parts: Mapping[str, Element]) -> str | None:
    """Return the code of two letters in a stated language (``en-us``)."""
    stated = _text(parts.get("dc:language")) or _text(parts.get("language"))
    code = _LANGUAGE.match(stated.lower())
    return code[0] if code else None


def _source(parts: Mapping[str, Element]) -> str | None:
    """Return the outlet that an item was taken over from, if the feed states it."""
    source = parts.get("source")
    return None if source is None else _line(_parts(source).get("title", source))


def _article(parts: Mapping[str, Element], title: str) -> Article:
    """Read an article, still without id, address and outlet."""
    if (status := _text(parts.get("wp:status"))) not in ("", "publish"):
        raise UnreadableArticle(f"it is not published ({status})")
    contents = filter(None, (_blocks(parts.get(name)) for name in _CONTENTS))
    kept, dropped = _sorted(next(contents, []), title)
    if not kept:
        raise UnreadableArticle("it has no text")
    dating = first_stated((f"feed {name}", _text(parts.get(name))) for name in _PUBLISHED)
    updated = first_stated((f"feed {name}", _text(parts.get(name))) for name in _UPDATED)
    return Article(
        id="",
        title=title,
        paragraphs=tuple(kept),
        published=dating.published if dating else None,
        date_precision=dating.precision if dating else None,
        date_evidence=dating.evidence if dating else None,
        byline=_byline(parts),
        updated=updated.published if updated else None,
        dropped=tuple(dropped),
    )


def _blocks(content: Element | None) -> list[Block]:
    """Return the paragraphs of an item's content: HTML, as elements or escaped, or plain lines."""
    if content is None:
        return []
    if len(content):
        html = "".join(etree.tostring(child, encoding="unicode") for child in content)
    else:
        html = _text(content)
    if "<" not in html:
        html = html.replace("\n", "<br>")
    return parsed_blocks(html)


def _sorted(blocks: Sequence[Block], title: str) -> tuple[list[Paragraph], list[Dropped]]:
    """Sort paragraphs into the article's own, and those that are chrome by their marks."""
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    for block in blocks:
        text = block.paragraph.text
        chrome = chrome_around(block.element)
        rule = f"<{chrome}>" if chrome else None
        if rule is None and len(text) < _MAX_MARKED:
            rule = markup_rule(block.paragraph.classes)
        if rule is not None:
            dropped.append(Dropped(text, rule))
        elif bare_words(text) != bare_words(title):
            kept.append(block.paragraph)
    return kept, dropped


def _address(item: Element, parts: Mapping[str, Element]) -> str | None:
    """Return the address of an item's page, as RSS or Atom has it, or a guid that is one."""
    links = [tag for tag in item if isinstance(tag.tag, str) and _name(tag) == "link"]
    own = [tag for tag in links if tag.get("rel", "alternate") == "alternate"]
    stated = [*(tag.get("href") or _text(tag) for tag in own)]
    guids = (_text(parts.get(name)) for name in ("guid", "id"))
    return next((url for url in (*stated, *guids) if is_web_address(url)), None)


def _is_category(tag: Element) -> bool:
    return isinstance(tag.tag, str) and _name(tag) == "category"


def _byline(parts: Mapping[str, Element]) -> str | None:
    """Return the author of an item: a name, never only an e-mail address."""
    author = parts.get("author")
    named = _parts(author).get("name") if author is not None else None
    for tag in (parts.get("dc:creator"), named, author):
        line = _line(tag) or ""
        in_brackets = _NAMED_IN_BRACKETS.fullmatch(line)
        if in_brackets or (line and "@" not in line):
            return in_brackets[1] if in_brackets else line
    return None


# --- Elements ------------------------------------------------------------------------------------


def _parts(tag: Element) -> dict[str, Element]:
    """Return the first child of each name."""
    children = (child for child in tag if isinstance(child.tag, str))
    return {_name(child): child for child in reversed(list(children))}


def _name(tag: Element) -> str:
    """Return the name of an element with the usual prefix of its vocabulary."""
    vocabulary, _, name = str(tag.tag).rpartition("}")
    return _PREFIXES.get(vocabulary.removeprefix("{"), "") + name


def _text(tag: Element | None) -> str:
    return "" if tag is None else "".join(tag.itertext()).strip()


def _line(tag: Element | None) -> str | None:
    """Return the text of an element that may hold HTML, in one line."""
    text = _text(tag)
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "lxml").get_text(" ")
    return clean(text).replace("\n", " ") or None
