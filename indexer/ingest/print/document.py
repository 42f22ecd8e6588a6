"""Documents made to be printed: their properties and their first lines tell of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import clean
from indexer.ingest.lines.datelines import dateline
from indexer.records import Article, Paragraph
from indexer.text.bare_words import bare_words

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|(?:about:|file:|https?:).*|document\s?\d*"
    r"|.*\.(?:docx?|pdf|rtf|odt|indd|qxd|tex|pages|html?)|\W*)",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"(?:\W*|admin(?:istrator)?|root|owner|author|(?:windows |microsoft office )?user|unknown"
    r"|anonymous|python-docx)",
    re.I,
)
_NEAR_THE_TOP = 6
"""Paragraphs among which the title and the dateline are."""

_MAX_TITLE = 300
"""Characters of a title."""


@dataclass(frozen=True, slots=True)
class Properties:
    """Statements of a document about itself, outside its text; ``created`` is ISO 8601."""

    title: str | None = None
    author: str | None = None
    created: str | None = None


def stated_properties(title: object, author: object, created: datetime | None) -> Properties:
    """Return the properties of a document, without values that a program filled in by itself."""
    day = created.isoformat(timespec="minutes") if created else None
    return Properties(_line(title, _NO_TITLE), _line(author, _NO_AUTHOR), day)


def article_of_document(
    article_id: str, paragraphs: Sequence[Paragraph], properties: Properties
) -> Article:
    """Return the article of a document; its title is a property, else the first short line.

    The date of creation is not that of publication: it is only evidence. Raises `UnreadableArticle`
    if there is no text.
    """
    title = properties.title or _first_line(paragraphs) or article_id.rpartition("/")[2]
    top = [p for p in paragraphs[:_NEAR_THE_TOP] if bare_words(p.text) != bare_words(title)]
    dating = dateline([p.text for p in top])
    if dating is not None:
        top = [p for p in top if dating.evidence != f"dateline: {p.text}"]
    kept = (*top, *paragraphs[_NEAR_THE_TOP:])
    if not kept:
        raise UnreadableArticle("the document has no text but its title")
    created = f"document created: {properties.created}" if properties.created else None
    return Article(
        id=article_id,
        title=title,
        paragraphs=kept,
        published=dating.published if dating else None,
        date_precision=dating.precision if dating else None,
        date_evidence=dating.evidence if dating else created,
        byline=properties.author,
    )


def _line(stated: object, nothing: re.Pattern[str]) -> str | None:
    line = clean(stated).replace("\n", " ") if isinstance(stated, str) else ""
    return None if nothing.fullmatch(line) else line


def _first_line(paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the first paragraph, if more follow and it is as short as a title."""
    first = paragraphs[0].text.replace("\n", " ") if len(paragraphs) > 1 else ""
    return first if 0 < len(first) <= _MAX_TITLE else None
