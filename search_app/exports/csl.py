"""Passages as CSL-JSON, for Zotero, pandoc and citation processors (csl-data.json, version 1.0)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from indexer import FoundPassage, Passage, SearchResults
from search_app.exports.citation import address, authors, date_parts, provenance, receipt

NAME = "CSL-JSON"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def render(results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
    """Write a list with an item for each passage. Notes include the receipt: a list has no head."""
    search = receipt(results)
    begin = "["
    for one in found:
        yield f"{begin}\n{json.dumps(item(one.passage, search), ensure_ascii=False)}"
        begin = ","
    yield "\n]\n" if begin == "," else "[]\n"


def item(passage: Passage, *notes: str) -> dict[str, object]:
    """Write a passage as one item. Unknown values are left out."""
    date = [int(part) for part in date_parts(passage.published)]
    fields: dict[str, object] = {
        "id": passage.id,
        "type": "article-newspaper" if passage.outlet else "document",
        "title": passage.title,
        "author": [_name(*name) for name in authors(passage)],
        "container-title": passage.outlet,
        "issued": {"date-parts": [date]} if date else None,
        "language": passage.article_language,
        "URL": address(passage),
        "abstract": passage.text,
        "note": "\n".join((provenance(passage), *notes)),
    }
    return {name: value for name, value in fields.items() if value}


def _name(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given} if given else {"literal": family}
