"""A search as an Atom feed (RFC 4287), for feed readers to follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from indexer import FoundPassage, Passage, SearchResults
from search_app.exports.characters import printable
from search_app.exports.citation import receipt
from search_app.urls.links import outside_url, passage_url, search_url

NAME = "Atom"
MEDIA_TYPE = "application/atom+xml"

_OPENING = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
)
_SITE = "Commentary Search"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute `xml:lang`; empty for a language that is not known."""


def render(results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
    """Write the head of the feed, then an entry for each passage."""
    yield _OPENING + "".join(map(_to_xml, _head(results)))
    for one in found:
        yield _to_xml(_entry(one.passage, results.index.built))
    yield "</feed>\n"


def _head(results: SearchResults) -> Iterable[Element]:
    request = results.request
    address = search_url(request, "exports.export", external=True, suffix="atom")
    head = Element("head")
    _text(head, "id", address)
    _text(head, "title", f"{request.query} · {_SITE}" if request.query else _SITE)
    _text(head, "subtitle", receipt(results))
    _text(head, "updated", results.index.built)
    _text(head, "generator", _SITE)
    # Every entry must have an author. Those of unknown speakers inherit that of the feed.
    _text(SubElement(head, "author"), "name", _SITE)
    _link(head, "self", address, MEDIA_TYPE)
    _link(head, "alternate", search_url(request, external=True), "text/html")
    return head


def _entry(passage: Passage, updated: str) -> Element:
    entry = Element("entry")
    permalink = passage_url(passage, external=True)
    _text(entry, "id", permalink)
    title = _text(entry, "title", ": ".join(filter(None, (passage.speaker, passage.title))))
    title.set(_LANG, passage.article_language or "")
    # The index does not record when it got a passage, only when it was built.
    _text(entry, "updated", updated)
    if moment := _moment(passage.published):
        _text(entry, "published", moment)
    if passage.speaker:
        _text(SubElement(entry, "author"), "name", passage.speaker)
    _link(entry, "alternate", permalink, "text/html")
    if original := outside_url(passage.url):
        _link(entry, "via", original)
    content = _text(entry, "content", passage.text)
    content.set("type", "text")
    content.set(_LANG, passage.language or "")
    return entry


def _moment(published: str | None) -> str | None:
    """Write a date with its time (RFC 3339). ``None`` if the day is unknown."""
    day, _, time = (published or "").partition("T")
    if len(day) < len("2025-05-03"):
        return None
    clock, zone = time[:5] or "00:00", time[5:] or "Z"
    return f"{day}T{clock}:00{zone}"


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = printable(text)
    return child


def _link(parent: Element, relation: str, address: str, media_type: str | None = None) -> None:
    link = SubElement(parent, "link", rel=relation, href=printable(address))
    if media_type:
        link.set("type", media_type)


def _to_xml(element: Element) -> str:
    return tostring(element, encoding="unicode") + "\n"
