"""Passages as BibTeX, for LaTeX, BibLaTeX and reference managers."""

from __future__ import annotations

import hashlib
import re
from calendar import month_abbr
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from indexer import FoundPassage, Passage, SearchResults
from search_app.exports.characters import one_line
from search_app.exports.citation import address, authors, date_parts, provenance, receipt

NAME = "BibTeX"
MEDIA_TYPE = "application/x-bibtex"

# BibTeX pairs even escaped braces, so they are written as commands.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: rf"\{character}" for character in "&%$#_"},
    }
)


def render(results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
    """Write the receipt as a comment, then an entry for each passage."""
    # Some programs look for entries inside comments.
    comment = _escaped(receipt(results)).replace("@", " at ")
    yield f"@comment{{{comment}}}\n"
    for one in found:
        yield f"\n{entry(one.passage)}"


def entry(passage: Passage) -> str:
    """Write a passage as one entry."""
    lines = [f"  {name} = {value}," for name, value in _fields(passage)]
    kind = "article" if passage.outlet else "misc"
    return "\n".join((f"@{kind}{{{_key(passage)},", *lines, "}", ""))


def _fields(passage: Passage) -> Iterator[tuple[str, str]]:
    date = date_parts(passage.published)
    if written_by := authors(passage):
        yield "author", " and ".join(_author(*name) for name in written_by).join("{}")
    yield "title", _braced(passage.title)
    if passage.outlet:
        yield "journal", _braced(passage.outlet)
    if date:
        yield "date", _braced("-".join(date))
        yield "year", _braced(date[0])
    if len(date) > 1:
        yield "month", month_abbr[int(date[1])].lower()
    yield "url", f"{{{quote(address(passage), safe=_SAFE_IN_URL)}}}"
    yield "note", _braced(provenance(passage))
    yield "abstract", _braced(passage.text)


def _key(passage: Passage) -> str:
    """Citation key, the same in all exports and different for each passage."""
    surname = re.sub("[^a-z]", "", (passage.speaker_id or "").rpartition("-")[2]) or "unknown"
    year = "".join(date_parts(passage.published)[:1])
    return f"{surname}{year}-{hashlib.sha256(passage.id.encode()).hexdigest()[:10]}"


def _author(family: str, given: str) -> str:
    # Braces keep BibTeX from splitting the name of an organisation.
    return f"{_escaped(family)}, {_escaped(given)}" if given else _braced(family)


def _braced(text: str) -> str:
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


_SAFE_IN_URL = "%/:?#[]@!$&'()*+,;=~"
"""Characters that are not escaped. Braces and backslashes are, as they are BibTeX syntax."""
