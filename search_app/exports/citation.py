"""A passage as reference managers cite it: its author, its date, and where it stands."""

from __future__ import annotations

import re

from indexer import Passage, SearchResults
from search_app.urls.links import outside_url, passage_url, search_url
from search_app.urls.request_args import arguments

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def date_parts(published: str | None) -> list[str]:
    """Year, month and day of an ISO date, as far as they are known.

    >>> date_parts("2025-05-03T11:55"), date_parts("2023-06"), date_parts(None)
    (['2025', '05', '03'], ['2023', '06'], [])
    """
    found = _DATE.match(published or "")
    return [part for part in found.groups() if part] if found else []


def address(passage: Passage) -> str:
    """The original page of a passage, or its place here where none is known."""
    return outside_url(passage.url) or passage_url(passage, external=True)


def provenance(passage: Passage) -> str:
    """How we know who speaks, whose words they are, and where they stand here."""
    told = [f"Passage {passage.position}: {passage_url(passage, external=True)}"]
    if passage.speaker_role:
        told.append(f"Speaker's role as printed: {passage.speaker_role}")
    if passage.attribution:
        told.append(f"Speaker named by: “{passage.attribution}”")
    if passage.indirect:
        told.append("Reported in the outlet's words, not the speaker's own")
    if passage.question:
        told.append(f"Asked: {passage.question}")
    return ". ".join(told)


def receipt(results: SearchResults) -> str:
    """What was searched, how it was understood, and in which index, so that it can be repeated."""
    index, asked = results.index, arguments(results.request)
    filters = [
        f"{name}: {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in asked.items()
        if name != "q"
    ]
    told = [
        f"Search: {results.understood or 'everything'}{' | '.join(['', *filters])}",
        f"{results.total} of {index.passages} passages in {index.articles} articles",
        f"{results.undated} undated left out" if results.undated else "",
        *(notice.message.rstrip(".") for notice in results.notices),
        f"Index {index.fingerprint} of {index.built}",
        search_url(results.request, external=True),
    ]
    return ". ".join(filter(None, told))
