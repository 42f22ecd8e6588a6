"""Results as JSON, for programs. Highlights are offsets in characters (Unicode code points)."""

from __future__ import annotations

import json
from typing import Any

from indexer import Hit, IndexInfo, SearchRequest, SearchResults, Snippet
from search_app.links import passage_url
from search_app.narrowing import FACETS, Address, facet_links, paging

MEDIA_TYPE = "application/json"


def render(results: SearchResults, address: Address) -> str:
    """The results as one JSON object; what is not known is ``null``, never left out."""
    request = results.request
    pages = paging(results)
    answer = {
        "query": {
            "q": request.query,
            "understood": results.understood,
            "filters": _filters(request),
        },
        "total": results.total,
        "page": pages.page,
        "per_page": request.limit,
        "took_ms": round(results.took_ms, 2),
        "results": [_hit(hit) for hit in results.hits],
        "facets": {facet: _facet(results, facet, address) for facet in FACETS},
        "timeline": [{"period": period, "count": count} for period, count in results.timeline],
        "undated": results.undated,
        "links": {
            "self": address(request),
            "next": address(pages.next) if pages.next else None,
            "prev": address(pages.previous) if pages.previous else None,
        },
        "notices": [
            {"message": notice.message, "position": notice.position} for notice in results.notices
        ],
        "index": index_info(results.index),
    }
    return json.dumps(answer, ensure_ascii=False)


def index_info(info: IndexInfo) -> dict[str, Any]:
    """Which index answered."""
    return {
        "built": info.built,
        "passages": info.passages,
        "articles": info.articles,
        "fingerprint": info.fingerprint,
    }


def _filters(request: SearchRequest) -> dict[str, Any]:
    return {
        "speaker": request.speakers,
        "source": request.sources,
        "role": request.roles,
        "from": request.since,
        "to": request.until,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "id": passage.id,
        "permalink": passage_url(passage, external=True),
        "score": hit.score,
        "role": passage.role,
        "speaker": {
            "id": passage.speaker_id,
            "name": passage.speaker,
            "as_printed": passage.as_printed,
            "role": passage.speaker_role,
            "attribution": passage.attribution,
        },
        "date": passage.published,
        "date_precision": passage.date_precision,
        "question": passage.question,
        "text": passage.text,
        "snippet": _snippet(hit.snippet),
        "article": {
            "id": passage.article_id,
            "title": passage.title,
            "source": passage.outlet,
            "url": passage.url,
            "published": passage.published,
        },
    }


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {"text": snippet.text, "highlights": snippet.highlights}


def _facet(results: SearchResults, facet: str, address: Address) -> list[dict[str, Any]]:
    if facet not in results.facets:
        return []
    return [
        {"value": value.value, "label": link.label, "count": link.count, "url": link.url}
        for value, link in zip(
            results.facets[facet], facet_links(results, facet, address), strict=True
        )
    ]
