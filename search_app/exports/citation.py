"""Dates, addresses and notes for citing a passage, and the receipt of a search."""

from __future__ import annotations

import re
import textwrap

from indexer import Passage, SearchResults, split_name
from search_app.urls.links import outside_url, passage_url, search_url
from search_app.urls.request_args import arguments

MAX_QUOTED = 200
"""Characters of the quoted words in a note; the abstract has all of them."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def date_parts(published: str | None) -> list[str]:
    """Year, month and day of an ISO date, as many as are known.

    >>> date_parts("2025-05-03T11:55"), date_parts("2023-06"), date_parts(None)
    (['2025', '05', '03'], ['2023', '06'], [])
    """
    match = _DATE.match(published or "")
    return [part for part in match.groups() if part] if match else []


def address(passage: Passage) -> str:
    """Address of the original page of a passage; its permalink if that is unknown."""
    return outside_url(passage.url) or passage_url(passage, external=True)


def author_names(author: str | None) -> list[str]:
    """Return the names of those who wrote an article; none if that is unknown."""
    return [name for name in (author or "").split(", ") if name]


def authors(passage: Passage) -> list[tuple[str, str]]:
    """Return the authors of the article of a passage, each as family name and given names."""
    return [split_name(name) for name in author_names(passage.author)]


def is_by_its_speaker(passage: Passage) -> bool:
    """Return true if the article is its speaker's as a whole, so that nobody is quoted."""
    return passage.evidence == "authored"


def provenance(passage: Passage) -> str:
    """Note on a passage: permalink, role and evidence of its speaker, question."""
    notes = [f"Passage {passage.position}: {passage_url(passage, external=True)}"]
    if passage.speaker and not is_by_its_speaker(passage):
        notes.append(f"{passage.speaker}, quoted: “{_beginning(passage.text)}”")
    if passage.speaker_role:
        notes.append(f"Speaker's role as printed: {passage.speaker_role}")
    if passage.attribution:
        notes.append(f"Speaker named by: “{passage.attribution}”")
    if passage.indirect:
        notes.append("Reported in the words of the outlet, not of the speaker")
    if passage.question:
        asked = f"Question, asked by {passage.asker}" if passage.asker else "Question"
        notes.append(f"{asked}: {passage.question}")
    return ". ".join(notes)


def _beginning(text: str) -> str:
    """First words of a text on one line."""
    return textwrap.shorten(text, MAX_QUOTED, placeholder="…")


def receipt(results: SearchResults) -> str:
    """Everything needed to repeat a search: query, filters, counts, index and address."""
    index = results.index
    filters = [
        f"{name}: {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in arguments(results.request).items()
        if name != "q"
    ]
    parts = [
        f"Search: {results.understood or 'everything'}{' | '.join(['', *filters])}",
        f"{results.total} of {index.passages} passages in {index.articles} articles",
        f"{results.undated} undated left out" if results.undated else "",
        *(notice.message.rstrip(".") for notice in results.notices),
        f"Index {index.fingerprint} of {index.built}",
        search_url(results.request, external=True),
    ]
    return ". ".join(filter(None, parts))
