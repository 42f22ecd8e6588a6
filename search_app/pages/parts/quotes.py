"""A passage ready to be quoted: one row of `QUOTES` for each format."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from indexer import Passage
from search_app.exports import bibtex, ris
from search_app.urls.links import passage_url
from search_app.wording.dates import date
from search_app.wording.languages import gettext

_QUOTATION_MARKS = re.compile('["“”„«»]')
_SAFE_IN_LINK = "%/:?#&='!$,;@~+*[]"
"""Characters that are not escaped in a link. Parentheses are, as one would end it."""

_MARKDOWN_SYNTAX = re.compile(r"([\\`*_\[\]<>#|~])")


def plain(passage: Passage) -> str:
    """Write a quotation on one line: words, speaker, article and permalink."""
    source = ", ".join(filter(None, (_speaker_and_role(passage), *_source(passage))))
    return f"{_quoted(passage)} — {source}, {passage_url(passage, external=True)}"


def markdown(passage: Passage) -> str:
    """Write a block quotation with its source in the last line (CommonMark)."""
    paragraphs = [_escaped(paragraph) for paragraph in _quoted(passage).split("\n\n")]
    title, *rest = _source(passage)
    address = quote(passage_url(passage, external=True), safe=_SAFE_IN_LINK)
    link = f"[{_escaped(title)}]({address})"
    name = f"**{_escaped(_speaker_and_role(passage))}**" if _speaker_and_role(passage) else ""
    source = ", ".join(filter(None, (name, link, *map(_escaped, rest))))
    return "\n>\n".join(f"> {one}" for one in (*paragraphs, f"— {source}"))


QUOTES: dict[str, Callable[[Passage], str]] = {
    "Markdown": markdown,
    bibtex.NAME: bibtex.entry,
    ris.NAME: ris.record,
}
"""Formats other than `plain` by their names, which are the same in all languages."""


def quotes(passage: Passage) -> dict[str, str]:
    """Write a passage in all formats, by their names."""
    others = {name: write(passage) for name, write in QUOTES.items()}
    return {gettext("Plain text"): plain(passage), **others}


def _quoted(passage: Passage) -> str:
    """Put the words in quotation marks, unless they have marks of their own or are the outlet's."""
    is_transcript = passage.evidence in ("label", "introduced")
    is_marked = not is_transcript and bool(_QUOTATION_MARKS.search(passage.text))
    is_quotation = passage.role != "narrative" and not passage.indirect and not is_marked
    return f"“{passage.text}”" if is_quotation else passage.text


def _speaker_and_role(passage: Passage) -> str:
    if passage.role == "narrative":
        return ""
    if not passage.speaker:
        return gettext("speaker unknown")
    return ", ".join(filter(None, (passage.speaker, passage.speaker_role)))


def _source(passage: Passage) -> list[str]:
    """Title, outlet and date."""
    reported = gettext("reported by the outlet") if passage.indirect else ""
    return [
        passage.title,
        *filter(None, (passage.outlet, date(passage.published), reported)),
    ]


def _escaped(text: str) -> str:
    return _MARKDOWN_SYNTAX.sub(r"\\\1", " ".join(text.split()))
