"""A passage ready to be quoted: one row for each way that people write it down."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import search_app.wording.phrases as wording
from indexer import Passage
from search_app.exports import bibtex, ris
from search_app.urls.links import passage_url
from search_app.wording.languages import gettext

_MARKS = re.compile('["“”„«»]')
_SAFE = "%/:?#&='!$,;@~+*[]"
"""What may stand in the address of a link; parentheses would end it."""

_IN_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def plain(passage: Passage) -> str:
    """One line of text: the words, who said them, and where they stand."""
    source = ", ".join(filter(None, (_speaker(passage), *_printed_in(passage))))
    return f"{_quoted(passage)} — {source}, {passage_url(passage, external=True)}"


def markdown(passage: Passage) -> str:
    """A block quotation, its source in the last line (CommonMark)."""
    paragraphs = [_escaped(paragraph) for paragraph in _quoted(passage).split("\n\n")]
    title, *rest = _printed_in(passage)
    address = quote(passage_url(passage, external=True), safe=_SAFE)
    link = f"[{_escaped(title)}]({address})"
    name = f"**{_escaped(_speaker(passage))}**" if _speaker(passage) else ""
    source = ", ".join(filter(None, (name, link, *map(_escaped, rest))))
    return "\n>\n".join(f"> {one}" for one in (*paragraphs, f"— {source}"))


QUOTES: dict[str, Callable[[Passage], str]] = {
    "Markdown": markdown,
    bibtex.NAME: bibtex.entry,
    ris.NAME: ris.record,
}
"""Every way beside `plain` by its name, which is the same in all languages."""


def quotes(passage: Passage) -> dict[str, str]:
    """A passage in every way, by the names of the ways."""
    others = {name: write(passage) for name, write in QUOTES.items()}
    return {gettext("Plain text"): plain(passage), **others}


def _quoted(passage: Passage) -> str:
    """The words in quotation marks; as they are printed where marks in them, or the outlet's words,
    tell already what was said and what was not."""
    is_transcript = (passage.attribution or "").endswith(":")
    is_marked = not is_transcript and bool(_MARKS.search(passage.text))
    is_quotation = passage.role != "narrative" and not passage.indirect and not is_marked
    return f"“{passage.text}”" if is_quotation else passage.text


def _speaker(passage: Passage) -> str:
    if passage.role == "narrative":
        return ""
    if not passage.speaker:
        return gettext("speaker unknown")
    return ", ".join(filter(None, (passage.speaker, passage.speaker_role)))


def _printed_in(passage: Passage) -> list[str]:
    """Title, outlet and date."""
    told = gettext("reported by the outlet") if passage.indirect else ""
    return [
        passage.title,
        *filter(None, (passage.outlet, wording.date(passage.published), told)),
    ]


def _escaped(text: str) -> str:
    return _IN_MARKDOWN.sub(r"\\\1", " ".join(text.split()))
